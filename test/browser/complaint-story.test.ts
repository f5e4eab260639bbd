/** A consumer in Japan files once, in Japanese, on a cheap telephone; nobody but the agencies can read a word of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView } from '../../src/dispute/case-view.js'
import type { ComplaintFiling, SealedComplaint } from '../../src/dispute/envelope.js'
import { openAttachment } from '../../src/dispute/sealed/attachment.js'
import { openConsumer } from '../../src/dispute/sealed/consumer.js'
import { openComplaint, openIdentity } from '../../src/dispute/sealed/open-complaint.js'
import { asAgency, readJson } from '../case-play.js'
import {
  ANSWERS,
  type ComplaintScene,
  choose,
  createComplaintScene,
  fillAll,
  fillStep,
  fillToReview,
  next,
  RECORD,
  readNumbers,
  SHOP,
  STORY,
  screenshot,
  send,
  type Visit,
  visit,
  waitFor,
} from './complaint-scene.js'
import { GPS_SENTINEL, makePhoto } from './photo.js'

const DAY = 86_400

let scene: ComplaintScene

beforeAll(async () => {
  scene = await createComplaintScene(['th-dbd', 'th-ocpb', 'jp-ccj', 'vn-vcc', 'vn-ecomviet', 'jp-tradesafe'])
})
afterAll(() => scene?.close())

/** Every spelling in which a text could have left: as it is, escaped in JSON, percent-encoded, in base64. */
function spellings(text: string): string[] {
  const utf8 = Buffer.from(text, 'utf8')
  const json = JSON.stringify(text).slice(1, -1)
  const escaped = [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const base64 = [0, 1, 2].map((shift) =>
    // Whatever stands before it: the middle of the encoding is the same for one of three alignments.
    Buffer.concat([Buffer.alloc(shift, 0x41), utf8])
      .toString('base64')
      .slice(4, -4)
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  )
  return [text, utf8.toString('latin1'), json, escaped, encodeURIComponent(text), ...base64].filter(
    (one) => one.length > 3,
  )
}

/** What she typed and what must never be seen on the way. */
const PRIVATE = [
  STORY.slice(0, 12),
  STORY.slice(-14),
  ANSWERS.order,
  ANSWERS.product,
  ANSWERS.amount,
  '12900',
  ANSWERS.name,
  ANSWERS.email,
  ANSWERS.phone,
  '819012345678',
  'hanako-tanaka',
  '/orders/77',
  'この店です',
  GPS_SENTINEL,
  'kakunin-shashin',
]

function leaks(visitor: Visit, secret = ''): string[] {
  const all = visitor.sent.join('\n')
  return [...PRIVATE, ...(secret ? [secret] : [])].filter((text) =>
    spellings(text).some((spelling) => all.includes(spelling)),
  )
}

const posts = (visitor: Visit, path: string): string[] =>
  visitor.sent.filter((line) => line.startsWith('POST') && line.includes(path))

test('the search for what leaked finds it in every spelling', () => {
  const found = (...sent: string[]): string[] => leaks({ sent } as Visit)
  const encoded = Buffer.from(`{"a":"${ANSWERS.email}"}`).toString('base64url')
  for (const sent of [
    JSON.stringify({ name: ANSWERS.name }),
    Buffer.from(ANSWERS.product).toString('latin1'),
    `?q=${encodeURIComponent(ANSWERS.name)}`,
    encoded,
  ])
    expect(found(sent), sent).toHaveLength(1)
  expect(found('nothing of hers')).toEqual([])
})

describe('a consumer in Japan', () => {
  test('files against a Thai shop; the agencies can read it, and nothing left in clear', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    expect(await page.locator('.found').innerText()).toContain('DBD Registered')
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await fillStep.contact(visitor)
    await next(visitor, texts.claim.title)
    await fillStep.claim(visitor)
    await page.locator('#files').setInputFiles([
      { name: 'kakunin-shashin.JPG', mimeType: 'image/jpeg', buffer: await makePhoto(page) },
      { name: 'keiyaku.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 small but honest') },
    ])
    await expect.poll(() => page.locator('.files li').count()).toBe(2)
    await next(visitor, texts.you.title)
    await fillStep.you(visitor)
    await next(visitor, texts.review.title)
    await page.locator('#consent').waitFor()
    const shown = await page.locator('.stage').innerText()
    expect(shown).toContain('国民生活センター')
    expect(shown).toContain('タイ消費者保護委員会事務局')
    expect(shown).toContain('R20')
    // She agreed: the partner gets who she is, and is told so before she sends.
    const lead = shown.match(
      /(.*)が共有したあとに読めるもの：苦情とファイル。ショップに連絡するために、氏名と連絡先も読めます。/,
    )
    expect(lead, shown).not.toBeNull()
    expect(shown).not.toContain('氏名と連絡先は読めません')
    expect(shown).toContain(`DBD Registered`)
    expect(shown).toContain(`(${RECORD})`)
    expect(shown).toContain('7,000 THBから35,000 THBまで')
    const { references, secret } = await send(visitor)
    expect(secret).toMatch(/^\d{24}$/)
    expect(references).toEqual([expect.stringMatching(/^JP-/)])
    expect(visitor.faults).toEqual([])
    expect(leaks(visitor, secret)).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    expect(scene.t.reported).toEqual([])

    const reference = references[0]!
    const ccj = scene.members['jp-ccj']!
    const { envelope } = await readJson<{ envelope: SealedComplaint }>(
      await asAgency(scene, 'jp-ccj').request(`/v1/cases/${reference}/envelope`),
    )
    const { payload } = await openComplaint(envelope.complaint, ccj.encPrivate)
    const { payload: identity } = await openIdentity(envelope.identity, ccj.encPrivate)
    expect(payload).toMatchObject({
      shop: { url: `https://${SHOP}` },
      transaction: {
        orderNo: ANSWERS.order,
        date: '2026-10-20',
        paid: { amount: '12900', currency: 'THB' },
        paymentMethod: 'card',
        product: ANSWERS.product,
      },
      contacted: { date: '2026-11-01', channel: 'email', result: 'no_answer' },
      remedy: { sought: ['refund'] },
      story: { lang: 'ja', text: STORY, made: 'original' },
      conveyIdentity: true,
    })
    expect(identity).toEqual({ v: 1, name: ANSWERS.name, email: ANSWERS.email, phone: ANSWERS.phone })
    const ocpb = scene.members['th-ocpb']!
    expect((await openComplaint(envelope.complaint, ocpb.encPrivate)).payload).toEqual(payload)
    await expect(openIdentity(envelope.identity, ocpb.encPrivate)).rejects.toMatchObject({
      code: 'not-a-recipient',
    })

    const files = await Promise.all(
      payload.attachments.map(async (key) => {
        const answer = await asAgency(scene, 'jp-ccj').request(`/v1/cases/${reference}/attachments/${key.id}`)
        expect(answer.status).toBe(200)
        return openAttachment(new Uint8Array(await answer.arrayBuffer()), key)
      }),
    )
    const [photo, pdf] = files.map((bytes) => Buffer.from(bytes).toString('latin1'))
    expect(payload.attachments.map(({ name, type }) => [name, type])).toEqual([
      ['kakunin-shashin.jpg', 'image/jpeg'],
      ['keiyaku.pdf', 'application/pdf'],
    ])
    expect(photo!.slice(0, 3)).toBe('\xff\xd8\xff')
    expect(photo).not.toContain('Exif')
    expect(photo).not.toContain(GPS_SENTINEL)
    expect(pdf).toBe('%PDF-1.7 small but honest')

    // With reference and secret alone she opens it again.
    const filing = JSON.parse(
      posts(visitor, '/v1/complaints')[0]!.replace(/^.*?\} (?=\{"v")/, ''),
    ) as ComplaintFiling
    const herself = await openConsumer(reference, secret, filing.consumer.sealed)
    const view = await readJson<CaseView>(
      await scene.request(`/v1/cases/${reference}`, {
        headers: { Authorization: `Bearer ${herself.accessKey}` },
      }),
    )
    expect(view).toMatchObject({ role: 'consumer', state: 'received', lead: 'jp-ccj', partner: 'th-ocpb' })
    expect(view.attachments.every(({ stored }) => stored)).toBe(true)
    await page.locator('#kept').check()
    await page.getByRole('link', { name: texts.done.open }).click()
    await page.waitForURL(/\/ja\/case/)
    await visitor.close()
  })

  test('comes from the page of the shop’s record, which is filled in', async () => {
    const visitor = await visit(scene, 'ja', { search: `?record=${encodeURIComponent(RECORD)}` })
    await visitor.page.locator('.found').waitFor()
    expect(await visitor.page.locator('.found').innerText()).toContain(SHOP)
    await visitor.page.goto(`${scene.origin}/ja/verify?q=${SHOP}&for=JP`)
    await visitor.page.getByRole('link', { name: visitor.texts.page.aboutShop }).click()
    await visitor.page.locator('.found').waitFor()
    expect(new URL(visitor.page.url()).searchParams.get('record')).toBe(RECORD)
    await visitor.close()
  })

  test('who edits the shop’s address and takes it back is asked to look it up again, and keeps the record', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await page.locator('#shopText').press('End')
    await page.locator('#shopText').press('x')
    await page.locator('#shopText').press('Backspace')
    expect(await page.locator('#shopText').inputValue()).toBe(ANSWERS.shop)
    await page.getByRole('button', { name: texts.shop.lookUp }).click()
    await page.locator('.found').waitFor()
    expect(await page.locator('.found').innerText()).toContain('DBD Registered')
    await next(visitor, texts.problem.title)
    await visitor.close()
  })

  test('who pastes the same address over itself loses nothing', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await page.locator('#shopText').fill(ANSWERS.shop)
    expect(await page.locator('.found').innerText()).toContain('DBD Registered')
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    const early = posts(visitor, '/v1/route-quotes').length
    await next(visitor, texts.purchase.title)
    const asked = posts(visitor, '/v1/route-quotes').slice(early)
    expect(asked.join('\n')).toContain(RECORD)
    await visitor.close()
  })

  test('keeps the numbers as text and as a picture', async () => {
    const visitor = await visit(scene, 'ja', { permissions: ['clipboard-read', 'clipboard-write'] })
    const { page, texts } = visitor
    await fillToReview(visitor)
    const { references, secret } = await send(visitor)
    await page.getByRole('button', { name: texts.done.keep.copy, exact: true }).click()
    await page.getByText(texts.done.keep.copied).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain(references[0])
    expect(copied.replace(/\s/g, '')).toContain(secret)
    await page.getByRole('button', { name: texts.done.keep.picture }).click()
    const width = page
      .locator('.keep-safe img')
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
    expect(await width).toBe(1080)
    expect(await page.locator('.keep-safe a[download]').getAttribute('download')).toBe(`${references[0]}.png`)
    await page.getByRole('link', { name: texts.done.open }).click()
    expect(await page.locator('#kept-fault').innerText()).toBe(texts.done.needKept)
    expect(page.url()).toContain('/ja/complaint')
    await visitor.close()
  })

  test('in LINE’s own browser gets a picture to press, and no button that does nothing there', async () => {
    const userAgent =
      'Mozilla/5.0 (Linux; Android 9; SM-J260G) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 Line/11.1.0/IAB'
    const visitor = await visit(scene, 'ja', { userAgent })
    const { page, texts } = visitor
    await fillToReview(visitor)
    await send(visitor)
    await page.getByRole('button', { name: texts.done.keep.picture }).click()
    await page.locator('.keep-safe img').waitFor()
    expect(await page.getByRole('button', { name: texts.done.keep.print }).count()).toBe(0)
    expect(await page.locator('.keep-safe a[download]').count()).toBe(0)
    await visitor.close()
  })

  test('whose line broke while sending sends the same again, and it is filed once', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillToReview(visitor)
    const bodies: string[] = []
    // The hub takes it; the answer never comes back.
    await page.route('**/v1/complaints', async (route) => {
      bodies.push(route.request().postData() ?? '')
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.locator('#consent').check()
    await page.locator('.stage button[type=submit]').click()
    await waitFor(visitor, texts.sending.unsure)
    const early = await readNumbers(visitor)
    await page.unroute('**/v1/complaints')
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/complaints')) bodies.push(request.postData() ?? '')
    })
    await page.getByRole('button', { name: texts.form.tryAgain }).click()
    await waitFor(visitor, texts.done.title)
    expect(await readNumbers(visitor)).toEqual(early)
    expect(bodies.length).toBeGreaterThan(3)
    expect(new Set(bodies).size).toBe(1)
    const events = await scene.t.hub.cases.store.events(early.references[0]!)
    expect(events.map(({ type }) => type)).toEqual(['created'])
    await visitor.close()
  })

  test('whose file did not arrive sends that file again', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillToReview(visitor)
    for (let i = 0; i < 2; i += 1) await page.getByRole('button', { name: texts.form.back }).click()
    await waitFor(visitor, texts.claim.title)
    expect(await page.locator('#story').inputValue()).toBe(STORY)
    await page
      .locator('#files')
      .setInputFiles([{ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a') }])
    await page.locator('.files li').waitFor()
    await next(visitor, texts.you.title)
    await next(visitor, texts.review.title)
    await page.route('**/attachments/*', (route) => route.abort())
    await page.locator('#consent').check()
    await page.locator('.stage button[type=submit]').click()
    await waitFor(visitor, texts.sending.filesLeft)
    expect(await page.locator('.stage').innerText()).toContain('a.pdf')
    await page.unroute('**/attachments/*')
    await page.getByRole('button', { name: texts.form.tryAgain }).click()
    await waitFor(visitor, texts.done.title)
    const { references } = await readNumbers(visitor)
    const [file] = await scene.t.hub.cases.store.attachments(references[0]!)
    expect(file?.stored).toBe(true)
    await visitor.close()
  })

  test('who taps the button twice files once', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillToReview(visitor)
    await page.locator('#consent').check()
    await page.locator('.stage button[type=submit]').dblclick()
    await waitFor(visitor, texts.done.title)
    expect(posts(visitor, '/v1/complaints')).toHaveLength(1)
    await visitor.close()
  })

  test('who thought it over for an hour is sent by a fresh quote; if it leads elsewhere, she looks again', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillToReview(visitor)
    scene.t.tick(3600)
    await page.clock.setFixedTime(scene.now() * 1000)
    await page.route('**/v1/route-quotes', async (route) => {
      // Meanwhile the shop is somewhere else: another partner reaches it.
      const asked = { ...route.request().postDataJSON(), record: undefined, purchaseUrl: undefined }
      await route.continue({ postData: JSON.stringify({ ...asked, merchantCountry: 'VN' }) })
    })
    await page.locator('#consent').check()
    await page.locator('.stage button[type=submit]').click()
    await page.getByText(texts.sending.rerouted).waitFor()
    expect(posts(visitor, '/v1/complaints')).toEqual([])
    expect(await page.locator('#consent').isChecked()).toBe(false)
    await page.unroute('**/v1/route-quotes')
    const { references } = await send(visitor)
    expect((await scene.t.hub.cases.store.find(references[0]!))?.status.partner).toBe('vn-vcc')
    await visitor.close()
  })

  test('is offered mails only by a hub that sends some, and the address is kept only if she asks', async () => {
    const closed = new Map<string, string>()
    const mailing = await createComplaintScene(['th-dbd', 'th-ocpb', 'jp-ccj'], {
      mail: {
        send: async () => undefined,
        seal: {
          close: async (address) => {
            closed.set(`closed-${closed.size}`, address)
            return `closed-${closed.size - 1}`
          },
          open: async (text) => closed.get(text) ?? '',
        },
      },
    })
    const visitor = await visit(mailing, 'ja')
    await fillAll(visitor)
    await visitor.page.getByRole('button', { name: visitor.texts.form.back }).click()
    await visitor.page.locator('#wantsMail').check()
    await next(visitor, visitor.texts.review.title)
    await visitor.page.locator('#consent').waitFor()
    const { references } = await send(visitor)
    const address = await mailing.t.hub.cases.store.address(references[0]!)
    expect(closed.get(address?.address ?? '')).toBe(ANSWERS.email)
    expect(address?.lang).toBe('ja')
    await visitor.close()
    await mailing.close()

    const other = await visit(scene, 'ja')
    await fillToReview(other)
    await other.page.getByRole('button', { name: other.texts.form.back }).click()
    await waitFor(other, other.texts.you.title)
    expect(await other.page.locator('#wantsMail').count()).toBe(0)
    await other.close()
  })

  test('is told about files that can’t be attached', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await fillStep.contact(visitor)
    await next(visitor, texts.claim.title)
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    await page.locator('#files').setInputFiles([
      { name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: heic },
      { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('PK\x03\x04 an archive') },
      { name: 'torn.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
      { name: 'none.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
      {
        name: 'big.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10 * 1024 * 1024)]),
      },
    ])
    const { fileFaults } = texts.claim
    const news = page.locator('.file-news')
    for (const [name, fault] of [
      ['IMG_1.HEIC', fileFaults.heic],
      ['photo.jpg', fileFaults.type],
      ['torn.png', fileFaults.unreadable],
      ['none.pdf', fileFaults.empty],
      ['big.pdf', fileFaults['too-large']],
    ] as const)
      await news.getByText(fault.replace('{name}', name)).waitFor()
    expect(await page.locator('.files li').count()).toBe(0)
    await visitor.close()
  })

  test('who never wrote to the shop gets a letter in Thai, and goes on by one click when its time is over', async () => {
    const visitor = await visit(scene, 'ja', { permissions: ['clipboard-read', 'clipboard-write'] })
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await choose(visitor, 'contacted', 'no')
    await next(visitor, texts.letter.title)
    await choose(visitor, 'remedies', 'refund')
    const letter = page.locator('.letter')
    expect(await letter.getAttribute('lang')).toBe('th')
    expect(await letter.innerText()).toMatch(/[\u0e00-\u0e7f]{20}/)
    expect(await letter.innerText()).toContain(ANSWERS.order)
    expect(await letter.innerText()).toContain('ศูนย์ผู้บริโภคข้ามพรมแดน')
    expect(await page.locator('.stage').innerText()).toContain('2026年12月3日')
    const mail = await page.getByRole('link', { name: texts.letter.mail }).getAttribute('href')
    expect(mail).toMatch(/^mailto:contact%40somjai-silk\.example\?subject=.+&body=.+/)
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await page.locator('#keep').check()
    const link = (await page.locator('.stage a[href$="#resume"]').getAttribute('href'))!
    expect(leaks(visitor)).toEqual([])

    await page.goto('about:blank')
    await page.goto(link)
    await waitFor(visitor, texts.letter.waitTitle)
    expect(await page.getByRole('button', { name: texts.letter.noAnswer }).count()).toBe(0)
    scene.t.tick(11 * DAY)
    await page.clock.setFixedTime(scene.now() * 1000)
    await page.goto('about:blank')
    await page.goto(link)
    await page.getByRole('button', { name: texts.letter.noAnswer }).click()
    await waitFor(visitor, texts.claim.title)
    expect(await page.locator('input[value=refund]').isChecked()).toBe(true)
    await fillStep.claim(visitor)
    await next(visitor, texts.you.title)
    await fillStep.you(visitor)
    await next(visitor, texts.review.title)
    await page.locator('#consent').waitFor()
    await send(visitor)
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect(leaks(visitor)).toEqual([])
    await visitor.close()
  })

  test('may say that the shop can’t be reached', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await choose(visitor, 'contacted', 'unreachable')
    await page.locator('#contactChannel').selectOption('phone')
    await next(visitor, texts.claim.title)
    await visitor.close()
  })

  test('who met a forged mark files a report and a claim, each with its reference and one secret', async () => {
    await scene.publishRegister()
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await page.locator('#consumerCountry').selectOption('JP')
    await page.locator('#shopText').fill('https://forged-mark.example/')
    await page.getByRole('button', { name: texts.shop.lookUp }).click()
    await page.getByText(texts.shop.notFound).waitFor()
    await page.locator('#merchantCountry').selectOption('TH')
    await page.locator('#markShown').selectOption('th-dbd')
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.purchase.title)
    await fillStep.purchase(visitor)
    await next(visitor, texts.contact.title)
    await fillStep.contact(visitor)
    await next(visitor, texts.claim.title)
    await fillStep.claim(visitor)
    await next(visitor, texts.you.title)
    await fillStep.you(visitor)
    await next(visitor, texts.review.title)
    await page.locator('#chooseLinked').waitFor()
    await screenshot(visitor, 'ja-phone-forged')
    const { references, secret } = await send(visitor)
    expect(references).toHaveLength(2)
    const rows = await Promise.all(references.map((ref) => scene.t.hub.cases.store.find(ref)))
    expect(rows.map((row) => [row?.meta.kind, row?.status.lead])).toEqual([
      ['mark_misuse', 'th-dbd'],
      ['complaint', 'jp-ccj'],
    ])
    for (const [i, row] of rows.entries()) {
      const { access, sealed } = row!.consumer!
      expect((await openConsumer(references[i]!, secret, sealed)).keys.access).toBe(access)
    }
    await visitor.close()
  })

  test('for whom no agency matches is told of the queue, and only she can open it', async () => {
    const visitor = await visit(scene, 'ja')
    const { page, texts } = visitor
    await page.locator('#consumerCountry').selectOption('JP')
    await page.locator('#shopUnknown').check()
    await page.locator('#shopName').fill('どこかの店')
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor, { claim: 'mark_misuse' })
    await next(visitor, texts.purchase.title)
    await next(visitor, texts.claim.title)
    await choose(visitor, 'remedies', 'info')
    await page.locator('#story').fill(STORY)
    await next(visitor, texts.you.title)
    await fillStep.you(visitor)
    await next(visitor, texts.review.title)
    await page.getByText(texts.review.queueTitle).waitFor()
    const { references, secret } = await send(visitor)
    expect(await page.locator('.stage').innerText()).toContain(texts.done.nextQueue)
    const row = await scene.t.hub.cases.store.find(references[0]!)
    expect(row?.status).toMatchObject({ state: 'unrouted', lead: null })
    const envelope = await scene.t.hub.cases.store.envelope(references[0]!)
    expect(envelope?.complaint.recipients).toHaveLength(1)
    const { encPrivate } = await openConsumer(references[0]!, secret, row!.consumer!.sealed)
    expect((await openComplaint(envelope!.complaint, encPrivate)).payload.shop.name).toBe('どこかの店')
    await visitor.close()
  })
})

describe('who can not file here', () => {
  test('lives where the shop is: gets the hotline, and nothing is sent', async () => {
    const visitor = await visit(scene, 'th')
    const { page, texts } = visitor
    await fillStep.shop(visitor, { country: 'TH' })
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await next(visitor, texts.exit.referralTitle)
    const shown = await page.locator('.stage').innerText()
    expect(shown).toContain('1166')
    expect(shown).toContain(texts.exit.nothingSent)
    expect(await page.locator('.referrals a[href^="tel:"]').count()).toBeGreaterThan(0)
    expect(posts(visitor, '/v1/complaints')).toEqual([])
    await page.getByRole('button', { name: texts.exit.changed }).click()
    await waitFor(visitor, texts.problem.title)
    await visitor.close()
  })

  test('is under 18: is asked for nothing more, and told who helps', async () => {
    const visitor = await visit(scene, 'vi')
    const { page, texts } = visitor
    await fillStep.shop(visitor, { country: 'VN' })
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await choose(visitor, 'minor', 'yes')
    await next(visitor, texts.exit.minorTitle)
    expect(await page.locator('.stage input, .stage textarea').count()).toBe(0)
    expect(await page.locator('.stage').innerText()).toContain(texts.exit.minorSays)
    await visitor.close()
  })

  test('already went to court: is told why', async () => {
    const visitor = await visit(scene, 'en')
    const { page, texts } = visitor
    await fillStep.shop(visitor)
    await next(visitor, texts.problem.title)
    await fillStep.problem(visitor)
    await choose(visitor, 'otherProceedings', 'yes')
    await next(visitor, texts.exit.declineTitle)
    expect(await page.locator('.stage li').count()).toBeGreaterThan(0)
    await visitor.close()
  })
})

describe('a hub that lies', () => {
  /** Answers of the hub, bent on their way to her. */
  async function bend(visitor: Visit, path: string, change: (body: string) => string): Promise<void> {
    await visitor.page.route(path, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: change(await response.text()) })
    })
  }

  test('can’t put its own key among the recipients', async () => {
    const visitor = await visit(scene, 'ja')
    const { texts, page } = visitor
    const strange = scene.members['jp-tradesafe']!.keys.enc[0]!.kid
    await bend(visitor, '**/v1/route-quotes', (body) =>
      body.replaceAll(scene.members['jp-ccj']!.keys.enc[0]!.kid, strange),
    )
    await fillAll(visitor)
    await page.getByText(texts.errors.untrusted).waitFor()
    expect(await page.locator('#consent').count()).toBe(0)
    expect(leaks(visitor)).toEqual([])
    await visitor.close()
  }, 90_000)

  test('can’t show an admission that the operator did not sign', async () => {
    const visitor = await visit(scene, 'ja')
    const { texts, page } = visitor
    await bend(visitor, '**/v1/members/jp-ccj', (body) => {
      const member = JSON.parse(body) as { admission: { statement: string } }
      const parts = member.admission.statement.split('.')
      const claims = JSON.parse(Buffer.from(parts[1]!, 'base64url').toString()) as {
        admission: { keys: { enc: unknown[] } }
      }
      claims.admission.keys.enc = scene.members['jp-tradesafe']!.keys.enc
      parts[1] = Buffer.from(JSON.stringify(claims)).toString('base64url')
      return JSON.stringify({ ...member, admission: { ...member.admission, statement: parts.join('.') } })
    })
    await fillAll(visitor)
    await page.getByText(texts.errors.untrusted).waitFor()
    expect(posts(visitor, '/v1/complaints')).toEqual([])
    await visitor.close()
  }, 90_000)
})

test('on a telephone six times slower than this machine it still works', async () => {
  const visitor = await visit(scene, 'ja')
  const session = await visitor.page.context().newCDPSession(visitor.page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await fillToReview(visitor)
  await send(visitor)
  await visitor.close()
}, 120_000)

describe('without scripts', () => {
  test.each(['en', 'th', 'vi', 'ja'] as const)(
    '%s shows addresses and hotlines, and no form',
    async (lang) => {
      const visitor = await visit(scene, lang, { javaScriptEnabled: false })
      const { page, texts } = visitor
      await screenshot(visitor, `${lang}-no-script`)
      const shown = await page.locator('main').innerText()
      expect(shown).toContain(texts.page.noScript)
      expect(shown).toContain('1166')
      expect(shown).toContain('1800.6838')
      expect(shown).toContain('www.ccj.kokusen.go.jp')
      expect(await page.locator('main :is(input, textarea, select, form)').count()).toBe(0)
      await visitor.close()
    },
  )
})
