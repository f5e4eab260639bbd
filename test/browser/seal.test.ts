/** The seal on pages of other sites, as their visitors' browsers show it: placed rightly, copied, without scripts, under a strict policy. */
import { Hono } from 'hono'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/alliance/text.js'
import { TEXTS } from '../../src/pages/languages/texts.js'
import { pageRoutes } from '../../src/pages/page-routes.js'
import {
  formatPolicy,
  formatScriptLine,
  formatSnippet,
  SEAL_SIZES,
  SEAL_STYLES,
  sealPath,
} from '../../src/pages/seal/addresses.js'
import { drawSeal } from '../../src/pages/seal/draw.js'
import { faceOf } from '../../src/pages/seal/face.js'
import { VERDICTS, type VerdictRecord } from '../../src/record/verdict.js'
import { builtBundles } from './built.js'
import { DESK, PHONE, visitAs } from './demo-scene.js'
import { overflow, screenshot, violations } from './look.js'
import { type PageServer, servePages } from './serve-pages.js'
import { NOTHING_ELSE, OVERVIEW, samplePresence, sampleRecord, sampleVerdict } from './verdicts.js'

const GOOD = 'th-dbd:V-2026-0001'
const LOST = 'th-dbd:V-2026-0002'
const SHOPEE = 'th-dbd:V-2026-0003'
/** Another shop's, with two places. */
const OTHER = 'th-dbd:V-2026-0004'
const UNKNOWN = 'th-dbd:V-2026-0009'

let hub: PageServer
let shop: PageServer
/** The certified shop, and one that copied its page, letter for letter; browsers take both to this machine. */
let genuine: string
let imitation: string
/** What the hub was told by those who asked for seals and pages. */
const asked: { path: string; referer: string | undefined; cookie: string | undefined }[] = []
/** What the shops' pages hold at the moment. */
let body = ''

beforeAll(async () => {
  const bundles = await builtBundles()
  hub = await servePages((origin) => {
    const app = new Hono()
    app.use(async (c, next) => {
      asked.push({ path: c.req.path, referer: c.req.header('referer'), cookie: c.req.header('cookie') })
      await next()
    })
    const verify = async ({ record: id = '' }) => {
      const records = recordsOf(id)
      return sampleVerdict(records[0]?.verdict ?? 'not-found', {
        query: { record: id, keys: [id], display: id },
        records,
      })
    }
    app.route(
      '/',
      pageRoutes({ origin, demo: true, verify, overview: async () => OVERVIEW, ...NOTHING_ELSE, bundles }),
    )
    return app
  })
  shop = await servePages(() => {
    const app = new Hono()
    // As strict as a page can be that shows a seal, in both of the browsers' ways to keep others out.
    const policy = `default-src 'none'; ${formatPolicy(hub.origin)}; frame-src *; require-trusted-types-for 'script'`
    app.get('/', (c) =>
      c.html(`<!doctype html><html lang="th"><title>Shop</title><h1>Shop</h1>${body}`, 200, {
        'Content-Security-Policy': policy,
        'Cross-Origin-Embedder-Policy': 'require-corp',
      }),
    )
    app.get('/frame', (c) =>
      c.html(`<!doctype html><iframe src="${genuine}/" width="400" height="400"></iframe>`),
    )
    return app
  })
  const port = new URL(shop.origin).port
  genuine = `http://somjai-silk.localhost:${port}`
  imitation = `http://sornjai-silk.localhost:${port}`
})
afterAll(async () => {
  await hub?.close()
  await shop?.close()
})

function recordsOf(id: string): VerdictRecord[] {
  const host = new URL(genuine).host
  const presence = { ...samplePresence(), keys: [`web:${host}`], url: `https://${host}` }
  const shopee = {
    ...presence,
    kind: 'shopee' as const,
    keys: ['shopee:th:user:x'],
    url: 'https://shopee.co.th/somjai',
  }
  if (id === GOOD) return [sampleRecord('certified', { id, presences: [presence], matched: undefined })]
  if (id === LOST) return [sampleRecord('suspended', { id, presences: [presence], matched: undefined })]
  if (id === OTHER) {
    const second = { ...samplePresence(), keys: ['web:second.example'], url: 'https://second.example' }
    return [sampleRecord('certified', { id, presences: [samplePresence(), second], matched: undefined })]
  }
  if (id === SHOPEE) return [sampleRecord('certified', { id, presences: [shopee], matched: undefined })]
  return []
}

/** Width and height of each poster's paper (mm). */
const SHEETS: [string, number[]][] = [
  ['a4', [210, 297]],
  ['a6', [105, 148]],
  ['parcel', [210, 297]],
]

const snippet = (id: string, wish: Parameters<typeof formatSnippet>[2]): string =>
  formatSnippet(hub.origin, id, wish)
const THAI = { lang: 'th', alt: TEXTS.th.seal.alt } as const

/** What a page broke of its policy, and what went wrong in it; no page of a shop may learn of either from us. */
function watch(page: Page): { faults: string[]; violated(): Promise<string[]> } {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  return {
    faults,
    violated: () => page.evaluate(() => (window as unknown as { violated: string[] }).violated),
  }
}

async function open(page: Page, address: string): Promise<ReturnType<typeof watch>> {
  const watched = watch(page)
  await page.addInitScript(() => {
    const all: string[] = []
    Object.assign(window, { violated: all })
    document.addEventListener('securitypolicyviolation', (event) => all.push(event.violatedDirective))
  })
  await page.goto(address)
  return watched
}

/** Waits until a seal's picture is there, and reads it. */
async function sealOf(page: Page, id = GOOD, settled = true) {
  const image = page.locator(`a[data-trustmark="${id}"] img`)
  await image.evaluate((img: HTMLImageElement) => img.decode())
  // Where the script has said its word, the picture has a title.
  if (settled) await page.locator(`a[data-trustmark="${id}"] img[title]`).waitFor({ state: 'attached' })
  await image.evaluate((img: HTMLImageElement) => img.decode())
  return image.evaluate((img: HTMLImageElement) => ({
    src: img.src,
    alt: img.alt,
    title: img.title,
    drawn: [img.naturalWidth, img.naturalHeight],
    shown: [img.clientWidth, img.clientHeight],
  }))
}

describe('with the script', () => {
  test('a seal on the shop that it belongs to stays as it is, and says what holds', async () => {
    body = snippet(GOOD, THAI) + formatScriptLine(hub.origin)
    asked.length = 0
    await visitAs({ scripts: true }, async (page) => {
      const { faults, violated } = await open(page, genuine)
      const seal = await sealOf(page)
      expect(seal.src).toBe(`${hub.origin}${sealPath(GOOD, { lang: 'th' })}`)
      expect(seal.alt).toContain(TEXTS.th.seal.states.certified)
      expect(seal.title).toBe(seal.alt)
      expect([seal.drawn, seal.shown]).toEqual([
        [240, 360],
        [160, 240],
      ])
      await screenshot(page, 'seal-on-its-shop')
      expect([faults, await violated()]).toEqual([[], []])
      expect(await page.context().cookies()).toEqual([])
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
      // The hub learns which record is asked for; only the script's own address is asked for by the shop's page.
      const seals = asked.filter(({ path }) => path.startsWith('/seal/'))
      expect(seals.map(({ path }) => path).sort()).toEqual([`/seal/${GOOD}.json`, `/seal/${GOOD}.svg`])
      for (const { referer, cookie } of seals) expect([referer, cookie]).toEqual([undefined, undefined])
    })
  })

  test.each(['light', 'dark'] as const)(
    'a copied seal says at its place that it is not for this page (%s)',
    async (theme) => {
      body = `<p>${snippet(GOOD, { ...THAI, theme: 'auto' })}</p><p>${snippet(LOST, { ...THAI, lang: 'ja' })}</p>${formatScriptLine(hub.origin)}`
      await visitAs({ scripts: true, colorScheme: theme }, async (page) => {
        const { faults, violated } = await open(page, imitation)
        const seal = await sealOf(page)
        const address = new URL(seal.src)
        expect(address.origin + address.pathname).toBe(`${hub.origin}/seal/${GOOD}.svg`)
        expect(Object.fromEntries(address.searchParams)).toEqual({
          lang: 'th',
          theme: 'auto',
          shown: 'elsewhere',
        })
        expect(seal.alt).toContain(TEXTS.th.seal.states.elsewhere)
        expect(seal.alt).toContain(new URL(genuine).host)
        expect(seal.drawn).toEqual([240, 360])
        // A lost mark is told as lost on any page.
        const lost = await sealOf(page, LOST)
        expect(lost.src).not.toContain('elsewhere')
        expect(lost.alt).toContain(TEXTS.ja.seal.states.suspended)
        await screenshot(page, `seal-copied-${theme}`)
        expect([faults, await violated()]).toEqual([[], []])
      })
    },
  )

  test('snippets that a page adds later are seen; links in texts are not touched', async () => {
    body = `<p><a id="text" href="${hub.origin}/r/${GOOD}">a story about this shop</a></p><div id="app"></div>${formatScriptLine(hub.origin)}`
    await visitAs({ scripts: true }, async (page) => {
      const { faults, violated } = await open(page, imitation)
      await page.evaluate(
        ([hubOrigin, id]) => {
          // As frameworks build it, and with sources that would win over the picture's own address.
          const link = document.createElement('a')
          link.href = `${hubOrigin}/th/r/${id}`
          const source = document.createElement('source')
          source.srcset = `${hubOrigin}/seal/${id}.svg?theme=dark`
          const picture = document.createElement('picture')
          const image = document.createElement('img')
          image.src = `${hubOrigin}/seal/${id}.svg?lang=vi&style=wide`
          image.alt = ''
          picture.append(source, image)
          link.append(picture)
          document.getElementById('app')?.append(link)
          const bare = document.createElement('a')
          bare.href = `${hubOrigin}/r/${id}`
          bare.dataset.trustmark = id
          bare.textContent = 'our mark'
          document.getElementById('app')?.append(bare)
        },
        [hub.origin, GOOD] as const,
      )
      await page.locator('#app img[title] >> nth=1').waitFor()
      const shown = await page
        .locator('#app img')
        .evaluateAll((all) =>
          all.map((img) => (img as HTMLImageElement).currentSrc || (img as HTMLImageElement).src),
        )
      expect(shown).toEqual([
        `${hub.origin}/seal/${GOOD}.svg?theme=dark&shown=elsewhere`,
        `${hub.origin}/seal/${GOOD}.svg?shown=elsewhere`,
      ])
      expect(await page.locator('#text').getAttribute('title')).toBeNull()
      expect(await page.locator('#app source').count()).toBe(0)
      expect([faults, await violated()]).toEqual([[], []])
    })
  })

  test('each picture is held against its own record, whatever the link around it leads to', async () => {
    const picture = (id: string, at: string): string =>
      `<img id="${at}" name="currentScript" src="${hub.origin}${sealPath(id)}?place=web:second.example" alt="">`
    const link = (inner: string): string => `<a href="${hub.origin}/th/r/${GOOD}/">${inner}</a>`
    body = [
      link(picture(OTHER, 'crossed')),
      link(picture(GOOD, 'own') + picture(OTHER, 'second')),
      picture(OTHER, 'bare'),
      // A picture of the shop's own may show any mark.
      `<a id="local" href="${hub.origin}/r/${GOOD}"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x"></a>`,
      formatScriptLine(hub.origin),
    ].join('')
    await visitAs({ scripts: true }, async (page) => {
      const { faults } = await open(page, genuine)
      await page.locator('#local[title]').waitFor()
      await page.locator('img[title] >> nth=3').waitFor()
      for (const at of ['crossed', 'second', 'bare']) {
        const image = page.locator(`#${at}`)
        expect(await image.getAttribute('src'), at).toBe(
          `${hub.origin}${sealPath(OTHER)}?place=web%3Asecond.example&shown=elsewhere`,
        )
        expect(await image.getAttribute('alt'), at).toMatch(
          /^Not for this page.*second\.example, somjai-silk/,
        )
      }
      expect(await page.locator('#own').getAttribute('src')).not.toContain('elsewhere')
      expect(await page.locator('#own').getAttribute('alt')).toContain(TEXTS.en.seal.states.certified)
      expect(await page.locator('#local img').getAttribute('alt')).toBe('x')
      // Another picture in the same place is looked at anew, and one that was marked is shown plainly where it belongs.
      await page.evaluate(
        (address) => {
          document.querySelector<HTMLImageElement>('#own')!.src = address
          document.querySelector<HTMLImageElement>('#bare')!.src = address.replace('0004', '0001')
        },
        `${hub.origin}${sealPath(OTHER)}?shown=elsewhere`,
      )
      await page.locator('#own[alt^="Not for this page"]').waitFor()
      await page.locator(`#bare[src="${hub.origin}${sealPath(GOOD)}"]`).waitFor()
      expect(faults).toEqual([])
    })
  })

  test('within a frame, the address that the visitor sees counts', async () => {
    body = snippet(GOOD, THAI) + formatScriptLine(hub.origin)
    await visitAs({ scripts: true }, async (page) => {
      await page.goto(`${imitation}/frame`)
      const image = page.frameLocator('iframe').locator('a img[title]')
      await image.waitFor()
      expect(await image.getAttribute('src')).toContain('shown=elsewhere')
      await page.goto(`${genuine}/frame`)
      await image.waitFor()
      expect(await image.getAttribute('src')).not.toContain('elsewhere')
    })
  })

  test('a hub that does not answer leaves the plain picture, and the page as it was', async () => {
    body = snippet(GOOD, THAI) + formatScriptLine(hub.origin)
    for (const answer of [undefined, '{"inForce":true,"saysElsewhere":"x"}']) {
      await visitAs({ scripts: true }, async (page) => {
        await page.route('**/*.json*', (route) =>
          answer === undefined
            ? route.abort()
            : route.fulfill({ body: answer, headers: { 'Access-Control-Allow-Origin': '*' } }),
        )
        const isData = (request: Request): boolean => request.url().includes('.json')
        const heard =
          answer === undefined
            ? page.waitForEvent('requestfailed', isData)
            : page.waitForEvent('requestfinished', isData)
        const { faults } = await open(page, imitation)
        await heard
        const seal = await sealOf(page, GOOD, false)
        expect([seal.src.includes('elsewhere'), seal.alt, seal.title]).toEqual([false, TEXTS.th.seal.alt, ''])
        expect(faults).toEqual([])
      })
    }
  })
})

describe('without any script', () => {
  test('a seal is a picture with a link, which leads to the record page with the shop’s origin alone', async () => {
    body = `<p>${snippet(GOOD, { lang: 'vi', alt: TEXTS.vi.seal.alt })}</p>${formatScriptLine(hub.origin)}`
    asked.length = 0
    await visitAs({ locale: 'vi-VN' }, async (page) => {
      await page.goto(`${genuine}/?order=secret`)
      const image = page.getByRole('img', { name: TEXTS.vi.seal.alt })
      await image.waitFor()
      const [opened] = await Promise.all([page.context().waitForEvent('page'), image.click()])
      await opened.waitForLoadState()
      expect(opened.url()).toBe(`${hub.origin}/r/${GOOD}`)
      expect(await opened.locator('html').getAttribute('lang')).toBe('vi')
      expect(asked.find(({ path }) => path.startsWith('/r/'))?.referer).toBe(`${genuine}/`)
      await opened.close()
    })
  })

  test('unknown records, and addresses that are none, are drawn too', async () => {
    const paths = [
      `/seal/${UNKNOWN}.svg`,
      '/seal/no-record.svg',
      `/seal/${UNKNOWN}/qr.svg`,
      `/seal/${GOOD}/qr.svg`,
    ]
    body = paths.map((path) => `<img src="${hub.origin}${path}" alt="">`).join('')
    await visitAs({ scripts: true }, async (page) => {
      const answers: Request[] = []
      page.on('requestfinished', (request) => answers.push(request))
      await open(page, imitation)
      await page.waitForLoadState('networkidle')
      const drawn = await page
        .locator('img')
        .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth))
      expect(drawn.every((width) => width >= 200)).toBe(true)
      const seals = answers.filter((request) => request.url().includes('/seal/'))
      const statuses = await Promise.all(seals.map(async (one) => (await one.response())?.status()))
      expect(statuses.sort()).toEqual([200, 200, 404, 404])
    })
  })
})

test('letters of real fonts stay within the drawing, in every state and language, hostile names too', async () => {
  const hostile = [
    `Z${'\u0301'.repeat(10_000)}algo${'\u0e49'.repeat(500)}`,
    'W'.repeat(300),
    'ฌ'.repeat(300),
    '漢'.repeat(300),
    '👩‍👩‍👧‍👦'.repeat(30),
    '\u202eไทย\u2066abc',
  ]
  const drawings = SEAL_STYLES.flatMap((style) => [
    ...LANGUAGES.flatMap((lang) =>
      VERDICTS.filter((word) => word !== 'unresolvable-link').map((word) => {
        const record = word === 'not-found' ? undefined : sampleRecord(word)
        const answer = { record, size: 3, at: '2026-11-22T09:48:00Z' }
        return drawSeal(faceOf({ lang, answer, origin: 'https://hub.example', demo: true }), style, 'light')
      }),
    ),
    ...hostile.map((name) => {
      const record = sampleRecord('certified')
      const mark = { ...record.mark, name: { en: name }, levelName: { en: `${name}!` } }
      const url = `https://${'w'.repeat(60)}.${'m'.repeat(60)}.example`
      const answer = {
        record: { ...record, mark, presences: [{ ...samplePresence(), url }] },
        size: 3,
        at: '2026-11-22T09:48:00Z',
      }
      return drawSeal(
        faceOf({ lang: 'th', answer, origin: 'https://hub.example', demo: true }),
        style,
        'dark',
      )
    }),
  ])
  await visitAs({ scripts: true, viewport: DESK }, async (page) => {
    await page.setContent(drawings.map((svg) => svg.replace('<svg ', '<svg class="seal" ')).join(''))
    const wrong = await page.evaluate((sizes) => {
      const found: string[] = []
      for (const svg of document.querySelectorAll('svg.seal')) {
        const width = Number(svg.getAttribute('width'))
        const height = sizes.find((size) => size.width === width)?.height ?? 0
        for (const text of svg.querySelectorAll('text')) {
          const box = (text as SVGTextElement).getBBox()
          if (box.x < 0 || box.x + box.width > width - 6 || box.y + box.height > height + 4)
            found.push(`${text.textContent} ${box.x + box.width}/${width} ${box.y + box.height}/${height}`)
        }
      }
      return found
    }, Object.values(SEAL_SIZES))
    expect(wrong).toEqual([])
  })
})

test('seals can be looked at in all languages and sizes', async () => {
  const rows = [120, 200, 400].map(
    (width) =>
      `<p>${LANGUAGES.map((lang) => `<img width="${width}" src="${hub.origin}${sealPath(GOOD, { lang })}">`).join(' ')}</p>`,
  )
  const wide = (['light', 'dark'] as const).map((theme) =>
    LANGUAGES.map(
      (lang) =>
        `<img width="400" src="${hub.origin}${sealPath(theme === 'dark' ? LOST : SHOPEE, { lang, theme, style: 'wide' })}">`,
    ).join(' '),
  )
  body = [...rows, ...wide].join('')
  await visitAs({ viewport: { width: 1700, height: 900 } }, async (page) => {
    await page.goto(genuine, { waitUntil: 'networkidle' })
    expect(await page.locator('img').count()).toBe(20)
    await screenshot(page, 'seal-sizes')
  })
})

describe.each(LANGUAGES)('what a shop is given, in %s', (lang) => {
  const t = TEXTS[lang].seal

  test('the section of the record page: previews, texts to copy, ways to print', async () => {
    await visitAs(
      {
        scripts: true,
        viewport: lang === 'en' ? DESK : PHONE,
        colorScheme: lang === 'ja' ? 'dark' : 'light',
      },
      async (page) => {
        asked.length = 0
        await page.goto(`${hub.origin}/${lang}/r/${GOOD}`, { waitUntil: 'networkidle' })
        expect(asked.filter(({ path }) => path.startsWith('/seal'))).toEqual([])
        const section = page.locator('#seal')
        await section.locator('summary').click()
        await expect
          .poll(() =>
            section
              .locator('img')
              .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth)),
          )
          .toEqual([240, 240])
        const field = page.getByLabel(t.show.snippet).first()
        expect(await field.inputValue()).toBe(snippet(GOOD, { lang, alt: t.alt }))
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        await screenshot(page, `show-seal-${lang}`)
        await page.goto(`${hub.origin}/${lang}/r/${SHOPEE}`)
        await section.locator('summary').click()
        expect(await section.locator('textarea').count()).toBe(0)
        // Without a website, what can be printed comes first.
        const order = await section.locator('a, img').evaluateAll((all) => all.map((one) => one.tagName))
        expect(order).toEqual(['A', 'A', 'IMG', 'IMG'])
      },
    )
  })

  test('the poster: readable on a telephone, alone on its paper', async () => {
    await visitAs({ scripts: true }, async (page) => {
      for (const [size, paper] of lang === 'th' ? SHEETS : SHEETS.slice(1, 2)) {
        await page.emulateMedia({ media: null })
        await page.goto(`${hub.origin}/${lang}/r/${GOOD}/poster?size=${size}`)
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        await screenshot(page, `poster-${size}-${lang}`)
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
        expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
        const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)
        expect([box?.[1], box?.[2]].map((one) => Math.round((Number(one) * 25.4) / 72))).toEqual(paper)
        await page.emulateMedia({ media: 'print' })
        expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false)
        expect(await page.locator('.poster:visible').count()).toBe(size === 'parcel' ? 8 : 1)
        const outside = await page
          .locator('.poster')
          .evaluateAll(
            (all) =>
              all.filter(
                (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1,
              ).length,
          )
        expect(outside).toBe(0)
        await screenshot(page, `poster-${size}-${lang}-print`)
      }
      await page.emulateMedia({ media: null })
    })
  })
})

test('the section and the poster break no rule of accessibility', async () => {
  const context = { scripts: true, viewport: PHONE }
  for (const [path, opens] of [
    [`/en/r/${GOOD}`, true],
    [`/th/r/${GOOD}/poster?size=parcel`, false],
    [`/ja/r/${LOST}/poster`, false],
  ] as const)
    await visitAs(context, async (page) => {
      // The pages' policy lets no script in, so the rules are checked in a copy without it.
      await page.route(`**${path.split('?')[0]}*`, async (route) => {
        const response = await route.fetch()
        const { 'content-security-policy': _, ...headers } = response.headers()
        await route.fulfill({ response, headers })
      })
      await page.goto(hub.origin + path)
      if (opens) await page.locator('#seal summary').click()
      expect(await violations(page)).toEqual([])
    })
})
