/**
 * A fresh quote for a case that its consumer passes on (facts 3.3, re-routing c): for the case's own facts, without the
 * lead that does not answer, or to the agency that the secretariat named.
 */
import type { CaseMeta, RouteQuestion, RouteQuote } from '../../dispute/route-question.js'
import { allowedEvents } from '../../dispute/transition.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { readRoster } from '../roster.js'
import { momentOf } from './case-clock.js'
import { findCase } from './parties.js'
import type { Asker } from './ports.js'
import { quoteRoute } from './quote-route.js'
import { readQuote } from './read-quote.js'

/** @throws Refusal `case-unknown`, `payload-erased`, `not-a-party`, `event-not-allowed` while the case is where it belongs */
export async function requoteCase(hub: Hub, ref: string, asker: Asker): Promise<RouteQuote> {
  const { row, role } = await findCase(hub, ref, asker)
  if (role !== 'consumer') {
    throw new Refusal('not-a-party', {
      detail:
        'Only the consumer passes her complaint on, for only she and the lead can read it. A lead transfers it.',
      value: role,
    })
  }
  const moment = momentOf(await readRoster(hub), row, hub.now())
  const may = allowedEvents(row.status, moment).some(
    ({ actor, type }) => actor === 'consumer' && type === 'rerouted',
  )
  if (!may) {
    throw new Refusal('event-not-allowed', {
      detail:
        'The case is with an agency that answers. It can be passed on once that agency is out of reach or very late.',
      value: row.status.state,
    })
  }
  const { assigned, lead } = row.status
  const last = await readQuote(hub, row.quote, { allowExpired: true })
  return quoteRoute(hub, questionOf(row.meta), {
    reference: ref,
    passOver: lead === null ? [] : [lead],
    lead: assigned,
    flags: last.quote.flags,
  })
}

/** The question behind a case's facts. The address of the purchase was never kept; the record says which shop. */
function questionOf({ merchantCountry, markShown, record, marketplace, ...same }: CaseMeta): RouteQuestion {
  return {
    ...same,
    ...(merchantCountry !== null && { merchantCountry }),
    ...(markShown !== null && { markShown }),
    ...(record !== null && { record }),
    ...(marketplace !== null && { marketplace }),
  }
}
