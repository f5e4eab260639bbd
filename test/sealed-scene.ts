/** A consumer in Japan, CCJ and OCPB with keys of their own, and a quote between them: what the tests of sealing work on. */
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { ConsumerKeys, QuoteClaims, SealedComplaint } from '../src/dispute/envelope.js'
import type { ComplaintPayload, IdentityPayload } from '../src/dispute/payload.js'
import type { SealedPlace } from '../src/dispute/sealed/check-sealed.js'
import { type Consumer, createConsumer } from '../src/dispute/sealed/consumer.js'
import { quoteRecipients } from '../src/dispute/sealed/envelope-aad.js'
import { QUOTE_TYP } from '../src/dispute/sealed/formats.js'
import { sealComplaint } from '../src/dispute/sealed/seal-complaint.js'
import { formatAllianceId } from '../src/record/record.js'
import { type PublicJwk, toPublicJwk } from '../src/trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../src/trust/signer.js'
import { ORIGIN } from './signing.js'

export const NOW = 1795316400
export const REFERENCE = 'JP-7Q4K9-MXW2C'
export const SECRET = '123456789012345678901234'

export interface KeyPair {
  privateJwk: JWK
  publicJwk: PublicJwk
}

export const COMPLAINT: ComplaintPayload = {
  v: 1,
  shop: { name: 'ร้านสมใจผ้าไหม', url: 'https://somjai-silk.example' },
  transaction: { orderNo: 'A-1017', paid: { amount: '1290.00', currency: 'THB' }, paymentMethod: 'card' },
  contacted: { date: '2026-11-01', channel: 'email', result: 'no_answer' },
  remedy: { sought: ['refund'] },
  story: { lang: 'ja', text: '絹のスカーフを注文しましたが、届きません。', made: 'original' },
  attachments: [],
  conveyIdentity: false,
}
export const IDENTITY: IdentityPayload = { v: 1, name: '山田花子', email: 'hanako@consumer.example' }

/** An encryption key of one of the curves that members may have. */
export async function makeEncKey(crv: 'P-256' | 'P-384' | 'X25519' = 'P-256'): Promise<KeyPair> {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv, extractable: true })
  const privateJwk = await exportJWK(privateKey)
  return { privateJwk, publicJwk: await toPublicJwk(privateJwk, 'enc') }
}

export function makeClaims(
  lead: readonly PublicJwk[],
  partner: readonly PublicJwk[],
  over: Partial<QuoteClaims['quote']> = {},
): QuoteClaims {
  const named = (member: string, keys: readonly PublicJwk[]) => keys.map(({ kid }) => ({ member, kid }))
  return {
    iss: formatAllianceId(ORIGIN),
    aud: formatAllianceId(ORIGIN),
    iat: NOW,
    exp: NOW + 1800,
    jti: createJti(),
    quote: {
      case: REFERENCE,
      meta: {
        kind: 'complaint',
        relation: 'B2C',
        consumerCountry: 'JP',
        merchantCountry: 'TH',
        markShown: null,
        claimType: 'non_delivery',
        amountBand: 1,
        currency: 'THB',
        lang: 'ja',
        contactedMerchant: true,
        otherProceedings: false,
        minor: false,
        record: 'th-dbd:R-1',
        marketplace: null,
      },
      outcome: 'case',
      lead: lead.length > 0 ? 'jp-ccj' : null,
      partner: partner.length > 0 ? 'th-ocpb' : null,
      cc: ['th-dbd'],
      referrals: [],
      gates: [],
      rules: ['R20'],
      flags: [],
      rulesetVersion: '2026-11-22',
      recipients: [...named('jp-ccj', lead), ...named('th-ocpb', partner)],
      logSize: 7,
      work: { bits: 8, puzzles: 4 },
      ...over,
    },
  }
}

export interface Scene {
  lead: KeyPair[]
  partner: KeyPair[]
  /** The hub's federation key. */
  hub: Signer
  hubPublic: PublicJwk
  consumer: Consumer
  quote: string
  claims: QuoteClaims
  sealed: SealedComplaint
  place: SealedPlace & { consumer: ConsumerKeys }
}

/** Plays it up to the sealed complaint. */
export async function makeScene({
  lead = ['P-256'],
  partner = ['P-256'],
  complaint = COMPLAINT,
  consumer: given,
}: {
  lead?: readonly ('P-256' | 'P-384' | 'X25519')[]
  partner?: readonly ('P-256' | 'P-384' | 'X25519')[]
  complaint?: ComplaintPayload
  consumer?: Consumer
} = {}): Promise<Scene> {
  const keys = {
    lead: await Promise.all(lead.map((crv) => makeEncKey(crv))),
    partner: await Promise.all(partner.map((crv) => makeEncKey(crv))),
  }
  const hubPair = await generateKeyPair('ES256', { extractable: true })
  const hubPrivate = await exportJWK(hubPair.privateKey)
  const hub = await createSigner(hubPrivate)
  const publicOf = (pairs: readonly KeyPair[]) => pairs.map(({ publicJwk }) => publicJwk)
  const claims = makeClaims(publicOf(keys.lead), publicOf(keys.partner))
  const quote = await signJws(hub, QUOTE_TYP, claims)
  const consumer = given ?? (await createConsumer(REFERENCE, SECRET))
  const sealed = await sealComplaint({
    quote,
    claims,
    revision: 1,
    payload: complaint,
    identity: IDENTITY,
    keys: { lead: publicOf(keys.lead), partner: publicOf(keys.partner), consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  const place = { quote, claims, revision: 1, recipients: quoteRecipients(claims), consumer: consumer.keys }
  return { ...keys, hub, hubPublic: await toPublicJwk(hubPrivate), consumer, quote, claims, sealed, place }
}
