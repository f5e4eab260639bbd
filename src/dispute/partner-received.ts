/** Whether the partner of a case ever got the complaint, apart from whether it may act in the case now (DESIGN 4.9). */
import { readPayload } from '../trust/jws.js'
import type { CaseEvent, CaseEventClaims } from './case-event.js'
import type { CaseView } from './case-view.js'

export interface PartnerReceived {
  /** When the lead let it read the complaint, for the last time (ISO). */
  at: string
  /** It declined afterwards by its own word; false where only its part ended, as with a new lead. */
  declined: boolean
}

/**
 * Who has read can't unread: `shared` of the status ends with the partner's part, the complaint stays with it.
 * @returns null where it never got it, and where no event says so any more
 */
export function partnerReceived({
  partner,
  events,
}: Pick<CaseView, 'partner' | 'events'>): PartnerReceived | null {
  let current: string | null = null
  let received: PartnerReceived | null = null
  for (const { at, type, actor, event: jws } of events) {
    if (jws === null) continue
    if (type === 'created' || type === 'rerouted') current = readEvent(jws).partner ?? null
    if (current !== partner) continue
    if (type === 'shared') received = { at, declined: false }
    if (received && type === 'partner_declined' && actor === 'partner')
      received = { ...received, declined: true }
    // It never signed for it: the hub took its silence for a refusal.
    if (received && type === 'undeliverable' && readEvent(jws).member === partner) received = null
  }
  return received
}

function readEvent(
  jws: string,
): Partial<Record<'partner' | 'member', string | null>> & Pick<CaseEvent, 'type'> {
  return readPayload<CaseEventClaims>(jws).case.event
}
