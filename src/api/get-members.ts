/** `GET /v1/members`, `/v1/members/{id}` and `/v1/principles`: who, which marks, mapped how. */
import type { Context } from 'hono'
import { PRINCIPLE_TEXTS } from '../alliance/principles.js'
import { checkpointOf, type Reader } from '../hub/hub.js'
import { listMembers, readMemberPage } from '../hub/list-members.js'
import { readRoster } from '../hub/roster.js'
import { answer, CACHE, TYPES } from './http.js'

export async function getMembers(c: Context, hub: Reader): Promise<Response> {
  const { head, members } = await listMembers(hub)
  const body = {
    members,
    asOf: { size: head.size, at: new Date(head.at).toISOString(), checkpoint: checkpointOf(head) },
    ...(hub.demo && { demo: true }),
  }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.listing })
}

export async function getMember(c: Context, hub: Reader): Promise<Response> {
  const body = await readMemberPage(hub, c.req.param('id') ?? '')
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.listing })
}

/** The five principles and monitoring, and every mark's own criteria mapped onto them; gaps are visible as absence. */
export async function getPrinciples(c: Context, hub: Reader): Promise<Response> {
  const { members } = await readRoster(hub)
  const body = {
    principles: Object.entries(PRINCIPLE_TEXTS).map(([id, texts]) => ({ id, ...texts })),
    marks: members.flatMap(({ id, definition }) =>
      definition.marks.map((mark) => ({
        member: id,
        mark: mark.id,
        name: mark.name,
        kind: mark.kind,
        criteriaVersion: mark.criteriaVersion,
        criteria: mark.criteria.map(({ source, ...criterion }) => ({
          ...criterion,
          source: definition.sources[source] ?? null,
        })),
      })),
    ),
    ...(hub.demo && { demo: true }),
  }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.listing })
}
