/** Cases for tests: a real hub with real agencies and a consumer, all of whom seal and sign as they would in life. */
import type { CaseEvent } from '../src/dispute/case-event.js'
import { createCaseReference, createCaseSecret } from '../src/dispute/case-reference.js'
import type { CaseAccepted, CaseView, EventAccepted } from '../src/dispute/case-view.js'
import { type VerifiedChain, verifyChain } from '../src/dispute/chain.js'
import type {
  AttachmentNotice,
  ComplaintFiling,
  ConsumerKeys,
  GeneralJwe,
  QuoteClaims,
  SealedComplaint,
} from '../src/dispute/envelope.js'
import type { ComplaintPayload, IdentityPayload } from '../src/dispute/payload.js'
import type { CaseMeta } from '../src/dispute/route-question.js'
import { type Consumer, createConsumer } from '../src/dispute/sealed/consumer.js'
import { hashEnvelope } from '../src/dispute/sealed/envelope-aad.js'
import { formatCaseId, QUOTE_TYP } from '../src/dispute/sealed/formats.js'
import { sealMessage } from '../src/dispute/sealed/message.js'
import { sealComplaint } from '../src/dispute/sealed/seal-complaint.js'
import { signCaseEvent, signReceipt } from '../src/dispute/sealed/sign-case.js'
import { solveWork } from '../src/dispute/work.js'
import { appendCaseEvent } from '../src/hub/cases/append-event.js'
import { fileComplaint } from '../src/hub/cases/file-complaint.js'
import type { Asker } from '../src/hub/cases/ports.js'
import { readCase } from '../src/hub/cases/read-case.js'
import { receiveReceipt } from '../src/hub/cases/receive-receipt.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { Refusal } from '../src/refusal.js'
import type { PublicJwk } from '../src/trust/keys.js'
import { createJti, type Signer, signJws } from '../src/trust/signer.js'
import { createTestHub, ORIGIN, type TestHub, type TestMember } from './hub-fixture.js'

/** Whoever signs events: an agency, the consumer, the secretariat. */
export interface Desk {
  asker: Asker
  signer: Signer
  iss: string
  /** Keys of its own, that it encrypts messages to as well. */
  enc: readonly PublicJwk[]
}

export interface FiledCase {
  ref: string
  secret: string
  quote: string
  claims: QuoteClaims
  consumer: Consumer
  filing: ComplaintFiling
  accepted: CaseAccepted
  /** The consumer as one who acts. */
  her: Desk
}

export const STORY = '商品が届きません。三週間待ちました。'

export const PAYLOAD: ComplaintPayload = {
  v: 1,
  shop: { name: 'Somjai Silk', url: 'https://somjai-silk.example' },
  transaction: { orderNo: 'A-1', paid: { amount: '1290.00', currency: 'THB' } },
  remedy: { sought: ['refund'] },
  story: { lang: 'ja', text: STORY, made: 'original' },
  attachments: [],
  conveyIdentity: false,
}
export const IDENTITY: IdentityPayload = { v: 1, name: '山田花子', email: 'hanako@example.jp' }

export const META: CaseMeta = {
  kind: 'complaint',
  relation: 'B2C',
  consumerCountry: 'JP',
  merchantCountry: 'TH',
  markShown: null,
  record: null,
  marketplace: null,
  claimType: 'non_delivery',
  amountBand: 1,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
}

export interface Stage extends TestHub {
  ccj: TestMember
  ocpb: TestMember
  dbd: TestMember
  vcc: TestMember
  secretariat: Desk
}

/** A hub with CCJ (Japan), OCPB and DBD (Thailand) and VCC (Vietnam). */
export async function createStage(): Promise<Stage> {
  const test = await createTestHub()
  const [ccj, ocpb, dbd, vcc] = [
    await test.admit('jp-ccj'),
    await test.admit('th-ocpb'),
    await test.admit('th-dbd'),
    await test.admit('vn-vcc'),
  ]
  const secretariat: Desk = {
    asker: { kind: 'operator' },
    signer: test.operator,
    iss: formatAllianceId(ORIGIN),
    enc: [],
  }
  return { ...test, ccj, ocpb, dbd, vcc, secretariat }
}

export function deskOf(member: TestMember): Desk {
  return {
    asker: { kind: 'member', id: member.id },
    signer: member.auth,
    iss: formatEntityId(ORIGIN, member.id),
    enc: member.keys.enc,
  }
}

export function askerOf(consumer: ConsumerKeys): Asker {
  return { kind: 'consumer', access: consumer.access }
}

export function herDesk(ref: string, consumer: Consumer): Desk {
  return {
    asker: askerOf(consumer.keys),
    signer: consumer.signer,
    iss: formatCaseId(ORIGIN, ref),
    enc: [consumer.keys.enc],
  }
}

const recipientsOf = (member: TestMember | null) =>
  member === null ? [] : member.keys.enc.map(({ kid }) => ({ member: member.id, kid }))

/** A quote of the hub as routing signs it, to the agencies that the test wants. */
export async function quoteTo(
  stage: Stage,
  lead: TestMember | null,
  partner: TestMember | null,
  over: Partial<QuoteClaims['quote']> = {},
): Promise<{ quote: string; claims: QuoteClaims }> {
  const claims: QuoteClaims = {
    iss: formatAllianceId(ORIGIN),
    aud: formatAllianceId(ORIGIN),
    iat: stage.now(),
    exp: stage.now() + 1800,
    jti: createJti(),
    quote: {
      case: createCaseReference('JP'),
      meta: META,
      outcome: 'case',
      lead: lead?.id ?? null,
      partner: partner?.id ?? null,
      cc: lead ? ['th-dbd'] : [],
      referrals: [],
      gates: [],
      rules: [lead ? 'R20' : 'R90'],
      flags: lead ? [] : ['unmatched'],
      rulesetVersion: '1',
      recipients: [...recipientsOf(lead), ...recipientsOf(partner)],
      logSize: 4,
      work: { bits: 4, puzzles: 2 },
      ...over,
    },
  }
  return { quote: await signJws(stage.hub.keys.federation, QUOTE_TYP, claims), claims }
}

export interface FilingOptions {
  lead?: TestMember | null
  partner?: TestMember | null
  quoted?: { quote: string; claims: QuoteClaims }
  attachments?: AttachmentNotice[]
  over?: Partial<QuoteClaims['quote']>
  notify?: ComplaintFiling['notify']
}

/** Makes a filing as the consumer's browser does, without sending it. */
export async function prepareFiling(
  stage: Stage,
  options: FilingOptions = {},
): Promise<Omit<FiledCase, 'accepted'>> {
  const { lead = stage.ccj, partner = lead ? stage.ocpb : null, attachments = [], notify } = options
  const { quote, claims } = options.quoted ?? (await quoteTo(stage, lead, partner, options.over))
  const ref = claims.quote.case
  const secret = createCaseSecret()
  const consumer = await createConsumer(ref, secret)
  const sealed = await sealComplaint({
    quote,
    claims,
    revision: 1,
    payload: PAYLOAD,
    identity: IDENTITY,
    keys: { lead: lead?.keys.enc ?? [], partner: partner?.keys.enc ?? [], consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  const filing: ComplaintFiling = {
    v: 1,
    quote,
    work: await solveWork(quote, claims.quote.work),
    ...sealed,
    attachments,
    consumer: consumer.keys,
    ...(notify && { notify }),
  }
  return { ref, secret, quote, claims, consumer, filing, her: herDesk(ref, consumer) }
}

export async function fileCase(stage: Stage, options: FilingOptions = {}): Promise<FiledCase> {
  const prepared = await prepareFiling(stage, options)
  return { ...prepared, accepted: await fileComplaint(stage.hub, prepared.filing, {}) }
}

export interface Says {
  /** Words, encrypted to these keys. */
  words?: string
  to?: readonly PublicJwk[]
  message?: GeneralJwe
  envelope?: SealedComplaint
  attachments?: AttachmentNotice[]
  /** Instead of what the case says now. */
  seq?: number
  prev?: string
  iat?: number
}

/** What a desk would send: the signed event, with its message. */
export async function prepareEvent(
  stage: Stage,
  ref: string,
  { signer, iss, enc }: Pick<Desk, 'signer' | 'iss' | 'enc'>,
  event: CaseEvent,
  says: Says = {},
): Promise<{ event: string; message?: GeneralJwe; envelope?: SealedComplaint }> {
  const head = (await stage.hub.cases.store.find(ref))!.head
  const prev = says.prev ?? head.sha256
  const message =
    says.message ??
    (says.words === undefined
      ? undefined
      : await sealMessage(
          { v: 1, texts: [{ lang: 'en', text: says.words, made: 'original' }] },
          { case: ref, prev, from: signer.kid },
          [...new Set([...(says.to ?? []), ...enc])],
        ))
  const jws = await signCaseEvent(signer, {
    iss,
    aud: formatAllianceId(ORIGIN),
    iat: says.iat ?? stage.now(),
    ref,
    seq: says.seq ?? head.seq + 1,
    prev,
    event,
    ...(message && { message }),
    ...(says.attachments && { attachments: says.attachments }),
  })
  return { event: jws, ...(message && { message }), ...(says.envelope && { envelope: says.envelope }) }
}

/** Signs and sends an event. */
export async function act(
  stage: Stage,
  ref: string,
  desk: Desk,
  event: CaseEvent,
  says: Says = {},
): Promise<EventAccepted> {
  return appendCaseEvent(stage.hub, ref, desk.asker, await prepareEvent(stage, ref, desk, event, says))
}

/** Fetches the complaint and signs for it. */
export async function receipt(stage: Stage, ref: string, member: TestMember): Promise<EventAccepted> {
  const view = await see(stage, ref, deskOf(member))
  return receiveReceipt(
    stage.hub,
    ref,
    { kind: 'member', id: member.id },
    await signReceipt(member.auth, {
      iss: formatEntityId(ORIGIN, member.id),
      aud: formatAllianceId(ORIGIN),
      iat: stage.now(),
      ref,
      revision: view.revision,
      envelope: hashEnvelope(view.envelope!),
    }),
  )
}

export function see(stage: Stage, ref: string, desk: Pick<Desk, 'asker'>): Promise<CaseView> {
  return readCase(stage.hub, ref, desk.asker)
}

/** Wraps the complaint anew, as a lead that has read it does. */
export async function rewrap(
  filed: FiledCase,
  revision: number,
  keys: { lead: TestMember; partner: TestMember | null; consumer?: ConsumerKeys },
  quoted: { quote: string; claims: QuoteClaims } = filed,
): Promise<{ envelope: SealedComplaint; hash: string }> {
  const consumer = keys.consumer ?? filed.consumer.keys
  const envelope = await sealComplaint({
    quote: quoted.quote,
    claims: quoted.claims,
    revision,
    payload: PAYLOAD,
    identity: IDENTITY,
    keys: { lead: keys.lead.keys.enc, partner: keys.partner?.keys.enc ?? [], consumer: consumer.enc },
    consumerSign: consumer.sign.kid,
  })
  return { envelope, hash: hashEnvelope(envelope) }
}

/** The code of what is refused; undefined for what is not. */
export function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  )
}

/** An announced file, named by one letter. */
export function notice(letter: string, bytes = 100): AttachmentNotice {
  return { id: letter.repeat(22), bytes, sha256: 'a'.repeat(64) }
}

/** The whole chain as an outsider with everybody's public keys would check it. */
export async function checkChain(
  stage: Stage,
  filed: FiledCase,
  desk: Desk = filed.her,
  consumer = filed.consumer,
): Promise<VerifiedChain> {
  const view = await see(stage, filed.ref, desk)
  return verifyChain(view.events, {
    origin: ORIGIN,
    case: filed.ref,
    hub: [stage.hub.keys.federationPublic],
    operator: stage.hub.keys.operator,
    members: new Map(
      [stage.ccj, stage.ocpb, stage.dbd, stage.vcc].map((member) => [
        member.id,
        { entity: formatEntityId(ORIGIN, member.id), auth: member.keys.auth },
      ]),
    ),
    consumer: consumer.keys.sign,
    filedQuote: view.filedQuote,
  })
}

/** A receipt that names the right envelope, unless bent. */
export function receiptFor(
  stage: Stage,
  filed: FiledCase,
  member: TestMember,
  over: Partial<Parameters<typeof signReceipt>[1]> = {},
  signer = member.auth,
): Promise<string> {
  return signReceipt(signer, {
    iss: formatEntityId(ORIGIN, member.id),
    aud: formatAllianceId(ORIGIN),
    iat: stage.now(),
    ref: filed.ref,
    revision: 1,
    envelope: filed.accepted.envelopeSha256,
    ...over,
  })
}

export async function receiptOf(
  stage: Stage,
  filed: FiledCase,
  member: TestMember,
  over: Partial<Parameters<typeof signReceipt>[1]> = {},
  signer = member.auth,
  asker: Asker = { kind: 'member', id: member.id },
): Promise<EventAccepted> {
  return receiveReceipt(stage.hub, filed.ref, asker, await receiptFor(stage, filed, member, over, signer))
}
