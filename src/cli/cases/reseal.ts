/** Sealing a case anew: to another lead, to officers' new keys, or to the consumer's after she lost her secret (DESIGN 4.9). */
import type { ConsumerKeys, SealedComplaint } from '../../dispute/envelope.js'
import { hashEnvelope } from '../../dispute/sealed/envelope-aad.js'
import { sealComplaint } from '../../dispute/sealed/seal-complaint.js'
import { ConfigError } from '../../node.js'
import type { PublicJwk } from '../../trust/keys.js'
import type { OpenedCase } from './open-case.js'
import type { CaseDesk } from './open-desk.js'

/** Who receives the new envelope; what is left out stays as it is. */
export interface Receivers {
  lead?: string
  consumer?: Pick<ConsumerKeys, 'sign' | 'enc'>
}

/**
 * Encrypts complaint and identity again under the next revision. Keys of agencies are those that the operator signed and
 * the log holds, never keys that the hub only names. Files are not touched: their keys lie in the complaint.
 * @throws ConfigError when this machine can't read the whole complaint, or the new lead has no key
 */
export async function resealCase(
  desk: CaseDesk,
  opened: OpenedCase,
  { lead: newLead, consumer = opened.view.consumer }: Receivers = {},
): Promise<{ envelope: SealedComplaint; sha256: string }> {
  const { view, quote, chain, complaint, identity } = opened
  if (!complaint || !identity)
    throw new ConfigError(
      'Only the agency that leads holds the whole complaint, and only it can seal it anew.',
    )
  const lead = newLead ?? desk.member
  // A partner that takes the lead has no partner of its own yet.
  const partner = view.partner === lead ? null : view.partner
  const keys = await desk.keysOf(partner === null ? [lead] : [lead, partner])
  const receive = (member: string): readonly PublicJwk[] => keys.get(member)?.enc ?? []
  if (receive(lead).length === 0)
    throw new ConfigError(`${lead} has no key that reads complaints, so nothing can be sealed to it.`)
  const envelope = await sealComplaint({
    quote: view.quote,
    claims: quote,
    revision: chain.status.revision + 1,
    payload: complaint,
    identity,
    keys: { lead: receive(lead), partner: partner === null ? [] : receive(partner), consumer: consumer.enc },
    consumerSign: consumer.sign.kid,
  })
  return { envelope, sha256: hashEnvelope(envelope) }
}
