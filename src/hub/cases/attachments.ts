/** Sealed files of a case: who may bring one, who may fetch it, and that it is the one that was announced (DESIGN 4.9). */
import type { CaseEventClaims } from '../../dispute/case-event.js'
import type { AttachmentNotice } from '../../dispute/envelope.js'
import { encodeHex } from '../../log/encoding.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import type { Hub } from '../hub.js'
import { findCase } from './parties.js'
import type { Asker } from './ports.js'
import { readsContent } from './read-case.js'

/**
 * The announcement that an upload must fit. Only who announced a file may bring it.
 * @throws Refusal `attachment-unknown`, `not-a-party`, `body-too-large`, and those of findCase
 */
export async function findUpload(hub: Hub, ref: string, asker: Asker, id: string): Promise<AttachmentNotice> {
  await findCase(hub, ref, asker)
  const notice = await findNotice(hub, ref, id)
  const announcer = await announcerOf(hub, ref, id)
  const isOwn =
    asker.kind === 'consumer' ? announcer === null : asker.kind === 'member' && announcer === asker.id
  if (!isOwn) {
    throw new Refusal('not-a-party', {
      detail: 'Only the party that announced a file may bring it.',
      value: id,
      at: 'id',
    })
  }
  assertStorable(hub, [notice])
  return notice
}

/**
 * Keeps an uploaded file. Bringing the same again is safe.
 * @throws Refusal `attachment-differs` for other bytes than were announced
 */
export async function keepAttachment(
  hub: Hub,
  ref: string,
  notice: AttachmentNotice,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const sha256 = encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  if (bytes.length !== notice.bytes || sha256 !== notice.sha256) {
    throw new Refusal('attachment-differs', {
      detail: `The file was announced with ${notice.bytes} bytes and SHA-256 ${notice.sha256}. Send exactly that one.`,
      value: sha256,
    })
  }
  const key = attachmentKey(ref, notice.id)
  await hub.cases.attachments.put(key, bytes)
  await hub.cases.store.markStored(ref, notice.id)
  // The case may have been erased while the bytes came in; nothing would ever remove them then.
  if ((await hub.cases.store.attachments(ref)).some(({ id }) => id === notice.id)) return
  await hub.cases.attachments.remove([key])
  throw new Refusal('payload-erased', 'The case was erased meanwhile, and the file with it.')
}

/**
 * The sealed bytes, for those who may read the complaint.
 * @throws Refusal `attachment-unknown`, `not-a-party`, and those of findCase
 */
export async function readAttachment(
  hub: Hub,
  ref: string,
  asker: Asker,
  id: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { row, role } = await findCase(hub, ref, asker)
  if (!readsContent(row, role)) {
    throw new Refusal('not-a-party', {
      detail:
        'Files are for the consumer, the agency that leads, and its partner once the lead has shared the case.',
      value: role,
    })
  }
  await findNotice(hub, ref, id)
  const bytes = await hub.cases.attachments.get(attachmentKey(ref, id))
  if (bytes) return bytes
  throw new Refusal('attachment-unknown', {
    detail: 'The file was announced but has not arrived. Its sender can still bring it.',
    value: id,
    at: 'id',
  })
}

/** Where the file lies in the hub's {@link CaseParts.attachments}. */
export function attachmentKey(ref: string, id: string): string {
  return `${ref}/${id}`
}

/**
 * Refuses files that this hub has no room for, before anything is announced with them.
 * @throws Refusal `body-too-large`
 */
export function assertStorable(hub: Hub, notices: readonly AttachmentNotice[]): void {
  const { maxBytes } = hub.cases.attachments
  const large = notices.find(({ bytes }) => bytes > maxBytes)
  if (!large) return
  throw new Refusal('body-too-large', {
    detail: `This hub keeps files of ${maxBytes} bytes at most. Make the file smaller, or split it.`,
    value: large.bytes,
    at: 'attachments',
  })
}

async function findNotice(hub: Hub, ref: string, id: string): Promise<AttachmentNotice> {
  const notice = (await hub.cases.store.attachments(ref)).find((candidate) => candidate.id === id)
  if (notice) return notice
  throw new Refusal('attachment-unknown', {
    detail: 'No file with this id was announced in the case, by its filing or by an event.',
    value: id,
    at: 'id',
  })
}

/** The member that announced the file in an event; null for the consumer, whose are also all that came with the filing. */
async function announcerOf(hub: Hub, ref: string, id: string): Promise<string | null> {
  for (const { jws, member } of await hub.cases.store.chain(ref)) {
    const claims = jws === null ? undefined : readPayload<CaseEventClaims>(jws)
    if (claims?.case.attachments?.some((notice) => notice.id === id)) return member
  }
  return null
}
