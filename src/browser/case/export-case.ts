/** Everything of a case, decrypted, for the consumer to keep: one JSON for programs and one text for people (issue: export). */
import { languageName } from '../../alliance/language-name.js'
import { type AttachmentKey, MAX_ATTACHMENTS, MAX_ATTACHMENTS_BYTES } from '../../dispute/payload.js'
import { encodeBase64url } from '../../trust/json.js'
import type { FileRoom } from '../kit/file-field.js'
import { fill } from '../kit/words.js'
import type { OpenCase } from './open-case.js'
import { describeStatus } from './status.js'
import { describeSteps } from './timeline.js'
import type { Words } from './words.js'

/** A decrypted file inside the JSON: base64url of its bytes; null where it could not be had. */
export interface ExportedFile {
  name: string
  type: string
  data: string | null
}

/** All files that the complaint and the messages name. */
export function filesOf({ content, events }: Pick<OpenCase, 'content' | 'events'>): AttachmentKey[] {
  const inMessages = events.flatMap(({ message }) =>
    typeof message === 'object' && message !== null ? (message.attachments ?? []) : [],
  )
  return [...(content?.complaint.attachments ?? []), ...inMessages]
}

/** How many files, and how many bytes of them, she may still bring to the case. */
export function roomOf({ content, events }: Pick<OpenCase, 'content' | 'events'>): FileRoom {
  const own = filesOf({ content, events: events.filter(({ actor }) => actor === 'consumer') })
  return {
    count: Math.max(0, MAX_ATTACHMENTS - own.length),
    bytes: own.reduce((left, { bytes }) => left - bytes, MAX_ATTACHMENTS_BYTES),
  }
}

export function exportFile({ name, type }: AttachmentKey, bytes: Uint8Array | undefined): ExportedFile {
  return { name, type, data: bytes ? encodeBase64url(bytes) : null }
}

/**
 * The JSON. Signed events stand in it as they were signed, so that they can be verified later, when the hub has erased
 * them. Keys of files and of the case are left out: who finds the file must not be able to act in the case.
 */
export function exportJson(open: OpenCase, files: readonly ExportedFile[], madeAt: string): string {
  const { view, content, events, quote, trust } = open
  const without = <T extends { attachments?: readonly AttachmentKey[] }>(payload: T): object => ({
    ...payload,
    ...(payload.attachments && {
      attachments: payload.attachments.map(({ id, name, type, bytes, sha256 }) => ({
        id,
        name,
        type,
        bytes,
        sha256,
      })),
    }),
  })
  return JSON.stringify(
    {
      format: 'trustmark-case-export/1',
      madeAt,
      case: view.case,
      checked: trust.kind,
      state: view.state,
      outcome: view.outcome,
      assumed: view.assumed,
      rating: view.rating,
      filedAt: view.filedAt,
      lead: view.lead,
      partner: view.partner,
      cc: view.cc,
      meta: view.meta,
      route: quote.quote,
      complaint: content ? without(content.complaint) : null,
      identity: content?.identity ?? null,
      events: events.map(({ seq, at, type, actor, member, event, message }, i) => ({
        seq,
        at,
        type,
        actor,
        member,
        event,
        message: typeof message === 'object' && message !== null ? without(message) : message,
        signed: view.events[i]?.event ?? null,
      })),
      files,
    },
    null,
    2,
  )
}

/** The whole case as text, for printing and for apps that save no files. Oldest first, as one reads a letter. */
export function exportText(open: OpenCase, words: Words): string {
  const { t, format } = words
  const status = describeStatus(open.view, open.quote, words)
  const lines = [
    `${t.title} ${open.view.case}`,
    '',
    status.title,
    status.says,
    ...status.lines.map(({ term, text }) => `${term}: ${text}`),
    ...status.readers,
    ...(status.erases ? [status.erases] : []),
    '',
    t.complaint.title,
    ...describeComplaint(open, words).map(({ term, text }) => `${term}: ${text}`),
    '',
    t.timeline.title,
    ...[...describeSteps(open.events, words)]
      .reverse()
      .flatMap((step) => [
        '',
        `${format.time(step.at)} – ${step.who}: ${step.title}`,
        ...step.facts,
        ...step.texts.map(
          ({ lang, text, made }) =>
            `[${languageName(format.language(lang), words.lang, 'alone')}, ${t.timeline[made]}] ${text}`,
        ),
        ...step.files.map(({ name, bytes }) => `${t.timeline.files}: ${name} (${format.size(bytes)})`),
        ...(step.note ? [step.note] : []),
      ]),
  ]
  return `${lines.join('\n')}\n`
}

/** What she sent, line by line. The story itself is last; `lang` is that of a text which she wrote. */
export function describeComplaint(
  { content, view }: Pick<OpenCase, 'content' | 'view'>,
  words: Words,
): { term: string; text: string; lang?: string }[] {
  if (!content) return []
  const { t, labels, format } = words
  const { shop, transaction, contacted, remedy, story, conveyIdentity } = content.complaint
  const { identity } = content
  const line = (term: string, text: string | undefined): { term: string; text: string }[] =>
    text ? [{ term, text }] : []
  const list = (parts: readonly (string | undefined)[]): string =>
    parts.filter(Boolean).join(words.lang === 'ja' ? '、' : ', ')
  return [
    ...line(t.complaint.problem, labels.claimTypes[view.meta.claimType]),
    ...line(t.complaint.shop, list([shop.name, shop.url === shop.name ? undefined : shop.url])),
    ...line(t.complaint.order, transaction.orderNo),
    ...line(t.complaint.product, transaction.product),
    ...line(t.complaint.date, transaction.date && format.day(transaction.date)),
    ...line(t.complaint.paid, transaction.paid && format.money(transaction.paid)),
    ...line(
      t.complaint.paidBy,
      transaction.paymentMethod && labels.paymentMethods[transaction.paymentMethod],
    ),
    ...line(
      t.complaint.contacted,
      contacted &&
        list([
          contacted.date && format.day(contacted.date),
          labels.contactChannels[contacted.channel],
          labels.contactResults[contacted.result],
        ]),
    ),
    ...line(
      t.complaint.sought,
      list([
        ...remedy.sought.map((one) => labels.remedies[one]),
        remedy.amount && format.money(remedy.amount),
      ]),
    ),
    { term: t.complaint.story, text: story.text, lang: story.lang },
    ...line(t.complaint.name, identity?.name),
    ...line(t.complaint.email, identity?.email),
    ...line(t.complaint.phone, identity?.phone),
    ...line(t.complaint.address, identity?.address),
    ...line(t.complaint.you, conveyIdentity ? t.complaint.conveyYes : t.complaint.conveyNo),
  ]
}

/** File name of an export. */
export function exportName(ref: string, ending: 'json' | 'txt'): string {
  return fill('case-{ref}.{ending}', { ref, ending })
}
