/** `GET /alliance/.well-known/openid-federation`: the trust anchor's entity configuration. */
import type { Context } from 'hono'
import { signAllianceConfiguration } from '../hub/alliance-configuration.js'
import type { Hub } from '../hub/hub.js'
import { ENTITY_STATEMENT_TYP } from '../trust/entity-statement.js'
import { answer, CACHE } from './http.js'

/** Signatures differ each time, so a tag would only mislead; a short max-age spares the hub the signing. */
export async function getAllianceConfiguration(c: Context, hub: Hub): Promise<Response> {
  return answer(c, {
    body: await signAllianceConfiguration(hub),
    type: `application/${ENTITY_STATEMENT_TYP}`,
    cache: CACHE.listing,
  })
}
