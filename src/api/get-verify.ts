/** `GET /v1/verify`: is the mark on this shop genuine? */
import type { Context } from 'hono'
import { countryCode } from '../alliance/text.js'
import type { Reader } from '../hub/hub.js'
import { type RenderedVerdict, verify } from '../hub/verify.js'
import type { VerdictQuery } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, TYPES } from './http.js'

/**
 * Answers JSON, or for `Accept: application/jwt` the same verdict signed.
 * @param sign absent where no key is held: on a copy
 * @throws Refusal `not-signed-here` for a signed answer of a copy, and those of {@link verify}
 */
export async function getVerify(
  c: Context,
  hub: Reader,
  sign?: (rendered: RenderedVerdict) => Promise<string>,
): Promise<Response> {
  const rendered = await verify(hub, readQuery(c))
  const headers = { Vary: 'Accept', 'Checkpoint-Size': String(rendered.size) }
  if (!prefersJwt(c.req.header('Accept'))) {
    return answer(c, {
      body: rendered.body,
      type: TYPES.json,
      cache: CACHE.lookup,
      etag: rendered.etag,
      headers,
    })
  }
  if (!sign) {
    throw new Refusal('not-signed-here', {
      detail: `This is a copy, and only the hub signs verdicts: ask ${hub.origin}/v1/verify, or take this answer as JSON.`,
      at: 'Accept',
    })
  }
  return answer(c, { body: await sign(rendered), type: TYPES.jwt, cache: CACHE.lookup, headers })
}

/** The query of a look-up. Unknown parameters are passed over, repeated ones refused. @throws Refusal `bad-query` */
export function readQuery(c: Context): VerdictQuery {
  const query: VerdictQuery = {}
  const given = c.req.queries()
  for (const name of ['url', 'record', 'identifier', 'for'] as const) {
    const values = given[name] ?? []
    if (values.length > 1) throw new Refusal('bad-query', { detail: `${name} may be given once.`, at: name })
    const [value] = values
    if (value !== undefined) query[name] = value
  }
  if (query.for !== undefined && !countryCode.safeParse(query.for).success) {
    throw new Refusal('bad-query', {
      detail: 'for is the ISO 3166-1 code of the asker’s country, such as VN.',
      value: query.for.slice(0, 20),
      at: 'for',
    })
  }
  return query
}

/** Whether `application/jwt` is accepted at least as gladly as JSON (RFC 9110 section 12.5.1). */
function prefersJwt(accept: string | undefined): boolean {
  if (!accept?.toLowerCase().includes(TYPES.jwt)) return false
  const weights = new Map(
    accept.split(',').map((part): [string, number] => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim())
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return [type.toLowerCase(), q ? Number(q.slice(2)) || 0 : 1]
    }),
  )
  // The most specific range that matches a type gives its weight.
  const weight = (type: string) =>
    weights.get(type) ?? weights.get('application/*') ?? weights.get('*/*') ?? 0
  return weight(TYPES.jwt) > 0 && weight(TYPES.jwt) >= weight(TYPES.json)
}
