/** The timeline of a case and its messages, with original and translations side by side. */
import type { CaseEvent } from '../../dispute/case-event.js'
import type { MessagePayload } from '../../dispute/payload.js'
import { formatIdentity } from './format-identity.js'
import type { OpenedCase } from './open-case.js'
import type { CaseReader } from './reader.js'

/** One line per event: when, who, what, with its coded facts. */
export function formatEvents({ view, chain }: OpenedCase, reader: CaseReader): string[] {
  return view.events.map(({ seq, at, type, actor }) => {
    const verified = chain.events[seq]
    const event = verified?.claims.case.event
    const who = verified?.member ?? reader.t.officer.actors[actor]
    const facts = event ? describe(event, reader) : ''
    return `  ${String(seq).padStart(2)}  ${reader.time(at)}  ${who}: ${reader.t.officer.events[type]}${facts && ` (${facts})`}`
  })
}

function describe(event: CaseEvent, { t, w, member }: CaseReader): string {
  switch (event.type) {
    case 'delivered':
    case 'undeliverable':
      return event.member
    case 'lapsed':
      return event.due
    case 'assigned':
      return member(event.to)
    case 'declined':
    case 'partner_declined':
      return t.declineReasons[event.reason]
    case 'transferred':
      return `${member(event.to)}, ${t.declineReasons[event.reason]}`
    case 'closed':
      return t.outcomes[event.outcome]
    case 'merchant_responded':
      return t.merchantResults[event.result]
    case 'info_requested':
      return event.asks.map((code) => t.infoRequests[code]).join(', ')
    case 'extended':
      return `+${event.days} d, ${t.extensionReasons[event.reason]}`
    case 'offer_made':
      return event.performed ? w.message.performed : ''
    case 'outcome_rated':
      return t.ratings[event.rating]
    case 'rerouted':
      return member(event.lead)
    default:
      return ''
  }
}

/** Every message with the number of its event. What is not for this agency is named, not left out. */
export function formatMessages(opened: OpenedCase, reader: CaseReader): string[] {
  const { t, w } = reader
  return opened.messages.flatMap(({ seq, payload, reason }) => {
    const event = opened.chain.events[seq]
    const from = event ? (event.member ?? t.officer.actors[event.actor]) : ''
    const answer = event?.claims.case.event
    const accept = answer?.type === 'offer_answered' ? ` (${answer.accept ? w.yes : w.no})` : ''
    const title = `  ${seq}  ${w.message.from}: ${from}${event ? `, ${t.officer.events[event.claims.case.event.type]}${accept}` : ''}`
    if (!payload) return [title, `  ${w.message.closed}: ${reason ?? ''}`]
    return [title, ...formatPayload(payload, reader)]
  })
}

function formatPayload({ texts, merchant, offer, identity }: MessagePayload, reader: CaseReader): string[] {
  const { t, w, line } = reader
  const sum = (amount: { amount: string; currency: string } | undefined): string[] =>
    amount ? [`${amount.amount} ${amount.currency}`] : []
  return [
    ...(merchant
      ? [
          line(
            w.message.merchant,
            [
              t.merchantResults[merchant.result],
              ...(merchant.remedy ? [t.remedies[merchant.remedy]] : []),
              ...sum(merchant.amount),
            ].join(', '),
          ),
        ]
      : []),
    ...(offer
      ? [
          line(
            w.message.offer,
            [
              t.remedies[offer.remedy],
              ...sum(offer.amount),
              ...(offer.until ? [`${w.message.until} ${offer.until}`] : []),
            ].join(', '),
          ),
        ]
      : []),
    ...(identity ? [`  ${w.message.identity}:`, ...formatIdentity(identity, reader)] : []),
    ...texts.flatMap(reader.authored),
  ]
}
