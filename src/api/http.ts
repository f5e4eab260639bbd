/** What every endpoint shares: caching headers by class of resource, entity tags, problem details. */
import type { Context } from 'hono'
import type { Reader } from '../hub/hub.js'
import { formatProblem, Refusal } from '../refusal.js'
import { sha256Hex } from '../trust/digest.js'

/**
 * Cache-Control by class. A status change must show in the next look-up at the agency's own screen, and within
 * half a minute anywhere; members and principles change a few times a year.
 */
export const CACHE = {
  lookup: 'public, max-age=30, must-revalidate',
  listing: 'public, max-age=60, stale-while-revalidate=600',
  /** C2SP tlog-tiles: a checkpoint is cached for a few seconds. */
  checkpoint: 'public, max-age=5',
  fixed: 'public, max-age=3600',
  /** C2SP tlog-tiles: what a tile's address holds never changes. */
  tile: 'public, max-age=31536000, immutable',
  never: 'no-store',
} as const

/**
 * On every answer for machines: any origin's script may read it. Most of it is public, and the rest opens to a key in the
 * request's own header only: nothing here goes by cookies, so no other site can act for its visitor.
 */
export const PUBLIC_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'ETag, Link, Location, Checkpoint-Size, Next-After, Preference-Applied, Retry-After, WWW-Authenticate',
  'X-Content-Type-Options': 'nosniff',
} as const

export interface Answer {
  /** A stream is opened only when it will be read, and gets an entity tag only where one is given. */
  body: string | Uint8Array<ArrayBuffer> | (() => ReadableStream<Uint8Array>)
  type: string
  cache: (typeof CACHE)[keyof typeof CACHE]
  /** Entity tag, quoted, with `W/` before a weak one; computed from the body when absent. */
  etag?: string
  headers?: Record<string, string>
  status?: 200 | 201 | 202
}

/** When to ask again for a statement that waits (s): a round of sequencing takes well under that. */
export const ASK_AGAIN = '1'

/** The content types the hub answers with, exactly as sent. */
export const TYPES = {
  json: 'application/json',
  jwt: 'application/jwt',
  ndjson: 'application/x-ndjson',
  text: 'text/plain; charset=utf-8',
  bytes: 'application/octet-stream',
  gzip: 'application/gzip',
  problem: 'application/problem+json',
} as const

/** Sends an answer, or 304 when the caller holds it already. */
export function answer(c: Context, { body, type, cache, etag, headers, status = 200 }: Answer): Response {
  const tag = cache === CACHE.never ? undefined : (etag ?? tagOf(body))
  const common = { ...PUBLIC_HEADERS, 'Cache-Control': cache, ...(tag && { ETag: tag }), ...headers }
  if (tag && matches(c.req.header('If-None-Match'), tag))
    return new Response(null, { status: 304, headers: common })
  // A plain Response with plain headers is what the Node server writes without building a Headers object first.
  return new Response(typeof body === 'function' ? openBody(c, body) : body, {
    status,
    headers: { 'Content-Type': type, ...common },
  })
}

function tagOf(body: Answer['body']): string | undefined {
  return typeof body === 'function' ? undefined : `"${sha256Hex(body).slice(0, 32)}"`
}

/** Hono answers HEAD as GET and drops the body: a stream would be left open, with what it had read. */
function openBody(c: Context, open: () => ReadableStream<Uint8Array>): ReadableStream<Uint8Array> | null {
  return c.req.raw.method === 'HEAD' ? null : open()
}

/** Weak comparison (RFC 9110 section 13.1.2): a CDN that compresses turns strong tags into weak ones. */
function matches(header: string | undefined, tag: string): boolean {
  if (!header) return false
  return header
    .split(',')
    .map((candidate) => candidate.trim())
    .some((candidate) => candidate === '*' || opaqueOf(candidate) === opaqueOf(tag))
}

function opaqueOf(tag: string): string {
  return tag.replace(/^W\//, '')
}

/** Sends a refusal as problem details (RFC 9457). */
export function refuse(
  hub: Pick<Reader, 'origin'>,
  refusal: Refusal,
  headers: Record<string, string> = {},
): Response {
  const problem = formatProblem(refusal, hub.origin)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...PUBLIC_HEADERS,
      'Content-Type': TYPES.problem,
      'Cache-Control': cacheOf(refusal),
      // RFC 9110 section 15.5.2: a 401 names what it would take.
      ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(refusal.details.retryAfter !== undefined && { 'Retry-After': String(refusal.details.retryAfter) }),
      ...headers,
    },
  })
}

/** A wrong question stays wrong for a while, which spares the hub its repetition; a failure must not stick. */
function cacheOf({ status, code }: Refusal): string {
  // What is beyond the head now may be in the log at the next checkpoint.
  if (code === 'bad-cursor') return CACHE.checkpoint
  return status === 404 || status === 400 ? CACHE.lookup : CACHE.never
}

/** The whole number in a query parameter. @throws Refusal `bad-query` */
export function readInteger(
  c: Context,
  name: string,
  bounds: { min: number; max: number; fallback: number },
): number {
  const text = c.req.query(name)
  if (text === undefined) return bounds.fallback
  const value = Number(text)
  if (!/^\d{1,15}$/.test(text) || value < bounds.min || value > bounds.max) {
    throw new Refusal('bad-query', {
      detail: `${name} is a whole number from ${bounds.min} to ${bounds.max}.`,
      value: text.slice(0, 40),
      at: name,
    })
  }
  return value
}
