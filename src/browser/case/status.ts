/** Where a case stands, in plain words: what state, who has it, whose turn, since when, until when, and why it went there. */
import type { CaseView } from '../../dispute/case-view.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import { partnerReceived } from '../../dispute/partner-received.js'
import { fill } from '../kit/words.js'
import { explainRoute } from './why.js'
import type { Words } from './words.js'

/** Colours of the panel; every one comes with its words. */
export type Tone = 'identity' | 'wait' | 'stop' | 'quality' | 'none'

export interface StatusLine {
  term: string
  text: string
}

export interface StatusText {
  tone: Tone
  title: string
  says: string
  /** What is out of the ordinary: late, on hold. */
  alerts: { title: string; says: string }[]
  lines: StatusLine[]
  /** Who reads what. */
  readers: string[]
  deliveries: string[]
  /** Why it went there, rule by rule. */
  why: string[]
  erases: string | null
}

export function describeStatus(view: CaseView, quote: QuoteClaims, words: Words): StatusText {
  const { t, labels, format } = words
  const names = namesOf(view, words)
  const stage = isUnreachable(view) ? t.unreachable : t.stages[view.state]
  return {
    tone: toneOf(view),
    title: stage.title,
    says: fill(stage.says, names),
    alerts: alertsOf(view, words),
    lines: [
      ...(view.outcome === null
        ? []
        : [
            {
              term: t.status.outcome,
              text: view.assumed
                ? `${labels.outcomes[view.outcome]} (${t.status.assumed})`
                : labels.outcomes[view.outcome],
            },
          ]),
      { term: t.status.who, text: holderOf(view, words) },
      ...(view.owner === null || view.phase === 'closed'
        ? []
        : [{ term: t.status.turn, text: fill(t.owners[view.owner], names) }]),
      { term: t.status.since, text: format.day(view.since) },
      ...(view.phase === 'closed'
        ? []
        : [
            {
              term: t.status.due,
              text: view.due === null ? t.status.noDue : fill(t.status.dueDay, { day: format.day(view.due) }),
            },
          ]),
      { term: t.status.filed, text: format.day(view.filedAt) },
      { term: t.status.reference, text: view.case },
    ],
    readers: readersText(view, words),
    deliveries: view.deliveries
      .filter(({ role }) => role !== 'cc')
      .map(({ member, state, receiptedAt }) =>
        fill(t.status[state === 'receipted' ? 'delivered' : state], {
          agency: nameWithCountry(member, words),
          day: receiptedAt === null ? '' : format.day(receiptedAt),
        }),
      ),
    why: explainRoute(quote, words),
    erases:
      view.erasesOn === null || view.state === 'archived'
        ? null
        : fill(t.status.erases, { day: format.day(view.erasesOn) }),
  }
}

/** "Office of the Consumer Protection Board (Thailand)". */
export function nameWithCountry(
  id: string,
  { t, name, format }: Pick<Words, 't' | 'name' | 'format'>,
): string {
  const { text, country } = name(id)
  return fill(t.status.agency, { agency: text, country: format.country(country) })
}

/** What stands for `{lead}` and `{partner}` in the texts of the stages. */
export function namesOf({ lead, partner }: CaseView, { t, name }: Words): { lead: string; partner: string } {
  return {
    lead: lead === null ? t.status.nobody : name(lead).text,
    partner: partner === null ? t.status.nobody : name(partner).text,
  }
}

/** The agency in whose hands the case lies now. */
function holderOf(view: CaseView, words: Words): string {
  const { lead, partner, owner, shared } = view
  const partnerHas = shared && partner !== null && (owner === 'partner' || owner === 'merchant')
  const id = partnerHas ? partner : lead
  return id === null ? words.t.status.nobody : nameWithCountry(id, words)
}

function readersText(view: CaseView, words: Words): string[] {
  const { t } = words
  const { lead, partner, shared, cc } = view
  return [
    ...(lead === null ? [] : [fill(t.status.with, { lead: nameWithCountry(lead, words) })]),
    ...(partner === null
      ? []
      : [
          `${fill(t.status.partner, { partner: nameWithCountry(partner, words) })} – ${
            shared ? t.status.partnerReads : partnerText(view, words)
          }`,
        ]),
    ...(cc.length === 0
      ? []
      : [fill(t.status.informed, { agencies: cc.map((id) => nameWithCountry(id, words)).join(', ') })]),
  ]
}

/** Of a partner that may not act now: whether it has the complaint all the same. */
function partnerText(view: CaseView, { t, format }: Words): string {
  const received = partnerReceived(view)
  if (!received) return t.status.partnerWaits
  const text = received.declined ? t.status.partnerDeclined : t.status.partnerHad
  return fill(text, { day: format.day(received.at) })
}

function alertsOf({ late, parked, owner }: CaseView, { t }: Words): StatusText['alerts'] {
  return [
    ...(late
      ? [{ title: t.status.late, says: owner === 'consumer' ? t.status.lateYou : t.status.lateSays }]
      : []),
    ...(parked ? [{ title: t.status.parked, says: t.status.parkedSays }] : []),
  ]
}

/** The lead signed for nothing in time: the secretariat calls it. */
function isUnreachable({ state, owner }: CaseView): boolean {
  return state === 'received' && owner === 'secretariat'
}

function toneOf({ state, owner, outcome }: CaseView): Tone {
  if (state === 'archived') return 'none'
  if (state === 'closed') return outcome === 'resolved' || outcome === 'partly_resolved' ? 'quality' : 'none'
  return owner === 'consumer' ? 'wait' : 'identity'
}
