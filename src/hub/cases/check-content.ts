/** What comes with an event: its message, its files, and the complaint wrapped anew. All is checked, nothing is read. */
import type { CaseEventClaims, CaseEventPost } from '../../dispute/case-event.js'
import type { CaseStatus } from '../../dispute/case-state.js'
import type { ConsumerKeys } from '../../dispute/envelope.js'
import { MAX_ATTACHMENTS } from '../../dispute/payload.js'
import { hashMessage } from '../../dispute/sealed/envelope-aad.js'
import { checkMessage } from '../../dispute/sealed/message.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import type { Hub } from '../hub.js'
import type { Roster } from '../roster.js'
import { assertStorable } from './attachments.js'
import type { ChainRow, StoredAttachment } from './case-store.js'
import { assertNotices } from './file-complaint.js'
import { encryptionKids, type LiveCase } from './parties.js'
import type { VerifiedPost } from './verify-event.js'

/**
 * That the message is the one the event names, sits at this place of the chain, and goes to parties only.
 * @param after the status that the event leaves: who comes in by it may be written to
 * @param consumer her keys afterwards
 * @throws Refusal `bad-claims`, `bad-envelope`
 */
export function checkEventMessage(
  roster: Roster,
  row: LiveCase,
  after: CaseStatus,
  consumer: ConsumerKeys,
  { claims, kid }: VerifiedPost,
  { message }: CaseEventPost,
): void {
  const { event, message: named, prev } = claims.case
  if (event.type === 'message' && !message) {
    throw new Refusal('bad-claims', {
      detail: 'A message without words says nothing. Send the encrypted message beside its event.',
      at: 'message',
    })
  }
  if (event.type === 'reopened' && !message && encryptionKids(roster, row.status.lead).length > 0) {
    throw new Refusal('bad-claims', {
      detail:
        'The agency must learn why the case is opened again. Send the reason as an encrypted message beside the event.',
      at: 'message',
    })
  }
  if (named !== (message && hashMessage(message))) {
    throw new Refusal('bad-claims', {
      detail:
        'case.message must be the SHA-256 (lower hex) of the JCS text of the message beside the event; leave both out for none.',
      value: named ?? null,
      at: 'case.message',
    })
  }
  if (!message) return
  const before = row.status
  const partners = before.shared || after.shared ? [before.partner, after.partner] : []
  const members = new Set([before.lead, after.lead, ...partners])
  checkMessage(message, { case: row.ref, prev: prev ?? '', from: kid }, [
    ...new Set([
      row.consumer.enc.kid,
      consumer.enc.kid,
      ...[...members].flatMap((member) => encryptionKids(roster, member)),
    ]),
  ])
}

/**
 * That newly announced files have ids of their own and fit the limits, which each party has for itself: the consumer's
 * photographs must not use up the room for what the agencies add.
 * @throws Refusal `bad-envelope`, `body-too-large`
 */
export function checkEventAttachments(
  hub: Hub,
  earlier: readonly ChainRow[],
  known: readonly StoredAttachment[],
  claims: CaseEventClaims,
): void {
  const notices = claims.case.attachments ?? []
  if (notices.length === 0) return
  const taken = notices.find(({ id }) => known.some((file) => file.id === id))
  if (taken) {
    throw new Refusal('bad-envelope', {
      detail: 'A file of this case has this id. Draw a new one for each.',
      value: taken.id,
      at: 'case.attachments',
    })
  }
  const own = [...ownFiles(hub, earlier, known, claims.iss), ...notices]
  if (own.length > MAX_ATTACHMENTS) {
    throw new Refusal('body-too-large', {
      detail: `Each party can bring ${MAX_ATTACHMENTS} files to a case. Put several papers into one pdf.`,
      value: own.length,
      at: 'case.attachments',
    })
  }
  assertNotices(own)
  assertStorable(hub, notices)
}

function ownFiles(
  hub: Hub,
  earlier: readonly ChainRow[],
  known: readonly StoredAttachment[],
  iss: string,
): StoredAttachment[] {
  const announcer = new Map<string, string>()
  for (const { jws } of earlier) {
    if (!jws) continue
    const { iss: by, case: own } = readPayload<CaseEventClaims>(jws)
    for (const { id } of own.attachments ?? []) announcer.set(id, by)
  }
  // What no event announced came with the filing: the consumer's, whose address is the case's own.
  const isConsumer = iss.startsWith(`${hub.origin}/cases/`)
  return known.filter(({ id }) => (announcer.has(id) ? announcer.get(id) === iss : isConsumer))
}
