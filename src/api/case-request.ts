/** What every endpoint of cases shares: who asks, from which network, and a body of the right form. */
import type { Context } from 'hono'
import type * as z from 'zod'
import { caseReference } from '../dispute/case-reference.js'
import { authenticate } from '../hub/cases/authenticate.js'
import { hashNetwork } from '../hub/cases/network.js'
import type { Asker } from '../hub/cases/ports.js'
import { countRequest } from '../hub/cases/request-limits.js'
import type { Hub } from '../hub/hub.js'
import { Refusal } from '../refusal.js'
import { badClaims } from '../trust/statement.js'
import { answer, CACHE, TYPES } from './http.js'
import { readJson } from './read-body.js'

/** Gives the caller's address as the runtime knows it; undefined where it knows none. */
export type AddressOf = (c: Context) => string | undefined

/** What the endpoints of cases are built from. */
export interface CaseApi {
  hub: Hub
  addressOf: AddressOf
  /** Longest time that an inbox may keep its caller waiting (s). */
  longestWait: number
  /** How often such an inbox is looked into (ms). */
  lookInterval: number
  /** Aborts when the hub closes: whoever waits is answered at once. */
  closing: AbortSignal | undefined
}

/** Largest body of a filing or an event (bytes): both JWEs with every recipient take half of it. */
export const MAX_CASE_BYTES = 1024 * 1024

/** Where the request comes from, as a hash of the day. */
export function networkOf(c: Context, { hub, addressOf }: CaseApi): Promise<string | undefined> {
  return hashNetwork(hub, addressOf(c))
}

/** @throws Refusal `not-authorised`, `assertion-used` */
export function readAsker(c: Context, { hub }: CaseApi): Promise<Asker> {
  return authenticate(hub, c.req.header('Authorization'))
}

/**
 * Lets the asker into the case of the address. Wrong keys are counted by network, and beyond the limit answered with 429;
 * the right one opens the case however many wrong ones came before, so nobody can lock a consumer out.
 * @throws Refusal `not-authorised`, `too-many-requests`, and those of `work`
 */
export async function enterCase<T>(
  c: Context,
  api: CaseApi,
  work: (ref: string, asker: Asker) => Promise<T>,
): Promise<T> {
  const asker = await readAsker(c, api)
  try {
    return await work(readReference(c), asker)
  } catch (error) {
    if (asker.kind === 'consumer' && error instanceof Refusal && error.code === 'case-unknown')
      await countRequest(api.hub, 'wrong-key', await networkOf(c, api))
    throw error
  }
}

/** The member that asks. @throws Refusal `not-authorised`, `not-a-party` for anyone else */
export async function readMember(c: Context, api: CaseApi): Promise<string> {
  const asker = await readAsker(c, api)
  if (asker.kind === 'member') return asker.id
  throw new Refusal('not-a-party', 'This address is for member agencies. Sign a client assertion as one.')
}

/** @throws Refusal `not-authorised`, `not-a-party` for anyone but the operator */
export async function assertOperator(c: Context, api: CaseApi): Promise<void> {
  const asker = await readAsker(c, api)
  if (asker.kind !== 'operator')
    throw new Refusal('not-a-party', 'This address is for the secretariat: sign with the operator’s key.')
}

/** @throws Refusal `case-unknown` for what is no reference */
export function readReference(c: Context): string {
  const parsed = caseReference.safeParse(c.req.param('ref'))
  if (parsed.success) return parsed.data
  throw new Refusal('case-unknown', {
    detail: 'A case reference looks like JP-7Q4K9-MXW2C. Compare it with what you wrote down.',
    value: (c.req.param('ref') ?? '').slice(0, 40),
  })
}

/** @throws Refusal `bad-claims` naming the first member that does not fit, and those of readJson */
export async function readForm<T>(c: Context, schema: z.ZodType<T>, maxBytes: number): Promise<T> {
  const parsed = schema.safeParse(await readJson(c, maxBytes))
  if (parsed.success) return parsed.data
  throw badClaims(parsed.error)
}

/** Answers JSON that nobody may keep. */
export function answerJson(c: Context, body: object, status: 200 | 201 = 200): Response {
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.never, status })
}
