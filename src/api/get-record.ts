/** `GET /v1/records/{id}`, `/history` and `/proof`: a record, what happened to it, and that it was logged. */
import type { Context } from 'hono'
import { checkpointOf, type Reader } from '../hub/hub.js'
import { proveRecord, readHistory, readRecord } from '../hub/read-record.js'
import { answer, CACHE, TYPES } from './http.js'

export async function getRecord(c: Context, hub: Reader): Promise<Response> {
  const { record, rendered } = await readRecord(hub, c.req.param('id') ?? '')
  const body = { record, asOf: rendered.verdict.asOf, ...(hub.demo && { demo: true }) }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.lookup })
}

export async function getRecordHistory(c: Context, hub: Reader): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const { head, entries } = await readHistory(hub, id)
  const body = {
    record: id,
    history: entries.map(({ at, erasedBy: _, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
    asOf: { size: head.size, at: new Date(head.at).toISOString(), checkpoint: checkpointOf(head) },
    ...(hub.demo && { demo: true }),
  }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.lookup })
}

/** The record's C2SP tlog-proof (`.tlog-proof`). */
export async function getRecordProof(c: Context, hub: Reader): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const { proof } = await proveRecord(hub, id)
  const name = `${id.replace(':', '_')}.tlog-proof`
  return answer(c, {
    body: proof,
    type: TYPES.text,
    cache: CACHE.lookup,
    headers: { 'Content-Disposition': `inline; filename="${name}"` },
  })
}
