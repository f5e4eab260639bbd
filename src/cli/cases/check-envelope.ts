/** The sealed complaint of a case, held against its verified chain and quote before anything is opened (DESIGN 4.9). */
import type { SealedComplaint } from '../../dispute/envelope.js'
import { checkSealed, type SealedPlace } from '../../dispute/sealed/check-sealed.js'
import { quoteRecipients, type Recipients } from '../../dispute/sealed/envelope-aad.js'
import { kidsOf } from '../../dispute/sealed/general-jwe.js'
import { Refusal } from '../../refusal.js'
import type { CheckedCase } from './check-case.js'

/**
 * It must be there where this agency may read it, and go to whom the quote says.
 * @throws Refusal
 */
export function assertEnvelope(member: string, checked: CheckedCase): void {
  const { status } = checked.chain
  const mayRead = status.lead === member || (status.partner === member && status.shared)
  const sealed = checked.view.envelope
  if (!sealed) {
    if (mayRead)
      throw new Refusal('bad-envelope', 'The hub withholds the sealed complaint, which this agency may read.')
    return
  }
  const place = placeOf(checked)
  if (place) checkSealed(sealed, place)
}

/** Where the sealed complaint belongs; undefined when there is none to be opened. */
export function placeOf({ view, quote, chain }: CheckedCase): SealedPlace | undefined {
  if (!view.envelope) return undefined
  const last = chain.events.findLast(({ claims }) => 'envelope' in claims.case.event)
  const asQuoted = last?.claims.case.event.type === 'created' || last?.claims.case.event.type === 'rerouted'
  return {
    quote: view.quote,
    claims: quote,
    revision: chain.status.revision,
    recipients: asQuoted ? quoteRecipients(quote) : rewrappedTo(view.envelope, view.consumer.enc.kid),
    consumer: view.consumer,
  }
}

/** Whom a lead re-wrapped to: its signature over the envelope's hash stands for them, so they are read from it. */
function rewrappedTo({ complaint, identity }: SealedComplaint, consumer: string): Recipients {
  const lead = kidsOf(identity).filter((kid) => kid !== consumer)
  return { lead, partner: kidsOf(complaint).filter((kid) => kid !== consumer && !lead.includes(kid)) }
}
