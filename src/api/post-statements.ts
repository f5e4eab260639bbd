/** `POST /v1/statements`: the one way into the log; a statement's signature is its credential. */
import type { Context } from 'hono'
import * as z from 'zod'
import type { Hub } from '../hub/hub.js'
import { type Line, type LineResult, MAX_WAIT, publish } from '../hub/publish.js'
import { MAX_BATCH } from '../hub/sequence.js'
import { Refusal } from '../refusal.js'
import { decodeUtf8, parseStrictJson } from '../trust/json.js'
import { ASK_AGAIN, answer, CACHE, TYPES } from './http.js'
import { mediaType, readBody, readLines } from './read-body.js'

/** Largest body in bytes: 1,000 records with every field filled. */
export const MAX_PUBLISH_BYTES = 4 * 1024 * 1024

export const publishRequest = z.strictObject({ statements: z.array(z.string()) })

const LINE_TYPES = [
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/jsonlines',
  'application/jose',
  'text/plain',
]

/**
 * 200 when every line is decided, 202 when some still wait: their results name the address to ask. A caller that does
 * not want to wait says so with `Prefer: respond-async` or `Prefer: wait=<seconds>` (RFC 7240).
 */
export async function postStatements(c: Context, hub: Hub): Promise<Response> {
  const lines = await readStatements(c)
  if (lines.length === 0)
    throw new Refusal(
      'bad-request',
      'The body holds no statement. Send {"statements": ["<JWS>", …]} or one JWS per line.',
    )
  if (lines.length > MAX_BATCH) {
    throw new Refusal('too-many-statements', {
      detail: `One request carries ${MAX_BATCH} statements at most; nothing of this one was used. Split it.`,
    })
  }
  const preference = readPreference(c.req.header('Prefer'))
  const results: LineResult[] = await publish(hub, lines, preference?.wait)
  const waiting = results.some(({ outcome }) => outcome === 'pending')
  return answer(c, {
    body: JSON.stringify({ results }),
    type: TYPES.json,
    cache: CACHE.never,
    status: waiting ? 202 : 200,
    headers: {
      ...(waiting && { 'Retry-After': ASK_AGAIN }),
      ...(preference && (waiting || preference.wait > 0) && { 'Preference-Applied': preference.text }),
    },
  })
}

/**
 * How long the caller wants to wait (ms), and the preference that says so; undefined for as long as the hub does. What it can't
 * read it ignores, as RFC 7240 has it; a wait is cut to what the hub allows.
 */
function readPreference(prefer = ''): { wait: number; text: string } | undefined {
  const preferences = prefer.split(',').map((preference) => preference.trim().toLowerCase())
  const seconds = preferences.flatMap((one) => /^wait\s*=\s*(\d{1,6})$/.exec(one)?.[1] ?? [])[0]
  if (seconds !== undefined) {
    const wait = Math.min(Number(seconds) * 1000, MAX_WAIT)
    return { wait, text: `wait=${wait / 1000}` }
  }
  return preferences.includes('respond-async') ? { wait: 0, text: 'respond-async' } : undefined
}

async function readStatements(c: Context): Promise<Line[]> {
  const type = mediaType(c)
  if (LINE_TYPES.includes(type)) return readLines(await readBody(c, MAX_PUBLISH_BYTES), MAX_BATCH)
  if (type !== 'application/json') {
    throw new Refusal('unsupported-media-type', {
      detail: 'Send application/json or application/x-ndjson.',
      value: type || null,
    })
  }
  const value = parseStrictJson(decodeUtf8(await readBody(c, MAX_PUBLISH_BYTES), 'The body'), 'The body')
  const parsed = publishRequest.safeParse(value)
  if (!parsed.success)
    throw new Refusal('bad-request', 'The body must be {"statements": ["<compact JWS>", …]}.')
  return parsed.data.statements.map((text, i) => ({ line: i + 1, text }))
}
