/** Talking to a hub over HTTP: bounded retries where repeating is safe, problem details as errors, one origin only. */
import * as z from 'zod'
import { formatAllianceId } from '../record/record.js'
import { decodeBase64url, decodeUtf8 } from '../trust/json.js'

/**
 * Why a hub could not be used. `unreachable` and `busy`: nothing is wrong with the data, try again later.
 * `refused`: the hub says no to the whole request. `not-a-hub`, `other-origin`: the address is wrong.
 * `not-admitted`, `key-unknown`: the operator has a part to do first. `bad-feed`: the log is not what it was, or shows
 * what the member did not sign. `too-large`: more came back than any hub sends.
 */
export type HubClientCode =
  | 'unreachable'
  | 'busy'
  | 'refused'
  | 'not-a-hub'
  | 'other-origin'
  | 'not-admitted'
  | 'key-unknown'
  | 'bad-feed'
  | 'bad-case'
  | 'unreadable'
  | 'too-large'

/** The hub can't be used, or refuses a request as a whole; a refused statement is no error but a result. */
export class HubClientError extends Error {
  override readonly name = 'HubClientError'
  readonly code: HubClientCode
  /** The hub's own problem code, where it sent problem details. */
  readonly problem: string | undefined

  constructor(code: HubClientCode, message: string, problem?: string) {
    super(message)
    this.code = code
    this.problem = problem
  }
}

/** A hub's answer, read whole. */
export interface HubResponse {
  status: number
  headers: Headers
  text: string
}

/** An answer that is no text. */
export interface HubBytes extends Omit<HubResponse, 'text'> {
  bytes: Uint8Array<ArrayBuffer>
}

/** Headers of a request; a function makes them anew for each attempt, because a client assertion serves only once. */
export type RequestHeaders = Record<string, string> | (() => Promise<Record<string, string>>)

export interface HubClient {
  /** Where the hub is, without a trailing slash. */
  origin: string
  /** Gets a path, or an address under the hub's origin. @throws HubClientError `unreachable`, `busy`, `not-a-hub` */
  get(address: string, headers?: RequestHeaders, maxBytes?: number): Promise<HubResponse>
  /** Gets what is no text, such as a tile or a part of a snapshot, of at most so many bytes. */
  getBytes(address: string, maxBytes?: number): Promise<HubBytes>
  /** Posts a body. It may be sent more than once: only use it where that is safe, as it is for statements. */
  post(
    address: string,
    body: string,
    type: string,
    headers?: RequestHeaders,
    maxBytes?: number,
  ): Promise<HubResponse>
  /** Puts a body in its place; as with post, it may be sent more than once. */
  put(
    address: string,
    body: string | Uint8Array<ArrayBuffer>,
    type: string,
    headers?: RequestHeaders,
  ): Promise<HubResponse>
  /** Removes what stands at an address. */
  remove(address: string, headers?: RequestHeaders): Promise<HubResponse>
  /** Waits (ms); what polls for an answer uses it, so that a test need not wait. */
  sleep(milliseconds: number): Promise<void>
  /** What the hub said it logged and the feed has not yet shown: SHA-256 of each statement (lower hex) to its index. */
  acknowledged: Map<string, number>
}

export interface HubClientOptions {
  /** Sends a request; a test passes the app's own `request`. */
  fetch?: (url: string, init: RequestInit) => Response | Promise<Response>
  sleep?: (milliseconds: number) => Promise<void>
}

/** How long one attempt to post may take (ms): a push of 4 MB takes over half a minute on a line of 1 Mbit/s. */
export const REQUEST_TIMEOUT = 120_000
/** How long one attempt to get may take with its body (ms): a full page of the feed, some 3 MB, at 1 Mbit/s. */
export const GET_TIMEOUT = 30_000
/** Most bytes of a page of the feed: 1000 full records are some 3 MB; more than this would only fill the memory. */
export const MAX_FEED_BYTES = 16 * 1024 * 1024
/** Most bytes of any other answer: the largest, a member's page or 500 refusals, stay below 1 MB. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** Attempts per request: with the waits below, some 15 s of trouble are bridged. */
export const MAX_ATTEMPTS = 5
/** The first wait between attempts (ms); it doubles each time. */
const FIRST_WAIT = 1000
/** The longest wait a hub may ask for (ms); beyond it, coming back later is the officer's decision. */
const MAX_WAIT = 60_000
/** Too many requests, or a hub that starts, is overloaded or hides behind a proxy that can't reach it. */
const PASSING = [429, 502, 503, 504]

/**
 * A client of one hub.
 * @param origin such as `https://hub.example`
 * @example const client = createHubClient(origin, { fetch: (url, init) => app.request(url, init) })
 */
export function createHubClient(origin: string, options: HubClientOptions = {}): HubClient {
  const { fetch: send = (url, init) => fetch(url, init), sleep = wait } = options
  const requestBytes = async (
    address: string,
    init: RequestInit,
    headers: RequestHeaders = {},
    maxBytes?: number,
    timeout = init.method === 'GET' ? GET_TIMEOUT : REQUEST_TIMEOUT,
  ): Promise<HubBytes> => {
    const url = resolveAddress(origin, address)
    for (let attempt = 1; ; attempt += 1) {
      const own = typeof headers === 'function' ? await headers() : headers
      const full = { ...init, headers: { ...init.headers, ...own } } as RequestInit
      const outcome = await attemptOnce(send, url, full, timeout, maxBytes)
      if (!('error' in outcome) && !PASSING.includes(outcome.status)) return refuseRedirect(outcome, origin)
      if (attempt === MAX_ATTEMPTS) throw giveUp(outcome, origin)
      const asked = 'error' in outcome ? 0 : retryAfter(outcome.headers)
      if (asked > MAX_WAIT) throw giveUp(outcome, origin)
      await sleep(Math.max(asked, FIRST_WAIT * 2 ** (attempt - 1)))
    }
  }
  const request = async (...asked: Parameters<typeof requestBytes>): Promise<HubResponse> => {
    const { status, headers, bytes } = await requestBytes(...asked)
    return { status, headers, text: textOf(bytes) }
  }
  return {
    origin,
    get: (address, headers, maxBytes) =>
      request(address, { method: 'GET', cache: 'no-store' }, headers, maxBytes),
    getBytes: (address, maxBytes) =>
      requestBytes(address, { method: 'GET', cache: 'no-store' }, {}, maxBytes, REQUEST_TIMEOUT),
    post: (address, body, type, headers, maxBytes) =>
      request(address, { method: 'POST', headers: { 'Content-Type': type }, body }, headers, maxBytes),
    put: (address, body, type, headers) =>
      request(address, { method: 'PUT', headers: { 'Content-Type': type }, body }, headers),
    remove: (address, headers) => request(address, { method: 'DELETE' }, headers),
    sleep,
    acknowledged: new Map(),
  }
}

async function attemptOnce(
  send: NonNullable<HubClientOptions['fetch']>,
  url: string,
  init: RequestInit,
  timeout: number,
  maxBytes?: number,
): Promise<HubBytes | { error: unknown }> {
  try {
    const signal = AbortSignal.timeout(timeout)
    const response = await send(url, { ...init, redirect: 'manual', signal })
    // The body is part of the attempt: a line that breaks in the middle of it is tried again too.
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readBody(response, url, maxBytes),
    }
  } catch (error) {
    // It would be as large the next time.
    if (error instanceof HubClientError) throw error
    return { error }
  }
}

/** Reads no further than a hub's answer can be long: the length it states is not believed, and may be compressed. */
async function readBody(
  { body }: Response,
  url: string,
  maxBytes?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { origin, pathname } = new URL(url)
  const most = maxBytes ?? (pathname === '/v1/changes' ? MAX_FEED_BYTES : MAX_ANSWER_BYTES)
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return join(chunks, length)
    chunks.push(chunk.value)
    length += chunk.value.byteLength
    if (length > most) {
      await reader?.cancel().catch(() => undefined)
      throw new HubClientError(
        'too-large',
        `The hub at ${origin} answers ${pathname} with more than ${most} bytes, which no hub sends. Check the address, and tell the operator.`,
      )
    }
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** A hub's links must stay with that hub: a feed could otherwise send its reader elsewhere. */
function resolveAddress(origin: string, address: string): string {
  const url = URL.canParse(address, origin) ? new URL(address, origin) : undefined
  if (url?.origin === origin) return url.href
  throw new HubClientError(
    'other-origin',
    `The hub at ${origin} points to ${url?.origin ?? address.slice(0, 100)}, which is not followed.`,
  )
}

function refuseRedirect(response: HubBytes, origin: string): HubBytes {
  if (response.status < 300 || response.status >= 400 || response.status === 304) return response
  const to = response.headers.get('Location') ?? 'another address'
  throw new HubClientError('not-a-hub', `${origin} redirects to ${to}. Give the hub's own address.`)
}

/** Which limit it is, in the hub's words, where it says so (RFC 9457). */
function reasonOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown }
    return typeof detail === 'string' ? ` ${detail}` : ''
  } catch {
    return ''
  }
}

function giveUp(outcome: HubBytes | { error: unknown }, origin: string): HubClientError {
  if (!('error' in outcome)) {
    const why = outcome.status === 429 ? reasonOf(textOf(outcome.bytes)) : ''
    return new HubClientError(
      'busy',
      `The hub at ${origin} answered ${outcome.status} ${MAX_ATTEMPTS} times or asks for a long wait.${why} Run the command again later, which is safe.`,
    )
  }
  const { error } = outcome
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new HubClientError(
    'unreachable',
    `The hub at ${origin} can't be reached (${reason}). Check the address and the network, and run the command again, which is safe.`,
  )
}

/** Seconds or a date (RFC 9110 section 10.2.3), in ms. */
function retryAfter(headers: Headers): number {
  const value = headers.get('Retry-After')
  if (value === null) return 0
  const seconds = Number(value)
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The part of RFC 9457 problem details that is repeated to people and switched on. */
export const problemDetails = z.looseObject({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
})

/** The answer if it is one of the expected statuses. @throws HubClientError `refused` with the hub's own words */
export function expectStatus(response: HubResponse, ...statuses: number[]): HubResponse {
  if (statuses.includes(response.status)) return response
  const problem = problemDetails.safeParse(parseJson(response.text))
  const { code, title, detail } = problem.success ? problem.data : {}
  const words = detail ?? title ?? 'without saying why; is there a hub at this address?'
  throw new HubClientError('refused', `The hub answered ${response.status}: ${words}`, code)
}

/** The JSON of an answer as its schema says. @throws HubClientError `not-a-hub` */
export function readAnswer<T extends z.ZodType>(
  response: Pick<HubResponse, 'text'>,
  schema: T,
  what: string,
): z.infer<T> {
  const parsed = schema.safeParse(parseJson(response.text))
  if (parsed.success) return parsed.data
  throw new HubClientError(
    'not-a-hub',
    `What came back is not ${what}. Is this the address of a trustmark hub?`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The address of `Link: <…>; rel="next"` (RFC 8288), if there is one. */
export function nextLink(headers: Headers): string | undefined {
  return /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(headers.get('Link') ?? '')?.[1]
}

/**
 * Makes sure that the hub calls itself by the origin at which it was found: it stands in every signed statement,
 * and one that was signed for another name would be refused.
 * @throws HubClientError `not-a-hub`, `other-origin`
 */
export async function requireOrigin(client: HubClient): Promise<void> {
  const response = await client.get('/alliance/.well-known/openid-federation')
  const declared = response.status === 200 ? readIssuer(response.text) : undefined
  if (declared === undefined) {
    throw new HubClientError(
      'not-a-hub',
      `There is no trustmark hub at ${client.origin} (it answered ${response.status}).`,
    )
  }
  if (declared === formatAllianceId(client.origin)) return
  const origin = declared.replace(/\/alliance$/, '')
  throw new HubClientError(
    'other-origin',
    `The hub at ${client.origin} calls itself ${origin}. Every signed statement names the hub it is for, so use --to ${origin}.`,
  )
}

function readIssuer(jwt: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(decodeUtf8(decodeBase64url(jwt.split('.')[1] ?? '', 'jwt'), 'jwt'))
    return z.object({ iss: z.string() }).parse(payload).iss
  } catch {
    return undefined
  }
}
