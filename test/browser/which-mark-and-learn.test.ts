/** Which mark can my shop get, and how to judge a shop abroad: both as people meet them (issue 5, stories 6 and 7). */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../src/alliance/text.js'
import { localPath } from '../../src/pages/frame/reader.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { DESK, PHONE, sharedDemo, visitAs } from './demo-scene.js'
import { overflow, screenshot, violations } from './look.js'

let origin: string
beforeAll(async () => {
  origin = await sharedDemo()
})

/** Smallest side of what a finger must hit, in CSS pixels; links within a sentence are spared. */
const TOUCH = 44

const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const hit = (e: Element): Element => e.closest('label') ?? e
    const shown = (e: Element): boolean => (e as HTMLElement).offsetParent !== null
    return [...document.querySelectorAll('main :is(a, button, input, select, summary)')]
      .filter((e) => shown(e) && !e.matches('.source-list a'))
      .filter((e) => hit(e).getBoundingClientRect().height < least - 0.5)
      .map((e) => e.outerHTML.slice(0, 100))
  }, TOUCH)

/** What must hold of every page, wherever it is looked at. Only axe needs scripts: the pages have none. */
async function looksRight(page: Page, name: string): Promise<void> {
  await screenshot(page, name)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  expect(await page.locator('h1').count()).toBe(1)
}

const outcomeOf = (page: Page, level: string): Promise<string | null> =>
  page.locator(`[id="${level}"] .word`).textContent()

test('a Thai sole trader on LINE finds the identity mark open, the website marks closed to her, and her duty to register', async () => {
  const t = TEXTS.th.eligibility
  await visitAs({ locale: 'th-TH', viewport: PHONE, scripts: true }, async (page) => {
    await page.goto(origin + localPath('th', '/which-mark'))
    await page.getByLabel(t.form.country).selectOption('TH')
    await page.getByLabel(t.form.kind).selectOption('natural')
    await page.getByLabel(TEXTS.th.site.presences.line).check()
    await page.getByRole('button', { name: t.form.next }).click()
    const next = page.locator(new URL(page.url()).hash)
    expect(await next.getByText(t.form.trades).count()).toBe(1)
    // Who sells only on LINE is not asked what only websites are asked.
    expect(await page.getByLabel(t.facts.financialStatementYears.question).count()).toBe(0)
    expect(await page.getByLabel(t.facts.websiteAward.question).count()).toBe(0)

    await page.getByLabel('มีระบบการสั่งซื้อ', { exact: false }).first().check()
    await page.getByLabel(t.facts.evidence.question).selectOption('yes')
    await page.getByLabel(t.facts.lawfulGoods.question).selectOption('yes')
    await page.getByRole('button', { name: t.form.show }).click()
    expect(new URL(page.url()).hash).toBe('#result')
    expect(await outcomeOf(page, 'th-dbd.registered.registered')).toBe(t.outcomes.possible.word)
    for (const level of ['silver', 'gold', 'platinum'])
      expect(await outcomeOf(page, `th-dbd.verified.${level}`)).toBe(t.outcomes['not-for-you'].word)
    const duties = page.locator('.duties')
    expect(await duties.locator('.lead').textContent()).toContain(t.duties.verdicts.must.word)
    expect(await duties.locator('.history').textContent()).toContain('5 มิถุนายน พ.ศ. 2567')
    expect(await page.locator('main').textContent()).toContain('1 วัน')
    // The ministry's name is broken between its words only.
    const names = page.locator('.member-result > h2 .whole')
    expect(await names.allTextContents()).toEqual(['กรมพัฒนาธุรกิจการค้า', 'กระทรวงพาณิชย์'])
    const linesOf = (e: Element): number => {
      const range = document.createRange()
      range.selectNodeContents(e)
      return range.getClientRects().length
    }
    for (const name of await names.all()) expect(await name.evaluate(linesOf)).toBe(1)
    await looksRight(page, 'which-mark-line-th-phone')
    expect(await tooSmall(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await looksRight(page, 'which-mark-line-th-phone-dark')
    // 320 px is a telephone, and also this desk at 400 %.
    await page.setViewportSize({ width: 320, height: 600 })
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })
})

test.each(['en', 'ja', 'vi'] as const)(
  'a Thai company with two years of accounts and an award reads in %s that all levels are open to it, with time, validity and where to apply',
  async (lang) => {
    const t = TEXTS[lang].eligibility
    await visitAs({ locale: lang, viewport: DESK, scripts: true }, async (page) => {
      await page.goto(`${origin}${localPath(lang, '/which-mark')}?country=TH&kind=juristic&sells=web`)
      await page.getByLabel(t.facts.evidence.question).selectOption('yes')
      await page.getByLabel(t.facts.lawfulGoods.question).selectOption('yes')
      await page.getByLabel(t.facts.yearsRegistered.question).selectOption('2')
      await page.getByLabel(t.facts.financialStatementYears.question).selectOption('2')
      await page.getByLabel(t.facts.websiteAward.question).selectOption('yes')
      await page.getByLabel(t.facts.passedStandard.question).selectOption('yes')
      await page.getByLabel('DBD Registered', { exact: false }).selectOption('no')
      await page.getByRole('button', { name: t.form.show }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/websiteAward/)
      const outcome = (level: string) => outcomeOf(page, `th-dbd.${level}`)
      expect(await outcome('registered.registered')).toBe(t.outcomes.possible.word)
      expect(await outcome('verified.silver')).toBe(t.outcomes['not-yet'].word)
      expect(await outcome('verified.gold')).toBe(t.outcomes.possible.word)
      expect(await outcome('verified.platinum')).toBe(t.outcomes.possible.word)
      expect(await page.locator('.duties .lead').textContent()).toContain(t.duties.verdicts['need-not'].word)
      // Every line about the rules leads to its source, and every source stands there.
      const refs = await page.locator('a.ref').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
      expect(refs.length).toBeGreaterThan(20)
      for (const ref of new Set(refs))
        expect(await page.locator(`[id="${ref!.slice(1)}"]`).count(), ref!).toBe(1)
      const main = await page.locator('main').textContent()
      expect(main).toContain({ en: '45 days', ja: '45日', vi: '45 ngày' }[lang])
      expect(main).toContain('www.trustmarkthai.com')
      await looksRight(page, `which-mark-company-${lang}-desk`)
      if (lang === 'ja') await page.emulateMedia({ colorScheme: 'dark' })
      if (lang === 'vi') await page.emulateMedia({ forcedColors: 'active' })
      await looksRight(page, `which-mark-company-${lang}-desk-2`)
    })
  },
)

test('the questionnaire is worked with the keyboard alone', async () => {
  const t = TEXTS.en.eligibility
  await visitAs({ viewport: DESK }, async (page) => {
    await page.goto(`${origin}/which-mark?country=JP`)
    await page.getByLabel(t.form.kind).focus()
    await page.keyboard.type('A comp')
    for (let i = 0; i < 1; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByLabel('Website').isChecked()).toBe(true)
    await page.getByLabel(t.facts.shopOpen.question).focus()
    await page.keyboard.type('Yes')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: t.form.show }).press('Enter')
    await page.waitForURL(/kind=juristic.*sells=web.*shopOpen=yes/)
    expect(await outcomeOf(page, 'jp-tradesafe.tradesafe.tradesafe')).toBe(t.outcomes.unknown.word)
    // From the result back to what is open.
    await page.locator('.level a.open', { hasText: t.facts.registeredInJapan.question }).press('Enter')
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe('#f.registeredInJapan')
  })
})

describe.each(LANGUAGES)('the lesson in %s', (lang: Language) => {
  test('fits a telephone and a desk, leads where it says, and prints on two sheets of A4', async () => {
    const t = TEXTS[lang].learn
    await visitAs({ locale: lang, viewport: PHONE, scripts: true }, async (page) => {
      await page.goto(origin + localPath(lang, '/learn'))
      await looksRight(page, `learn-${lang}-phone`)
      expect(await tooSmall(page)).toEqual([])
      const anchors = await page
        .locator('.lesson-contents a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
      expect(anchors).toHaveLength(6)
      for (const anchor of anchors) expect(await page.locator(`h2${anchor}`).count(), anchor).toBe(1)
      for (const to of ['/verify', '/directory', '/principles', '/complaint'])
        expect(await page.locator(`main a[href="${localPath(lang, to)}"]`).count(), to).toBe(1)
      await page.setViewportSize(DESK)
      await page.emulateMedia({ colorScheme: 'dark' })
      await looksRight(page, `learn-${lang}-desk-dark`)

      await page.emulateMedia({ colorScheme: 'light', media: 'print' })
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
      expect([1, 2]).toContain(countPages(pdf))
      await page.setViewportSize({ width: 794, height: 1123 })
      await screenshot(page, `learn-${lang}-paper`)
      expect(await page.getByText(t.title).first().isVisible()).toBe(true)
    })
  })
})

/** Chromium writes one `/Type /Page` object for each sheet. */
const countPages = (pdf: Buffer): number =>
  (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length
