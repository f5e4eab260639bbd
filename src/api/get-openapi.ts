/** `GET /openapi.json`, `/schemas` and `/schemas/{name}`: the published contract, from the types the hub itself checks with. */
import type { Context } from 'hono'
import type { Reader } from '../hub/hub.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, TYPES } from './http.js'
import { formatOpenApi } from './openapi/document.js'
import { formatSchema, listSchemaNames, SCHEMA_TYPE } from './openapi/json-schema.js'

const documents = new WeakMap<Reader, string>()

export function getOpenApi(c: Context, hub: Reader): Response {
  const body = documents.get(hub) ?? formatOpenApi(hub)
  documents.set(hub, body)
  return answer(c, { body, type: TYPES.json, cache: CACHE.listing })
}

/** The schema of that file name, or the list when the route has no name. @throws Refusal `not-found` */
export function getSchema(c: Context, hub: Reader): Response {
  const name = c.req.param('name')
  if (name === undefined) {
    const schemas = listSchemaNames().map((schema) => ({
      ...schema,
      url: `${hub.origin}/schemas/${schema.name}.json`,
    }))
    return answer(c, { body: JSON.stringify({ schemas }), type: TYPES.json, cache: CACHE.listing })
  }
  const body = name.endsWith('.json') ? formatSchema(name.slice(0, -'.json'.length)) : undefined
  if (body === undefined)
    throw new Refusal('not-found', {
      detail: 'No schema has this name. See /schemas.',
      value: name.slice(0, 60),
    })
  return answer(c, { body, type: SCHEMA_TYPE, cache: CACHE.listing })
}
