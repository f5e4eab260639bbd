/** What has happened in a case, step by step, as the consumer reads it: who, what, when, and the words that came with it. */
import type { Actor, CaseEvent, CaseEventType } from '../../dispute/case-event.js'
import type { AttachmentKey, AuthoredText, MessagePayload } from '../../dispute/payload.js'
import { fill } from '../kit/words.js'
import type { Words } from './words.js'

/** A message as it could be read. */
export type ReadMessage = MessagePayload | 'unreadable' | 'between' | 'erased' | null

/** Events that speak to her: a message of theirs which she does not get is missing, not meant for others. */
const TO_HER: readonly CaseEventType[] = ['info_requested', 'offer_made', 'extended', 'declined', 'closed']

/**
 * What a message is to her that the hub did not give her: one between the agencies, or one that should be there.
 * Recipients stand in the message itself, so an event's signature can not tell; who sent what to whom can.
 */
export function missingMessage({ actor, type }: Pick<ReadEvent, 'actor' | 'type'>): 'unreadable' | 'between' {
  return (actor === 'lead' || actor === 'partner') && !TO_HER.includes(type) ? 'between' : 'unreadable'
}

/** One event as read: its coded facts are null where its signature does not hold, or once it is erased. */
export interface ReadEvent {
  seq: number
  at: string
  type: CaseEventType
  actor: Actor
  /** The agency that signed it; null for the others. */
  member: string | null
  event: CaseEvent | null
  message: ReadMessage
}

/** One step of the timeline. */
export interface Step {
  seq: number
  at: string
  /** Her own steps stand apart from the others'. */
  mine: boolean
  who: string
  title: string
  /** Coded facts in words. */
  facts: string[]
  /** Original first, then its translations, each in its own language. */
  texts: AuthoredText[]
  files: AttachmentKey[]
  /** Something is to be said of the step: unreadable, erased, unsigned. */
  note: string | null
}

/** Newest first. */
export function describeSteps(events: readonly ReadEvent[], words: Words): Step[] {
  return [...events].sort((a, b) => b.seq - a.seq).map((event) => describeStep(event, words))
}

function describeStep(read: ReadEvent, words: Words): Step {
  const { t, labels } = words
  const message = typeof read.message === 'object' ? read.message : null
  return {
    seq: read.seq,
    at: read.at,
    mine: read.actor === 'consumer' || read.type === 'created',
    who: nameActor(read, words),
    title: labels.events[read.type],
    facts: [
      ...eventFacts(read.event, words),
      ...messageFacts(message, words),
      ...(read.message === 'between' ? [t.timeline.notForYou] : []),
    ],
    texts: orderTexts(message?.texts ?? []),
    files: message?.attachments ?? [],
    note:
      read.message === 'unreadable'
        ? t.timeline.unreadable
        : read.message === 'erased'
          ? t.timeline.erased
          : null,
  }
}

function nameActor(
  { actor, member, type }: Pick<ReadEvent, 'actor' | 'member' | 'type'>,
  { t, name }: Words,
): string {
  // The hub signs that a case was created; who filed it is the consumer.
  if (actor === 'consumer' || type === 'created') return t.timeline.you
  if (actor === 'hub') return t.timeline.hub
  if (actor === 'secretariat') return t.timeline.secretariat
  return member === null ? t.status.nobody : name(member).text
}

/** The coded facts of an event, beyond its type. */
function eventFacts(event: CaseEvent | null, words: Words): string[] {
  if (event === null) return []
  const { t, labels, name } = words
  switch (event.type) {
    case 'declined':
    case 'partner_declined':
      return [fill(t.timeline.reason, { reason: labels.declineReasons[event.reason] })]
    case 'transferred':
      return [
        fill(t.timeline.reason, { reason: labels.declineReasons[event.reason] }),
        fill(t.timeline.to, { agency: name(event.to).text }),
      ]
    case 'assigned':
      return [fill(t.timeline.to, { agency: name(event.to).text })]
    case 'delivered':
    case 'undeliverable':
      return [name(event.member).text]
    case 'rerouted':
      return [
        fill(t.timeline.to, { agency: name(event.lead).text }),
        ...(event.partner === null ? [] : [fill(t.status.partner, { partner: name(event.partner).text })]),
      ]
    case 'closed':
      return [fill(t.timeline.outcome, { outcome: labels.outcomes[event.outcome] })]
    case 'merchant_responded':
      return [fill(t.timeline.merchantResult, { result: labels.merchantResults[event.result] })]
    case 'info_requested':
      return event.asks.map((ask) => labels.infoRequests[ask])
    case 'extended':
      return [
        fill(t.timeline.reason, { reason: labels.extensionReasons[event.reason] }),
        fill(t.timeline.extension, { days: event.days }),
      ]
    case 'offer_made':
      return [event.performed ? t.timeline.performed : t.timeline.notPerformed]
    case 'offer_answered':
      return [event.accept ? t.timeline.accepted : t.timeline.refused]
    case 'outcome_rated':
      return [fill(t.timeline.rating, { rating: labels.ratings[event.rating] })]
    default:
      return []
  }
}

/** The coded facts inside an encrypted message. */
function messageFacts(message: MessagePayload | null, words: Words): string[] {
  if (!message) return []
  const { t, labels, format } = words
  const { merchant, offer } = message
  const amount = (money: { amount: string; currency: string } | undefined): string[] =>
    money ? [fill(t.timeline.amount, { amount: format.money(money) })] : []
  return [
    ...(merchant?.remedy ? [fill(t.timeline.remedy, { remedy: labels.remedies[merchant.remedy] })] : []),
    ...amount(merchant?.amount),
    ...(offer ? [fill(t.timeline.offer, { remedy: labels.remedies[offer.remedy] })] : []),
    ...amount(offer?.amount),
    ...(offer?.until ? [fill(t.timeline.until, { day: format.day(offer.until) })] : []),
    ...(message.identity ? [t.timeline.identity] : []),
  ]
}

/** Originals before translations: what somebody wrote outranks what was made of it. */
function orderTexts(texts: readonly AuthoredText[]): AuthoredText[] {
  const rank = { original: 0, human: 1, machine: 2 } as const
  return [...texts].sort((a, b) => rank[a.made] - rank[b.made])
}

/** What the newest open question asks for, with who asks; undefined when no question stands. */
export function openQuestion(events: readonly ReadEvent[]): ReadEvent | undefined {
  const last = [...events].reverse().find(({ type }) => type === 'info_requested' || type === 'info_given')
  return last?.type === 'info_requested' ? last : undefined
}

/** The newest offer that was conveyed to her. */
export function lastOffer(events: readonly ReadEvent[]): ReadEvent | undefined {
  return [...events].reverse().find(({ type }) => type === 'offer_made')
}

/** Whether she let her identity be conveyed after filing: a message of hers that holds it says so. */
export function gaveIdentity(events: readonly ReadEvent[]): boolean {
  return events.some(
    ({ actor, message }) =>
      actor === 'consumer' && typeof message === 'object' && message?.identity !== undefined,
  )
}

/**
 * Until when she can answer an offer, and that the shop may stand by it for a shorter time. All are ISO dates.
 * @param due her last day to answer
 * @param until the last day of the offer; undefined where it names none
 */
export function offerDates({ t, format }: Words, due: string, until: string | undefined): string {
  const days = { due: format.day(due), until: until === undefined ? '' : format.day(until) }
  return fill(until !== undefined && until < due ? t.offer.untilOffer : t.offer.untilDue, days)
}
