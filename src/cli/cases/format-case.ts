/** A case in plain lines, in the officer's language whatever language the consumer used. */
import type { CaseView } from '../../dispute/case-view.js'
import { partnerReceived } from '../../dispute/partner-received.js'
import type { ComplaintPayload } from '../../dispute/payload.js'
import type { ToldReason } from '../../dispute/routing/tell-reasons.js'
import { formatEvents, formatMessages } from './format-events.js'
import { formatIdentity } from './format-identity.js'
import { nextSteps } from './next-steps.js'
import { listFiles, type OpenedCase } from './open-case.js'
import type { CaseReader } from './reader.js'

/** @param reasons why it goes where it goes, in words */
export function formatCase(opened: OpenedCase, reasons: readonly ToldReason[], reader: CaseReader): string[] {
  const { view, complaint, identity } = opened
  const { w } = reader
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? ['', title, ...lines] : []
  return [
    `${view.case}  ${reader.t.kinds[view.meta.kind]}: ${reader.t.claimTypes[view.meta.claimType]}`,
    ...(view.demo ? [`  ${w.demo}`] : []),
    ...formatHead(view, reader),
    ...section(w.sections.route, formatRoute(opened, reasons, reader)),
    ...section(w.sections.about, formatMeta(view, reader)),
    ...section(
      w.sections.complaint,
      complaint ? formatComplaint(complaint, reader) : [`  ${w.complaint.sealed}`],
    ),
    ...section(w.sections.identity, identity ? formatIdentity(identity, reader) : []),
    ...section(w.sections.timeline, formatEvents(opened, reader)),
    ...section(w.sections.messages, formatMessages(opened, reader)),
    ...section(w.sections.files, formatFiles(opened, reader)),
    ...section(
      w.sections.next,
      nextSteps(view).map(({ verb, command }) => `  ${w.actions[verb]}: ${command}`),
    ),
    '',
    w.checked,
  ]
}

function formatHead(view: CaseView, reader: CaseReader): string[] {
  const { t, w, line, member, day } = reader
  const { head } = w
  const outcome = view.outcome && `${t.outcomes[view.outcome]}${view.assumed ? ` (${w.assumed})` : ''}`
  const due = view.due ? `, ${head.due} ${day(view.due)}${view.late ? ` ${w.late}` : ''}` : ''
  return [
    line(head.state, `${t.officer.states[view.state]}${view.parked ? ` (${w.parked})` : ''}`),
    ...(outcome ? [line(head.outcome, outcome)] : []),
    ...(view.rating ? [line(head.rating, t.ratings[view.rating])] : []),
    ...(view.owner
      ? [line(head.turn, `${t.officer.owners[view.owner]}, ${head.since} ${day(view.since)}${due}`)]
      : []),
    ...(view.role in w.roles ? [line(head.role, w.roles[view.role as keyof typeof w.roles])] : []),
    line(head.lead, member(view.lead)),
    ...(view.partner ? [line(head.partner, `${member(view.partner)}, ${partnerText(view, reader)}`)] : []),
    ...(view.cc.length > 0 ? [line(head.cc, view.cc.map(member).join('; '))] : []),
    line(head.filed, day(view.filedAt)),
    ...(view.erasesOn ? [line(head.erases, day(view.erasesOn))] : []),
  ]
}

/** Whether the partner may read now; if not, whether it has the complaint all the same. */
function partnerText(view: CaseView, { day, w: { head } }: CaseReader): string {
  if (view.shared) return head.shared
  const received = partnerReceived(view)
  if (!received) return head.notShared
  const text = received.declined ? head.partnerDeclined : head.partnerHad
  return text.replace('{day}', day(received.at))
}

function formatRoute(
  { quote: { quote } }: OpenedCase,
  reasons: readonly ToldReason[],
  { t }: CaseReader,
): string[] {
  return [
    ...reasons.map(({ rule, text }) => `  ${rule}${text === null ? '' : `  ${text}`}`),
    ...quote.flags.map((flag) => `  ! ${t.flags[flag]}`),
  ]
}

function formatMeta(
  { meta }: CaseView,
  { t, w, line, country, language, band, member }: CaseReader,
): string[] {
  const yes = (value: boolean): string => (value ? w.yes : w.no)
  return [
    line(w.meta.kind, t.kinds[meta.kind]),
    line(w.meta.relation, t.relations[meta.relation]),
    line(w.meta.claimType, t.claimTypes[meta.claimType]),
    line(w.meta.consumerCountry, country(meta.consumerCountry)),
    ...(meta.merchantCountry ? [line(w.meta.merchantCountry, country(meta.merchantCountry))] : []),
    ...(meta.record ? [line(w.meta.record, meta.record)] : []),
    ...(meta.markShown ? [line(w.meta.markShown, member(meta.markShown))] : []),
    ...(meta.marketplace ? [line(w.meta.marketplace, meta.marketplace)] : []),
    line(w.meta.amountBand, band(meta.amountBand, meta.currency)),
    line(w.meta.lang, language(meta.lang)),
    line(w.meta.contactedMerchant, yes(meta.contactedMerchant)),
    ...(meta.otherProceedings ? [line(w.meta.otherProceedings, w.yes)] : []),
    ...(meta.minor ? [line(w.meta.minor, w.yes)] : []),
  ]
}

function formatComplaint(complaint: ComplaintPayload, { t, w, line, authored }: CaseReader): string[] {
  const { shop, transaction, contacted, remedy, story, conveyIdentity } = complaint
  const { orderNo, date, paid, paymentMethod, product } = transaction
  const sought = remedy.sought.map((code) => t.remedies[code]).join(', ')
  return [
    line(w.complaint.shop, shop.url ? `${shop.name} <${shop.url}>` : shop.name),
    ...(product ? [line(w.complaint.product, product)] : []),
    ...(orderNo ? [line(w.complaint.orderNo, orderNo)] : []),
    ...(date ? [line(w.complaint.date, date)] : []),
    ...(paid
      ? [
          line(
            w.complaint.paid,
            `${paid.amount} ${paid.currency}${paymentMethod ? `, ${t.paymentMethods[paymentMethod]}` : ''}`,
          ),
        ]
      : []),
    ...(contacted
      ? [
          line(
            w.complaint.contacted,
            [contacted.date, t.contactChannels[contacted.channel], t.contactResults[contacted.result]]
              .filter(Boolean)
              .join(', '),
          ),
        ]
      : []),
    line(
      w.complaint.sought,
      remedy.amount ? `${sought} (${remedy.amount.amount} ${remedy.amount.currency})` : sought,
    ),
    line(w.complaint.convey, conveyIdentity ? w.yes : w.no),
    `  ${w.complaint.story}:`,
    ...authored(story),
  ]
}

function formatFiles(opened: OpenedCase, { w }: CaseReader): string[] {
  const { view } = opened
  const files = listFiles(opened)
  if (files.length === 0) return []
  const stored = new Set(view.attachments.filter((file) => file.stored).map(({ id }) => id))
  return [
    ...files.map(({ key, seq }) => {
      const state = stored.has(key.id) ? w.files.arrived : w.files.missing
      const where = seq === null ? w.sections.complaint : `${w.sections.messages} ${seq}`
      return `  ${where}: ${key.type}, ${Math.ceil(key.bytes / 1024)} kB, ${state} "${key.name.replaceAll(/\s+/g, ' ')}"`
    }),
    `  ${w.files.save}: trustmark case save ${view.case} --to <folder>`,
  ]
}
