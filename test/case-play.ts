/** Plays consumer and agencies against a hub over its HTTP API; knows no runtime, so that it plays on Workers too. */
import type { CaseEvent } from '../src/dispute/case-event.js'
import { createCaseSecret } from '../src/dispute/case-reference.js'
import type { CaseAccepted, CaseView, EventAccepted, InboxPage } from '../src/dispute/case-view.js'
import type { AttachmentNotice, ComplaintFiling, QuoteClaims } from '../src/dispute/envelope.js'
import type { ComplaintPayload, IdentityPayload, MessagePayload } from '../src/dispute/payload.js'
import type { RouteQuestion, RouteQuote } from '../src/dispute/route-question.js'
import { type Consumer, createConsumer } from '../src/dispute/sealed/consumer.js'
import { formatCaseId } from '../src/dispute/sealed/formats.js'
import { sealMessage } from '../src/dispute/sealed/message.js'
import { sealComplaint } from '../src/dispute/sealed/seal-complaint.js'
import { signAssertion, signCaseEvent, signReceipt } from '../src/dispute/sealed/sign-case.js'
import { solveWork } from '../src/dispute/work.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { readPayload } from '../src/trust/jws.js'
import type { PublicJwk } from '../src/trust/keys.js'
import type { Signer } from '../src/trust/signer.js'
import { COMPLAINT, IDENTITY } from './sealed-scene.js'
import type { TestMember } from './signing.js'

export interface Stage {
  origin: string
  /** Sends a request to a path of the hub. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** JWT seconds. */
  now(): number
  operator: Signer
  /** Admitted members by id. */
  members: Readonly<Record<string, TestMember>>
}

export const QUESTION: RouteQuestion = {
  kind: 'complaint',
  relation: 'B2C',
  consumerCountry: 'JP',
  merchantCountry: 'TH',
  claimType: 'non_delivery',
  amountBand: 1,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
}

export interface Filing {
  question?: Partial<RouteQuestion>
  complaint?: Partial<ComplaintPayload>
  identity?: IdentityPayload
  attachments?: AttachmentNotice[]
  notify?: ComplaintFiling['notify']
  headers?: Record<string, string>
}

export interface Filed {
  ref: string
  secret: string
  consumer: Consumer
  claims: QuoteClaims
  filing: ComplaintFiling
  accepted: CaseAccepted
}

export async function readJson<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status}: ${text}`)
  return JSON.parse(text) as T
}

export function json(body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

export async function askQuote(stage: Stage, question: Partial<RouteQuestion> = {}): Promise<RouteQuote> {
  return readJson(await stage.request('/v1/route-quotes', json({ ...QUESTION, ...question })))
}

/** Everything that the consumer's browser sends, ready to be sent or bent. */
export async function prepareFiling(
  stage: Stage,
  { question, complaint, identity = IDENTITY, attachments = [], notify }: Filing = {},
): Promise<Omit<Filed, 'accepted'>> {
  const { quote, outcome } = await askQuote(stage, question)
  if (outcome !== 'case') throw new Error(`the route is ${outcome}`)
  const claims = readPayload<QuoteClaims>(quote)
  const { case: ref, lead, partner, work } = claims.quote
  const secret = createCaseSecret()
  const consumer = await createConsumer(ref, secret)
  const encOf = (id: string | null): readonly PublicJwk[] => (id === null ? [] : stage.members[id]!.keys.enc)
  const sealed = await sealComplaint({
    quote,
    claims,
    revision: 1,
    payload: { ...COMPLAINT, ...complaint },
    identity,
    keys: { lead: encOf(lead), partner: encOf(partner), consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  const filing: ComplaintFiling = {
    v: 1,
    quote,
    work: await solveWork(quote, work),
    ...sealed,
    attachments,
    consumer: consumer.keys,
    ...(notify && { notify }),
  }
  return { ref, secret, consumer, claims, filing }
}

export async function fileCase(stage: Stage, filing: Filing = {}): Promise<Filed> {
  const prepared = await prepareFiling(stage, filing)
  const response = await stage.request('/v1/complaints', json(prepared.filing, filing.headers))
  return { ...prepared, accepted: await readJson<CaseAccepted>(response, 201) }
}

/** A party with a key of its own: each request carries a proof of who asks. */
export interface Player {
  authorization(): Promise<string>
  request(path: string, init?: RequestInit): Promise<Response>
  view(ref: string): Promise<CaseView>
  /** Signs the next event of a case and sends it, with words for whom they are meant. */
  send(ref: string, event: CaseEvent, more?: EventExtras): Promise<EventAccepted>
  /** The same without looking at the answer. */
  trySend(ref: string, event: CaseEvent, more?: EventExtras): Promise<Response>
}
export interface EventExtras {
  words?: { payload: MessagePayload; to: readonly PublicJwk[] }
  attachments?: AttachmentNotice[]
}

function player(
  stage: Stage,
  signer: Signer,
  iss: (ref: string) => string,
  token: () => Promise<string>,
): Player {
  const authorization = async () => `Bearer ${await token()}`
  const request: Player['request'] = async (path, init = {}) =>
    stage.request(path, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), Authorization: await authorization() },
    })
  const view: Player['view'] = async (ref) => readJson(await request(`/v1/cases/${ref}`))
  const trySend: Player['trySend'] = async (ref, event, { words, attachments } = {}) => {
    const { head, events } = await view(ref)
    const message =
      words && (await sealMessage(words.payload, { case: ref, prev: head, from: signer.kid }, words.to))
    const jws = await signCaseEvent(signer, {
      iss: iss(ref),
      aud: formatAllianceId(stage.origin),
      iat: stage.now(),
      ref,
      seq: events.length,
      prev: head,
      event,
      ...(message && { message }),
      ...(attachments && { attachments }),
    })
    return request(`/v1/cases/${ref}/events`, json({ event: jws, ...(message && { message }) }))
  }
  return {
    authorization,
    request,
    view,
    trySend,
    send: async (ref, event, more) => readJson<EventAccepted>(await trySend(ref, event, more)),
  }
}

export function asConsumer(stage: Stage, { consumer }: Pick<Filed, 'consumer'>): Player {
  return player(
    stage,
    consumer.signer,
    (ref) => formatCaseId(stage.origin, ref),
    async () => consumer.accessKey,
  )
}

export function asOperator(stage: Stage): Player {
  const entity = formatAllianceId(stage.origin)
  return player(
    stage,
    stage.operator,
    () => entity,
    () => signAssertion(stage.operator, { entity, alliance: entity, iat: stage.now() }),
  )
}

export interface Agency extends Player {
  inbox(query?: string): Promise<InboxPage>
  /** Fetches the complaint and signs that it has it. */
  receipt(ref: string): Promise<EventAccepted>
}

export function asAgency(stage: Stage, id: string): Agency {
  const { auth } = stage.members[id]!
  const entity = formatEntityId(stage.origin, id)
  const alliance = formatAllianceId(stage.origin)
  const self = player(
    stage,
    auth,
    () => entity,
    () => signAssertion(auth, { entity, alliance, iat: stage.now() }),
  )
  return {
    ...self,
    inbox: async (query = '') => readJson(await self.request(`/v1/inbox${query}`)),
    async receipt(ref) {
      const { revision, envelopeSha256 } = await readJson<{ revision: number; envelopeSha256: string }>(
        await self.request(`/v1/cases/${ref}/envelope`),
      )
      const receipt = await signReceipt(auth, {
        iss: entity,
        aud: alliance,
        iat: stage.now(),
        ref,
        revision,
        envelope: envelopeSha256,
      })
      return readJson(await self.request(`/v1/cases/${ref}/receipts`, json({ receipt })))
    },
  }
}
