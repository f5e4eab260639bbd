/** Opening a checked case with the keys of this machine: the complaint, who she is, and the messages to this agency. */
import type { JWK } from 'jose'
import type { CaseEventClaims } from '../../dispute/case-event.js'
import type { GeneralJwe } from '../../dispute/envelope.js'
import type {
  AttachmentKey,
  ComplaintPayload,
  IdentityPayload,
  MessagePayload,
} from '../../dispute/payload.js'
import { kidsOf } from '../../dispute/sealed/general-jwe.js'
import { openMessage } from '../../dispute/sealed/message.js'
import { openSealed } from '../../dispute/sealed/open-complaint.js'
import { SealError } from '../../dispute/sealed/seal-error.js'
import { Refusal } from '../../refusal.js'
import { HubClientError } from '../hub-client.js'
import { badCase, type CheckedCase, reasonOf, signerOf } from './check-case.js'
import { placeOf } from './check-envelope.js'
import type { CaseDesk } from './open-desk.js'

/** A message as this machine can show it. */
export interface OpenedMessage {
  seq: number
  /** Null when it is not for this agency, or does not open; then `reason` says why. */
  payload: MessagePayload | null
  reason?: string
}

export interface OpenedCase extends CheckedCase {
  /** Null where the agency may not read it (yet), or where it was erased. */
  complaint: ComplaintPayload | null
  /** Null for everybody but the lead. */
  identity: IdentityPayload | null
  messages: readonly OpenedMessage[]
}

/** @throws HubClientError `unreadable` without a key for it, `bad-case` when it does not open with one */
export async function openCheckedCase(desk: CaseDesk, checked: CheckedCase): Promise<OpenedCase> {
  const { envelope } = checked.view
  const opened = envelope ? await openEnvelope(desk, checked) : { complaint: null, identity: null }
  const messages: OpenedMessage[] = []
  for (const [i, { seq, message }] of checked.view.events.entries()) {
    const claims = checked.chain.events[i]?.claims
    if (message && claims) messages.push(await openOne(desk, checked, claims, seq, message))
  }
  return { ...checked, ...opened, messages }
}

async function openEnvelope(
  desk: CaseDesk,
  checked: CheckedCase,
): Promise<{ complaint: ComplaintPayload; identity: IdentityPayload | null }> {
  const { view } = checked
  const place = placeOf(checked)
  if (!view.envelope || !place) throw badCase(view.case, 'its envelope is missing.')
  const reader = findReader(desk, view.envelope.complaint)
  if (!reader)
    throw new HubClientError(
      'unreadable',
      `${view.case} is sealed to ${kidsOf(view.envelope.complaint).join(', ')}, and the private half of none of these is in this folder. Copy the enc key here, or run "trustmark case rewrap ${view.case}" on a machine that has it.`,
    )
  try {
    return await openSealed(view.envelope, place, reader)
  } catch (error) {
    if (error instanceof Refusal) throw badCase(view.case, reasonOf(error))
    if (error instanceof SealError) throw badCase(view.case, error.message)
    throw error
  }
}

async function openOne(
  desk: CaseDesk,
  checked: CheckedCase,
  claims: CaseEventClaims,
  seq: number,
  message: GeneralJwe,
): Promise<OpenedMessage> {
  const reader = findReader(desk, message)
  if (!reader) return { seq, payload: null, reason: 'It is not encrypted to any key in this folder.' }
  try {
    const place = { case: checked.view.case, prev: claims.case.prev ?? '', from: signerOf(checked, seq) }
    return { seq, payload: await openMessage(message, place, reader) }
  } catch (error) {
    // A message that does not open is told beside the others: the rest of the case stays readable.
    if (error instanceof SealError || error instanceof Refusal)
      return { seq, payload: null, reason: error.message }
    throw error
  }
}

function findReader(desk: CaseDesk, jwe: GeneralJwe): JWK | undefined {
  const kids = kidsOf(jwe)
  return desk.readers.find(({ kid }) => kids.includes(kid))?.privateJwk
}

/** Every file of the case with its key, and in which part it was found: the complaint, or the message of an event. */
export function listFiles({ complaint, messages }: OpenedCase): { key: AttachmentKey; seq: number | null }[] {
  return [
    ...(complaint?.attachments ?? []).map((key) => ({ key, seq: null })),
    ...messages.flatMap(({ seq, payload }) => (payload?.attachments ?? []).map((key) => ({ key, seq }))),
  ]
}
