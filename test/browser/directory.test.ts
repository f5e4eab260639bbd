/** Browsing the directory of the demo in a real browser: shops of three countries, found in the letters of a fourth reader. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/alliance/text.js'
import { localPath, readerOf } from '../../src/pages/frame/reader.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { DIRECTORY_PAGE } from '../../src/record/directory.js'
import { DESK, PHONE, sharedDemo, visitAs } from './demo-scene.js'
import { overflow, screenshot, violations } from './look.js'

const shops = (page: Page): Promise<string[]> => page.locator('.shop h3').allInnerTexts()
const addresses = (page: Page): Promise<string[]> => page.locator('.shop .place').allInnerTexts()

async function search(page: Page, q: string): Promise<void> {
  await page.locator('#q').fill(q)
  await page.locator('.filters button').first().click()
  await page.waitForURL((url) => url.searchParams.get('q') === q)
}

/** Sound for every reader (axe needs scripts, the pages have none): nothing that axe finds, nothing wider than the screen. */
async function isSound(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
}

describe('the directory', () => {
  test('in Vietnamese on a telephone: by a name without accents, by filters, page by page', async () => {
    const origin = await sharedDemo()
    const own = TEXTS.vi.directory
    await visitAs({ scripts: true, locale: 'vi-VN', viewport: PHONE }, async (page) => {
      await page.goto(`${origin}/vi/directory`)
      await isSound(page)
      await screenshot(page, 'directory-vi-phone')
      expect(await page.locator('#country').isVisible()).toBe(false)

      await search(page, 'ca phe cao nguyen')
      expect(await shops(page)).toEqual(['Công ty TNHH Minh Họa Cà Phê Cao Nguyên'])
      expect(new URL(page.url()).search).toBe('?q=ca+phe+cao+nguyen')
      expect(await page.locator('.shop').innerText()).toContain('SafeWeb')
      // Whoever filled in the form sees the answer.
      expect(await page.locator('#count').evaluate((e) => e.getBoundingClientRect().top)).toBeLessThan(
        PHONE.height / 2,
      )

      await page.goto(`${origin}/vi/directory`)
      await page.locator('.filters summary').click()
      await page.locator('#country').selectOption('JP')
      await page.locator('#principle').selectOption('redress')
      await page.locator('#language').selectOption('en')
      await page.locator('.filters button').last().click()
      await page.waitForURL(/country=JP&language=en&principle=redress#found$/)
      expect(await page.locator('#country').isVisible()).toBe(true)
      const found = await shops(page)
      expect(found.length).toBeGreaterThan(3)
      for (const about of await page.locator('.shop .about').allInnerTexts()) {
        expect(about).toContain('Nhật Bản')
        expect(about).toContain('Tiếng Anh')
      }
      await isSound(page)
      await screenshot(page, 'directory-vi-phone-filtered')
      await page.locator('.chips a', { hasText: readerOf('vi').country('JP') }).click()
      await page.waitForURL(/\?language=en&principle=redress#found$/)
      expect((await shops(page)).length).toBeGreaterThan(found.length)

      await page.goto(`${origin}/vi/directory`)
      const first = await addresses(page)
      const seen = new Set<string>()
      let pages = 0
      for (; ; pages += 1) {
        const listed = await page
          .locator('.shop .awards .channel')
          .evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''))
        expect(listed.length).toBeLessThanOrEqual(DIRECTORY_PAGE)
        for (const one of listed) expect(seen.has(one)).toBe(false)
        for (const one of listed) seen.add(one)
        const next = page.locator('[rel=next]')
        if ((await next.count()) === 0) break
        await next.click()
        await page.waitForURL(/after=/)
      }
      expect(pages).toBeGreaterThan(1)
      await page.goBack()
      await page.goForward()
      await page.getByRole('link', { name: own.pages.start }).click()
      await page.waitForURL(/\/vi\/directory#found$/)
      expect(await addresses(page)).toEqual(first)
      const count = readerOf('vi').count(own.found, seen.size)
      expect(await page.locator('#count').innerText()).toBe(count)
    })
  })

  test('in Thai on a desk: by part of a name written without spaces, by keyboard alone', async () => {
    const origin = await sharedDemo()
    await visitAs({ scripts: true, locale: 'th-TH', viewport: DESK }, async (page) => {
      await page.goto(`${origin}/th/directory`)
      // The filters stand open beside the list.
      expect(await page.locator('#platform').isVisible()).toBe(true)
      expect(await page.locator('.filters summary').isVisible()).toBe(false)
      const [form, list] = await Promise.all(
        ['.filters', '.shops'].map((part) => page.locator(part).boundingBox()),
      )
      expect((form?.x ?? 0) + (form?.width ?? 0)).toBeLessThan(list?.x ?? 0)
      await isSound(page)
      await screenshot(page, 'directory-th-desk')

      const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '')
      for (let i = 0; i < 30 && (await focused()) !== 'q'; i += 1) await page.keyboard.press('Tab')
      await page.keyboard.insertText('ผ้าไหม')
      await page.keyboard.press('Enter')
      await page.waitForURL(/q=/)
      expect(await shops(page)).toEqual(['บริษัท สมใจผ้าไหมสาธิต จำกัด'])
      // Two certificates, one shop.
      expect(await page.locator('.awards > li').count()).toBe(2)
      const stops: string[] = []
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press('Tab')
        stops.push(
          await page.evaluate(
            () => document.activeElement?.getAttribute('href') ?? document.activeElement?.id ?? '',
          ),
        )
      }
      for (const stop of [
        'q',
        'country',
        'mark',
        'kind',
        'principle',
        'language',
        'shipsTo',
        'sector',
        'platform',
        '/th/directory#found',
        'https://somjai-silk.example/',
      ])
        expect(stops).toContain(stop)
      expect(stops).toContain('/th/r/th-dbd%3AV-2569-0101')
      await screenshot(page, 'directory-th-desk-found')
    })
  })

  test('in Japanese on a desk: by two characters; zoomed, in forced colours, on paper', async () => {
    const origin = await sharedDemo()
    await visitAs({ scripts: true, locale: 'ja-JP', viewport: DESK, colorScheme: 'dark' }, async (page) => {
      await page.goto(`${origin}/ja/directory`)
      await search(page, '漆器')
      expect(await shops(page)).toEqual(['有限会社見本漆器'])
      expect(await page.locator('.shop').innerText()).toContain('漆器.example')
      await isSound(page)
      await screenshot(page, 'directory-ja-desk-dark')
      await page.goto(`${origin}/ja/directory?country=TH&kind=quality&level=th-dbd/verified/gold`)
      await page.emulateMedia({ forcedColors: 'active' })
      // What colour told is told by a line: each certificate still has its own frame.
      const award = page.locator('.awards > li').first()
      expect(await award.evaluate((e) => getComputedStyle(e).borderTopStyle)).toBe('solid')
      expect(await overflow(page)).toBe(0)
      await screenshot(page, 'directory-ja-forced')
      await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
      // What 200 % and 400 % leave of a desk's width.
      for (const width of [550, 320]) {
        await page.setViewportSize({ width, height: 450 })
        await isSound(page)
      }
      await screenshot(page, 'directory-ja-narrow')
      await page.setViewportSize(DESK)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.filters').isVisible()).toBe(false)
      expect(await page.locator('.shop').first().isVisible()).toBe(true)
      await screenshot(page, 'directory-ja-print')
    })
  })

  test('that finds nothing, or was asked for what there is not, says so in every language', async () => {
    const origin = await sharedDemo()
    await visitAs({ scripts: true, locale: 'en-GB' }, async (page) => {
      for (const lang of LANGUAGES) {
        const own = TEXTS[lang].directory
        await page.goto(`${origin}${localPath(lang, '/directory')}?q=qzxqzx&kind=quality`)
        expect(await page.locator('#count').innerText()).toBe(own.nothing.title)
        expect(await page.locator('.chips a').count()).toBe(2)
        await isSound(page)
        await screenshot(page, `directory-nothing-${lang}`)
        const response = await page.goto(
          `${origin}${localPath(lang, '/directory')}?country=ZZ&after=nonsense`,
        )
        expect(response?.status()).toBe(400)
        expect(await page.locator('.warning').innerText()).toContain(own.leftOut.place)
        expect((await shops(page)).length).toBeGreaterThan(0)
        expect(await overflow(page)).toBe(0)
        await screenshot(page, `directory-left-out-${lang}`)
      }
    })
  })
})
