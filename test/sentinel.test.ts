/**
 * Nothing that a consumer or an officer writes is anywhere at the hub: cases full of unique words are played through a real
 * hub, then every byte that it wrote or sent is searched for them, in every encoding.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from '../src/cli/demo/free-port.js'
import type { CaseEvent } from '../src/dispute/case-event.js'
import type { MessagePayload } from '../src/dispute/payload.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { type RunningHub, startNodeHub } from '../src/node.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner } from '../src/trust/signer.js'
import {
  asAgency,
  asConsumer,
  type EventExtras,
  type Filed,
  fileCase,
  json,
  type Player,
  QUESTION,
  readJson,
  type Stage,
} from './case-play.js'
import { createMember } from './hub-fixture.js'
import { type MailSink, openMailSink } from './mail-sink.js'
import type { TestMember } from './signing.js'
import { tracesIn, tracesInBytes } from './traces.js'
import { openReceiver, type Receiver } from './webhook-receiver.js'

/** A word for each place where somebody writes freely; no other byte of the hub looks like one. */
const WORDS = {
  shopName: 'ร้านซานติเนล-qx7shop',
  shopPath: 'qx7-shop-address',
  orderNo: 'QX7ORDER99817',
  amount: '918273645.12',
  product: 'スカーフ・センチネルqx7',
  story: 'これはqx7物語です、誰も読めません',
  name: '山田qx7花子',
  email: 'qx7.hanako@private.example',
  phone: '+81-90-qx7-5550143',
  address: '東京都qx7区見張り町1-2-3',
  notify: 'qx7.notify@mailbox.example',
  fileName: 'qx7-領収書.pdf',
  fileText: 'the bytes of qx7 the sealed receipt',
  secondFileName: 'qx7-chat.png',
  answer: '注文番号はqx7答えです',
  question: '何を買いましたか、qx7質問',
  toPartner: 'please ask the shop qx7 at once',
  fromMerchant: 'ร้านตอบว่า qx7 จะคืนเงิน',
  translation: 'the shop says qx7 it will refund',
  merchantAmount: '546372819.05',
  offer: '返金の申し出qx7',
  callerAddress: '198.51.100.177',
  neverSent: 'qx7 typed into the wrong field',
} as const

const data = mkdtempSync(join(tmpdir(), 'hub-sentinel-'))
const lines: object[] = []
const sent: { webhooks: Receiver['received']; mails: MailSink['mails'] } = { webhooks: [], mails: [] }
const answers: string[] = []
let running: RunningHub
let stage: Stage
let filed: Filed
let words: Record<string, string>

/** The hub as an operator would run it, with mail, behind a proxy. */
async function startHub(mailUrl: string): Promise<void> {
  const port = await findFreePort()
  const operatorKey = await generateKey('operator')
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys', 'operator.jwks.json'), JSON.stringify({ keys: [operatorKey.publicJwk] }))
  const origin = `http://127.0.0.1:${port}`
  const mail = { url: mailUrl, from: 'no-reply@hub.example' }
  running = await startNodeHub(
    { origin, demo: true, port, host: '127.0.0.1', data, trustProxy: true, mail },
    (line) => lines.push(line),
  )
  const now = () => Math.floor(Date.now() / 1000)
  const operator = await createSigner(operatorKey.privateJwk)
  const members: Record<string, TestMember> = {}
  for (const id of ['jp-ccj', 'th-ocpb', 'th-dbd'])
    members[id] = await createMember(id, origin, operator, now())
  stage = {
    origin,
    now,
    operator,
    members,
    request: async (path, init = {}) => {
      const headers = {
        ...(init.headers as Record<string, string>),
        'X-Forwarded-For': `10.0.0.1, ${WORDS.callerAddress}`,
      }
      const response = await fetch(`${origin}${path}`, { ...init, headers })
      if (response.status >= 400) answers.push(await response.clone().text())
      return response
    },
  }
  const push = { statements: Object.values(members).map(({ admission }) => admission) }
  await readJson(await stage.request('/v1/statements', json(push)))
}

function message(lang: string, text: string, more: Partial<MessagePayload> = {}): MessagePayload {
  return { v: 1, texts: [{ lang, text, made: 'original' }], ...more }
}

/** From filing to the consumer's own word on how it ended, with words wherever words can stand. */
async function play(): Promise<void> {
  const [ccj, ocpb] = [asAgency(stage, 'jp-ccj'), asAgency(stage, 'th-ocpb')]
  const fileBytes = new TextEncoder().encode(WORDS.fileText.repeat(2000))
  const file = await sealAttachment(fileBytes, { name: WORDS.fileName, type: 'application/pdf' })
  filed = await fileCase(stage, {
    question: { purchaseUrl: `https://${WORDS.shopPath}.example/${WORDS.shopPath}` },
    complaint: {
      shop: { name: WORDS.shopName, url: `https://${WORDS.shopPath}.example/` },
      transaction: {
        orderNo: WORDS.orderNo,
        paid: { amount: WORDS.amount, currency: 'THB' },
        product: WORDS.product,
      },
      story: { lang: 'ja', text: WORDS.story, made: 'original' },
      attachments: [file.key],
      conveyIdentity: true,
    },
    identity: { v: 1, name: WORDS.name, email: WORDS.email, phone: WORDS.phone, address: WORDS.address },
    attachments: [file.notice],
    notify: { email: WORDS.notify, lang: 'ja' },
  })
  const { ref } = filed
  const her = asConsumer(stage, filed)
  const bring = async (player: Player, id: string, body: Uint8Array<ArrayBuffer>) =>
    readJson(
      await player.request(`/v1/cases/${ref}/attachments/${id}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/octet-stream' },
        body,
      }),
    )
  const { enc } = filed.consumer.keys
  const [ccjEnc, ocpbEnc] = ['jp-ccj', 'th-ocpb'].map((id) => stage.members[id]!.keys.enc)
  const say = (payload: MessagePayload, ...to: EventExtras['words'][]): EventExtras => ({
    words: { payload, to: [enc, ...ccjEnc!, ...to.flatMap((more) => more?.to ?? [])] },
  })
  const all = (payload: MessagePayload): EventExtras => ({
    words: { payload, to: [enc, ...ccjEnc!, ...ocpbEnc!] },
  })
  const step = (player: Player, event: CaseEvent, more?: EventExtras) => player.send(ref, event, more)

  await bring(her, file.notice.id, file.sealed)
  await ccj.receipt(ref)
  await step(ccj, { type: 'accepted' })
  await step(ccj, { type: 'info_requested', asks: ['order_number'] }, say(message('ja', WORDS.question)))
  const second = await sealAttachment(fileBytes, { name: WORDS.secondFileName, type: 'image/png' })
  await step(
    her,
    { type: 'info_given' },
    {
      ...say(message('ja', WORDS.answer, { attachments: [second.key] })),
      attachments: [second.notice],
    },
  )
  await bring(her, second.notice.id, second.sealed)
  await step(
    ccj,
    { type: 'shared' },
    all(message('en', WORDS.toPartner, { identity: { v: 1, name: WORDS.name } })),
  )
  await ocpb.receipt(ref)
  await step(ocpb, { type: 'partner_accepted' })
  await step(ocpb, { type: 'merchant_notified' })
  await step(
    ocpb,
    { type: 'merchant_responded', result: 'offers' },
    all({
      v: 1,
      texts: [
        { lang: 'th', text: WORDS.fromMerchant, made: 'original' },
        { lang: 'en', text: WORDS.translation, made: 'machine' },
      ],
      merchant: {
        result: 'offers',
        remedy: 'refund',
        amount: { amount: WORDS.merchantAmount, currency: 'THB' },
      },
    }),
  )
  await sweepCases(running.hub)
  await step(
    ccj,
    { type: 'offer_made', performed: true },
    all(message('ja', WORDS.offer, { offer: { remedy: 'refund' } })),
  )
  await step(her, { type: 'offer_answered', accept: true })
}

/** What people and programs do wrong; the hub must not write any of it down, nor send it back. */
async function mistake(): Promise<void> {
  const wrong = WORDS.neverSent
  const her = asConsumer(stage, filed)
  for (const [path, body] of [
    ['/v1/route-quotes', { ...QUESTION, name: wrong }],
    ['/v1/route-quotes', { ...QUESTION, kind: wrong }],
    ['/v1/complaints', { ...filed.filing, story: wrong }],
    ['/v1/complaints', { ...filed.filing, v: wrong }],
    ['/v1/complaints', { ...filed.filing, notify: { email: wrong, lang: 'ja' } }],
    [`/v1/cases/${filed.ref}/recovery`, { consumer: { ...filed.consumer.keys, secret: wrong } }],
  ] as const)
    expect((await stage.request(path, json(body))).status).toBeGreaterThanOrEqual(400)
  expect((await her.request(`/v1/cases/${filed.ref}/events`, json({ event: wrong }))).status).toBe(400)
  expect((await stage.request('/v1/complaints', { method: 'POST', body: wrong })).status).toBe(415)
}

beforeAll(async () => {
  const [sink, receiver] = [await openMailSink(), await openReceiver()]
  await startHub(sink.url)
  const hook = await asAgency(stage, 'jp-ccj').request('/v1/webhook', json({ url: receiver.url }, {}, 'PUT'))
  expect(hook.status).toBe(200)
  await play()
  await mistake()
  await sweepCases(running.hub)
  // A second case, whose mails and webhooks fail.
  await sink.close()
  await receiver.close()
  const second = await fileCase(stage, { notify: { email: WORDS.notify, lang: 'th' } })
  await asAgency(stage, 'jp-ccj').receipt(second.ref)
  await asAgency(stage, 'jp-ccj').send(second.ref, { type: 'accepted' })
  await sweepCases(running.hub)
  sent.mails = sink.mails
  sent.webhooks = receiver.received
  words = {
    ...WORDS,
    secret: filed.secret,
    accessKey: filed.consumer.accessKey,
    secondSecret: second.secret,
    secondAccessKey: second.consumer.accessKey,
  }
}, 120_000)
afterAll(async () => {
  await running?.close()
  rmSync(data, { recursive: true, force: true })
})

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)))

describe('nothing that was written in confidence is', () => {
  it('in the data folder while the hub runs: database, write-ahead log, files, keys', () => {
    const names = readdirSync(data)
    expect(names).toEqual(expect.arrayContaining(['hub.sqlite', 'hub.sqlite-wal', 'attachments', 'keys']))
    expect(readdirSync(join(data, 'attachments'))).toHaveLength(2)
    expect(tracesIn(data, words)).toEqual([])
  })

  it('in a backup', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'hub-sentinel-copy-'))
    try {
      const database = new BetterSqlite3(join(data, 'hub.sqlite'), { readonly: true })
      await database.backup(join(copy, 'backup.sqlite'))
      database.close()
      cpSync(data, join(copy, 'folder'), { recursive: true })
      expect(tracesIn(copy, words)).toEqual([])
    } finally {
      rmSync(copy, { recursive: true })
    }
  })

  it('in the log, though it reports failures', () => {
    expect(JSON.stringify(lines)).toContain('the mail server did not take it')
    expect(tracesInBytes(bytesOf(lines), words)).toEqual([])
  })

  it('in a mail, but for the address that it goes to', () => {
    expect(sent.mails.length).toBeGreaterThan(0)
    expect(sent.mails.map(({ to }) => to)).toEqual(sent.mails.map(() => [WORDS.notify]))
    expect(tracesInBytes(bytesOf(sent.mails), without('notify'))).toEqual([])
    // Quoted-printable would hide a word from the search.
    for (const { text } of sent.mails) {
      const body = text.slice(text.indexOf('\r\n\r\n')).replaceAll(/=\r\n/g, '')
      const decoded = body.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      expect(tracesInBytes(Buffer.from(decoded, 'latin1'), words)).toEqual([])
    }
  })

  it('in a webhook', () => {
    expect(sent.webhooks.length).toBeGreaterThan(0)
    expect(tracesInBytes(bytesOf(sent.webhooks), words)).toEqual([])
  })

  it('sent back to whoever makes a mistake', () => {
    expect(answers.length).toBeGreaterThan(5)
    expect(tracesInBytes(bytesOf(answers), words)).toEqual([])
  })

  it('in the public log', async () => {
    const feed = await (await stage.request('/v1/changes?limit=1000')).text()
    expect(tracesInBytes(Buffer.from(feed), words)).toEqual([])
    expect(feed).not.toContain(filed.ref)
  })
})

describe('the search itself', () => {
  it('finds what the hub may know: the case’s reference, wherever it should be', () => {
    const known = { ref: filed.ref }
    expect(
      tracesIn(join(data, 'hub.sqlite-wal'), known).concat(tracesIn(join(data, 'hub.sqlite'), known)),
    ).not.toEqual([])
    expect(tracesInBytes(bytesOf(sent.webhooks), known)).toEqual(['ref'])
    expect(
      sent.mails.some(
        ({ text }) => /Content-Transfer-Encoding: base64/i.test(text) || text.includes(filed.ref),
      ),
    ).toBe(true)
  })

  it.each<[string, (text: string) => Buffer]>([
    ['as it is', (text) => Buffer.from(text)],
    ['in UTF-16', (text) => Buffer.from(text, 'utf16le')],
    [
      'in JSON with escapes',
      (text) =>
        Buffer.from(text.replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)),
    ],
    ['in an address', (text) => Buffer.from(encodeURIComponent(text))],
    ['in hex', (text) => Buffer.from(Buffer.from(text).toString('hex'))],
    ['in base64', (text) => Buffer.from(Buffer.from(text).toString('base64'))],
    ['in base64 at any place', (text) => Buffer.from(Buffer.from(`{"a":"b${text}c"}`).toString('base64'))],
    [
      'in the payload of a JWS',
      (text) => Buffer.from(Buffer.from(`{"a":1,"text":"${text}"}`).toString('base64url')),
    ],
  ])('finds a word %s', (_, write) => {
    for (const [name, text] of Object.entries(words)) {
      const hay = Buffer.concat([Buffer.from('before '), write(text), Buffer.from(' after')])
      expect(tracesInBytes(hay, { [name]: text })).toEqual([name])
      expect(tracesInBytes(Buffer.from('nothing of it'), { [name]: text })).toEqual([])
    }
  })

  it('finds a word that is planted into the database and into a file', () => {
    const copy = mkdtempSync(join(tmpdir(), 'hub-sentinel-plant-'))
    try {
      cpSync(data, copy, { recursive: true })
      const database = new BetterSqlite3(join(copy, 'hub.sqlite'))
      database.prepare('insert into settings (name, value) values (?, ?)').run('planted', WORDS.story)
      writeFileSync(join(copy, 'attachments', 'planted'), WORDS.fileText)
      const found = tracesIn(copy, words)
      expect(found.some((trace) => /^story in .*hub\.sqlite/.test(trace))).toBe(true)
      expect(found.some((trace) => /^fileText in .*planted$/.test(trace))).toBe(true)
      database.close()
    } finally {
      rmSync(copy, { recursive: true })
    }
  })

  it('ran on a hub that holds the cases', () => {
    expect(existsSync(join(data, 'keys', 'addresses.key'))).toBe(true)
    const sizes = ['hub.sqlite', 'hub.sqlite-wal'].map((name) => readFileSync(join(data, name)).length)
    expect(sizes[0]! + sizes[1]!).toBeGreaterThan(100_000)
  })
})
