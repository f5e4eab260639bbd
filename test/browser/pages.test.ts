/** The first pages as people meet them: on a telephone and a desk, in four languages, without any script. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../src/alliance/text.js'
import { CATALOGUES, localPath } from '../../src/pages/frame/reader.js'
import { pageRoutes } from '../../src/pages/page-routes.js'
import { VERDICTS } from '../../src/record/verdict.js'
import { sharedBrowser } from './launch.js'
import { overflow, screenshot, violations } from './look.js'
import { type PageServer, servePages } from './serve-pages.js'
import { NOTHING_ELSE, OVERVIEW, sampleVerify } from './verdicts.js'

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 900 }

/** Smallest side of what a finger must hit, in CSS pixels. */
const TOUCH = 44

let browser: Browser
let server: PageServer

beforeAll(async () => {
  server = await servePages((origin) =>
    pageRoutes({
      origin,
      demo: true,
      verify: sampleVerify,
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
    }),
  )
  browser = await sharedBrowser()
})
afterAll(async () => {
  await server?.close()
})

async function visit<T>(
  path: string,
  options: BrowserContextOptions,
  read: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: PHONE, ...options })
  try {
    const page = await context.newPage()
    await page.goto(server.origin + path)
    return await read(page)
  } finally {
    await context.close()
  }
}

const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const inText = (e: Element) => e.closest('footer, .offer') !== null
    return [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
      .filter(
        (e) =>
          e.getClientRects().length > 0 &&
          !e.matches('.skip') &&
          !inText(e) &&
          e.closest('details:not([open]) > :not(summary)') === null,
      )
      .filter((e) => e.getBoundingClientRect().height < least - 0.5)
      .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)
  }, TOUCH)

const PATHS = [
  '/',
  '/verify',
  '/verify?q=crowded.example',
  '/verify?q=not-found.example',
  '/verify?q=revoked.example&for=VN',
]

describe.each(LANGUAGES)('pages in %s', (lang: Language) => {
  const t = CATALOGUES[lang]

  test.each(PATHS)(
    '%s fits a telephone and a desk in the dark, breaks no accessibility rule and can be hit with a thumb',
    async (path) => {
      await visit(localPath(lang, path), { bypassCSP: true }, async (page) => {
        await screenshot(page, `${lang}-phone-${PATHS.indexOf(path)}`)
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        expect(await tooSmall(page)).toEqual([])
        expect(await violations(page)).toEqual([])
        expect(await page.locator('h1').count()).toBe(1)
        expect(await page.locator('html').getAttribute('lang')).toBe(lang)
        await page.setViewportSize(DESK)
        await page.emulateMedia({ colorScheme: 'dark' })
        await screenshot(page, `${lang}-desk-dark-${PATHS.indexOf(path)}`)
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        expect(await violations(page)).toEqual([])
      })
    },
  )

  test('the form leads to the answer without any script', async () => {
    await visit(localPath(lang, '/'), { javaScriptEnabled: false }, async (page) => {
      await page.getByLabel(t.search.label).fill('certified.example')
      await page.getByRole('button', { name: t.search.button }).click()
      expect(new URL(page.url()).pathname).toBe(localPath(lang, '/verify'))
      expect(await page.locator('h1').textContent()).toBe(t.verdicts.certified.title)
      expect(await page.title()).toBe(`${t.verdicts.certified.title}: certified.example – ${t.site.name}`)
      expect(await page.locator('.place').first().textContent()).toBe('certified.example')
      await screenshot(page, `${lang}-phone-certified`)
    })
  })

  test('who answers a country question stays on the same shop', async () => {
    await visit(localPath(lang, '/verify?q=revoked.example'), { javaScriptEnabled: false }, async (page) => {
      await page.locator('.country select').selectOption('JP')
      expect(await page.locator('select').count()).toBe(1)
      await page.getByRole('button', { name: t.complaints.show }).click()
      const { searchParams } = new URL(page.url())
      expect([searchParams.get('q'), searchParams.get('for')]).toEqual(['revoked.example', 'JP'])
      expect(await page.locator('h1').textContent()).toBe(t.verdicts.revoked.title)
    })
  })
})

test.each(VERDICTS)(
  '%s shows its sign and its word above the fold of a telephone, light and dark',
  async (word) => {
    for (const colorScheme of ['light', 'dark'] as const)
      await visit(`/verify?q=${word}.example`, { colorScheme, bypassCSP: true }, async (page) => {
        await screenshot(page, `verdict-${word}-${colorScheme}`, false)
        const heading = page.locator('h1')
        expect(await heading.textContent()).toBe(CATALOGUES.en.verdicts[word].title)
        for (const part of [heading, page.locator('.headline svg')]) {
          const box = await part.boundingBox()
          expect(box && box.y + box.height).toBeLessThan(PHONE.height)
        }
        expect(await violations(page)).toEqual([])
      })
  },
)

test('axe sees a page that breaks its rules', async () => {
  await visit('/', { bypassCSP: true }, async (page) => {
    await page.addStyleTag({ content: '.lead { color: #bbb } .bar { width: 2000px; max-width: none }' })
    expect((await violations(page)).join()).toContain('color-contrast')
    expect(await overflow(page)).toBeGreaterThan(0)
  })
})

test('the keyboard goes skip link, brand, menu, languages, then the field', async () => {
  await visit('/', {}, async (page) => {
    const order: string[] = []
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press('Tab')
      order.push(
        await page.evaluate(
          () => document.activeElement?.id || document.activeElement?.textContent?.trim() || '',
        ),
      )
    }
    const { site, search, places } = CATALOGUES.en
    expect(order).toEqual([
      site.skip,
      site.name,
      places.menu,
      'English',
      'ไทย',
      'Tiếng Việt',
      '日本語',
      'q',
      'for',
      search.button,
    ])
  })
  await visit('/', {}, async (page) => {
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#main')
  })
  await visit('/', {}, async (page) => {
    const { places } = CATALOGUES.en
    const ways = page.getByRole('navigation', { name: places.label })
    expect(await ways.isVisible()).toBe(false)
    await page.getByRole('link', { name: places.menu }).press('Enter')
    expect(await ways.getByRole('link').allTextContents()).toEqual([
      places.verify,
      places.directory,
      places.principles,
      places.learn,
      places.whichMark,
      places.complaint,
      places.close,
    ])
    expect(await tooSmall(page)).toEqual([])
    await page.getByRole('link', { name: places.close }).press('Enter')
    expect(await ways.isVisible()).toBe(false)
    await page.setViewportSize(DESK)
    expect(await ways.isVisible()).toBe(true)
    expect(await page.getByRole('link', { name: places.menu }).isVisible()).toBe(false)
  })
})

test('a browser that prefers Vietnamese is offered Vietnamese', async () => {
  await visit('/verify?q=certified.example', { locale: 'vi-VN' }, async (page) => {
    await page.getByRole('link', { name: CATALOGUES.vi.site.offer }).click()
    expect(page.url()).toBe(`${server.origin}/vi/verify?q=certified.example`)
    expect(await page.locator('h1').textContent()).toBe(CATALOGUES.vi.verdicts.certified.title)
  })
})

test('a refused question is answered kindly and can be mended', async () => {
  await visit('/vi/verify?q=0123456789', { bypassCSP: true }, async (page) => {
    await screenshot(page, `vi-refusal`)
    expect(await page.locator('h1').textContent()).toBe(CATALOGUES.vi.refusal.title)
    expect(await page.locator('.now').textContent()).toBe(CATALOGUES.vi.refusal.identifier)
    expect(await page.locator('#q').inputValue()).toBe('0123456789')
    expect(await violations(page)).toEqual([])
  })
})

test('nothing on a page is loaded but its style sheet, and the policy is never violated', async () => {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  const requested: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(`${server.origin}/verify?q=crowded.example`)
  await context.close()
  expect(requested.filter((path) => !path.startsWith(','))).toEqual(['/verify', '/style.css'])
  expect(complaints).toEqual([])
})
