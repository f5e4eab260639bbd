/**
 * Packs pages with gzip on their way out (RFC 9110, sections 8.4.1.3 and 12.5.3); Workers do so by themselves. Pages hold no secrets and
 * no cookies go with them, so what an attacker mixes in tells nothing by its length.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const pack = promisify(gzip)

/** What people's browsers load: texts that get several times smaller. */
const TYPES =
  /^(?:text\/(?:html|css|javascript|plain|xml)|image\/svg\+xml|application\/(?:javascript|json|xml|manifest\+json))\s*(?:;|$)/i

/** Answers for machines: some are streams, some are asked millions of times, and some are packed already. */
const FOR_MACHINES = ['/v1/', '/log/', '/federation/', '/healthz', '/readyz']

type Fetch<Env> = (request: Request, env: Env) => Response | Promise<Response>

/** The same answers, packed for whoever takes gzip. */
export function compressPages<Env>(fetch: Fetch<Env>): Fetch<Env> {
  return (request, env) => {
    const response = fetch(request, env)
    return isForMachines(request.url) ? response : compress(request, response)
  }
}

function isForMachines(url: string): boolean {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return FOR_MACHINES.some((path) => url.startsWith(path, start))
}

async function compress(request: Request, answered: Response | Promise<Response>): Promise<Response> {
  const response = await answered
  const { status, headers } = response
  const isKnown = status === 304
  if (!isKnown && !TYPES.test(headers.get('content-type') ?? '')) return response
  if (headers.has('content-encoding') || /no-transform/i.test(headers.get('cache-control') ?? ''))
    return response
  // Also on what goes out as it is: a cache on the way must not give it to those who asked for gzip, nor the other way round.
  const vary = headers.get('vary')
  if (vary !== '*') headers.set('vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding')
  if (!acceptsGzip(request.headers.get('accept-encoding'))) return response
  // "A strong validator … changes whenever a change occurs to the representation data" (section 8.8.1): these bytes are others.
  const tag = headers.get('etag')
  const known = request.headers.get('if-none-match') ?? ''
  if (tag && !tag.startsWith('W/') && (!isKnown || known.includes(`W/${tag}`)))
    headers.set('etag', `W/${tag}`)
  if (isKnown) return response
  headers.set('content-encoding', 'gzip')
  headers.delete('content-length')
  if (request.method === 'HEAD') return response
  const packed = await pack(await response.arrayBuffer())
  return new Response(packed as Uint8Array<ArrayBuffer>, { status, headers })
}

/**
 * Whether the header takes gzip; without one anything may be sent, and the plain text is understood by all.
 *
 * @example acceptsGzip('gzip;q=0, br') // false
 */
export function acceptsGzip(header: string | null): boolean {
  const weights = new Map(
    (header ?? '').split(',').map((part) => {
      const [coding = '', ...parameters] = part.toLowerCase().split(';')
      const stated = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean)
      return [coding.trim(), stated === undefined ? 1 : Number(stated)] as const
    }),
  )
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
