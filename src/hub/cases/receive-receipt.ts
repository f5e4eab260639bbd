/** Receipts: an agency's signed word that it holds the ciphertext. Only then does a case count as delivered (DESIGN 4.9). */
import { type CaseEventClaims, type ReceiptClaims, receiptClaims } from '../../dispute/case-event.js'
import type { EventAccepted } from '../../dispute/case-view.js'
import { CASE_RECEIPT_TYP } from '../../dispute/envelope.js'
import { Refusal } from '../../refusal.js'
import { sha256Hex } from '../../trust/digest.js'
import { decodeJws, readPayload } from '../../trust/jws.js'
import type { Hub } from '../hub.js'
import { appendHubEvent } from './append-hub-event.js'
import type { DeliveryRow } from './case-store.js'
import { assertNotParked, findCase, type LiveCase } from './parties.js'
import type { Asker } from './ports.js'
import { movedOn, verifySigned } from './verify-event.js'

/** Header, six claims and the longest signature (RSA 4096) with room to spare. */
const MAX_RECEIPT_BYTES = 4096
/** A receipt rests on no event, so one that lost a race is simply tried again; more than a few in a row is no race. */
const MAX_TRIES = 5

/**
 * Takes a receipt and appends the hub's `delivered`. Sending it again is safe.
 * @throws Refusal `case-unknown`, `payload-erased`, `not-a-party` for whom nothing is delivered to, `receipt-differs`,
 *   `event-not-allowed` for a parked case, and those of decoding and verifying
 */
export async function receiveReceipt(
  hub: Hub,
  ref: string,
  asker: Asker,
  jws: string,
): Promise<EventAccepted> {
  const decoded = decodeJws(jws, { [CASE_RECEIPT_TYP]: { maxBytes: MAX_RECEIPT_BYTES } })
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { row, role } = await findCase(hub, ref, asker)
    const mayReceipt = role === 'lead' || (role === 'partner' && row.status.shared)
    if (asker.kind !== 'member' || !mayReceipt) {
      throw new Refusal('not-a-party', {
        detail:
          'Receipts are for the agency that leads, and for its partner once the lead has shared the case.',
        value: role,
      })
    }
    const claims = await verifySigned(hub, row, asker, decoded, receiptClaims)
    assertNotParked(row, role, 'delivered')
    const delivery = (await hub.cases.store.deliveries(ref)).find(({ member }) => member === asker.id)
    if (!delivery) throw new Error(`${ref} was never to be delivered to ${asker.id}, which is its ${role}`)
    const repeated = delivery.receipt === jws
    if (!repeated) assertSame(row, claims)
    if (repeated || delivery.state === 'receipted') return findDelivered(hub, row, asker.id)
    const next = await appendHubEvent(
      hub,
      row,
      { type: 'delivered', member: asker.id, receipt: sha256Hex(jws) },
      { deliveries: [receipted(delivery, jws, hub.now())] },
    )
    if (next)
      return {
        case: ref,
        seq: next.head.seq,
        sha256: next.head.sha256,
        state: next.status.state,
        missing: [],
      }
  }
  const { row } = await findCase(hub, ref, asker)
  throw movedOn(row, row.head.seq)
}

function assertSame(row: LiveCase, { receipt }: ReceiptClaims): void {
  const isSame =
    receipt.case === row.ref &&
    receipt.revision === row.status.revision &&
    receipt.envelope === row.envelopeSha256
  if (isSame) return
  throw new Refusal('receipt-differs', {
    detail: `The complaint to be receipted is revision ${row.status.revision} of ${row.ref} with the hash ${row.envelopeSha256}. Fetch it, compute its hash and sign a receipt for that.`,
    value: receipt.envelope,
    at: 'receipt.envelope',
  })
}

function receipted(delivery: DeliveryRow, receipt: string, now: number): DeliveryRow {
  return { ...delivery, state: 'receipted', nextAt: null, failure: null, receipt, receiptedAt: now }
}

/** The `delivered` that stands for a receipt which came before. */
async function findDelivered(hub: Hub, row: LiveCase, member: string): Promise<EventAccepted> {
  const delivered = (await hub.cases.store.chain(row.ref)).findLast(
    ({ type, jws }) => type === 'delivered' && jws !== null && isOf(jws, member),
  )
  if (!delivered) throw new Error(`${row.ref} is receipted by ${member}, but no event says so`)
  return {
    case: row.ref,
    seq: delivered.seq,
    sha256: delivered.sha256,
    state: row.status.state,
    missing: [],
  }
}

function isOf(jws: string, member: string): boolean {
  const { event } = readPayload<CaseEventClaims>(jws).case
  return event.type === 'delivered' && event.member === member
}
