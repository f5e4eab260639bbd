/** "Tap the seal" (issue 5, story 1): from a shop, an imitation or nowhere to the page of a record, in every state of it. */
import { Hono } from 'hono'
import type { BrowserContextOptions, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../src/alliance/text.js'
import { CATALOGUES, recordPath } from '../../src/pages/frame/reader.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { pageRoutes } from '../../src/pages/page-routes.js'
import { POSITIVE_VERDICTS, type Verdict, type VerdictQuery } from '../../src/record/verdict.js'
import { DESK, PHONE, sharedDemo } from './demo-scene.js'
import { sharedBrowser } from './launch.js'
import { overflow, screenshot, violations } from './look.js'
import { STATES, verifyState } from './record-states.js'
import { type PageServer, servePages } from './serve-pages.js'
import { NOTHING_ELSE, OVERVIEW, sampleRecord, sampleVerdict } from './verdicts.js'

/** Without TLS, as this machine's own server has none: a browser would not tell it where from a visitor comes. */
const SHOP = 'http://somjai-silk.example'
/** Its second letter is Cyrillic. */
const IMITATION = new URL('http://sоmjai-silk.example').origin
/** Smallest side of what a finger must hit, in CSS pixels. */
const TOUCH = 44
/** What a record's page may weigh, all that it loads included (issue 5). */
const MAX_TRANSFERRED = 30_000

let server: PageServer
let elsewhere: PageServer

const pathOf = (state: string, lang?: Language): string => recordPath(`th-dbd:${state}`, lang)

/** A shop's page with the seal as a plain link, as any page can have one. */
const shopPage = (attributes = ''): string =>
  `<!doctype html><html lang="en"><title>Shop</title><a href="${server.origin}${pathOf('certified')}" ${attributes}>seal</a></html>`

/** A name of 2,000 letters without a space, and one whose marks would cover the page. */
async function verify(query: VerdictQuery): Promise<Verdict> {
  if (query.record !== 'th-dbd:hostile') return verifyState(query)
  const record = sampleRecord('certified', { id: 'th-dbd:hostile', matched: undefined })
  const endless = 'W'.repeat(2000)
  const holder = { ...record.holder, name: { en: endless }, sector: endless }
  const member = { ...record.member, name: { en: `Z${'\u0310'.repeat(10_000)} ${'W'.repeat(300)}` } }
  const presences = record.presences.map((one) => ({
    ...one,
    url: `https://${'w'.repeat(63)}.${'w'.repeat(63)}.${'w'.repeat(63)}.example`,
  }))
  return { ...sampleVerdict('certified'), records: [{ ...record, holder, member, presences }] }
}

beforeAll(async () => {
  server = await servePages((origin) =>
    pageRoutes({ origin, demo: true, verify, overview: async () => OVERVIEW, ...NOTHING_ELSE }),
  )
  elsewhere = await servePages(() => new Hono().get('/', (c) => c.html(shopPage())))
})
afterAll(async () => {
  await server?.close()
  await elsewhere?.close()
})

async function visit(options: BrowserContextOptions, story: (page: Page) => Promise<void>): Promise<void> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', bypassCSP: true, ...options })
  try {
    for (const site of [SHOP, IMITATION])
      await context.route(`${site}/**`, (route) =>
        route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: shopPage(route.request().url().endsWith('/silent') ? 'rel="noreferrer"' : ''),
        }),
      )
    await story(await context.newPage())
  } finally {
    await context.close()
  }
}

async function tapSeal(page: Page, from: string): Promise<void> {
  await page.goto(from)
  await page.getByRole('link', { name: 'seal' }).click()
  await page.waitForURL(`${server.origin}${pathOf('certified')}`)
}

const wordsOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText()
const said = (text: string, host: string): string => text.replace('{host}', host)
/** The words without the breaks that make them fit. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** Whether all of it can be seen without scrolling. */
async function isOnFirstScreen(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox()
  return box !== null && box.y >= 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0)
}

const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(
    (least) =>
      [
        ...document.querySelectorAll(
          'main a, main button, main input:not([type=hidden]), main select, main summary',
        ),
      ]
        .filter((e) => e.closest('details:not([open]) > :not(summary)') === null)
        .filter((e) => e.getBoundingClientRect().height < least - 0.5)
        .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`),
    TOUCH,
  )

/** All that can be said of any page by looking at it. */
async function look(page: Page): Promise<void> {
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await tooSmall(page)).toEqual([])
  expect(await violations(page)).toEqual([])
  expect(await page.locator('h1').count()).toBe(1)
}

describe.each(LANGUAGES)('who reads %s and taps the seal', (lang: Language) => {
  const t = CATALOGUES[lang]
  const { arrival } = TEXTS[lang].record

  test('on the covered shop learns, on the first screen, that the mark is its own', async () => {
    await visit({ locale: lang }, async (page) => {
      await tapSeal(page, `${SHOP}/cart`)
      await screenshot(page, `record-${lang}-covered`, false)
      expect(await page.locator('html').getAttribute('lang')).toBe(lang)
      expect(await wordsOf(page, 'h1')).toBe(t.verdicts.certified.title)
      expect(await wordsOf(page, '.place')).toBe('somjai-silk.example')
      expect(oneLine(await wordsOf(page, '.same'))).toBe(said(arrival.covered, 'somjai-silk.example'))
      for (const part of ['h1', '.place', '.same']) expect(await isOnFirstScreen(page, part), part).toBe(true)
      const size = await page
        .locator('.place')
        .first()
        .evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))
      expect(size).toBeGreaterThanOrEqual(27)
      await look(page)
      await screenshot(page, `record-${lang}-phone`)
    })
  })

  test('elsewhere is warned first, and sees whose mark it is before its verdict', async () => {
    const shown = new URL(elsewhere.origin).host
    await visit({ locale: lang }, async (page) => {
      await tapSeal(page, elsewhere.origin)
      await screenshot(page, `record-${lang}-elsewhere`, false)
      expect(oneLine(await wordsOf(page, '.came-from'))).toContain(said(arrival.elsewhere, shown))
      expect(await wordsOf(page, '.covered')).toContain(arrival.ledHere)
      for (const part of ['.came-from', '.place']) expect(await isOnFirstScreen(page, part), part).toBe(true)
      // Nothing on the page has the colour of a valid mark.
      expect(await page.locator('.tone-quality').count()).toBe(0)
      await look(page)
    })
    await visit({ locale: lang, viewport: DESK, colorScheme: 'dark' }, async (page) => {
      await tapSeal(page, `${IMITATION}/`)
      await screenshot(page, `record-${lang}-imitation-desk-dark`)
      const warning = oneLine(await wordsOf(page, '.came-from'))
      expect(warning).toContain('sоmjai-silk.example')
      expect(warning).toContain(`(${new URL(IMITATION).host})`)
      expect(warning).toContain(arrival.mixed)
      expect(await page.locator('.came-from a').getAttribute('href')).toContain(
        `/verify?q=${new URL(IMITATION).host}`,
      )
      await look(page)
    })
  })

  test('without a trace of where is asked to compare, and so is who types the address', async () => {
    await visit({ locale: lang, viewport: DESK }, async (page) => {
      await tapSeal(page, `${SHOP}/silent`)
      expect(await wordsOf(page, '.covered')).toContain(arrival.unknown)
      expect(await page.locator('.came-from').count()).toBe(0)
      await page.goto(server.origin + pathOf('certified'))
      expect(await wordsOf(page, '.covered')).toContain(arrival.unknown)
      await look(page)
      await screenshot(page, `record-${lang}-desk`)
    })
  })

  test('can change the language, and say where he lives, without leaving the page', async () => {
    await visit({ locale: lang, javaScriptEnabled: false }, async (page) => {
      await page.goto(server.origin + pathOf('revoked', lang))
      await page.locator('.country select').selectOption('JP')
      await page.getByRole('button', { name: t.complaints.show }).click()
      expect(page.url()).toBe(`${server.origin}${pathOf('revoked', lang)}?for=JP#complain`)
      const other = lang === 'ja' ? 'th' : 'ja'
      await page.locator(`.languages a[lang=${other}]`).click()
      expect(page.url()).toBe(`${server.origin}${pathOf('revoked', other)}?for=JP`)
      expect(await wordsOf(page, 'h1')).toBe(CATALOGUES[other].verdicts.revoked.title)
    })
  })
})

describe('on the first screen of a telephone stands', () => {
  const told = STATES.map((state, i) => [state, LANGUAGES[i % LANGUAGES.length] ?? 'en'] as const)

  test('each state by sign and word, and whose mark it is or what to do', async () => {
    await visit({}, async (page) => {
      for (const [state, lang] of told) {
        await page.goto(server.origin + pathOf(state, lang))
        await screenshot(page, `record-${state}-${lang}`, false)
        expect(await wordsOf(page, 'h1')).toBe(CATALOGUES[lang].verdicts[state].title)
        const then = POSITIVE_VERDICTS.includes(state) ? '.place' : '.now'
        for (const part of ['h1', '.panel .sign', then])
          expect(await isOnFirstScreen(page, part), `${state} ${part}`).toBe(true)
        await look(page)
      }
    })
  })

  test('or on that of a desk, in the dark, the same for who comes from elsewhere', async () => {
    await visit({ viewport: DESK, colorScheme: 'dark' }, async (page) => {
      for (const [state, lang] of told) {
        await page.goto(server.origin + pathOf(state, lang), { referer: 'https://evil.example/' })
        await screenshot(page, `record-${state}-${lang}-desk-dark`)
        for (const part of ['.came-from', 'h1', '.place'])
          expect(await isOnFirstScreen(page, part), `${state} ${part}`).toBe(true)
        await look(page)
      }
    })
  })

  test('that there is no such certificate', async () => {
    const { missing } = TEXTS.th.record
    await visit({}, async (page) => {
      const response = await page.goto(server.origin + pathOf('V-0000-0000', 'th'), {
        referer: elsewhere.origin,
      })
      await screenshot(page, 'record-missing-th', false)
      expect(response?.status()).toBe(404)
      expect(await wordsOf(page, 'h1')).toBe(missing.title)
      for (const part of ['.came-from', 'h1']) expect(await isOnFirstScreen(page, part), part).toBe(true)
      expect(await wordsOf(page, '.panel')).toContain(missing.genuine)
      await look(page)
    })
    await visit({ viewport: DESK, colorScheme: 'dark' }, async (page) => {
      await page.goto(`${server.origin}/ja/r/%00`)
      expect(await wordsOf(page, 'h1')).toBe(TEXTS.ja.record.missing.title)
      await look(page)
    })
  })
})

describe('the page can be read', () => {
  test('at 200 %, on the narrowest screen, in its largest letters, with the longest names', async () => {
    const cases = [
      ['crowded', 'ja', { width: DESK.width / 2, height: DESK.height / 2 }, ''],
      ['crowded', 'vi', { width: 320, height: 640 }, ''],
      ['hostile', 'en', { width: 320, height: 640 }, ''],
      ['crowded', 'th', PHONE, 'html{font-size:200%}'],
      ['hostile', 'th', DESK, 'html{font-size:200%}'],
    ] as const
    for (const [state, lang, viewport, style] of cases)
      await visit({ viewport }, async (page) => {
        await page.goto(server.origin + pathOf(state, lang), { referer: `${IMITATION}/` })
        if (style) await page.addStyleTag({ content: style })
        for (const summary of await page.locator('main > details > summary, .record details > summary').all())
          await summary.click()
        if (state === 'crowded') await screenshot(page, `record-large-${lang}-${viewport.width}`)
        expect(await overflow(page), `${state} ${lang}`).toBeLessThanOrEqual(0)
        // No text lies across that of another part, as towers of marks and endless words would.
        const crossing = await page.evaluate(() => {
          const parts = [...document.querySelectorAll('main > *, .certificate > *')].filter(
            (e) => e.clientHeight > 0,
          )
          return parts.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className || e.tagName)
        })
        expect(crossing, `${state} ${lang}`).toEqual([])
      })
  })

  test('in colours that the reader forces', async () => {
    for (const [state, lang] of [
      ['certified', 'ja'],
      ['suspended', 'en'],
    ] as const)
      await visit({ forcedColors: 'active' }, async (page) => {
        await page.goto(server.origin + pathOf(state, lang), { referer: `${IMITATION}/` })
        await screenshot(page, `record-forced-${state}-${lang}`, false)
        for (const part of ['.panel', '.covered', '.came-from'])
          expect(await page.locator(part).evaluate((e) => getComputedStyle(e).borderBottomStyle), part).toBe(
            'solid',
          )
        await look(page)
      })
  })

  test('with the keyboard alone', async () => {
    await visit({ viewport: DESK }, async (page) => {
      await page.goto(server.origin + pathOf('certified', 'en'), { referer: `${IMITATION}/` })
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(new URL(page.url()).hash).toBe('#main')
      const reached: string[] = []
      const here = (): Promise<string> =>
        page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '')
      const { search, evidence } = CATALOGUES.en
      const { history } = TEXTS.en.record
      for (let i = 0; i < 40 && !reached.includes(search.again); i += 1) {
        await page.keyboard.press('Tab')
        const text = await here()
        reached.push(text)
        if (text === history.title) await page.keyboard.press('Enter')
      }
      const order = [
        said(TEXTS.en.record.arrival.lookUp, new URL(IMITATION).host),
        said(CATALOGUES.en.covered.open.replace('{address}', '{host}'), 'somjai-silk.example'),
        'Department of Business Development, Thailand',
        history.title,
        history.all,
        history.proof,
        evidence.title,
      ].map((text) => reached.indexOf(text))
      expect(order).not.toContain(-1)
      expect(order).toEqual([...order].sort((a, b) => a - b))
    })
  })
})

test('over the hub’s own server the page weighs less than 30 kB, and asks nobody else for anything', async () => {
  const origin = await sharedDemo()
  for (const lang of LANGUAGES)
    await visit({ bypassCSP: false }, async (page) => {
      const requests: Request[] = []
      const said: string[] = []
      page.on('requestfinished', (request) => requests.push(request))
      page.on('console', (message) => said.push(message.text()))
      await page.goto(origin + recordPath('th-dbd:V-2569-0101', lang), { waitUntil: 'networkidle' })
      await screenshot(page, `record-demo-${lang}`)
      const sizes = await Promise.all(requests.map((request) => request.sizes()))
      const bytes = sizes.reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0)
      expect(bytes, `${lang}: ${bytes}`).toBeLessThan(MAX_TRANSFERRED)
      expect(requests.map((request) => new URL(request.url()).origin)).toEqual(requests.map(() => origin))
      const [first] = requests
      expect((await first?.response())?.headers()['content-encoding']).toBe('gzip')
      expect(requests.filter((request) => request.resourceType() === 'script')).toEqual([])
      expect(said).toEqual([])
    })
})
