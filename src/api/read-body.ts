/** Reading a request body within its limit, and splitting it into lines or JSON. */
import type { Context } from 'hono'
import type { Line } from '../hub/publish.js'
import { Refusal } from '../refusal.js'
import { decodeUtf8, parseStrictJson } from '../trust/json.js'

/**
 * Reads the body whole, or refuses it: nothing of a body that was cut off is used.
 * @throws Refusal `body-too-large`, `body-incomplete`
 */
export async function readBody(c: Context, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = c.req.header('Content-Length')
  if (declared !== undefined && Number(declared) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const reader = c.req.raw.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      length += part.value.length
      if (length > maxBytes) {
        await reader?.cancel()
        throw tooLarge(maxBytes)
      }
      chunks.push(part.value)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw incomplete()
  }
  if (declared !== undefined && length < Number(declared)) throw incomplete()
  const body = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

function incomplete(): Refusal {
  return new Refusal(
    'body-incomplete',
    'The body broke off before its end. Nothing of it was used; send it again, which is safe.',
  )
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('body-too-large', {
    detail: `A body may have ${maxBytes} bytes. Split it into several requests.`,
    value: maxBytes,
  })
}

/** Reads a JSON body. @throws Refusal `unsupported-media-type`, `not-utf8`, `bad-json`, `duplicate-json-key` */
export async function readJson(c: Context, maxBytes: number): Promise<unknown> {
  if (mediaType(c) !== 'application/json') {
    throw new Refusal('unsupported-media-type', { detail: 'Send application/json.', value: mediaType(c) })
  }
  return parseStrictJson(decodeUtf8(await readBody(c, maxBytes), 'The body'), 'The body')
}

/** The request's media type without parameters, lower-case. */
export function mediaType(c: Context): string {
  return (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

const NEWLINE = 0x0a

/**
 * Splits NDJSON into its lines, counted from 1; empty lines are counted and passed over. A line that is not UTF-8
 * spoils itself only. A line may hold the JWS bare or as a JSON string.
 * @param most reading stops behind that many lines plus one: a body of line feeds alone must cost next to nothing
 */
export function readLines(body: Uint8Array, most: number): Line[] {
  const lines: Line[] = []
  for (let start = 0, line = 1; start < body.length && lines.length <= most; line += 1) {
    const found = body.indexOf(NEWLINE, start)
    const end = found === -1 ? body.length : found
    const text = end > start ? readLine(body.subarray(start, end), line) : ''
    if (text !== '') lines.push({ line, text })
    start = end + 1
  }
  return lines
}

function readLine(bytes: Uint8Array, line: number): string | Refusal {
  try {
    const text = decodeUtf8(bytes, `Line ${line}`)
      .replace(/^\uFEFF/, '')
      .trim()
    if (!/^["{[]/.test(text)) return text
    const value = parseStrictJson(text, `Line ${line}`)
    if (typeof value === 'string') return value
    return new Refusal('unsigned', {
      detail: `Line ${line} is JSON, but not a signed statement. Send one compact JWS per line.`,
    })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
