/** One case played against a real hub, to have a true document of every published kind. */
import type { CaseView } from '../src/dispute/case-view.js'
import type { AttachmentNotice, ComplaintFiling } from '../src/dispute/envelope.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { hashEnvelope, readAadText } from '../src/dispute/sealed/envelope-aad.js'
import { formatCaseId } from '../src/dispute/sealed/formats.js'
import { sealMessage } from '../src/dispute/sealed/message.js'
import { openSealed } from '../src/dispute/sealed/open-complaint.js'
import { sealComplaint } from '../src/dispute/sealed/seal-complaint.js'
import { signAssertion, signCaseEvent, signReceipt } from '../src/dispute/sealed/sign-case.js'
import { verifyQuote } from '../src/dispute/sealed/verify-quote.js'
import { solveWork } from '../src/dispute/work.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { readPayload } from '../src/trust/jws.js'
import { chooseRecipients, readEncryptionKeys } from '../src/trusted-keys.js'
import { readAnchor } from '../src/verify.js'
import { createTestHub, ORIGIN, recordClaims, signRecord } from './hub-fixture.js'
import { portOf } from './hub-port.js'
import { COMPLAINT, IDENTITY, SECRET } from './sealed-scene.js'

/** Documents by the name of their schema, each as it travelled. */
export async function playCase(): Promise<Record<string, unknown[]>> {
  const t = await createTestHub()
  const [dbd, ccj] = [await t.admit('th-dbd'), await t.admit('jp-ccj'), await t.admit('th-ocpb')]
  await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
  const alliance = formatAllianceId(ORIGIN)
  const entity = formatEntityId(ORIGIN, 'jp-ccj')
  const send = async (path: string, { body, bearer }: { body?: unknown; bearer?: string } = {}) => {
    const response = await t.app.request(path, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: `Bearer ${bearer}` }) },
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return text
  }
  const json = async <T>(...args: Parameters<typeof send>) => JSON.parse(await send(...args)) as T
  const assertion = () => signAssertion(ccj!.auth, { entity, alliance, iat: t.now() })

  const question = {
    kind: 'complaint',
    relation: 'B2C',
    consumerCountry: 'JP',
    record: 'th-dbd:R-1',
    claimType: 'non_delivery',
    amountBand: 1,
    currency: 'THB',
    lang: 'ja',
    contactedMerchant: true,
    otherProceedings: false,
    minor: false,
  }
  const quoted = await json<{ quote: string }>('/v1/route-quotes', { body: question })
  const shop = {
    ...question,
    record: undefined,
    purchaseUrl: 'https://unknown.example',
    merchantCountry: 'FR',
  }
  const abroad = await json('/v1/route-quotes', { body: shop })

  const anchor = await readAnchor(await send('/alliance/.well-known/openid-federation'), ORIGIN, t.now())
  const claims = await verifyQuote(quoted.quote, anchor, t.now())
  const { case: ref, lead, partner, work } = claims.quote
  const members = [lead, partner].filter((member) => member !== null)
  const trusted = await readEncryptionKeys(portOf(t.app), ORIGIN, members, { anchor })
  const consumer = await createConsumer(ref, SECRET)
  const file = await sealAttachment(new TextEncoder().encode('%PDF-1.7'), {
    name: 'receipt.pdf',
    type: 'application/pdf',
  })
  const payload = { ...COMPLAINT, attachments: [file.key] }
  const sealed = await sealComplaint({
    quote: quoted.quote,
    claims,
    revision: 1,
    payload,
    identity: IDENTITY,
    keys: { ...chooseRecipients(claims, trusted), consumer: consumer.keys.enc },
    consumerSign: consumer.keys.sign.kid,
  })
  const filing: ComplaintFiling = {
    v: 1,
    quote: quoted.quote,
    work: await solveWork(quoted.quote, work),
    ...sealed,
    attachments: [file.notice as AttachmentNotice],
    consumer: consumer.keys,
  }
  await send('/v1/complaints', { body: filing })

  const inbox = await json('/v1/inbox', { bearer: await assertion() })
  const receipt = await signReceipt(ccj!.auth, {
    iss: entity,
    aud: alliance,
    iat: t.now(),
    ref,
    revision: 1,
    envelope: hashEnvelope(sealed),
  })
  await send(`/v1/cases/${ref}/receipts`, { body: { receipt }, bearer: await assertion() })
  const seen = await json<CaseView>(`/v1/cases/${ref}`, { bearer: await assertion() })
  const place = {
    quote: quoted.quote,
    claims,
    revision: seen.revision,
    recipients: { lead: ccj!.keys.enc.map(({ kid }) => kid), partner: trustedKids(trusted, partner) },
    consumer: seen.consumer,
  }
  const opened = await openSealed(seen.envelope!, place, ccj!.encPrivate)
  const prev = seen.head
  const words = {
    v: 1 as const,
    texts: [{ lang: 'ja', text: '注文番号を教えてください。', made: 'original' as const }],
  }
  const message = await sealMessage(words, { case: ref, prev, from: ccj!.auth.kid }, [consumer.keys.enc])
  const event = await signCaseEvent(ccj!.auth, {
    iss: entity,
    aud: alliance,
    iat: t.now(),
    ref,
    seq: seen.events.length,
    prev,
    event: { type: 'info_requested', asks: ['order_number'] },
    message,
  })
  await send(`/v1/cases/${ref}/events`, { body: { event, message }, bearer: await assertion() })
  const own = await json<CaseView>(`/v1/cases/${ref}`, { bearer: consumer.accessKey })
  const answer = await signCaseEvent(consumer.signer, {
    iss: formatCaseId(ORIGIN, ref),
    aud: alliance,
    iat: t.now(),
    ref,
    seq: own.events.length,
    prev: own.head,
    event: { type: 'withdrawn' },
  })
  return {
    'route-question': [question, JSON.parse(JSON.stringify(shop))],
    'route-quote': [quoted, abroad],
    quote: [claims],
    'complaint-filing': [filing, { ...filing, notify: { email: 'hanako@consumer.example', lang: 'ja' } }],
    'sealed-complaint': [sealed],
    'envelope-aad': [JSON.parse(readAadText(sealed.complaint)), JSON.parse(readAadText(sealed.identity))],
    'message-aad': [JSON.parse(readAadText(message))],
    'complaint-payload': [opened.complaint],
    'identity-payload': [opened.identity],
    'message-payload': [
      words,
      {
        ...words,
        attachments: [file.key],
        merchant: { result: 'offers', remedy: 'refund', amount: { amount: '1290.00', currency: 'THB' } },
        offer: { remedy: 'refund', until: '2026-12-24' },
        identity: IDENTITY,
      },
    ],
    'case-event': [...own.events.map((view) => readPayload(view.event!)), readPayload(answer)],
    receipt: [readPayload(receipt)],
    case: [own, seen],
    inbox: [inbox],
  }
}

function trustedKids(
  trusted: Awaited<ReturnType<typeof readEncryptionKeys>>,
  member: string | null,
): string[] {
  return (member === null ? [] : (trusted.get(member)?.enc ?? [])).map(({ kid }) => kid)
}
