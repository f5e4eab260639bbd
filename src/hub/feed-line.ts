/** Reading a line of the feed or of a snapshot (docs/sync.md): the one parser of everybody who asks a hub for its log. */
import * as z from 'zod'
import { Refusal } from '../refusal.js'
import { parseStrictJson } from '../trust/json.js'
import type { SourceLine } from './mirror/source.js'

/** A line, read but not verified. */
export type FeedLine = SourceLine

/** Longest line in characters: the largest admission is 262,144, its line's other members some hundred. */
export const MAX_LINE = 400_000

/** The text is no line of a feed. */
export class FeedLineError extends SyntaxError {
  override readonly name = 'FeedLineError'
}

const feedLine = z.object({
  index: z.int().min(0),
  kind: z.string(),
  issuer: z.string(),
  at: z.int().min(0),
  sha256: z.string(),
  statement: z.string().optional(),
  erasedBy: z.int().min(0).optional(),
})

/**
 * Parses one line, without its line break. A key that stands in it twice is refused, for readers would differ in which they
 * keep; members that are not known yet are passed over.
 * @throws FeedLineError
 */
export function parseFeedLine(text: string): FeedLine {
  if (text.length > MAX_LINE) throw new FeedLineError(`longer than ${MAX_LINE} characters`)
  const parsed = feedLine.safeParse(readJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new FeedLineError(`${issue?.path.join('.') || 'the line'}: ${issue?.message}`)
}

/** @throws FeedLineError */
function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, 'A line of a feed')
  } catch (error) {
    if (error instanceof Refusal) throw new FeedLineError(error.message, { cause: error })
    throw error
  }
}
