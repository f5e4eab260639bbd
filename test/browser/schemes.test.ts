/** Story 5, "Compare": schemes side by side, two against each other, a member, a mark; by hand, by keys, large, and on paper. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Language } from '../../src/alliance/text.js'
import { CATALOGUES, localPath } from '../../src/pages/frame/reader.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { DESK, PHONE, sharedDemo, visitAs } from './demo-scene.js'
import { overflow, screenshot, violations } from './look.js'

/** Width at which a desk of 1100 pixels shows a page at 200 %, and the narrowest that WCAG 2.2 (1.4.10) asks for. */
const ZOOMED = [550, 320]
/** Smallest side of what a finger must hit, in CSS pixels; links within a sentence are as high as their line. */
const TOUCH = 44
/** Width of a page of A4 in CSS pixels. */
const PAPER = 794

// The pages hold no script: scripts are on where axe looks at a page, which waits for timers.

let origin: string
beforeAll(async () => {
  origin = await sharedDemo()
})

async function check(page: Page, name: string): Promise<void> {
  await screenshot(page, `schemes-${name}`)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  expect(await page.locator('h1').count()).toBe(1)
  const small = await page.evaluate(
    (least) =>
      [...document.querySelectorAll('main button, main select, main summary, main .channel')]
        .filter((e) => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < least - 0.5)
        .map((e) => e.outerHTML.slice(0, 100)),
    TOUCH,
  )
  expect(small).toEqual([])
  // The number of a list's item stands beside the last line of a box, and beside the first line of running text.
  const boxed = await page.evaluate(() =>
    [...document.querySelectorAll('.sources li>a,.paths>li>a')]
      .filter((e) => getComputedStyle(e).display !== 'inline')
      .map((e) => e.outerHTML.slice(0, 100)),
  )
  expect(boxed).toEqual([])
}

test.each([
  ['en', PHONE, 'light'],
  ['th', DESK, 'dark'],
  ['vi', PHONE, 'dark'],
  ['ja', DESK, 'light'],
] as const)(
  'a reader of %s compares schemes, then two marks, then reads who awards one and what it asks',
  async (lang: Language, viewport, colorScheme) => {
    const { schemes: t } = TEXTS[lang]
    const at = (path: string): string => origin + localPath(lang, path)
    await visitAs({ viewport, colorScheme, locale: lang, scripts: true }, async (page) => {
      await page.goto(at('/principles'))
      await check(page, `principles-${lang}`)
      const row = page.locator('tbody tr', { hasText: 'DBD Verified' })
      expect(await row.locator('.cover-full').count()).toBe(5)
      expect(await page.locator('tbody').innerText()).toContain(t.areas.short.unconfirmed)
      await page.locator('#chapter-3 summary').click()
      const item = page.locator('[id="item-3.1"]')
      expect(await item.innerText()).toContain(t.items.states['area-only'])
      await screenshot(page, `schemes-security-${lang}`)

      await page.locator('#mark-a').selectOption('th-dbd/verified')
      await page.locator('#mark-b').selectOption('jp-tradesafe/tradesafe')
      await page.getByRole('button', { name: t.pair.button }).click()
      await page.waitForURL(/compare\?a=th-dbd/)
      await check(page, `pair-${lang}`)
      expect(await page.locator('.beyond h2').count()).toBe(2)
      for (const side of await page.locator('.beyond').all())
        expect(await side.locator('.surplus > li').count()).toBeGreaterThan(0)

      await page.locator('a[href$="/members/th-dbd#verified"]').first().click()
      await page.waitForURL(/members\/th-dbd#verified/)
      expect(await page.locator('h1').innerText()).toContain(
        { en: 'Business Development', th: 'กรมพัฒนาธุรกิจการค้า', vi: 'Phát triển Kinh doanh', ja: '事業開発局' }[
          lang
        ],
      )
      expect(await page.locator('#participation').innerText()).toContain(t.member.signed)
      expect(await page.locator('#unknown li').count()).toBeGreaterThan(0)
      expect(await page.locator('#duties .past').innerText()).toContain(t.rules.past)
      await check(page, `member-${lang}`)

      await page.locator('a[href$="/marks/th-dbd/verified/gold"]').click()
      await page.waitForURL(/\/marks\/th-dbd\/verified\/gold$/)
      expect(await page.locator('.kind-word').innerText()).toBe(CATALOGUES[lang].kinds.quality.title)
      await check(page, `mark-${lang}`)
      const shops = page.locator('a[href$="/directory?level=th-dbd/verified/gold"]')
      expect(
        (await page.request.get(new URL((await shops.getAttribute('href')) ?? '', origin).href)).status(),
      ).toBe(200)
      await page.goto(at('/members/jp-ccj'))
      expect(await page.locator('main').innerText()).toContain(t.member.noMarks)
      await check(page, `disputes-${lang}`)
    })
  },
)

test('the address of a mark answers a browser in its language, and the data stand behind a link', async () => {
  await visitAs({ locale: 'th-TH', scripts: true }, async (page) => {
    await page.goto(`${origin}/marks/th-dbd/registered/registered`)
    expect(await page.locator('html').getAttribute('lang')).toBe('th')
    expect(await page.locator('.kind-word').innerText()).toBe(CATALOGUES.th.kinds.identity.title)
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('link', { name: TEXTS.en.schemes.mark.data }).click()
    expect(JSON.parse(await page.locator('body').innerText())).toMatchObject({ level: { id: 'registered' } })
    await page.goto(`${origin}/members/xx-nobody`)
    expect(await page.locator('main a').count()).toBeGreaterThan(10)
    await check(page, 'missing-member')
  })
})

test('by keys alone the table scrolls under its first column, which stays', async () => {
  await visitAs({ viewport: PHONE }, async (page) => {
    await page.goto(`${origin}/principles`)
    const region = page.locator('.scroll')
    await region.focus()
    expect(await region.evaluate((e) => e === document.activeElement)).toBe(true)
    const left = (): Promise<number | undefined> =>
      page
        .locator('tbody th')
        .first()
        .boundingBox()
        .then((box) => box?.x)
    const before = await left()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => region.evaluate((e) => e.scrollLeft)).toBeGreaterThan(40)
    expect(await left()).toBe(before)
    await screenshot(page, 'schemes-scrolled', false)
  })
})

test('at 200 %, on the narrowest screen and in forced colours nothing is lost', async () => {
  await visitAs({ forcedColors: 'active', scripts: true }, async (page) => {
    for (const path of [
      '/vi/principles',
      '/th/members/th-dbd',
      '/ja/marks/vn-idea/website-notified/notified',
    ])
      for (const width of ZOOMED) {
        await page.setViewportSize({ width, height: 640 })
        await page.goto(origin + path)
        expect([path, width, await overflow(page)]).toEqual([path, width, 0])
      }
    await check(page, 'forced')
    const edge = await page.locator('.kind-panel').evaluate((e) => getComputedStyle(e).borderTopStyle)
    expect(edge).toBe('dashed')
  })
})

test('on paper every chapter is unfolded and the table is whole', async () => {
  await visitAs({ viewport: { width: PAPER, height: 1123 } }, async (page) => {
    await page.goto(`${origin}/ja/principles`)
    await page.emulateMedia({ media: 'print' })
    const item = await page.locator('[id="item-6.2"]').boundingBox()
    expect(item?.height).toBeGreaterThan(20)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await page.locator('.scroll').evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(await page.locator('nav').first().isVisible()).toBe(false)
    await screenshot(page, 'schemes-print')
  })
})
