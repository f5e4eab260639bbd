/** Looks up the record of a seal, a code or a poster, in a way that always leaves something to draw (issue 5, story 3). */
import type { Context } from 'hono'
import { recordId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import type { PageDeps } from '../deps.js'
import type { CACHING } from '../frame/answer.js'
import type { SealAnswer } from './face.js'

/** What is known of a record at the moment, and how an answer about it is given. */
export interface Found {
  /** Undefined where the hub can't answer at the moment. */
  answer: SealAnswer | undefined
  demo: boolean
  status: 200 | 404 | 503
  caching: keyof typeof CACHING
}

/** Times on a seal are told by the minute: seconds would make every answer another (ms). */
const MINUTE = 60_000

/**
 * An unknown record is answered with 200: image proxies pass nothing else on, and a seal must not vanish. What can be no
 * record's id gets 404, which browsers draw too. A hub, or a copy, that can't answer yet says so with 503.
 */
export async function findSubject(id: string, deps: PageDeps): Promise<Found> {
  const { demo } = deps
  if (!recordId.safeParse(id).success)
    return { answer: { size: 0, at: await momentOf(deps) }, demo, status: 404, caching: 'missing' }
  try {
    const verdict = await deps.verify({ record: id })
    const { size, at: logged } = verdict.asOf
    const moment = await momentOf(deps, logged)
    return {
      answer: { record: verdict.records.find((one) => one.id === id), size, at: moment },
      demo: demo || verdict.demo === true,
      status: 200,
      caching: 'verdict',
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { answer: undefined, demo, status: 503, caching: 'refusal' }
  }
}

/** Now, for a hub knows what it logged; a copy knows nothing later than its last look at the hub. */
async function momentOf({ copy, now }: PageDeps, logged?: string): Promise<string> {
  const state = await copy?.()
  if (state) return state.at
  const minute = new Date(Math.floor(now() / MINUTE) * MINUTE).toISOString()
  return logged !== undefined && logged > minute ? logged : minute
}

/** The record's id in the address `/seal/{record}.svg`, whose certificate number may hold dots itself. */
export function idOf(c: Context): string {
  return (c.req.param('record') ?? '').replace(/\.[a-z]+$/, '')
}
