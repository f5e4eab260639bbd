/** `POST /v1/route-quotes`: where a complaint goes and why, from metadata that names nobody (DESIGN 5). */
import type { Context } from 'hono'
import type * as z from 'zod'
import { COUNTRY_CODES } from '../alliance/country-codes.js'
import { type RouteQuestion, routeQuestion } from '../dispute/route-question.js'
import { quoteRoute } from '../hub/cases/quote-route.js'
import type { Hub } from '../hub/hub.js'
import { findPersonalNumber } from '../record/personal-number.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, TYPES } from './http.js'
import { readJson } from './read-body.js'

/** Largest question in bytes: every field at its longest, in three bytes a character, with room. */
const MAX_QUESTION_BYTES = 8192
/** How much of an unknown member's name is repeated. */
const MAX_NAME = 40

export async function postRouteQuotes(c: Context, hub: Hub): Promise<Response> {
  const asked = await readJson(c, MAX_QUESTION_BYTES)
  const parsed = routeQuestion.safeParse(asked)
  if (!parsed.success) throw refuseQuestion(parsed.error, asked)
  assertCountries(parsed.data)
  return answer(c, {
    body: JSON.stringify(await quoteRoute(hub, parsed.data)),
    type: TYPES.json,
    cache: CACHE.never,
  })
}

/** Names the field and the remedy. Values are never repeated: a form that went wrong may have put a name into any of them. */
function refuseQuestion(error: z.ZodError, asked: unknown): Refusal {
  const missing = missingMembers(error, asked)
  if (missing[0] !== undefined) {
    return new Refusal('bad-request', {
      detail: `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing. See /schemas/route-question.json for what the question holds.`,
      at: missing[0],
    })
  }
  const [issue] = error.issues
  const at = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (findPersonalNumber(key) ? '…' : key.slice(0, MAX_NAME)))
    return new Refusal('bad-request', {
      detail: `The question has members that are not known: ${names.join(', ')}. A route is asked for without names, contacts and texts; they go into the encrypted complaint. Leave them out.`,
      ...(names[0] !== undefined && { at: names[0] }),
    })
  }
  if (at === '') {
    return new Refusal('bad-request', {
      detail:
        'The question is a JSON object with kind, relation, consumerCountry and so on: see /schemas/route-question.json.',
    })
  }
  return new Refusal('bad-request', {
    detail: `${at}: ${issue?.message ?? 'not understood'}. See /schemas/route-question.json for what it may be.`,
    at,
  })
}

/** Members that the question must have and has not, all at once: whoever writes a client mends them in one go. */
function missingMembers({ issues }: z.ZodError, asked: unknown): string[] {
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return []
  return issues.flatMap(({ path: [name, ...deeper] }) =>
    typeof name === 'string' && deeper.length === 0 && !Object.hasOwn(asked, name) ? [name] : [],
  )
}

/** A code that only looks like one would be quoted, filed, and lead to nobody. @throws Refusal `bad-request` */
function assertCountries({ consumerCountry, merchantCountry }: RouteQuestion): void {
  for (const [at, code] of Object.entries({ consumerCountry, merchantCountry })) {
    if (code === undefined || COUNTRY_CODES.includes(code)) continue
    throw new Refusal('bad-request', {
      detail: `${at}: no country or inhabited territory has this code. Send one of ISO 3166-1, such as TH, VN or JP.`,
      at,
    })
  }
}
