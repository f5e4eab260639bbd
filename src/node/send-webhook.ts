/** Posting webhooks from Node: only to public addresses, checked at the moment of connecting, and no further (Standard Webhooks). */
import { lookup as lookUpName } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { SendWebhook } from '../hub/cases/ports.js'
import { isPublicAddress } from './public-address.js'

/** "15–30 s is recommended" as the longest (Standard Webhooks); a queue of dead addresses must not hold up the rest. */
const TIMEOUT = 10_000
/** Bytes read of an answer before the connection is cut: only its status counts. */
const MAX_ANSWER_BYTES = 16_384

export interface WebhookRoom {
  /** In a demo the agencies run on this machine: http to loopback is allowed, and nothing else that is not public. */
  loopback: boolean
  /** Looks names up; the operating system's unless a test brings its own. */
  resolve?: typeof lookUpName
}

const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address)

/** Never throws, and never follows a redirect: an answer is a status, whatever else it says. */
export function createSendWebhook({ loopback, resolve = lookUpName }: WebhookRoom): SendWebhook {
  const isAllowed = (address: string): boolean =>
    isPublicAddress(address) || (loopback && isLoopback(address))
  /** Runs within the connection, so the address that was checked is the one that is used: a name can't move in between. */
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const bad = addresses.find(({ address }) => !isAllowed(address))
      // One bad address among good ones refuses the name: which one would be taken is not ours to say.
      const [first] = addresses
      if (bad || !first) return done(new Error('the name leads to an address that is not public'), '')
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
  return (address, headers, body) => {
    const url = new URL(address)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    // An address written out is never looked up.
    if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve({ error: 'the address is not public' })
    const isLocalHttp = loopback && url.protocol === 'http:'
    if (url.protocol !== 'https:' && !isLocalHttp)
      return Promise.resolve({ error: 'webhooks go by https only' })
    return post(url, isLocalHttp ? requestHttp : requestHttps, lookup, headers, body)
  }
}

function post(
  url: URL,
  request: typeof requestHttps,
  lookup: LookupFunction,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ status: number } | { error: string }> {
  return new Promise((resolve) => {
    const bytes = new TextEncoder().encode(body)
    const fail = (error: Error): void => resolve({ error: reasonOf(error) })
    const sending = request(
      url,
      {
        method: 'POST',
        lookup,
        // A connection of its own: none that was opened to a checked address is used for another.
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT),
        headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(bytes.length) },
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        let read = 0
        answer.on('data', (chunk: Uint8Array) => {
          read += chunk.length
          if (read > MAX_ANSWER_BYTES) sending.destroy()
        })
        answer.on('error', () => resolve({ status }))
        answer.on('close', () => resolve({ status }))
      },
    )
    sending.on('error', fail)
    sending.end(bytes)
  })
}

/** What is kept of a failure: its kind, nothing that the other side sent. */
function reasonOf(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer within ${TIMEOUT / 1000} s`
  return (error as NodeJS.ErrnoException).code ?? error.message
}
