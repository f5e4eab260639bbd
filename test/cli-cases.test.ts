/** An officer's work on cases from the command line, with real keys, a real hub and a consumer who seals as her browser does. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refreshCase } from '../src/browser/case/open-case.js'
import { createHubApi } from '../src/browser/kit/hub-api.js'
import { generateWorkspaceKeys } from '../src/cli/agency/keys.js'
import { caseCommand } from '../src/cli/commands/case.js'
import type { DemoConsumer } from '../src/cli/demo/demo-consumer.js'
import { createOperatorWorkspace } from '../src/cli/operator/operator-workspace.js'
import { openWorkspace, writeSecret } from '../src/cli/workspace.js'
import { fileTypeOf } from '../src/dispute/file-type.js'
import { admitFolder, createDesks, type Desks, STORY } from './case-desks.js'
import { ORIGIN, signStanding } from './hub-fixture.js'

let desks: Desks
let ccj: string
let ocpb: string
const opened: Desks[] = []

async function open(): Promise<void> {
  desks = await createDesks()
  opened.push(desks)
  ccj = desks.folders['jp-ccj']
  ocpb = desks.folders['th-ocpb']
}
afterAll(() => {
  for (const one of opened) one.close()
})

const OFFER = ['--remedy', 'refund', '--amount', '1290', '--currency', 'THB']
/** A report for which no rule finds an agency. */
const NOBODYS = {
  kind: 'mark_misuse',
  relation: 'B2C',
  consumerCountry: 'JP',
  purchaseUrl: 'https://no-such-shop.example',
  claimType: 'mark_misuse',
  amountBand: 0,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
} as const
const inbox = (folder: string) => desks.json(folder, 'inbox')
const show = (folder: string, ref: string) => desks.json(folder, 'case', 'show', ref)
const act = (folder: string, verb: string, her: DemoConsumer, ...more: string[]) =>
  desks.json(folder, 'case', verb, her.ref, ...more)

/** A filed case that CCJ has receipted, and as far as told. */
async function reach(step: 'receipted' | 'accepted' | 'shared' | 'with_partner', over = {}) {
  const her = await desks.file(over)
  await inbox(ccj)
  if (step === 'receipted') return her
  await act(ccj, 'accept', her)
  if (step === 'accepted') return her
  await act(ccj, 'share', her)
  if (step === 'shared') return her
  await inbox(ocpb)
  await act(ocpb, 'accept', her)
  return her
}

describe('a complaint from Japan about a Thai shop', () => {
  let her: DemoConsumer
  beforeAll(open)

  it('comes into CCJ’s inbox, is checked and opened, and gets a receipt', async () => {
    her = await desks.file()
    const first = await desks.run(ccj, ['inbox'])
    expect(first.code).toBe(0)
    expect(first.out).toContain(`${her.ref}  JP → TH  商品が届かない  [主担当]`)
    expect(first.out).toContain('受領書を送信しました')
    expect(first.err).toContain("The alliance's keys were pinned")
    const { view } = await her.open()
    expect(view.state).toBe('in_triage')
    expect(view.events.map(({ type }) => type)).toEqual(['created', 'delivered'])
  })

  it('is listed once; then there is nothing new', async () => {
    // The hub's `delivered` is its answer to the receipt and may be told as news once.
    await inbox(ccj)
    expect((await inbox(ccj)).cases).toEqual([])
    const { cases } = await desks.json(ccj, 'inbox', '--all')
    expect(cases).toMatchObject([{ case: her.ref, role: 'lead', problem: null }])
  })

  it('keeps the folder of cases to the officer, and no content in it', () => {
    expect(statSync(join(ccj, 'cases')).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(join(ccj, 'cases')))
      expect(readFileSync(join(ccj, 'cases', name), 'utf8')).not.toContain('荷物')
  })

  it.each([
    ['en', 'Where it goes, and why', 'It never arrived', '[Japanese, Original]'],
    ['th', 'ส่งไปที่ใด เพราะเหตุใด', 'ไม่ได้รับสินค้า', '[ภาษาญี่ปุ่น, '],
    ['vi', 'Chuyển đến đâu và vì sao', 'Người tiêu dùng', '[Tiếng Nhật, '],
    ['ja', '振り分け先とその理由', '商品が届かない', '[日本語, '],
  ])('is shown in the officer’s language (%s), her words as she wrote them', async (lang, ...expected) => {
    const { code, out } = await desks.run(ccj, ['case', 'show', her.ref, '--lang', lang])
    expect(code).toBe(0)
    for (const text of [...expected, 'R20', '山田花子', 'A-4711', '1290 THB']) expect(out).toContain(text)
    const { reasons } = await desks.json(ccj, 'case', 'show', her.ref, '--lang', lang)
    expect(reasons.map(({ rule }: { rule: string }) => rule)).toContain('A1')
    for (const { rule, text } of reasons) expect(out).toContain(`  ${rule}  ${text}`)
    expect(reasons.filter(({ text }: { text: string | null }) => text === null)).toEqual([])
    for (const line of STORY.split('\n')) expect(out).toContain(`  │ ${line}`)
    expect(out).toContain(`trustmark case accept ${her.ref}`)
    expect(out).not.toMatch(/undefined|\[object|\{\w+\}/)
  })

  it('reads a reference as people type it', async () => {
    const typed = her.ref.toLowerCase().replaceAll('-', ' ')
    expect(await desks.json(ccj, 'case', 'show', typed)).toMatchObject({ case: her.ref })
    expect(await desks.run(ccj, ['case', 'show', 'JP-1'])).toMatchObject({ code: 2 })
  })

  it('stops the clock while she is asked, and brings her answer and file', async () => {
    await act(ccj, 'accept', her, '--text', '受理しました。', '--lang', 'ja')
    const asked = await act(ccj, 'ask', her, '--for', 'order_number,photographs', '--text', 'ご注文番号は？')
    expect(asked).toMatchObject({ type: 'info_requested', state: 'needs_info', files: 0 })
    expect((await her.lastMessage())?.texts).toEqual([
      { lang: 'ja', text: 'ご注文番号は？', made: 'original' },
    ])
    await her.act({ type: 'info_given' }, { text: 'A-4711です。', files: [png('parcel.png')] })
    const news = await inbox(ccj)
    expect(news.cases[0].news.map(({ type }: { type: string }) => type)).toContain('info_given')
    const shown = await show(ccj, her.ref)
    expect(shown.events.at(-1).message.texts[0].text).toBe('A-4711です。')
    const saved = await desks.json(ccj, 'case', 'save', her.ref, '--to', 'saved')
    expect(saved.files).toMatchObject([{ file: '01-event-4.png', called: 'parcel.png' }])
  })

  it('is shared with OCPB, with who she is because she allowed it', async () => {
    expect((await inbox(ocpb)).cases).toEqual([])
    expect(await show(ocpb, her.ref)).toMatchObject({ role: 'partner', complaint: null, identity: null })
    const shared = await act(ccj, 'share', her, '--text', 'Please ask for a refund.', '--lang', 'en')
    expect(shared).toMatchObject({ type: 'shared', state: 'shared', identityConveyed: true })
    expect((await inbox(ocpb)).cases).toMatchObject([{ case: her.ref, role: 'partner', receipt: 'sent' }])
    const shown = await show(ocpb, her.ref)
    expect(shown.complaint.story.text).toBe(STORY)
    expect(shown.identity).toBeNull()
    expect(shown.events.find(({ type }: { type: string }) => type === 'shared').message).toMatchObject({
      identity: { name: '山田花子' },
      texts: [{ text: 'Please ask for a refund.' }],
    })
  })

  it('is taken up with the merchant, whose answer comes with its translation, marked as such', async () => {
    expect(await act(ocpb, 'accept', her)).toMatchObject({ type: 'partner_accepted', state: 'with_partner' })
    expect(await act(ocpb, 'notified', her)).toMatchObject({ state: 'merchant_notified' })
    writeFileSync(join(ocpb, 'en.txt'), 'The shop will refund.\n')
    const answered = await act(
      ocpb,
      'answered',
      her,
      ...[
        '--result',
        'offers',
        ...OFFER,
        '--text',
        'ร้านยินดีคืนเงิน',
        '--translation',
        'en=@en.txt',
        '--made',
        'machine',
      ],
    )
    expect(answered).toMatchObject({ state: 'negotiation', merchant: { result: 'offers', remedy: 'refund' } })
    const { out } = await desks.run(ccj, ['case', 'show', her.ref, '--lang', 'en'])
    expect(out).toContain('[Thai, Original]\n  │ ร้านยินดีคืนเงิน')
    expect(out).toContain('[English, Translated by a machine]\n  │ The shop will refund.')
    // The partner's record is for the lead; what the consumer is told is the lead's to say.
    expect((await her.open()).events.at(-1)?.message).toBe('between')
  })

  it('is given more time once, for a reason that the consumer can read', async () => {
    const extend = (...args: string[]) => desks.run(ccj, ['case', 'extend', her.ref, ...args])
    for (const days of ['0', '11', '1.5', 'x'])
      expect((await extend('--days', days, '--reason', 'other')).code).not.toBe(0)
    expect(await act(ccj, 'extend', her, '--days', '7', '--reason', 'evidence_awaited')).toMatchObject({
      type: 'extended',
      state: 'negotiation',
    })
    expect((await her.open()).events.at(-1)?.event).toEqual({
      type: 'extended',
      days: 7,
      reason: 'evidence_awaited',
    })
    expect((await desks.run(ccj, ['case', 'show', her.ref, '--lang', 'en'])).out).toContain(
      'The lead extended the negotiation (+7 d, A proof is still to come)',
    )
    expect((await extend('--days', '3', '--reason', 'other')).err).toContain('"extended" is not open')
  })

  it('is resolved by the consumer’s own word on the offer', async () => {
    await act(ccj, 'offer', her, ...OFFER, '--text', '全額返金されます。', '--until', '2026-12-31')
    const first = (await her.open()).events.at(-1)
    expect(first?.event).toEqual({ type: 'offer_made', performed: false })
    await her.act({ type: 'offer_answered', accept: false })
    const last = ['--text', '全額返金されました。', '--until', '2026-12-31', '--performed']
    await act(ccj, 'offer', her, ...OFFER, ...last)
    expect((await her.open()).events.at(-1)?.event).toEqual({ type: 'offer_made', performed: true })
    const offered = await her.lastMessage()
    expect(offered?.offer).toEqual({
      remedy: 'refund',
      amount: { amount: '1290', currency: 'THB' },
      until: '2026-12-31',
    })
    await her.act({ type: 'offer_answered', accept: true }, { text: 'ありがとうございました。' })
    expect(await show(ccj, her.ref)).toMatchObject({ phase: 'closed', outcome: 'resolved' })
    const refused = await desks.run(ccj, ['case', 'close', her.ref, '--outcome', 'not_resolved', '--yes'])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/"closed" is not open to jp-ccj now/)
  })

  it('is exported whole, for this account only', async () => {
    const { file } = await desks.json(ccj, 'case', 'export', her.ref, '--file', 'case.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const content = JSON.parse(readFileSync(file, 'utf8'))
    expect(content).toMatchObject({ v: 1, case: her.ref, complaint: { story: { text: STORY } } })
    expect(content.events.every(({ jws }: { jws: string }) => jws.split('.').length === 3)).toBe(true)
    expect(JSON.stringify(content)).not.toContain('"key":')
    expect(desks.t.reported).toEqual([])
  })
})

describe('when the partner declines', () => {
  beforeAll(open)

  it('the case goes back to the lead with the reason, and can be closed or shared again', async () => {
    const her = await reach('shared')
    await inbox(ocpb)
    const declined = await act(ocpb, 'decline', her, '--reason', 'no_jurisdiction', '--text', 'x', '--yes')
    expect(declined).toMatchObject({ type: 'partner_declined', state: 'partner_declined' })
    const { out } = await desks.run(ccj, ['case', 'show', her.ref, '--lang', 'en'])
    expect(out).toContain('The agency is not competent for this shop or country')
    expect(out).toContain(`trustmark case share ${her.ref}`)
    expect(out).toMatch(/received the complaint on \d+ \w+ \d{4} and declined/)
    expect(out).not.toContain('may not read the complaint yet')
    const closed = await act(ccj, 'close', her, '--outcome', 'advice_given', '--text', 'x', '--yes')
    expect(closed).toMatchObject({ state: 'closed' })
    expect((await her.open()).view.outcome).toBe('advice_given')
  })

  it('nothing final is done without a yes', async () => {
    const her = await reach('receipted')
    const args = ['case', 'decline', her.ref, '--reason', 'abusive']
    const silent = await desks.run(ccj, args)
    expect(silent.code).toBe(2)
    expect(silent.err).toContain('Add --yes')
    expect(await desks.run(ccj, args, { answer: 'n' })).toMatchObject({ code: 4 })
    expect((await her.open()).view.state).toBe('in_triage')
    expect(await desks.run(ccj, args, { answer: 'y' })).toMatchObject({ code: 0 })
    expect((await her.open()).view.outcome).toBe('abusive')
  })
})

describe('keys that change', () => {
  beforeAll(open)

  it('transfer: the new lead reads everything, the old one nothing more', async () => {
    const her = await reach('accepted', { files: [png('a.png')] })
    const moved = await act(ccj, 'transfer', her, '--to', 'th-ocpb', '--reason', 'no_jurisdiction', '--yes')
    expect(moved).toMatchObject({ type: 'transferred', to: 'th-ocpb', state: 'received' })
    expect((await inbox(ocpb)).cases).toMatchObject([{ case: her.ref, role: 'lead', receipt: 'sent' }])
    const shown = await show(ocpb, her.ref)
    expect(shown).toMatchObject({
      revision: 2,
      lead: 'th-ocpb',
      partner: null,
      identity: { name: '山田花子' },
    })
    expect((await desks.json(ocpb, 'case', 'save', her.ref, '--to', '.')).files).toHaveLength(1)
    expect(await desks.run(ccj, ['case', 'show', her.ref])).toMatchObject({ code: 1 })
    expect(
      (await desks.json(ccj, 'inbox', '--all')).cases.map((one: { case: string }) => one.case),
    ).not.toContain(her.ref)
    expect((await her.open()).content?.complaint.story.text).toBe(STORY)
  })

  it('a lost secret: the check digits show whose keys they are, and only then the case is given to them', async () => {
    const her = await reach('accepted')
    const lost = await her.loseSecret()
    const args = ['case', 'recover', her.ref, '--code', lost.code]
    const asked = await desks.run(ccj, args, { answer: 'n' })
    expect(asked.code).toBe(4)
    expect(asked.err.replaceAll(' ', '')).toContain(lost.check)
    expect(asked.err).toContain('+81 90 0000 0000')
    await expect(lost.use().open()).rejects.toThrow()
    expect(await desks.run(ccj, ['case', 'recover', her.ref, '--code', '00000000', '--yes'])).toMatchObject({
      code: 1,
    })
    const all = ['case', 'recover', her.ref, '--yes', '--code']
    const other = lost.check.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
    const wrong = await desks.run(ccj, [...all, `${lost.code}${other}`])
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('the keys are not hers')
    const done = await desks.json(ccj, ...all, `${lost.code} ${lost.check}`)
    expect(done).toMatchObject({ type: 'rewrapped', check: lost.check, checked: true })
    const again = lost.use()
    expect((await again.open()).content?.complaint.story.text).toBe(STORY)
    await again.act({ type: 'message' }, { text: '戻りました。' })
    expect((await show(ccj, her.ref)).events.at(-1).message.texts[0].text).toBe('戻りました。')
    await expect(her.open()).rejects.toThrow()
  })

  it('goes on after an agency replaced its key for signing, on every desk and on her page', async () => {
    const her = await reach('with_partner')
    const before = await her.open()
    for (const folder of [ccj, ocpb]) {
      const keys = join(folder, 'keys')
      const [old] = readdirSync(keys).filter((name) => name.startsWith('auth-'))
      rmSync(join(keys, old!))
      await generateWorkspaceKeys(openWorkspace(folder), ['auth'])
      desks.t.tick(3600)
      await admitFolder(desks.t, folder)
      desks.t.tick(3600)
    }
    const { state } = before.view
    for (const folder of [ccj, ocpb]) expect((await show(folder, her.ref)).state).toBe(state)
    expect((await her.open()).trust).toEqual({ kind: 'checked' })
    await act(ocpb, 'notified', her)
    for (const folder of [ccj, ocpb]) expect((await show(folder, her.ref)).state).toBe('merchant_notified')
    // Her page is open all the while: the new key is read when an event asks for it.
    const reading = {
      api: createHubApi(ORIGIN, { fetch: desks.send }),
      anchor: undefined,
      agencies: [],
      now: () => before.readAt + 1000,
    }
    const after = await refreshCase(reading, before)
    expect(after.trust).toEqual({ kind: 'checked' })
    expect(after.view.state).toBe('merchant_notified')
  })

  it('an officer’s new key opens a case once it was rewrapped, and is named as missing before', async () => {
    const her = await reach('accepted')
    const keys = join(ccj, 'keys')
    const [old] = readdirSync(keys).filter((name) => name.startsWith('enc-'))
    await generateWorkspaceKeys(openWorkspace(ccj), ['enc'])
    desks.t.tick(10)
    await admitFolder(desks.t, ccj)
    const file = join(keys, old!)
    const privateKey = readFileSync(file, 'utf8')
    const { d: _d, ...publicHalf } = JSON.parse(privateKey)
    writeFileSync(file, JSON.stringify(publicHalf))
    const unread = await desks.run(ccj, ['case', 'show', her.ref])
    expect(unread.code).toBe(1)
    expect(unread.err).toMatch(/is sealed to .*trustmark case rewrap/)
    writeFileSync(file, privateKey)
    expect(await act(ccj, 'rewrap', her)).toMatchObject({ type: 'rewrapped' })
    writeFileSync(file, JSON.stringify(publicHalf))
    expect((await show(ccj, her.ref)).complaint.story.text).toBe(STORY)
    writeFileSync(file, privateKey)
  })

  it('a case whose lead is suspended: the secretariat assigns another, the consumer passes it on', async () => {
    const { t } = desks
    const her = await reach('accepted')
    const operator = await operatorFolder()
    t.tick(10)
    await t.push(await signStanding(t.operator, 'jp-ccj', 'suspended', t.now()))
    const assigned = await desks.json(
      operator,
      'queue',
      '--operator',
      '.',
      '--assign',
      her.ref,
      '--to',
      'th-ocpb',
    )
    expect(assigned).toMatchObject({ case: her.ref, to: 'th-ocpb', state: 'awaiting_consumer_key' })
    expect(await her.reroute()).toBe('th-ocpb')
    const { cases } = await inbox(ocpb)
    expect(cases).toContainEqual(expect.objectContaining({ case: her.ref, receipt: 'sent' }))
    expect((await show(ocpb, her.ref)).complaint.story.text).toBe(STORY)
  })
})

/** The operator's folder with the test hub's own operator key in it. */
async function operatorFolder(): Promise<string> {
  const folder = join(ccj, '..', `operator-${Math.random()}`)
  const { keyFile } = await createOperatorWorkspace(folder, 'http://127.0.0.1:8787')
  rmSync(keyFile)
  const jwk = desks.t.operatorJwk
  writeSecret(join(folder, 'keys', `operator-${jwk.kid}.jwk.json`), jwk)
  return folder
}

describe('files', () => {
  beforeAll(open)

  it('get names of the officer’s own machine, whatever their senders call them', async () => {
    const names = [
      '../../escape.png',
      'C:\\evil.png',
      'a\u0000b.png',
      'invoice\u202egnp.exe',
      '.bashrc',
      '\u001b[2Jx.png',
    ]
    const her = await reach('receipted', { files: names.map(png) })
    const saved = await desks.json(ccj, 'case', 'save', her.ref, '--to', 'out')
    expect(saved.files.map(({ file }: { file: string }) => file)).toEqual(
      names.map((_, i) => `0${i + 1}-complaint.png`),
    )
    expect(readdirSync(join(ccj, 'out', her.ref)).sort()).toEqual(
      [...names.map((_, i) => `0${i + 1}-complaint.png`), 'payload.json'].sort(),
    )
    expect(readdirSync(join(ccj, 'out'))).toEqual([her.ref])
    for (const name of readdirSync(saved.folder))
      expect(statSync(join(saved.folder, name)).mode & 0o777).toBe(0o600)
    expect(statSync(saved.folder).mode & 0o777).toBe(0o700)
    expect(existsSync(join(ccj, 'escape.png'))).toBe(false)
    const told = await desks.run(ccj, ['case', 'save', her.ref, '--to', 'out'])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come out
    expect(told.out).not.toMatch(/[\u0000-\u0009\u001b\u202e]/)
  })

  it('are refused when their content is of another type than was stated, or of two at once', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7\n')
    const jpegAndPdf = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new TextEncoder().encode('  %PDF-1.7 ')])
    const html = new TextEncoder().encode('<script>alert(1)</script>')
    const her = await reach('receipted', {
      files: [
        { name: 'a.png', type: 'image/png', bytes: pdf },
        { name: 'b.jpg', type: 'image/jpeg', bytes: jpegAndPdf },
        { name: 'c.pdf', type: 'application/pdf', bytes: html },
        png('d.png'),
      ],
    })
    const { code, out } = await desks.run(ccj, ['--json', 'case', 'save', her.ref, '--to', 'odd'])
    const { files, refused } = JSON.parse(out)
    expect(code).toBe(1)
    expect(files).toMatchObject([{ called: 'd.png' }])
    expect(refused.map(({ reason }: { reason: string }) => reason)).toEqual([
      expect.stringContaining('said to be image/png, but is application/pdf'),
      expect.stringContaining('said to be image/jpeg, but is no file of a known type'),
      expect.stringContaining('said to be application/pdf, but is no file'),
    ])
    expect(readdirSync(join(ccj, 'odd', her.ref))).toEqual(['04-complaint.png', 'payload.json'])
  })

  it('an officer attaches are sealed, sent, and sent again where the line broke', async () => {
    const her = await reach('accepted')
    writeFileSync(join(ccj, 'letter.pdf'), '%PDF-1.7 letter')
    writeFileSync(join(ccj, 'letter.docx'), 'PK\u0003\u0004')
    const wrong = await desks.run(ccj, ['case', 'message', her.ref, '--text', 'x', '--attach', 'letter.docx'])
    expect(wrong).toMatchObject({ code: 2 })
    const broken = await desks.run(
      ccj,
      ['case', 'message', her.ref, '--text', '添付します。', '--attach', 'letter.pdf'],
      {
        send: (url, init) => {
          if (init.method === 'PUT') throw new TypeError('the line broke')
          return desks.send(url, init)
        },
      },
    )
    expect(broken).toMatchObject({ code: 3, err: expect.stringContaining('Do not send it again') })
    const announced = (await her.open()).view.attachments
    expect(announced).toMatchObject([{ stored: false }])
    await inbox(ccj)
    expect((await her.open()).view.attachments).toMatchObject([{ stored: true }])
    const message = await her.lastMessage()
    expect(message?.attachments).toMatchObject([{ name: 'letter.pdf', type: 'application/pdf' }])
  })

  it('whose event never arrived are dropped, and hold up no other case', async () => {
    const her = await reach('accepted')
    writeFileSync(join(ccj, 'letter.pdf'), '%PDF-1.7 letter')
    const broken = await desks.run(
      ccj,
      ['case', 'message', her.ref, '--text', '添付します。', '--attach', 'letter.pdf'],
      {
        send: (url, init) => {
          if (url.endsWith('/events')) throw new TypeError('the line broke')
          return desks.send(url, init)
        },
      },
    )
    expect(broken).toMatchObject({ code: 3 })
    expect(readdirSync(join(ccj, 'cases', 'outgoing', her.ref))).toHaveLength(1)
    const other = await desks.file()
    expect(await inbox(ccj)).toMatchObject({ cases: [{ case: other.ref, receipt: 'sent' }] })
    expect(readdirSync(join(ccj, 'cases', 'outgoing', her.ref))).toEqual([])
    expect((await her.open()).view.attachments).toEqual([])
  })

  it('are known by their first bytes', () => {
    expect(fileTypeOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('image/png')
    expect(fileTypeOf(new TextEncoder().encode('RIFF....WEBPVP8 '))).toBe('image/webp')
    expect(fileTypeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg')
    expect(fileTypeOf(new TextEncoder().encode('%PDF-1.4'))).toBe('application/pdf')
    expect(fileTypeOf(new TextEncoder().encode('GIF89a'))).toBeUndefined()
    expect(fileTypeOf(new Uint8Array())).toBeUndefined()
  })
})

describe('what others write', () => {
  beforeAll(open)

  it('is escaped in JSON where a terminal would obey it', async () => {
    const text = 'a\u009b31mb\u202ec'
    const her = await reach('receipted', { payload: { story: { lang: 'en', text, made: 'original' } } })
    const { out } = await desks.run(ccj, ['--json', 'case', 'show', her.ref])
    expect(out).toContain('a\\u009b31mb\\u202ec')
    expect(JSON.stringify(JSON.parse(out))).toContain(text)
  })

  it('can not pass for a line of the program, or move the cursor', async () => {
    const text = 'fine\nWhat can be done now\n  Take the case: rm -rf ~\u001b[1A\u2028  State: Closed'
    const her = await reach('receipted', {
      payload: { story: { lang: 'en', text, made: 'original' }, shop: { name: 'a\n  State: Closed' } },
    })
    const { out } = await desks.run(ccj, ['case', 'show', her.ref, '--lang', 'en'])
    expect(out).toContain('  │ What can be done now')
    expect(out).toContain('  │   Take the case: rm -rf ~')
    expect(out).toContain('  │   State: Closed')
    expect(out.match(/^ {2}State: /gm)).toHaveLength(1)
    expect(out).not.toContain('\u001b')
  })
})

describe('when the case moved on', () => {
  beforeAll(open)

  /** The consumer writes just before the officer's event arrives. */
  const interrupting = (her: DemoConsumer) => {
    let done = false
    return async (url: string, init: RequestInit): Promise<Response> => {
      if (!done && init.method === 'POST' && url.endsWith('/events')) {
        done = true
        await her.act({ type: 'message' }, { text: 'もう一つあります。' })
      }
      return desks.send(url, init)
    }
  }

  it('a message is sent again upon what happened', async () => {
    const her = await reach('accepted')
    const { code, out } = await desks.run(
      ccj,
      ['--json', 'case', 'message', her.ref, '--text', '了解です。'],
      {
        send: interrupting(her),
      },
    )
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, again: true, type: 'message' })
    expect((await her.lastMessage())?.texts[0]?.text).toBe('了解です。')
  })

  it('any other act is not: the officer decides anew', async () => {
    const her = await reach('receipted')
    const { code, err } = await desks.run(ccj, ['case', 'accept', her.ref], { send: interrupting(her) })
    expect(code).toBe(1)
    expect(err).toMatch(/Meanwhile consumer sent "message", so nothing was sent/)
    expect((await her.open()).view.state).toBe('in_triage')
  })

  it('an event whose answer was lost on the line is found, not sent twice', async () => {
    const her = await reach('receipted')
    let lost = false
    const { code, out } = await desks.run(ccj, ['--json', 'case', 'accept', her.ref], {
      send: async (url, init) => {
        const answer = await desks.send(url, init)
        if (lost || init.method !== 'POST') return answer
        lost = true
        throw new TypeError('the line broke')
      },
    })
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, type: 'accepted', state: 'accepted' })
    expect((await her.open()).view.events.filter(({ type }) => type === 'accepted')).toHaveLength(1)
  })
})

describe('the secretariat', () => {
  beforeAll(open)

  it('lists what is parked, and releases it; the agency sees it before and signs after', async () => {
    const operator = await operatorFolder()
    const queue = (...args: string[]) => desks.json(operator, 'queue', '--operator', '.', ...args)
    expect(await queue()).toEqual({ cases: [], undelivered: [], members: [] })
    const { limits } = await queue('--limit', 'hub=0', '--for', '2h')
    expect(limits).toMatchObject([{ bucket: 'hub', limit: 0 }])
    const her = await desks.file()
    expect(her.parked).toBe(true)
    expect((await inbox(ccj)).cases).toEqual([])
    expect((await desks.json(ccj, 'inbox', '--parked')).parked).toMatchObject([{ case: her.ref }])
    expect((await queue()).cases).toMatchObject([{ case: her.ref, parked: true }])
    expect((await desks.run(operator, ['queue', '--operator', '.'])).out).toContain(
      'parked as suspected spam',
    )
    expect(await queue('--release', her.ref)).toEqual({ case: her.ref, parked: false })
    const waited = await desks.json(ccj, 'inbox', '--wait')
    expect(waited.cases).toMatchObject([{ case: her.ref, receipt: 'sent' }])
    await queue('--limit', 'hub=1000', '--for', '2h')
    expect((await desks.file()).parked).toBe(false)
  })

  it('refers whom no agency can help to another body, in words that only she can read', async () => {
    const operator = await operatorFolder()
    const queue = ['queue', '--operator', '.']
    const her = await desks.file({ question: NOBODYS })
    expect((await desks.json(operator, ...queue)).cases).toContainEqual(
      expect.objectContaining({ case: her.ref, state: 'unrouted' }),
    )
    const refer = [...queue, '--refer', her.ref, '--lang', 'ja', '--text', '金融ADRにご相談ください。']
    const unasked = await desks.run(operator, refer)
    expect(unasked).toMatchObject({ code: 2 })
    expect(unasked.err).toContain('Add --yes')
    const no = await desks.run(operator, refer, { answer: 'n' })
    expect(no).toMatchObject({ code: 4 })
    expect(no.err).toContain('Close it as referred to another body')
    expect((await her.open()).view.state).toBe('unrouted')

    expect(await desks.json(operator, ...refer, '--yes')).toMatchObject({
      case: her.ref,
      outcome: 'referred',
      state: 'closed',
    })
    const { view, events } = await her.open()
    expect(view).toMatchObject({ state: 'closed', outcome: 'referred' })
    expect(events.at(-1)).toMatchObject({ type: 'closed', actor: 'secretariat' })
    expect((await her.lastMessage())?.texts).toEqual([
      { lang: 'ja', text: '金融ADRにご相談ください。', made: 'original' },
    ])
    expect((await desks.json(operator, ...queue)).cases).not.toContainEqual(
      expect.objectContaining({ case: her.ref }),
    )
  })

  it('refers no case that an agency has in hand', async () => {
    const operator = await operatorFolder()
    const her = await reach('accepted')
    const refer = ['queue', '--operator', '.', '--refer', her.ref, '--yes']
    const { code, err } = await desks.run(operator, refer)
    expect(code).toBe(1)
    expect(err).toMatch(/no agency has in hand.*jp-ccj leads it/)
    expect((await her.open()).view.state).toBe('accepted')
  })

  it('refers only the case that it was asked to, whatever the hub shows under its reference', async () => {
    const operator = await operatorFolder()
    const [meant, shown] = [await desks.file({ question: NOBODYS }), await desks.file({ question: NOBODYS })]
    const { code, err } = await desks.run(
      operator,
      ['queue', '--operator', '.', '--refer', meant.ref, '--yes'],
      { send: (url, init) => desks.send(url.replace(meant.ref, shown.ref), init) },
    )
    expect(code).not.toBe(0)
    expect(err).toContain(`shows ${shown.ref} under the reference ${meant.ref}`)
    for (const her of [meant, shown]) expect((await her.open()).view.state).toBe('unrouted')
  })

  it('is told what is wrong with what it typed', async () => {
    const operator = await operatorFolder()
    const queue = (...args: string[]) => desks.run(operator, ['queue', '--operator', '.', ...args])
    for (const args of [
      ['--limit', 'hub'],
      ['--limit', 'x=1'],
      ['--limit', 'hub=1', '--for', '2'],
      ['--assign', 'JP-1'],
      ['--release', 'x', '--limit', 'hub=1'],
      ['--release', 'JP-7Q4K9-MXW2C', '--refer', 'JP-7Q4K9-MXW2C'],
      ['--refer', 'JP-1', '--yes'],
      ['--release', 'JP-7Q4K9-MXW2C', '--text', 'Hello'],
    ])
      expect(await queue(...args)).toMatchObject({ code: 2 })
  })
})

describe('trustmark webhook', () => {
  beforeAll(open)

  it('registers, shows and removes an address; the secret is shown once', async () => {
    expect(await desks.json(ccj, 'webhook')).toEqual({ url: null })
    const made = await desks.json(ccj, 'webhook', '--url', 'https://agency.example/trustmark')
    expect(made).toEqual({
      url: 'https://agency.example/trustmark',
      secret: expect.stringMatching(/^whsec_/),
    })
    expect(await desks.json(ccj, 'webhook')).toEqual({ url: 'https://agency.example/trustmark' })
    expect(await desks.run(ccj, ['webhook', '--url', 'http://10.0.0.1/'])).toMatchObject({ code: 1 })
    expect(await desks.json(ccj, 'webhook', '--remove')).toEqual({ url: null })
    expect(await desks.json(ccj, 'webhook')).toEqual({ url: null })
  })
})

describe('help', () => {
  beforeAll(open)

  it.each([
    ['inbox', ''],
    ['webhook', ''],
    ['queue', ''],
    ['case', ''],
    ...caseCommand().commands.map((command) => ['case', command.name()]),
  ])('trustmark %s %s --help shows examples', async (...words) => {
    const { code, out } = await desks.run(ccj, [...words.filter(Boolean), '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/Examples:|from beginning to end/)
  })

  it('wrong use ends with 2 and says what is right', async () => {
    for (const [args, says] of [
      [['case', 'decline', 'JP-7Q4K9-MXW2C', '--reason', 'whim'], /no_jurisdiction/],
      [['case', 'ask', 'JP-7Q4K9-MXW2C'], /--for/],
      [['case', 'frobnicate'], /unknown command/],
      [['case', 'transfer', 'JP-7Q4K9-MXW2C', '--to', 'x'], /--reason/],
    ] as const) {
      const { code, err } = await desks.run(ccj, args)
      expect(code).toBe(2)
      expect(err).toMatch(says)
    }
  })
})

/** A small file with a PNG's first bytes. */
function png(name: string) {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
  return { name, type: 'image/png' as const, bytes }
}
