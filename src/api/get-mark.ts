/** `GET /marks/{member}/{mark}/{level}`: the JSON document at a trust mark type's own address (DESIGN 4.4). */
import type { Context, Next } from 'hono'
import { findLevel } from '../alliance/definition.js'
import { coverageOf } from '../alliance/principles.js'
import type { Reader } from '../hub/hub.js'
import { readRoster } from '../hub/roster.js'
import { formatMarkType } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, refuse, TYPES } from './http.js'

/** A cache must not give a browser's page to a program, nor the other way round. */
const VARY = { Vary: 'Accept' }

/** Whoever names HTML is a person with a browser, unless the address itself asks for the data, as a link in a page does. */
function wantsPage(c: Context): boolean {
  return c.req.query('format') !== 'json' && (c.req.header('Accept') ?? '').includes('text/html')
}

/** Answers programs, and leaves browsers to the page of the same address. */
export async function getMark(c: Context, hub: Reader, next: Next): Promise<Response | undefined> {
  if (wantsPage(c)) {
    await next()
    return undefined
  }
  const { member: memberId = '', mark: markId = '', level: levelId = '' } = c.req.param()
  const member = (await readRoster(hub)).find(memberId)
  const found = member && findLevel(member.definition, markId, levelId)
  if (!member || !found) {
    const missing = new Refusal('not-found', {
      detail: 'No mark of this alliance has this type. See /v1/members.',
      value: c.req.path.slice(0, 200),
    })
    return refuse(hub, missing, VARY)
  }
  const { mark, level } = found
  const { levels: _levels, criteria, ...about } = mark
  const body = {
    type: formatMarkType(hub.origin, memberId, markId, levelId),
    member: {
      id: member.id,
      name: member.definition.name,
      country: member.definition.country,
      participation: member.participation,
    },
    mark: about,
    level,
    principles: coverageOf(criteria),
    criteria,
    sources: member.definition.sources,
    definition: { index: member.index, signed: member.definitionSigned },
    ...(hub.demo && { demo: true }),
  }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.listing, headers: VARY })
}
