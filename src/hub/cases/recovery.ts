/**
 * A consumer who lost her secret: her browser makes new keys and the hub keeps them under a code, which she reads to the
 * agency. Only the agency that leads can give the case to the new keys, once it knows who she is (DESIGN 4.9).
 */
import { calculateJwkThumbprint } from 'jose'
import type { ConsumerKeys } from '../../dispute/envelope.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import type { RecoveryRow } from './case-store.js'
import { findCase } from './parties.js'
import type { Asker } from './ports.js'
import { countRequest, HOUR } from './request-limits.js'

/** Eight digits are read over a telephone without mistakes; the code picks one of few, and opens nothing. */
const CODE_DIGITS = 8

/** How long a request is kept (ms): the time that an agency may need to make sure who she is. */
const KEPT = 7 * 24 * HOUR

/** From when on requests of a case still count (epoch ms). */
export function recoveriesSince(now: number): number {
  return now - KEPT
}

/**
 * Keeps a consumer's new keys until the lead asks for them. Answered alike whether there is such a case or not, for this is
 * open to anyone: else it would tell strangers which references exist. Nothing is kept where there is none.
 * @returns the code that she tells the agency
 * @throws Refusal `bad-claims`, `too-many-requests`
 */
export async function requestRecovery(
  hub: Hub,
  ref: string,
  consumer: ConsumerKeys,
): Promise<{ code: string }> {
  for (const jwk of [consumer.sign, consumer.enc]) {
    if ((await calculateJwkThumbprint(jwk)) !== jwk.kid)
      throw new Refusal('bad-claims', {
        detail: "consumer: kid must be the key's own RFC 7638 thumbprint.",
        value: jwk.kid,
        at: 'consumer',
      })
  }
  // By reference, existing or not. No request that is kept is ever pushed out by another: this is what bounds their number.
  await countRequest(hub, 'case-recovery', ref)
  const code = drawCode()
  const now = hub.now()
  await hub.cases.store.putRecovery(ref, { code, consumer, at: now }, recoveriesSince(now))
  return { code }
}

/**
 * The keys behind a code, for the agency that leads.
 * @throws Refusal `not-a-party`, `not-found`, and those of findCase
 */
export async function readRecovery(hub: Hub, ref: string, asker: Asker, code: string): Promise<RecoveryRow> {
  const { role } = await findCase(hub, ref, asker)
  if (role !== 'lead') {
    throw new Refusal('not-a-party', {
      detail: 'Only the agency that leads the case gives it to new keys.',
      value: role,
    })
  }
  const found = await hub.cases.store.recovery(ref, code, recoveriesSince(hub.now()))
  if (found) return found
  throw new Refusal('not-found', {
    detail:
      'No request to recover this case has this code; they are kept for 7 days. Ask the consumer to try again.',
    value: code.slice(0, 20),
    at: 'code',
  })
}

function drawCode(): string {
  const digits: number[] = []
  while (digits.length < CODE_DIGITS) {
    // Bytes from 250 on are thrown away: with them 0 to 5 would be drawn more often.
    for (const byte of crypto.getRandomValues(new Uint8Array(CODE_DIGITS)))
      if (byte < 250 && digits.length < CODE_DIGITS) digits.push(byte % 10)
  }
  return digits.join('')
}
