/** Filing a complaint: the sealed complaint is checked against its quote without being read, and kept (DESIGN 4.9, 5). */
import type { CaseEvent } from '../../dispute/case-event.js'
import type { CaseAccepted } from '../../dispute/case-view.js'
import {
  type AttachmentNotice,
  type ComplaintFiling,
  MAX_SEALED_ATTACHMENTS_BYTES,
  type QuoteClaims,
} from '../../dispute/envelope.js'
import { checkSealed } from '../../dispute/sealed/check-sealed.js'
import { hashEnvelope, quoteRecipients } from '../../dispute/sealed/envelope-aad.js'
import { openCase } from '../../dispute/transition.js'
import { checkWork } from '../../dispute/work.js'
import { Refusal } from '../../refusal.js'
import { jsonDigest, sha256Hex } from '../../trust/digest.js'
import type { Hub } from '../hub.js'
import { type Roster, readRoster } from '../roster.js'
import { signHubEvent } from './append-hub-event.js'
import { assertStorable } from './attachments.js'
import { clockAfter } from './case-clock.js'
import type { CaseRow, NotifyRow } from './case-store.js'
import { judgeIntake } from './intake-limits.js'
import { newDelivery } from './next-write.js'
import { assertQuotedKeys } from './parties.js'
import { readQuote } from './read-quote.js'

/**
 * Files a complaint. The same filing again is answered as before, also after its quote has expired.
 * @param from `network` as hashNetwork names it, for thresholds; it is not kept with the case
 * @throws Refusal `bad-quote`, `quote-expired`, `quote-used`, `nothing-to-file`, `work-insufficient`, `bad-envelope`,
 *   `no-mail`, `body-too-large`
 */
export async function fileComplaint(
  hub: Hub,
  filing: ComplaintFiling,
  from: { network?: string | undefined },
): Promise<CaseAccepted> {
  const digest = jsonDigest(filing)
  // A lost answer must not make a second case, nor a dead end once the quote has expired.
  const { quote: known } = await readQuote(hub, filing.quote, { allowExpired: true })
  const filed = await findFiled(hub, known.case, digest, filing)
  if (filed) return filed
  const claims = await readQuote(hub, filing.quote)
  const roster = await readRoster(hub)
  assertFileable(hub, filing, claims)
  assertQuotedKeys(roster, claims)
  checkSealed(filing, {
    quote: filing.quote,
    claims,
    revision: 1,
    recipients: quoteRecipients(claims),
    consumer: filing.consumer,
  })
  const { parked } = await judgeIntake(hub, claims, from.network)
  const { row, created } = await openRow(hub, roster, filing, claims, digest, parked)
  const { ref, status, filedAt } = row
  const address = await closeAddress(hub, filing)
  const lead = status.lead === null ? [] : [{ member: status.lead, role: 'lead' as const, seq: 0 }]
  const isFirst = await hub.cases.store.file({
    row,
    events: [
      {
        seq: 0,
        at: filedAt,
        type: 'created',
        actor: 'hub',
        member: null,
        jws: created,
        sha256: row.head.sha256,
        message: null,
      },
    ],
    envelope: { complaint: filing.complaint, identity: filing.identity },
    attachments: filing.attachments,
    // Who is kept informed owes no receipt, so nothing is delivered to it: its inbox tells it.
    deliveries: lead.map(({ member, role }) =>
      newDelivery(ref, member, role, filedAt, parked ? null : filedAt),
    ),
    inbox: [...lead, ...status.cc.map((member) => ({ member, role: 'cc' as const, seq: 0 }))],
    ...(address && { address }),
  })
  // Sent twice at once: whoever came second is answered like whoever comes later.
  const answer = isFirst ? undefined : await findFiled(hub, ref, digest, filing)
  return answer ?? accepted(row, filing, filing.attachments)
}

async function findFiled(
  hub: Hub,
  ref: string,
  digest: string,
  filing: ComplaintFiling,
): Promise<CaseAccepted | undefined> {
  const row = await hub.cases.store.find(ref)
  if (!row) return undefined
  if (row.filing !== digest) {
    throw new Refusal('quote-used', {
      detail: 'Another complaint was filed with this quote. Ask for a new quote and seal the complaint anew.',
      value: ref,
      at: 'quote',
    })
  }
  const kept = await hub.cases.store.attachments(ref)
  const announced = new Set(filing.attachments.map(({ id }) => id))
  return accepted(
    row,
    filing,
    kept.filter(({ id, stored }) => announced.has(id) && !stored),
  )
}

/** The envelope's hash is the filing's own: the lead may have re-wrapped the case since. */
function accepted(row: CaseRow, filing: ComplaintFiling, missing: readonly AttachmentNotice[]): CaseAccepted {
  return {
    case: row.ref,
    receivedAt: new Date(row.filedAt).toISOString(),
    envelopeSha256: hashEnvelope(filing),
    parked: row.parked,
    missing: missing.map(({ id }) => id),
  }
}

function assertFileable(hub: Hub, filing: ComplaintFiling, { quote }: QuoteClaims): void {
  if (quote.outcome !== 'case') {
    throw new Refusal('nothing-to-file', {
      detail: `The route of this quote is "${quote.outcome}": it names where to turn instead. Ask for a new quote if the facts have changed.`,
      value: quote.outcome,
      at: 'quote',
    })
  }
  if (!checkWork(filing.quote, quote.work, filing.work)) {
    throw new Refusal('work-insufficient', {
      detail: `Solve the quote's ${quote.work.puzzles} puzzles of ${quote.work.bits} bits over exactly this quote.`,
      at: 'work',
    })
  }
  if (filing.notify && !hub.cases.mail) {
    throw new Refusal('no-mail', {
      detail: 'This hub sends no mail, so it takes no address. File without one and look at the case itself.',
      at: 'notify',
    })
  }
  assertNotices(filing.attachments)
  assertStorable(hub, filing.attachments)
}

/** @throws Refusal `bad-envelope` for an id that stands twice, `body-too-large` for too much together */
export function assertNotices(notices: readonly AttachmentNotice[]): void {
  const ids = notices.map(({ id }) => id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) {
    throw new Refusal('bad-envelope', {
      detail: 'Two files have one id. Draw a new one for each.',
      value: twice,
      at: 'attachments',
    })
  }
  const bytes = notices.reduce((sum, notice) => sum + notice.bytes, 0)
  if (bytes <= MAX_SEALED_ATTACHMENTS_BYTES) return
  throw new Refusal('body-too-large', {
    detail: `All files together may have ${MAX_SEALED_ATTACHMENTS_BYTES} bytes once encrypted. Leave some out, or make them smaller.`,
    value: bytes,
    at: 'attachments',
  })
}

async function openRow(
  hub: Hub,
  roster: Roster,
  filing: ComplaintFiling,
  { quote }: QuoteClaims,
  digest: string,
  parked: boolean,
): Promise<{ row: CaseRow; created: string }> {
  const { case: ref, lead, partner, cc, flags, meta } = quote
  const envelopeSha256 = hashEnvelope(filing)
  const event: Extract<CaseEvent, { type: 'created' }> = {
    type: 'created',
    envelope: envelopeSha256,
    lead,
    partner,
    cc,
    quote: sha256Hex(filing.quote),
    consumer: filing.consumer.sign,
  }
  const filedAt = hub.now()
  const created = await signHubEvent(hub, { ref, seq: 0, prev: null, at: filedAt }, event)
  const status = openCase(event, flags)
  return {
    created,
    row: {
      ref,
      filing: digest,
      quote: filing.quote,
      filedQuote: filing.quote,
      meta,
      filedAt,
      status,
      ...clockAfter(roster, null, status, filedAt),
      // Its clock starts when somebody has looked at it.
      ...(parked && { due: null, dueAt: null }),
      parked,
      head: { seq: 0, sha256: sha256Hex(created), at: filedAt },
      envelopeSha256,
      consumer: filing.consumer,
      unmatched: lead === null,
    },
  }
}

async function closeAddress(hub: Hub, { notify }: ComplaintFiling): Promise<NotifyRow | undefined> {
  if (!notify || !hub.cases.mail) return undefined
  return { address: await hub.cases.mail.seal.close(notify.email), lang: notify.lang }
}
