/** The consumer's side of a case in a real browser: the whole story, its other ends, and what can go wrong on the way. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../src/alliance/text.js'
import { createFormats } from '../../src/browser/kit/formats.js'
import { fill } from '../../src/browser/kit/words.js'
import { createCaseSecret, readCaseSecret } from '../../src/dispute/case-reference.js'
import type { CaseView } from '../../src/dispute/case-view.js'
import type { QuoteClaims } from '../../src/dispute/envelope.js'
import { recoveryCheck } from '../../src/dispute/recovery-check.js'
import { openAttachment } from '../../src/dispute/sealed/attachment.js'
import { hashEnvelope, quoteRecipients } from '../../src/dispute/sealed/envelope-aad.js'
import { openMessage } from '../../src/dispute/sealed/message.js'
import { openSealed } from '../../src/dispute/sealed/open-complaint.js'
import { sealComplaint } from '../../src/dispute/sealed/seal-complaint.js'
import { signCaseEvent } from '../../src/dispute/sealed/sign-case.js'
import { caseTexts } from '../../src/dispute/texts/case-texts.js'
import { sweepCases } from '../../src/hub/cases/sweep-cases.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { formatAllianceId, formatEntityId } from '../../src/record/record.js'
import { readPayload } from '../../src/trust/jws.js'
import { asAgency, asOperator, type Filed, fileCase, json, readJson } from '../case-play.js'
import { recordClaims, signRecord, signStanding } from '../hub-fixture.js'
import {
  type CaseScene,
  createCaseScene,
  DESK,
  follow,
  officer,
  openCasePage,
  openHerCase,
  PHONE,
  screenshot,
  typeNumbers,
  type Visit,
  visit,
} from './case-scene.js'
import { ANSWERS, fillToReview, visit as openComplaintForm, SHOP, STORY, send } from './complaint-scene.js'
import { overflow, violations } from './look.js'

const DAY = 86_400
let scene: CaseScene

beforeAll(async () => {
  scene = await createCaseScene(['jp-ccj', 'th-ocpb', 'vn-vcc', 'th-dbd'])
  const claims = recordClaims(scene.members['th-dbd']!, scene.now(), {
    url: `https://${SHOP}`,
    origin: scene.origin,
  })
  await scene.t.push(await signRecord(scene.members['th-dbd']!, claims))
})
afterAll(async () => {
  await scene?.close()
})

/** A small picture, as a telephone's gallery gives one. */
const PICTURE = {
  name: 'box.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
    'base64',
  ),
}

const main = (page: Page): Promise<string> => page.locator('main').innerText()
/** The news, spoken and shown at the foot of the screen. */
const said = async (page: Page, text: string): Promise<void> => {
  await page.locator('.news', { hasText: text }).waitFor()
}
const look = async ({ page }: Visit, lang: Language): Promise<void> => {
  await page.getByRole('button', { name: TEXTS[lang].case.refresh }).click()
  await said(page, TEXTS[lang].case.news)
}

/** What nobody but the parties may read, in any form in which it could have been sent. */
function leaks({ sent }: Visit, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((text) => [
    Buffer.from(text).toString('latin1'),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    [...text]
      .map((c) => (c.charCodeAt(0) > 126 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c))
      .join(''),
    Buffer.from(text).toString('base64url').slice(0, -2),
  ])
  return forms.filter((form) => sent.some((request) => request.includes(form)))
}

/** A consumer in Japan files through the page for complaints, and goes from there to her case. */
async function fileInBrowser() {
  const form = await openComplaintForm(scene, 'ja')
  const { page, sent, faults, close } = form
  await fillToReview(form)
  const { references, secret } = await send(form)
  const ref = references[0]!
  await page.locator('#kept').check()
  await page.getByRole('link', { name: form.texts.done.open }).click()
  await typeNumbers(page, { ref, secret })
  const { consumer } = await asAgency(scene, 'jp-ccj').view(ref)
  const filed = { ref, secret, consumer: { keys: consumer } }
  return { page, context: page.context(), sent, faults, close, filed }
}

describe('a consumer in Japan and a shop in Thailand', () => {
  test('the whole story: asked, answered with a picture, an offer from the shop, accepted, resolved', async () => {
    const t = TEXTS.ja.case
    const labels = caseTexts('ja')
    const her = await fileInBrowser()
    const { page, filed } = her
    const [ccj, ocpb] = [officer(scene, 'jp-ccj', filed), officer(scene, 'th-ocpb', filed)]
    expect(await main(page)).toContain(t.stages.received.title)
    expect(await main(page)).toContain('国民生活センター越境消費者センター（日本）')
    expect(await main(page)).not.toContain(t.untrusted.title)
    await screenshot(her, 'received-ja-phone')

    await ccj.receipt(filed.ref)
    await ccj.send(filed.ref, { type: 'accepted' })
    await ccj.send(
      filed.ref,
      { type: 'info_requested', asks: ['photographs', 'order_number'] },
      ccj.words({
        texts: [{ lang: 'ja', text: '届いた箱の写真と注文番号をお送りください。', made: 'original' }],
      }),
    )
    await look(her, 'ja')
    expect(await main(page)).toContain(t.stages.needs_info.title)
    expect(await main(page)).toContain('届いた箱の写真と注文番号をお送りください。')
    expect(await main(page)).toContain(labels.infoRequests.photographs)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(her, 'question-ja-phone')

    const answer = '箱は空でした。注文番号はA-1017です。'
    await page.locator('#answer-text').fill(answer)
    await page.locator('#answer-files').setInputFiles([PICTURE])
    await page.locator('.files li').waitFor()
    await screenshot(her, 'answer-ja-phone')
    await page.getByRole('button', { name: t.answer.send }).click()
    await said(page, t.answer.sent)
    expect(await main(page)).toContain(t.stages.accepted.title)
    expect(await main(page)).toContain(answer)
    expect(await page.locator('#answer-text').count()).toBe(0)
    expect(await readAnswer(filed, ccj)).toEqual({ text: answer, isPicture: true })

    await ccj.send(filed.ref, { type: 'shared' })
    await ocpb.receipt(filed.ref)
    await ocpb.send(filed.ref, { type: 'partner_accepted' })
    await ocpb.send(filed.ref, { type: 'merchant_notified' })
    await look(her, 'ja')
    expect(await main(page)).toContain(t.stages.merchant_notified.title)
    expect(await main(page)).toContain('タイ消費者保護委員会事務局（タイ）')

    await ocpb.send(
      filed.ref,
      { type: 'merchant_responded', result: 'offers' },
      ocpb.words(
        {
          texts: [
            { lang: 'th', text: 'ทางร้านขออภัยและจะคืนเงินเต็มจำนวน', made: 'original' },
            { lang: 'ja', text: 'お詫びし、全額を返金いたします。', made: 'machine' },
          ],
          merchant: {
            result: 'offers',
            remedy: 'refund',
            amount: { amount: '1290.00', currency: 'THB' },
          },
        },
        'jp-ccj',
        'th-ocpb',
      ),
    )
    await ccj.send(
      filed.ref,
      { type: 'offer_made', performed: true },
      ccj.words(
        {
          texts: [{ lang: 'ja', text: 'ショップは全額の返金を申し出ています。', made: 'original' }],
          offer: {
            remedy: 'refund',
            amount: { amount: '1290.00', currency: 'THB' },
            until: '2026-12-12',
          },
        },
        'th-ocpb',
      ),
    )
    await look(her, 'ja')
    expect(await main(page)).toContain(t.stages.offer.title)
    const thai = page.locator('.timeline .beside blockquote[lang=th]')
    const japanese = page.locator('.timeline .beside .made-machine blockquote[lang=ja]')
    expect(await thai.innerText()).toBe('ทางร้านขออภัยและจะคืนเงินเต็มจำนวน')
    expect(await japanese.innerText()).toBe('お詫びし、全額を返金いたします。')
    expect(await main(page)).toContain(t.timeline.machine)
    expect(await main(page)).toContain('1,290.00 THB')
    expect(await main(page)).toContain(fill(t.timeline.until, { day: '2026年12月12日' }))
    expect(await violations(page)).toEqual([])
    await screenshot(her, 'offer-ja-phone')
    await page.setViewportSize(DESK)
    await screenshot(her, 'offer-ja-desk')
    await page.setViewportSize(PHONE)

    await page.getByRole('button', { name: t.offer.accept }).click()
    await page.getByRole('button', { name: t.offer.acceptConfirm }).click()
    await said(page, t.offer.sent)
    expect(await main(page)).toContain(t.stages.closed.title)
    expect(await main(page)).toContain(labels.outcomes.resolved)
    expect(await main(page)).toContain(fill(t.status.erases, { day: '2027年2月20日' }))

    await page.locator('.choice', { hasText: labels.ratings.resolved }).click()
    await page.getByRole('button', { name: t.rate.send, exact: true }).click()
    await said(page, t.rate.sent)
    expect((await ccj.view(filed.ref)).rating).toBe('resolved')
    expect(await violations(page)).toEqual([])
    await screenshot(her, 'resolved-ja-phone')

    expect(her.faults).toEqual([])
    expect(leaks(her, [answer, filed.secret, STORY, ANSWERS.name, ANSWERS.email, ANSWERS.order])).toEqual([])
    // The search itself works: the reference is no secret and stands in addresses.
    expect(leaks(her, [filed.ref])).not.toEqual([])
    expect(page.url()).not.toContain(filed.ref)
    expect(await stored(page)).toEqual({ local: 0, session: 0, cookies: '' })
    await her.close()
  })

  test('the partner declines with its reason, the lead closes, and she reads why', async () => {
    const t = TEXTS.ja.case
    const labels = caseTexts('ja')
    const filed = await fileCase(scene)
    const [ccj, ocpb] = [officer(scene, 'jp-ccj', filed), officer(scene, 'th-ocpb', filed)]
    await ccj.receipt(filed.ref)
    await ccj.send(filed.ref, { type: 'accepted' })
    await ccj.send(filed.ref, { type: 'shared' })
    await ocpb.receipt(filed.ref)
    await ocpb.send(
      filed.ref,
      { type: 'partner_declined', reason: 'merchant_unidentifiable' },
      ocpb.words(
        {
          texts: [
            { lang: 'th', text: 'ไม่พบผู้ประกอบการตามที่อยู่', made: 'original' },
            { lang: 'ja', text: '住所に事業者が見つかりませんでした。', made: 'human' },
          ],
        },
        'jp-ccj',
      ),
    )
    const her = await visit(scene, 'ja-JP', DESK)
    const { page } = her
    await openHerCase(scene, her, 'ja', filed)
    expect(await main(page)).toContain(t.stages.partner_declined.title)
    expect(await main(page)).toContain(
      fill(t.timeline.reason, { reason: labels.declineReasons.merchant_unidentifiable }),
    )
    expect(await main(page)).toContain('住所に事業者が見つかりませんでした。')
    expect(await main(page)).toContain(t.timeline.human)
    await screenshot(her, 'declined-ja-desk')

    await ccj.send(
      filed.ref,
      { type: 'closed', outcome: 'not_resolved' },
      ccj.words({
        texts: [{ lang: 'ja', text: 'カード会社にご相談ください。', made: 'original' }],
      }),
    )
    await look(her, 'ja')
    expect(await main(page)).toContain(t.stages.closed.title)
    expect(await main(page)).toContain(labels.outcomes.not_resolved)
    expect(await main(page)).toContain('カード会社にご相談ください。')

    await page.getByText(t.reopen.title, { exact: true }).click()
    await page.locator('#reopen-text').fill('ショップの新しい住所がわかりました。')
    await page.getByRole('button', { name: t.reopen.send }).click()
    await said(page, t.reopen.sent)
    expect(await main(page)).toContain(t.stages.in_triage.title)
    expect(await page.getByText(t.reopen.title, { exact: true }).count()).toBe(0)

    await page.getByText(t.withdraw.title, { exact: true }).click()
    await page.getByRole('button', { name: t.withdraw.ask }).click()
    await page.getByRole('button', { name: t.withdraw.confirm }).click()
    await said(page, t.withdraw.sent)
    expect(await main(page)).toContain(labels.outcomes.withdrawn)
    expect(her.faults).toEqual([])
    await her.close()
  })
})

describe('a consumer in Thailand and a shop in Japan', () => {
  test('reads and answers in Thai, lets her name be conveyed, and keeps everything', async () => {
    const t = TEXTS.th.case
    const filed = await fileCase(scene, {
      question: { consumerCountry: 'TH', merchantCountry: 'JP', lang: 'th', currency: 'JPY' },
      complaint: { story: { lang: 'th', text: 'สั่งชาเขียวแต่ไม่ได้รับของ', made: 'original' } },
      identity: { v: 1, name: 'สมหญิง ใจดี', email: 'somying@consumer.example' },
    })
    expect([filed.claims.quote.lead, filed.claims.quote.partner]).toEqual(['th-ocpb', 'jp-ccj'])
    const [ocpb, ccj] = [officer(scene, 'th-ocpb', filed), officer(scene, 'jp-ccj', filed)]
    await ocpb.receipt(filed.ref)
    await ocpb.send(filed.ref, { type: 'accepted' })
    await ocpb.send(filed.ref, { type: 'shared' })
    await ccj.receipt(filed.ref)
    await ccj.send(filed.ref, { type: 'partner_accepted' })
    await ccj.send(
      filed.ref,
      { type: 'info_requested', asks: ['consent_to_convey_identity'] },
      ccj.words(
        {
          texts: [
            { lang: 'ja', text: 'ショップにお名前を伝えてもよいですか。', made: 'original' },
            { lang: 'th', text: 'แจ้งชื่อของคุณต่อร้านได้หรือไม่', made: 'machine' },
          ],
        },
        'th-ocpb',
      ),
    )
    const her = await visit(scene, 'th-TH')
    const { page } = her
    await openHerCase(scene, her, 'th', filed)
    expect(await main(page)).toContain(t.stages.needs_info.title)
    expect(await main(page)).toContain('แจ้งชื่อของคุณต่อร้านได้หรือไม่')
    expect(await main(page)).toContain('สำนักงานคณะกรรมการคุ้มครองผู้บริโภค (ไทย)')
    await page.getByRole('button', { name: t.identity.agree }).click()
    expect(await main(page)).toContain('somying@consumer.example')
    await screenshot(her, 'consent-th-phone')
    await page.getByRole('button', { name: t.identity.confirm }).click()
    await said(page, t.identity.sent)
    expect(await main(page)).toContain(t.identity.given)
    expect(await main(page)).toContain(t.stages.with_partner.title)
    // Whoever reaches the shop can read it now, from her own hand.
    const conveyed = await lastMessage(filed, ccj, 'jp-ccj')
    expect(conveyed.identity).toEqual({ v: 1, name: 'สมหญิง ใจดี', email: 'somying@consumer.example' })

    await page.getByText(t.complaint.title, { exact: true }).click()
    expect(await main(page)).toContain('สั่งชาเขียวแต่ไม่ได้รับของ')
    await page.getByText(t.keep.title, { exact: true }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t.keep.save }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`case-${filed.ref}.json`)
    const copy = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(copy.complaint.story.text).toBe('สั่งชาเขียวแต่ไม่ได้รับของ')
    expect(copy.checked).toBe('checked')
    expect(copy.events.at(-1).message.identity.name).toBe('สมหญิง ใจดี')
    await her.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: t.keep.copy }).click()
    await page.getByText(t.keep.copied).waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toContain('ショップにお名前を伝えてもよいですか。')
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(her, 'with-partner-th-phone')
    expect(her.faults).toEqual([])
    await her.close()
  })
})

describe('a consumer who lost her secret', () => {
  test('makes a new one, which opens the case once the lead has locked it to that', async () => {
    const t = TEXTS.vi.case
    const filed = await fileCase(scene, {
      question: { consumerCountry: 'VN', merchantCountry: 'TH', lang: 'vi', currency: 'VND' },
    })
    expect(filed.claims.quote.lead).toBe('vn-vcc')
    const vcc = officer(scene, 'vn-vcc', filed)
    await vcc.receipt(filed.ref)
    const her = await visit(scene, 'vi-VN')
    const { page } = her
    await openCasePage(scene, her, 'vi')
    await page.getByRole('button', { name: t.lost.title }).click()
    await page.locator('#lost-reference').fill(filed.ref)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: t.lost.make }).click()
    await page.locator('#new-secret').waitFor()
    const secret = readCaseSecret(await page.locator('#new-secret').innerText()) ?? ''
    expect(secret).not.toBe(filed.secret)
    const code = (await page.locator('#recovery-code').innerText()).replaceAll(' ', '')
    expect(code).toMatch(/^\d{20}$/)
    expect(await main(page)).toContain('Ủy ban Cạnh tranh Quốc gia')
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(her, 'lost-vi-phone')
    expect(leaks(her, [secret])).toEqual([])
    await page.getByRole('button', { name: t.lost.kept }).click()

    await relock(filed, code)
    await page.locator('#case-secret').fill(secret)
    expect(await page.locator('#case-reference').inputValue()).toBe(filed.ref)
    await page.locator('form.gate button[type=submit]').click()
    await page.locator('#case-state').waitFor()
    expect(await main(page)).toContain(t.stages.in_triage.title)
    expect(await main(page)).not.toContain(t.untrusted.title)
    await page.getByText(t.complaint.title, { exact: true }).click()
    expect(await main(page)).toContain('絹のスカーフを注文しましたが、届きません。')

    await page.getByRole('button', { name: t.close }).click()
    await page.locator('#case-reference').fill(filed.ref)
    await page.locator('#case-secret').fill(filed.secret)
    await page.locator('form.gate button[type=submit]').click()
    await page.locator('.trouble', { hasText: t.faults.unknown }).waitFor()
    expect(her.faults).toEqual([])
    await her.close()
  })
})

describe('a case that nobody leads', () => {
  test('goes to another agency by one click when the lead is out of reach', async () => {
    const t = TEXTS.ja.case
    const filed = await fileCase(scene)
    const her = await visit(scene, 'ja-JP')
    const { page } = her
    // Nobody at CCJ signs for it.
    scene.t.tick(6 * DAY)
    await sweepCases(scene.t.hub)
    await follow(scene, her)
    await openHerCase(scene, her, 'ja', filed)
    expect(await main(page)).toContain(t.unreachable.title)
    expect(await main(page)).toContain(t.reroute.dead)
    await page.getByRole('button', { name: t.reroute.find }).click()
    await page.getByRole('button', { name: t.reroute.agree }).waitFor()
    expect(await main(page)).toContain(fill(t.reroute.lead, { agency: 'タイ消費者保護委員会事務局（タイ）' }))
    expect(await violations(page)).toEqual([])
    await screenshot(her, 'reroute-ja-phone')
    await page.getByRole('button', { name: t.reroute.agree }).click()
    await said(page, fill(t.reroute.sent, { agency: 'タイ消費者保護委員会事務局' }))
    expect(await main(page)).toContain(t.stages.received.title)
    expect(await main(page)).not.toContain(t.untrusted.title)

    const ocpb = officer(scene, 'th-ocpb', filed)
    await ocpb.receipt(filed.ref)
    const read = await openAsLead(filed, 'th-ocpb')
    expect(read.complaint.story.text).toBe('絹のスカーフを注文しましたが、届きません。')
    expect(read.identity?.name).toBe('山田花子')
    await look(her, 'ja')
    expect(await main(page)).toContain(t.stages.in_triage.title)
    expect(her.faults).toEqual([])
    await her.close()
  })

  test('goes to the agency that the secretariat names, once she agrees', async () => {
    const t = TEXTS.en.case
    const filed = await fileCase(scene, {
      question: { kind: 'mark_misuse', claimType: 'mark_misuse', lang: 'ja' },
    })
    const her = await visit(scene, 'en-GB', DESK)
    const { page } = her
    await openHerCase(scene, her, 'en', filed)
    expect(await main(page)).toContain(t.stages.unrouted.title)
    expect(await main(page)).not.toContain(t.untrusted.title)
    await asOperator(scene).send(filed.ref, { type: 'assigned', to: 'vn-vcc' })
    await look(her, 'en')
    expect(await main(page)).toContain(t.stages.awaiting_consumer_key.title)
    await page.getByRole('button', { name: t.reroute.find }).click()
    await page.getByRole('button', { name: t.reroute.agree }).waitFor()
    // Filed in Japanese, and told to whoever reads the page in English.
    expect(await main(page)).toContain(
      'The secretariat of the alliance found an agency for your case: Vietnam Competition Commission',
    )
    await page.getByRole('button', { name: t.reroute.agree }).click()
    await said(page, fill(t.reroute.sent, { agency: 'Vietnam Competition Commission' }))
    expect(await main(page)).toContain(
      fill(t.stages.received.says, { lead: 'Vietnam Competition Commission' }),
    )
    expect(await main(page)).not.toContain(t.untrusted.title)
    await page.getByText(t.status.why, { exact: true }).click()
    expect(await main(page)).toContain('Vietnam Competition Commission (VCC) leads it')
    await officer(scene, 'vn-vcc', filed).receipt(filed.ref)
    expect((await openAsLead(filed, 'vn-vcc')).identity?.name).toBe('山田花子')
    await screenshot(her, 'rerouted-en-desk')
    await her.close()
  })

  test('goes on when the lead was suspended, and what it had signed still counts', async () => {
    const t = TEXTS.en.case
    const filed = await fileCase(scene, {
      question: { consumerCountry: 'VN', merchantCountry: 'TH', lang: 'en', currency: 'VND' },
    })
    const vcc = officer(scene, 'vn-vcc', filed)
    await vcc.receipt(filed.ref)
    await vcc.send(filed.ref, { type: 'accepted' })
    const standing = (participation: string) =>
      signStanding(scene.operator, 'vn-vcc', participation, scene.now(), scene.origin)
    await scene.t.push(await standing('suspended'))
    const her = await visit(scene, 'en-GB')
    const { page } = her
    await openHerCase(scene, her, 'en', filed)
    expect(await main(page)).not.toContain(t.untrusted.keys)
    await page.getByRole('button', { name: t.reroute.find }).click()
    await page.getByRole('button', { name: t.reroute.agree }).click()
    await said(page, fill(t.reroute.sent, { agency: 'Office of the Consumer Protection Board' }))
    expect(await main(page)).not.toContain(t.untrusted.title)
    expect(await main(page)).not.toContain(t.untrusted.keys)
    expect(await main(page)).toContain(caseTexts('en').events.accepted)
    await officer(scene, 'th-ocpb', filed).receipt(filed.ref)
    expect((await openAsLead(filed, 'th-ocpb')).identity?.name).toBe('山田花子')
    expect(her.faults).toEqual([])
    await her.close()
    scene.t.tick()
    await scene.t.push(await standing('admitted'))
  })
})

describe('what can go wrong', () => {
  test('a wrong secret is told in plain words, digits of every script are taken, and nothing typed is lost', async () => {
    const t = TEXTS.th.case
    const filed = await fileCase(scene)
    const her = await visit(scene, 'th-TH')
    const { page } = her
    await openCasePage(scene, her, 'th')
    await page.locator('form.gate button[type=submit]').click()
    await page.locator('.faults').waitFor()
    expect(await page.locator('.faults').innerText()).toContain(t.faults.reference)
    expect(await page.locator('.faults').innerText()).toContain(fill(t.faults.secret, { count: 0 }))

    await page.locator('#case-reference').fill(filed.ref)
    await page.locator('#case-secret').fill(createCaseSecret())
    await page.locator('form.gate button[type=submit]').click()
    await page.locator('.trouble', { hasText: t.faults.unknown }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('trouble')
    await screenshot(her, 'wrong-secret-th-phone')
    expect(await page.locator('#case-reference').inputValue()).toBe(filed.ref)

    // Typed key by key on a Thai keyboard: grouped, the caret at the end, and spoken only when complete.
    await page.locator('#case-secret').fill('')
    const thai = [...filed.secret].map((digit) => String.fromCodePoint(0x0e50 + Number(digit)))
    await page.locator('#case-secret').pressSequentially(thai.join(''))
    expect(await page.locator('#case-secret').inputValue()).toBe(thai.join('').replace(/.{4}(?=.)/g, '$& '))
    expect(await page.locator('.field [role=status]').first().innerText()).toBe(t.gate.complete)
    expect(await page.locator('#case-secret').getAttribute('inputmode')).toBe('numeric')
    await page.locator('#case-secret').press('Enter')
    await page.locator('#case-state').waitFor()
    expect(leaks(her, [filed.secret, thai.join('')])).toEqual([])
    expect(her.faults).toEqual([])
    await her.close()
  })

  test('an account of the hub that does not verify is not to be relied on', async () => {
    const t = TEXTS.en.case
    const filed = await fileCase(scene)
    const her = await visit(scene, 'en-GB')
    const { page } = her
    await page.route(`**/v1/cases/${filed.ref}`, async (route) => {
      const view = (await (await route.fetch()).json()) as CaseView
      await route.fulfill({ json: { ...view, state: 'accepted', lead: 'vn-vcc' } })
    })
    await openHerCase(scene, her, 'en', filed)
    expect(await page.locator('.severe').innerText()).toContain(t.untrusted.title)
    // Nothing can be sent to readers whom only the hub names.
    expect(await page.locator('form.reply').count()).toBe(0)
    expect(await main(page)).toContain(t.keep.title)
    expect(await violations(page)).toEqual([])
    await screenshot(her, 'untrusted-en-phone')
    await her.close()
  })

  test('keys that can not be had leave the case readable, and say so', async () => {
    const t = TEXTS.en.case
    const filed = await fileCase(scene)
    const her = await visit(scene, 'en-GB')
    await her.page.route('**/v1/members/**', (route) =>
      route.fulfill({ status: 404, contentType: 'application/json', body: '{}' }),
    )
    await openHerCase(scene, her, 'en', filed)
    expect(await main(her.page)).toContain(t.untrusted.keys)
    expect(await main(her.page)).not.toContain(t.untrusted.title)
    // What could not be checked is nothing to act upon, but for taking it all back.
    expect(await her.page.getByText(t.message.title, { exact: true }).count()).toBe(0)
    expect(await her.page.getByText(t.withdraw.title, { exact: true }).count()).toBe(1)
    await her.close()
  })

  test('somebody was faster: she is told, reads what is new, and her text is still there', async () => {
    const t = TEXTS.ja.case
    const filed = await fileCase(scene)
    const ccj = officer(scene, 'jp-ccj', filed)
    await ccj.receipt(filed.ref)
    const her = await visit(scene, 'ja-JP')
    const { page } = her
    await openHerCase(scene, her, 'ja', filed)
    await page.getByText(t.message.title, { exact: true }).click()
    await page.locator('#message-text').fill('追加の情報です。')
    await ccj.send(filed.ref, { type: 'accepted' })
    await page.getByRole('button', { name: t.message.send }).click()
    await page.locator('#message-text-fault', { hasText: t.faults.moved }).waitFor()
    expect(await main(page)).toContain(t.stages.accepted.title)
    expect(await page.locator('#message-text').inputValue()).toBe('追加の情報です。')
    await page.getByRole('button', { name: t.message.send }).click()
    await said(page, t.message.sent)
    expect((await lastMessage(filed, ccj, 'jp-ccj')).texts[0]?.text).toBe('追加の情報です。')
    expect(her.faults).toEqual([])
    await her.close()
  })

  test('news come by themselves every minute, without taking away what she types', async () => {
    const t = TEXTS.ja.case
    const filed = await fileCase(scene)
    const ccj = officer(scene, 'jp-ccj', filed)
    await ccj.receipt(filed.ref)
    const her = await visit(scene, 'ja-JP')
    const { page } = her
    await page.clock.install({ time: scene.now() * 1000 })
    await openHerCase(scene, her, 'ja', filed)
    await page.getByText(t.message.title, { exact: true }).click()
    await page.locator('#message-text').fill('書きかけの文章')
    await ccj.send(filed.ref, { type: 'accepted' })
    await page.clock.fastForward(61_000)
    await said(page, t.news)
    expect(await main(page)).toContain(t.stages.accepted.title)
    expect(await page.locator('#message-text').inputValue()).toBe('書きかけの文章')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('message-text')
    await her.close()
  })

  test('an app’s own browser, on a telephone whose clock is an hour fast, does all the same', async () => {
    const t = TEXTS.th.case
    const filed = await fileCase(scene)
    const ccj = officer(scene, 'jp-ccj', filed)
    await ccj.receipt(filed.ref)
    const line =
      'Mozilla/5.0 (Linux; Android 11; SM-A125F; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Line/14.0.0'
    const her = await visit(scene, 'th-TH', PHONE, line)
    const { page } = her
    await page.clock.setFixedTime((scene.now() + 3600) * 1000)
    await openHerCase(scene, her, 'th', filed)
    expect(await main(page)).not.toContain(t.untrusted.keys)
    await page.getByText(t.message.title, { exact: true }).click()
    await page.locator('#message-text').fill('มีข้อมูลเพิ่มเติม')
    await page.getByRole('button', { name: t.message.send }).click()
    await said(page, t.message.sent)
    expect((await lastMessage(filed, ccj, 'jp-ccj')).texts[0]?.text).toBe('มีข้อมูลเพิ่มเติม')
    await page.getByText(t.keep.title, { exact: true }).click()
    expect(await page.getByRole('button', { name: t.keep.copy }).count()).toBe(1)
    expect(await page.getByRole('button', { name: t.keep.print, exact: true }).count()).toBe(0)
    expect(her.faults).toEqual([])
    await her.close()
  })

  test('files that do not arrive are sent again with one click', async () => {
    const t = TEXTS.en.case
    const filed = await fileCase(scene)
    const ccj = officer(scene, 'jp-ccj', filed)
    await ccj.receipt(filed.ref)
    const her = await visit(scene, 'en-GB')
    const { page } = her
    await openHerCase(scene, her, 'en', filed)
    await page.route('**/attachments/**', (route) =>
      route.fulfill({ status: 422, contentType: 'application/json', body: '{}' }),
    )
    await page.getByText(t.message.title, { exact: true }).click()
    await page.locator('#message-files').setInputFiles([PICTURE])
    await page.locator('.files li').waitFor()
    await page.getByRole('button', { name: t.message.send }).click()
    await page.getByRole('button', { name: t.attach.retry }).waitFor()
    expect(await main(page)).toContain('box.png')
    await screenshot(her, 'unsent-en-phone')
    await page.unroute('**/attachments/**')
    await page.getByRole('button', { name: t.attach.retry }).click()
    await page.getByRole('button', { name: t.attach.retry }).waitFor({ state: 'detached' })
    expect((await ccj.view(filed.ref)).attachments.map(({ stored: isStored }) => isStored)).toEqual([true])
    // And opened again from the timeline, decrypted in the browser.
    await page.getByRole('button', { name: /box\.png/ }).click()
    await page.locator('.attached img').waitFor()
    expect(
      await page.locator('.attached img').evaluate((img) => (img as HTMLImageElement).naturalWidth),
    ).toBe(2)
    await her.close()
  })
})

describe.each(LANGUAGES)('in %s', (lang) => {
  const t = TEXTS[lang].case

  test('gate, open case and lost secret break no rule of accessibility and fit a small phone', async () => {
    const filed = await fileCase(scene)
    const ccj = officer(scene, 'jp-ccj', filed)
    await ccj.receipt(filed.ref)
    const her = await visit(scene, lang)
    const { page } = her
    await openCasePage(scene, her, lang)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(lang)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(her, `gate-${lang}-phone`)
    await openHerCase(scene, her, lang, filed)
    expect(await main(page)).not.toMatch(/\{\w+\}|undefined/)
    const due = (await ccj.view(filed.ref)).due ?? ''
    expect(await main(page)).toContain(createFormats(lang).day(due))
    for (const summary of await page.locator('main summary').all()) await summary.click()
    expect(await main(page)).not.toMatch(/\{\w+\}|undefined/)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(her, `open-${lang}-phone`)
    await page.getByRole('button', { name: t.close }).click()
    await page.getByRole('button', { name: t.lost.title }).click()
    expect(await violations(page)).toEqual([])
    expect(her.faults).toEqual([])
    await her.close()
  })

  test('without scripts it says why, and how to reach the agencies', async () => {
    const context = await scene.browser.newContext({ viewport: PHONE, javaScriptEnabled: false })
    const page = await context.newPage()
    const response = await page.goto(`${scene.origin}${lang === 'en' ? '' : `/${lang}`}/case`)
    expect(response?.headers()['x-robots-tag']).toBe('noindex')
    expect(response?.headers()['content-security-policy']).toContain("script-src 'self'")
    expect(await main(page)).toContain(t.noScript.title)
    await page.locator('.contacts summary').click()
    expect(await main(page)).toContain('ccj.kokusen.go.jp')
    await context.close()
  })
})

async function stored(page: Page): Promise<{ local: number; session: number; cookies: string }> {
  return page.evaluate(() => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
  }))
}

/** The newest message as an officer of this member opens it. */
async function lastMessage({ ref }: { ref: string }, agency: ReturnType<typeof officer>, member: string) {
  const view = await agency.view(ref)
  const event = [...view.events].reverse().find(({ message }) => message !== null)
  const claims = readPayload<{ case: { prev: string } }>(event!.event!)
  const { kid } = JSON.parse(Buffer.from(event!.event!.split('.')[0]!, 'base64url').toString())
  return openMessage(
    event!.message!,
    { case: ref, prev: claims.case.prev, from: kid },
    scene.members[member]!.encPrivate,
  )
}

async function readAnswer(filed: { ref: string }, ccj: ReturnType<typeof officer>) {
  const { texts, attachments } = await lastMessage(filed, ccj, 'jp-ccj')
  const [key] = attachments ?? []
  const response = await ccj.request(`/v1/cases/${filed.ref}/attachments/${key!.id}`)
  const bytes = await openAttachment(new Uint8Array(await response.arrayBuffer()), key!)
  return { text: texts[0]?.text, isPicture: Buffer.from(bytes.slice(1, 4)).toString() === 'PNG' }
}

/** The complaint as the new lead opens it. */
async function openAsLead({ ref, consumer }: Filed, member: string) {
  const view = await officer(scene, member, { consumer }).view(ref)
  const claims = readPayload<QuoteClaims>(view.quote)
  const place = {
    quote: view.quote,
    claims,
    revision: view.revision,
    recipients: quoteRecipients(claims),
    consumer: consumer.keys,
  }
  return openSealed(view.envelope!, place, scene.members[member]!.encPrivate)
}

/** The lead knows who she is, and locks the case to her new keys. */
async function relock(filed: Filed, code: string): Promise<void> {
  const { ref } = filed
  const { lead, partner } = filed.claims.quote
  const desk = officer(scene, lead!, filed)
  const view = await desk.view(ref)
  const { complaint, identity } = await openAsLead(filed, lead!)
  const { consumer } = await readJson<{ consumer: Filed['consumer']['keys'] }>(
    await desk.request(`/v1/cases/${ref}/recovery?code=${code.slice(0, 8)}`),
  )
  // What she read to the officer fits the keys that the hub gave.
  expect(await recoveryCheck(ref, consumer)).toBe(code.slice(8))
  const envelope = await sealComplaint({
    quote: view.quote,
    claims: filed.claims,
    revision: view.revision + 1,
    payload: complaint,
    identity: identity!,
    keys: {
      lead: scene.members[lead!]!.keys.enc,
      partner: partner === null ? [] : scene.members[partner]!.keys.enc,
      consumer: consumer.enc,
    },
    consumerSign: consumer.sign.kid,
  })
  const event = await signCaseEvent(scene.members[lead!]!.auth, {
    iss: formatEntityId(scene.origin, lead!),
    aud: formatAllianceId(scene.origin),
    iat: scene.now(),
    ref,
    seq: view.events.length,
    prev: view.head,
    event: {
      type: 'rewrapped',
      reason: 'new_consumer_secret',
      envelope: hashEnvelope(envelope),
      consumer: { sign: consumer.sign, enc: consumer.enc },
    },
  })
  await readJson(await desk.request(`/v1/cases/${ref}/events`, json({ event, envelope })))
}
