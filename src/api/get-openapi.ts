import type { Context } from 'hono'
import type { Hub } from '../hub/hub.js'

export function getOpenApi(c: Context, _hub: Hub): Response {
  return c.json({})
}
export function getSchema(c: Context, _hub: Hub): Response {
  return c.json({})
}
