/** Turns a page into a response: security headers, caching, entity tags (RFC 9110, sections 8.8.3 and 13.1.2). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Language } from '../../alliance/text.js'
import { sha256Hex } from '../../trust/digest.js'

/** Most pages hold no script at all, so nothing may run or be loaded but our own style sheet. */
export const CONTENT_SECURITY_POLICY = policy(["img-src 'self' data:"])

/**
 * Where a key must stay in the browser: our own script alone may run, and it may talk to this hub alone. Pictures are
 * drawn anew from `blob:` addresses.
 */
export const SCRIPT_SECURITY_POLICY = policy([
  "img-src 'self' blob: data:",
  "script-src 'self'",
  "connect-src 'self'",
  "worker-src 'none'",
])

function policy(directives: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    ...directives,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** How long a page may be kept, by what it says. A verdict changes with the log, so it is asked for again soon. */
export const CACHING = {
  start: 'public, max-age=60',
  verdict: 'public, max-age=30, must-revalidate',
  /** Made from members and their rules, which change a few times a year. */
  listing: 'public, max-age=60',
  /** Depends on where the visitor came from, which no shared cache keeps apart reliably. */
  visit: 'private, max-age=30, must-revalidate',
  missing: 'public, max-age=60',
  /** What was pasted may be a person's number: nothing on the way may keep it. */
  refusal: 'no-store',
  /** A script at a stable address, which stands in other sites' pages: a mended one is there within the hour. */
  script: 'public, max-age=3600',
  /** Addressed by its content. */
  style: 'public, max-age=31536000, immutable',
} as const

/** Hex characters of an entity tag: 128 bits, so that two pages never share one. */
const ETAG_HEX = 32

/** How a page is answered. */
export interface PageAnswer {
  status: 200 | 400 | 404 | 413 | 500 | 503
  caching: keyof typeof CACHING
  language: Language
  /** The page depends on `Accept-Language`. */
  negotiated?: boolean
  /** Further request headers that the page depends on, such as `Referer`. */
  varies?: readonly string[]
  /** The page runs one of our scripts. */
  scripts?: boolean
  index: boolean
}

/** A page as it is sent, with its entity tag: what can be kept and sent again. */
export interface RenderedPage {
  /** UTF-8. */
  body: Uint8Array<ArrayBuffer>
  /** Strong, quoted. */
  tag: string
}

const utf8 = new TextEncoder()

export async function renderPage(page: JSX.Element): Promise<RenderedPage> {
  const body = utf8.encode(`<!doctype html>${await page.toString()}`) as Uint8Array<ArrayBuffer>
  return { body, tag: tagOf(body) }
}

/** Renders a page and answers the request with it, or with 304 when the asker has it already. */
export async function answerPage(request: Request, page: JSX.Element, answer: PageAnswer): Promise<Response> {
  return answerRendered(request, await renderPage(page), answer)
}

/** The same with a page that was rendered before. */
export function answerRendered(request: Request, page: RenderedPage, answer: PageAnswer): Response {
  const varies = [...(answer.negotiated ? ['Accept-Language'] : []), ...(answer.varies ?? [])]
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-language': answer.language,
    'content-security-policy': answer.scripts ? SCRIPT_SECURITY_POLICY : CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    ...(varies.length > 0 && { vary: varies.join(', ') }),
    ...(!answer.index && { 'x-robots-tag': 'noindex' }),
  }
  return answerTagged(request, page, headers, answer.status, answer.caching)
}

/** Answers with a text and its entity tag. `headers` must say the content type. */
export function answerText(
  request: Request,
  body: string,
  headers: Headers,
  status: number,
  caching: keyof typeof CACHING,
): Response {
  return answerTagged(request, { body, tag: tagOf(body) }, Object.fromEntries(headers), status, caching)
}

function tagOf(body: string | Uint8Array): string {
  return `"${sha256Hex(body).slice(0, ETAG_HEX)}"`
}

/** A plain object of headers is what the Node server writes without building a Headers object first. */
function answerTagged(
  request: Request,
  { body, tag }: { body: string | Uint8Array<ArrayBuffer>; tag: string },
  given: Record<string, string>,
  status: number,
  caching: keyof typeof CACHING,
): Response {
  const headers: Record<string, string> = {
    ...given,
    'cache-control': CACHING[caching],
    'x-content-type-options': 'nosniff',
  }
  if (status !== 200) return new Response(body, { status, headers })
  headers.etag = tag
  if (isKnown(request.headers.get('if-none-match'), tag)) {
    const { 'content-type': _, ...others } = headers
    return new Response(null, { status: 304, headers: others })
  }
  return new Response(body, { status, headers })
}

/** Weak comparison: a proxy that compresses marks our tag as weak, and the content is still the same. */
function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return tags.includes(tag) || tags.includes('*')
}
