/** Reading answers, of the hub and of the copy alike, into what can be compared. */
import { createSeenVerifiers } from '../../hub/audit/judge-checkpoints.js'
import type { Named } from '../../hub/audit/name-difference.js'
import type { AuditCheckName } from '../../hub/audit/report.js'
import type { Reader } from '../../hub/hub.js'
import { openCheckpoint, parseCheckpoint } from '../../log/checkpoint.js'
import { encodeBase64 } from '../../log/encoding.js'
import { LogError } from '../../log/error.js'
import { parseNote } from '../../log/note.js'
import { parseTlogProof } from '../../log/tlog-proof.js'
import { type Audit, runCheck } from './audit.js'
import { parseAnswer, unreadable } from './read-json.js'
import { type Answer, type Question, settle } from './settle.js'

/** Most bytes of one answer: members' pages stay below 1 MB, a page of the feed or a holder with 1,000 certificates below this. */
export const MAX_ANSWER = 64 * 1024 * 1024

/** Asks the hub and the copy for the same paths. */
export function comparePaths(
  audit: Audit,
  check: AuditCheckName,
  paths: readonly { path: string; about: Named }[],
): Promise<void> {
  const questions = paths.map(({ path, about }): Question & { path: string } => ({
    path,
    asked: path,
    about,
    derive: async (reader) => {
      const response = await audit.answer(reader).request(path)
      return readResponse(path, response.status, response.headers, await response.text())
    },
  }))
  return runCheck(audit, check, () =>
    settle(audit, check, questions, async (open) => {
      const answers: Answer[] = []
      for (const { path } of open) {
        const { status, headers, text } = await audit.client.get(path, {}, MAX_ANSWER)
        answers.push(readResponse(path, status, headers, text))
      }
      return answers
    }),
  )
}

function readResponse(path: string, status: number, headers: Headers, text: string): Answer {
  let body: unknown
  try {
    body = readBody(path, status, text)
  } catch (error) {
    return unreadable(status, error)
  }
  const size = (body as { asOf?: { size?: unknown } } | null | undefined)?.asOf?.size
  const stated = headers.get('Checkpoint-Size')
  return {
    status,
    body:
      path.startsWith('/v1/changes') && status === 200
        ? { lines: body, next: headers.get('Next-After') }
        : body,
    size: typeof size === 'number' ? size : status === 200 && stated ? Number(stated) : undefined,
  }
}

/** A problem is its code: its words may change. @throws Refusal, LogError */
function readBody(path: string, status: number, text: string): unknown {
  if (status !== 200) return { code: (parseAnswer(text) as { code?: unknown } | null)?.code }
  if (path.startsWith('/v1/changes')) return text.split('\n').filter(Boolean).map(parseAnswer)
  return path.endsWith('/proof') ? readProof(text) : parseAnswer(text)
}

/** A C2SP tlog-proof as JSON. */
function readProof(text: string): object {
  const { index, proof, checkpoint, extra } = parseTlogProof(text)
  return {
    index,
    proof: proof.map(encodeBase64),
    entry: extra ? new TextDecoder().decode(extra) : null,
    asOf: { size: parseCheckpoint(parseNote(checkpoint).text).size, checkpoint },
  }
}

/**
 * The shown answer with the copy's checkpoint in place of its own, where both sign the same tree: a log that changes its key
 * signs one tree with one key today and with two tomorrow.
 */
export async function acceptCheckpoint(copy: Reader, shown: unknown, derived: unknown): Promise<unknown> {
  const [theirs, ours] = [noteOf(shown), noteOf(derived)]
  if (theirs === undefined || ours === undefined || theirs === ours) return shown
  try {
    const verifiers = await createSeenVerifiers(copy)
    const trust = { origin: copy.keys.logOrigin, verifiers }
    if ((await openCheckpoint(theirs, trust)).text !== parseNote(ours).text) return shown
  } catch (error) {
    if (error instanceof LogError) return shown
    throw error
  }
  const body = shown as { asOf: object }
  return { ...body, asOf: { ...body.asOf, checkpoint: ours } }
}

function noteOf(body: unknown): string | undefined {
  const checkpoint = (body as { asOf?: { checkpoint?: unknown } } | null | undefined)?.asOf?.checkpoint
  return typeof checkpoint === 'string' ? checkpoint : undefined
}
