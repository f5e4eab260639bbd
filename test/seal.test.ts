/** The seal as machines see it: every verdict, language and theme, hostile names, caching, the QR code, the poster, copies. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Hono } from 'hono'
import jsqr from 'jsqr'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildBrowser } from '../scripts/build-browser.mjs'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import { createApp } from '../src/app.js'
import { covers } from '../src/browser/seal/covers.js'
import { readPage, readPicture } from '../src/browser/seal/find.js'
import { openHub } from '../src/hub/open-hub.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { fill } from '../src/pages/frame/phrase.js'
import { CATALOGUES, readerOf } from '../src/pages/frame/reader.js'
import { SIGN_PATHS } from '../src/pages/frame/signs.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import {
  formatPolicy,
  formatScriptLine,
  formatSnippet,
  SEAL_SIZES,
  SEAL_STYLES,
  SEAL_THEMES,
  type SealStyle,
} from '../src/pages/seal/addresses.js'
import { drawSeal } from '../src/pages/seal/draw.js'
import { faceOf, type SealSubject } from '../src/pages/seal/face.js'
import { placeLines, placeOf } from '../src/pages/seal/place.js'
import { codeOf } from '../src/pages/seal/qr-code.js'
import { sealDataOf } from '../src/pages/seal/seal-data.js'
import { graphemesOf, tidy, widthOf } from '../src/pages/seal/text-fit.js'
import { isCovered, parsePresence } from '../src/record/presence.js'
import type { SealData } from '../src/record/seal-data.js'
import { POSITIVE_VERDICTS, VERDICTS, type VerdictRecord } from '../src/record/verdict.js'
import { NOTHING_ELSE, OVERVIEW, samplePresence, sampleRecord, sampleVerdict } from './browser/verdicts.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { copyOf, sync } from './mirror-fixture.js'

/** Node gives the function itself as the default of that package, which its types do not know. */
const readCode = jsqr as unknown as typeof jsqr.default

const ORIGIN = 'https://hub.example'
const ID = 'th-dbd:V-2026-0001'
const AT = '2026-11-22T09:48:00Z'
const WORDS = VERDICTS.filter((word) => word !== 'unresolvable-link')

const faceFor = (lang: Language, record: VerdictRecord | undefined, own: Partial<SealSubject> = {}) =>
  faceOf({ lang, answer: { record, size: 3, at: AT }, origin: ORIGIN, demo: false, ...own })

/** Elements of the drawing by a parser of its own: refuses what is not well-formed XML 1.0. */
function elements(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no place for
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u)
  const found: ReturnType<typeof elements> = []
  const open: ReturnType<typeof elements> = []
  let rest = svg
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest)
    if (match) rest = rest.slice(match[0].length)
    return match
  }
  while (rest !== '') {
    const text = take(/^[^<&]+|^&(?:amp|lt|gt|quot|#39);/)
    if (text) {
      for (const one of open) one.text += decode(text[0])
      continue
    }
    const end = take(/^<\/([a-zA-Z]+)>/)
    if (end) {
      expect(open.pop()?.name).toBe(end[1])
      continue
    }
    const start = take(/^<([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/)
    if (!start) throw new Error(`not well-formed at ${rest.slice(0, 80)}`)
    const pairs = [...(start[2] ?? '').matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)]
    expect(new Set(pairs.map(([, name]) => name)).size).toBe(pairs.length)
    const attributes = Object.fromEntries(pairs.map(([, name, value]) => [name, decode(value!)]))
    const element = { name: start[1]!, attributes, text: '' }
    found.push(element)
    if (start[3] !== '/') open.push(element)
  }
  expect(open).toEqual([])
  return found
}

function decode(text: string): string {
  expect(text.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name] ?? '')
}

/** Lines of text with the box that they take by the hub's own measure. */
function linesOf(svg: string) {
  return elements(svg)
    .filter(({ name, attributes }) => name === 'text' && attributes['text-anchor'] === undefined)
    .map(({ text, attributes }) => {
      const size = Number(attributes['font-size'])
      const x = Number(attributes.x)
      const y = Number(attributes.y)
      return { text, size, x, y, right: x + widthOf(text, attributes['font-weight'] === '700') * size }
    })
}

function expectFits(svg: string, style: SealStyle): void {
  const { width, height } = SEAL_SIZES[style]
  const lines = linesOf(svg)
  for (const line of lines) {
    expect(line.right, line.text).toBeLessThanOrEqual(width - 13)
    expect(line.y, line.text).toBeLessThanOrEqual(height - 8)
  }
  // Within a column no line touches the next.
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1]
    if (next && next.x === line.x && next.y > line.y)
      expect(next.y - line.y, next.text).toBeGreaterThanOrEqual(next.size * 0.9)
  }
}

describe.each(LANGUAGES)('the seal in %s', (lang) => {
  const t = TEXTS[lang].seal

  test.each([...WORDS, 'elsewhere', 'unavailable'] as const)(
    'says %s, as of when, and where to check it',
    (word) => {
      const none = word === 'not-found' || word === 'unavailable'
      const record = none ? undefined : sampleRecord(word === 'elsewhere' ? 'certified' : word)
      const face = faceFor(lang, record, {
        elsewhere: word === 'elsewhere',
        ...(word === 'unavailable' && { answer: undefined }),
      })
      for (const style of SEAL_STYLES)
        for (const theme of SEAL_THEMES) {
          const svg = drawSeal(face, style, theme)
          expectFits(svg, style)
          const all = elements(svg)
          const [root] = all
          expect(root?.attributes).toMatchObject({ role: 'img', lang, 'aria-labelledby': 't d' })
          const inner = (name: string): string => all.find((one) => one.name === name)?.text ?? ''
          expect(inner('title')).toContain(t.states[word])
          expect(inner('desc')).toContain(t.pictures)
          const shown = linesOf(svg)
            .map((line) => line.text)
            .join('')
            .replaceAll(/\s/g, '')
          expect(shown).toContain(t.states[word].replaceAll(/\s/g, ''))
          expect(shown).toContain('hub.example')
          if (word !== 'unavailable')
            expect(shown).toMatch(lang === 'en' ? /09:48UTC/ : lang === 'ja' ? /18:48/ : /16:48/)
          if (record) expect(shown).toContain('somjai-silk.example')
          expect(svg).not.toMatch(/<script|<a |<image|<foreignObject|href|url\((?!#c\))|@import|\bon[a-z]+=/)
          expect(svg.includes('prefers-color-scheme')).toBe(theme === 'auto' && face.inForce)
          // A band of the kind's colour, and the tick, stand on marks in force alone.
          const isInForce = POSITIVE_VERDICTS.some((positive) => positive === word)
          expect(face.inForce).toBe(isInForce)
          expect(/<rect[^>]* fill="#(?:0a6640|1f4f9e|5a4a72)"/.test(svg)).toBe(isInForce)
          if (!isInForce)
            for (const positive of POSITIVE_VERDICTS) expect(svg).not.toContain(SIGN_PATHS[positive])
        }
    },
  )

  test('names kinds by words, colours and signs of their own', () => {
    const drawn = POSITIVE_VERDICTS.map((word) =>
      drawSeal(faceFor(lang, sampleRecord(word)), 'card', 'light'),
    )
    for (const [i, kind] of (['quality', 'identity', 'registration'] as const).entries()) {
      const own = CATALOGUES[lang].kinds[kind].title.replaceAll(' ', '')
      for (const [j, svg] of drawn.entries()) {
        const words = linesOf(svg)
          .map((line) => line.text.replaceAll(' ', ''))
          .join('')
        expect(words.includes(own)).toBe(i === j)
      }
    }
    const paths = drawn.map((svg) => /<g transform[^>]*><path d="([^"]*)"/.exec(svg)?.[1])
    expect(new Set(paths).size).toBe(3)
  })

  test('can be read at the size of its snippet, whatever it has to say', () => {
    const [first] = sampleRecord('certified').presences
    for (const word of [...WORDS, 'elsewhere'] as const) {
      const record = sampleRecord(word === 'elsewhere' ? 'certified' : word, {
        presences: [first!, { ...samplePresence(), url: 'https://lampang-ceramics.example' }],
      })
      const face = faceFor(lang, word === 'not-found' ? undefined : record, {
        demo: true,
        elsewhere: word === 'elsewhere',
      })
      const svg = drawSeal(face, 'card', 'light')
      expectFits(svg, 'card')
      for (const { size, text } of linesOf(svg)) expect(size, `${word}: ${text}`).toBeGreaterThanOrEqual(13.5)
      if (word !== 'not-found') expect(svg).toContain(readerOf(lang).count(t.more, 1))
    }
  })

  test('says that a demo is one', () => {
    const svg = drawSeal(faceFor(lang, sampleRecord('certified'), { demo: true }), 'card', 'light')
    expect(svg).toContain(`>${CATALOGUES[lang].demo.title}</text>`)
    expectFits(svg, 'card')
  })

  test('the snippet says nothing of a state', () => {
    const snippet = formatSnippet(ORIGIN, ID, { lang, alt: t.alt })
    const words = [
      ...Object.values(t.states),
      ...Object.values(CATALOGUES[lang].verdicts).map((one) => one.title),
    ]
    for (const word of words) expect(snippet.toLowerCase()).not.toContain(word.toLowerCase())
    expect(snippet).toContain(`href="${ORIGIN}/r/${ID}"`)
    expect(snippet).toContain('referrerpolicy="origin"')
    expect(snippet).toContain(`src="${ORIGIN}/seal/${ID}.svg?lang=${lang}"`)
  })
})

test('the guide for shops has the snippet, the script and the policy that the hub gives out', () => {
  const guide = readFileSync(new URL('../docs/seal.md', import.meta.url), 'utf8')
  for (const text of [
    formatSnippet(ORIGIN, ID, { lang: 'en', alt: TEXTS.en.seal.alt }),
    formatScriptLine(ORIGIN),
    formatPolicy(ORIGIN),
  ])
    expect(guide).toContain(text)
})

test('every language has the same placeholders', () => {
  const texts = (node: object, path = ''): [string, string][] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`),
    )
  const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
  const english = new Map(texts(TEXTS.en.seal))
  for (const lang of LANGUAGES.filter((one) => one !== 'en'))
    for (const [key, text] of texts(TEXTS[lang].seal)) {
      expect(placeholders(text), `${lang} ${key}`).toEqual(placeholders(english.get(key) ?? ''))
      expect(text, `${lang} ${key}`).not.toBe(english.get(key))
    }
})

describe('hostile names', () => {
  const withNames = (mark: string, level: string, url: string): VerdictRecord => {
    const record = sampleRecord('certified')
    return {
      ...record,
      mark: { ...record.mark, name: { en: mark }, levelName: { en: level } },
      presences: [{ ...samplePresence(), url, keys: ['web:x'] }],
    }
  }
  const HOSTILE = [
    `Z${'\u0301'.repeat(10_000)}algo`,
    '\u202edeifitreC\u202c \u2066x\u2069',
    '</text><script>alert(1)</script>&"\'',
    'w'.repeat(200),
    'ก'.repeat(200),
    '\u0000\u0008\u001b[31m\ufffe\ud800',
    '\u200b\u2060\u{e0041}\u3164\u00ad',
    '﷽'.repeat(30),
    '👩‍👩‍👧‍👦'.repeat(40),
    '漢'.repeat(90),
    ']]>{tone}<![CDATA[',
  ]

  test.each(HOSTILE)('%j stays within its line', (name) => {
    for (const style of SEAL_STYLES)
      for (const demo of [false, true]) {
        const record = withNames(name, name, 'https://somjai-silk.example')
        const svg = drawSeal(faceFor('vi', record, { demo }), style, 'auto')
        expectFits(svg, style)
        expect(svg).not.toContain('<script')
        expect(svg).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u00ad]/)
        expect(
          Math.max(...linesOf(svg).map(({ text }) => (text.match(/\p{M}/gu) ?? []).length)),
        ).toBeLessThan(60)
        expect(linesOf(svg).some(({ text }) => text === 'somjai-silk.example')).toBe(true)
        expect(svg.length).toBeLessThan(16_000)
      }
  })

  test('any text at all gives a well-formed drawing whose lines fit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 120 }),
        fc.constantFrom(...SEAL_STYLES),
        (name, style) => {
          expectFits(
            drawSeal(
              faceFor('th', withNames(name, name, 'https://a.example'), { demo: true }),
              style,
              'dark',
            ),
            style,
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a tidy text is one line, and tidying it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(tidy(tidy(text))).toBe(tidy(text))
        expect(tidy(text)).not.toMatch(/[\r\n\t]/)
      }),
    )
  })
})

describe('the name of a place', () => {
  const shown = (url: string, width: number, most = 4): string[] =>
    placeLines(placeOf({ kind: 'web', url }), width, most)

  test('is whole where it fits, and in the letters that people read', () => {
    expect(shown('https://xn--42c5b3a1dc8kd.xn--o3cw4h', 30)).toEqual(['ร้านค้า.ไทย'])
    // Mixed scripts are shown as browsers show them.
    expect(shown('https://xn--pple-43d.example', 30)).toEqual(['xn--pple-43d.example'])
    const shop = placeOf({ kind: 'shopee', url: 'https://shopee.co.th/demo_somjai_silk' })
    expect(placeLines(shop, 12, 3)).toEqual(['shopee.co.th/', 'demo_somjai_silk'])
  })

  test('is broken before its first dot, else behind a hyphen, and within a label last', () => {
    expect(shown('https://lampang-ceramics.example', 14)).toEqual(['lampang-ceramics', '.example'])
    expect(shown('https://paypal.com.evil.example', 12)).toEqual(['paypal', '.com.evil.example'])
    // Nobody may register the hyphen to get a line of its own for somebody else's domain.
    expect(shown('https://secure-paypal.com', 9)).toEqual(['secure-paypal', '.com'])
    expect(shown('https://secure-paypal.com', 6.5)).toEqual(['secure-', 'paypal', '.com'])
    expect(shown('https://lampangceramics.example', 7)).toEqual(['lampangcer', 'amics', '.example'])
    for (const style of SEAL_STYLES)
      for (const lang of LANGUAGES) {
        const record = sampleRecord('certified', {
          presences: [{ ...samplePresence(), url: 'https://lampang-ceramics.example' }],
        })
        const texts = linesOf(drawSeal(faceFor(lang, record, { demo: true }), style, 'light')).map(
          (one) => one.text,
        )
        expect(texts, `${style} ${lang}`).toContain('lampang-ceramics.example')
      }
  })

  test('never ends a line at a dot, so that no line is a domain of its own', () => {
    expect(shown('https://paypal.com.evil.example', 6.9).join('|')).not.toMatch(/\.\||\.[^|]*\|\./)
    fc.assert(
      fc.property(fc.domain(), fc.double({ min: 4, max: 20, noNaN: true }), (host, width) => {
        const lines = shown(`https://${host}`, width, 12)
        const text = lines.join('|')
        if (!text.includes('…'))
          expect(lines.join('')).toBe(placeOf({ kind: 'web', url: `https://${host}` }).host)
        // Labels of one letter leave no other place to break.
        if (!/(?:^|\.)[^.]{1,2}(?:\.|$)/.test(host)) expect(text).not.toMatch(/\.\||\.[^|]*\|\./)
      }),
      { numRuns: 300 },
    )
  })

  test('cut, keeps what somebody registered, or has no dot at all', () => {
    const cut = shown('https://paypal.com.secure.login.account.evil.example', 7, 2).join('')
    expect(cut).toBe('p…n.evil.example'.replace('n.', 't.'))
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,40}$/), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 6, max: 16, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        (labels, width, most) => {
          const host = `${labels.join('.')}.example`
          const lines = shown(`https://${host}`, width, most)
          expect(lines.length).toBeLessThanOrEqual(most)
          const text = lines.join('')
          if (text === host) return
          expect(text).toContain('…')
          expect(text).not.toMatch(/\.…|…\./)
          if (text.includes('.')) expect(text.endsWith(`.${labels.at(-1)}.example`)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('of any length is never just cut off', () => {
    for (let length = 1; length <= 60; length += 1) {
      const host = `${`${'x'.repeat(length)}.`.repeat(3)}paypal.com.evil.example`
      for (const most of [1, 2, 4])
        expect(shown(`https://${host}`, 12, most).join('')).toMatch(/(?:^|\.)evil\.example$/)
    }
  })

  test('is cut between graphemes', () => {
    const shop = placeOf({
      kind: 'shopee',
      url: `https://shopee.co.th/${encodeURIComponent('ที่นี่'.repeat(40))}`,
    })
    for (const line of placeLines(shop, 10, 3))
      for (const grapheme of graphemesOf(line)) expect(grapheme).not.toMatch(/^\p{M}/u)
  })
})

describe('over HTTP', () => {
  let t: TestHub
  let dbd: TestMember
  let app: Hono
  const get = (path: string, init?: RequestInit): Promise<Response> =>
    Promise.resolve(app.request(path, init))

  beforeAll(async () => {
    t = await createTestHub()
    dbd = await t.admit('th-dbd')
    for (const [certificate, url] of [
      ['R-1', 'https://somjai-silk.example'],
      ['R-2', 'https://suspended.example'],
      ['R-3', 'https://erased.example'],
    ] as const)
      await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), { certificate, url, scope: 'domain' })))
    app = t.app
  })

  test('is for other sites: CORS, CORP, framing; runs nothing; is asked for again after 30 s', async () => {
    const response = await get('/seal/th-dbd:R-1.svg?lang=th')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-language': 'th',
      'cache-control': 'public, max-age=30, must-revalidate',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    })
    for (const absent of ['x-frame-options', 'set-cookie', 'vary'])
      expect(response.headers.get(absent)).toBeNull()
    const etag = response.headers.get('etag')!
    const again = await get('/seal/th-dbd:R-1.svg?lang=th', { headers: { 'If-None-Match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await get('/seal/th-dbd:R-1.svg?lang=th', { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
    expect((await get('/seal/th-dbd:R-1.svg?lang=ja')).headers.get('etag')).not.toBe(etag)
  })

  test('the address may have its colon escaped, and any language, theme or style', async () => {
    const plain = await (await get('/seal/th-dbd:R-1.svg')).text()
    expect(plain).toContain('lang="en"')
    for (const path of [
      '/seal/th-dbd%3AR-1.svg',
      '/seal/th-dbd:R-1.svg?lang=xx&theme=neon&style=huge&lang=th',
    ])
      expect(await (await get(path)).text()).toBe(plain)
    expect(await (await get('/seal/th-dbd:R-1.svg?lang=TH-th')).text()).toContain('lang="th"')
    expect(await (await get('/seal/th-dbd:R-1.svg?style=wide')).text()).toContain('viewBox="0 0 480 216"')
  })

  test('a lost mark is told at once, with the moment of its loss at the earliest', async () => {
    const first = await get('/seal/th-dbd:R-2.svg')
    const etag = first.headers.get('etag') ?? ''
    const before = await first.text()
    expect(before).toContain(TEXTS.en.seal.states['identity-confirmed'])
    t.tick(40)
    await t.push(await signStatus(dbd, 'th-dbd:R-2', 'suspended', t.now()))
    const response = await get('/seal/th-dbd:R-2.svg', { headers: { 'If-None-Match': etag } })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(TEXTS.en.seal.states.suspended)
    const data = (await (await get('/seal/th-dbd:R-2.json')).json()) as SealData
    expect(data).toMatchObject({ verdict: 'suspended', inForce: false })
    expect(Date.parse(data.asOf!.at)).toBeGreaterThanOrEqual(t.now() * 1000 - 60_000)
    // Where the mark is lost, that is said wherever the seal stands.
    expect(await (await get('/seal/th-dbd:R-2.svg?shown=elsewhere')).text()).toContain(
      TEXTS.en.seal.states.suspended,
    )
  })

  test('an erased record, and one that never was, are told alike; what is no id is not repeated', async () => {
    const [found] = (await t.verdict('record=th-dbd:R-3')).records
    await t.push(await signErasure(dbd, [found!.index], t.now()))
    const erased = await get('/seal/th-dbd:R-3.svg')
    const unknown = await get('/seal/th-dbd:X-9.svg')
    expect([erased.status, unknown.status]).toEqual([200, 200])
    expect(await erased.text()).toBe(await unknown.text())
    expect(await (await get('/seal/th-dbd:R-3.json')).json()).toMatchObject({
      verdict: 'not-found',
      covers: [],
    })
    for (const path of [
      '/seal/alert(1).svg',
      '/seal/%3Cscript%3E.svg',
      '/seal/1234567890123.svg',
      '/seal/R-1.svg',
    ]) {
      const response = await get(path)
      const svg = await response.text()
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toContain('image/svg+xml')
      expect(svg).toContain('certificate')
      expect(svg).not.toMatch(/alert|script|1234567890123|R-1/)
      elements(svg)
    }
  })

  test('what another process revoked or erased is gone from the next seal and its data', async () => {
    await t.push(
      await signRecord(
        dbd,
        recordClaims(dbd, t.now(), { certificate: 'R-4', url: 'https://fourth.example' }),
      ),
    )
    // Another process on the same database, with what it remembers of its own.
    const { restored: _, memory: __, ...parts } = t.hub
    const other = createApp({ hub: await openHub(parts), report: (error) => t.reported.push(error) })
    const paths = ['svg', 'json'].map((kind) => `/seal/th-dbd:R-4.${kind}`)
    const read = async (tags: (string | null)[] = []) =>
      Promise.all(
        paths.map(async (path, i) => {
          const response = await other.request(path, { headers: { 'if-none-match': tags[i] ?? '' } })
          return { status: response.status, tag: response.headers.get('etag'), text: await response.text() }
        }),
      )
    const before = await read()
    expect(before.every(({ text }) => text.includes('fourth.example'))).toBe(true)
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-4', 'revoked', t.now()))
    const revoked = await read(before.map(({ tag }) => tag))
    expect(revoked.every(({ status, text }) => status === 200 && text.includes('Withdrawn'))).toBe(true)
    t.tick()
    const indices = (await t.hub.store.history('th-dbd:R-4')).map(({ index }) => index)
    await t.push(await signErasure(dbd, indices, t.now()))
    const erased = await read(revoked.map(({ tag }) => tag))
    expect(erased.every(({ status, text }) => status === 200 && !text.includes('fourth'))).toBe(true)
  })

  test('a seal may name another of the places that the record covers, and none that it does not', async () => {
    const other = { ...samplePresence(), url: 'https://second.example', keys: ['web:second.example'] }
    const verdict = sampleVerdict('certified', {
      records: [sampleRecord('certified', { presences: [samplePresence(), other] })],
    })
    const pages = pageRoutes({
      origin: ORIGIN,
      demo: true,
      verify: async () => verdict,
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
    })
    const read = async (query: string): Promise<string> =>
      (await pages.request(`${ORIGIN}/seal/${ID}.svg${query}`)).text()
    const named = (svg: string): string[] =>
      linesOf(svg)
        .map(({ text }) => text)
        .filter((text) => text.endsWith('.example'))
    expect(named(await read(''))).toContain('somjai-silk.example')
    expect(named(await read('?place=web:second.example'))).toContain('second.example')
    expect(await read('?place=web:evil.example')).toBe(await read(''))
    expect(await read('')).toContain('and 1 more')
    // The data for seal.js name the same place first.
    const said = async (query: string): Promise<string[]> => {
      const data = (await (await pages.request(`${ORIGIN}/seal/${ID}.json${query}`)).json()) as SealData
      return [data.says, data.saysElsewhere].map((text) => /[a-z-]+\.example/.exec(text)?.[0] ?? '')
    }
    expect(await said('')).toEqual(['somjai-silk.example', 'somjai-silk.example'])
    expect(await said('?place=web:second.example')).toEqual(['second.example', 'second.example'])
  })

  test('the data widen no place below a public suffix, or on a port of its own', () => {
    const scopeOf = (host: string): unknown => {
      const presence = { ...samplePresence(), keys: [`web:${host}`], scope: 'domain' as const }
      const record = sampleRecord('certified', { presences: [presence] })
      const answer = { record, size: 3, at: AT }
      return sealDataOf(ID, { lang: 'en', answer, origin: ORIGIN, demo: false }).covers
    }
    for (const [host, scope] of [
      ['shop.example', 'domain'],
      ['shop.example:8443', 'host'],
      ['co.th', 'host'],
      ['github.io', 'host'],
    ])
      expect(scopeOf(host!)).toEqual([{ kind: 'web', host, scope }])
  })

  test('a Facebook name is told with what does not count in it', async () => {
    const url = 'https://www.facebook.com/demosomchaibikes'
    const facebook = {
      ...samplePresence(),
      kind: 'facebook' as const,
      url,
      keys: ['facebook:demosomchaibikes'],
    }
    for (const lang of LANGUAGES) {
      const says = fill(CATALOGUES[lang].covered.looseName, { name: 'demosomchaibikes' })
      const face = faceFor(lang, sampleRecord('certified', { presences: [facebook] }))
      expect(face.description).toContain(says)
      expect(drawSeal(face, 'card', 'light')).toContain('demosomchaibikes')
      expect(faceFor(lang, sampleRecord('certified')).description).not.toContain('Facebook')
    }
    const byNumber = { ...facebook, url: 'https://www.facebook.com/profile.php?id=100063512345678' }
    expect(faceFor('en', sampleRecord('certified', { presences: [byNumber] })).description).not.toContain(
      'ignores',
    )
  })

  test('the data for seal.js names what is covered as browsers name it', async () => {
    const response = await get('/seal/th-dbd:R-1.json?lang=vi')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('public, max-age=30, must-revalidate')
    const data = (await response.json()) as SealData
    expect(data).toMatchObject({
      record: 'th-dbd:R-1',
      lang: 'vi',
      verdict: 'identity-confirmed',
      inForce: true,
      covers: [{ kind: 'web', host: 'somjai-silk.example', scope: 'domain' }],
      asOf: { size: expect.any(Number), at: expect.stringMatching(/^2026-11-22T03:00:/) },
    })
    expect(data.says).toContain(TEXTS.vi.seal.states['identity-confirmed'])
    expect(data.saysElsewhere).toContain(TEXTS.vi.seal.states.elsewhere)
  })

  test('the QR code, as a camera reads it, is the plain address of the record', async () => {
    const response = await get('/seal/th-dbd:R-1/qr.svg')
    const all = elements(await response.text())
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(all.find(({ name }) => name === 'title')?.text).toContain(`${t.hub.origin}/r/th-dbd:R-1`)
    expect(
      decodeCode(all.find(({ name }) => name === 'path')!.attributes.d!, all[0]!.attributes.viewBox!),
    ).toBe(`${t.hub.origin}/r/th-dbd:R-1`)
    const unknown = await get('/seal/th-dbd:X-9/qr.svg')
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      404,
      'image/svg+xml; charset=utf-8',
    ])
    // The longest address that a record can have.
    const long = `https://trustmark-hub.alliance.example/r/th-abcdefghijklmnopqrst:${'A-9'.repeat(21)}`
    const { path, size } = codeOf(long)
    expect(decodeCode(path, `0 0 ${size} ${size}`)).toBe(long)
  })

  test.each(LANGUAGES)('the poster in %s names shop, places and host, and claims nothing', async (lang) => {
    for (const size of ['a4', 'a6', 'parcel']) {
      const response = await get(`/${lang}/r/th-dbd:R-1/poster?size=${size}`)
      const html = await response.text()
      expect([response.status, response.headers.get('content-language')]).toEqual([200, lang])
      const poster = html.slice(html.indexOf('<div class="poster'), html.lastIndexOf('</svg>'))
      expect(poster).toContain('somjai-silk.example')
      expect(html).toContain(`<strong><bdi>${new URL(t.hub.origin).host}</bdi></strong>`)
      expect(poster).not.toContain(TEXTS[lang].seal.states['identity-confirmed'])
      expect(html.match(/aria-label="[^"]*\/r\/th-dbd:R-1[^"]*"/g)).toHaveLength(size === 'parcel' ? 8 : 1)
      expect(html).not.toMatch(/\{\w+\}/)
      // On each piece of paper that it is a demo's: the page's own notice is not printed.
      const pieces = size === 'parcel' ? 8 : 1
      expect(html.split(`<p class="poster-demo">${CATALOGUES[lang].demo.title}</p>`)).toHaveLength(pieces + 1)
    }
    const refused = await get(`/${lang}/r/th-dbd:R-2/poster`)
    expect(refused.status).toBe(200)
    const html = await refused.text()
    expect(html).toContain(CATALOGUES[lang].verdicts.suspended.title)
    expect(html).not.toContain('class="poster ')
    expect((await get(`/${lang}/r/th-dbd:X-9/poster`)).status).toBe(404)
    const mine = await get('/r/th-dbd:R-1/poster', { headers: { 'Accept-Language': lang } })
    expect([mine.headers.get('content-language'), mine.headers.get('vary')]).toEqual([
      lang,
      'Accept-Language',
    ])
  })

  test('a copy draws it too: as of its own last look, for the hub’s address; not before it is whole', async () => {
    const copy = await copyOf(t)
    const synced = { at: undefined as number | undefined }
    app = createMirrorApp({ copy, synced: () => synced.at, report: (error) => t.reported.push(error) })
    const early = await get('https://copy.example/seal/th-dbd:R-1.svg')
    expect([early.status, early.headers.get('cache-control')]).toEqual([503, 'no-store'])
    expect(await early.text()).toContain(TEXTS.en.seal.states.unavailable)
    await sync(copy, t)
    synced.at = Date.parse('2026-11-20T01:02:03Z')
    const response = await get('https://copy.example/seal/th-dbd:R-1.svg')
    const svg = await response.text()
    expect(response.headers.get('mirror-of')).toBe(t.hub.origin)
    expect(
      linesOf(svg)
        .map(({ text }) => text)
        .join(' '),
    ).toMatch(/20\sNov\s2026, 01:02\sUTC/)
    expect(svg).toContain(new URL(t.hub.origin).host)
    expect(svg).not.toContain('copy.example')
    const code = elements(await (await get('https://copy.example/seal/th-dbd:R-1/qr.svg')).text())
    expect(
      decodeCode(code.find(({ name }) => name === 'path')!.attributes.d!, code[0]!.attributes.viewBox!),
    ).toBe(`${t.hub.origin}/r/th-dbd:R-1`)
    app = t.app
    expect(t.reported).toEqual([])
  })
})

/** Draws the path of a code in black and white, and reads it as a camera does. */
function decodeCode(path: string, viewBox: string): string | undefined {
  const size = Number(viewBox.split(' ')[2])
  const scale = 4
  const side = size * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < Number(length) * scale; dx += 1) {
        const at = ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4
        pixels.fill(0, at, at + 3)
      }
  return readCode(pixels, side, side)?.data
}

describe('seal.js', () => {
  test.each([
    ['/r/th-dbd:V-1', 'th-dbd:V-1', undefined],
    ['/r/th-dbd%3AV-1?x#y', 'th-dbd:V-1', undefined],
    ['/r/th-dbd:V-1/', 'th-dbd:V-1', undefined],
    ['/r/th-dbd:V-1/poster?size=a6', 'th-dbd:V-1', undefined],
    ['/th/r/th-dbd:V-1', 'th-dbd:V-1', undefined],
    ['/ja/r/th-dbd:V-1/poster', 'th-dbd:V-1', undefined],
    ['/seal/th-dbd:V-1.svg?lang=th', undefined, 'th-dbd:V-1'],
    ['/seal/th-dbd%3AV-1.2.svg', undefined, 'th-dbd:V-1.2'],
    ['/seal/th-dbd:V-1/qr.svg', undefined, undefined],
    ['/seal/th-dbd:V-1.json', undefined, undefined],
    ['/x/y/r/th-dbd:V-1', undefined, undefined],
    ['/r/th-dbd:V-1%2F..%2Fx', undefined, undefined],
    ['/r/%E0%A4', undefined, undefined],
    ['/verify?record=/r/th-dbd:V-1', undefined, undefined],
  ])('reads the record of %s on its own hub, and on no other host', (path, page, picture) => {
    expect([readPage(ORIGIN + path, ORIGIN), readPicture(ORIGIN + path, ORIGIN)]).toEqual([page, picture])
    for (const other of [
      'https://hub.example.evil.example',
      'http://hub.example',
      'https://hub.example:8443',
    ])
      expect([readPage(other + path, ORIGIN), readPicture(other + path, ORIGIN)]).toEqual([
        undefined,
        undefined,
      ])
  })

  test('judges what is covered as the look-up does', () => {
    const at = (url: string) => {
      const { protocol, hostname, port } = new URL(url)
      return { protocol, hostname, port }
    }
    const hosts = [
      'shop.example',
      'a.shop.example',
      'b.a.shop.example',
      'evilshop.example',
      'example',
      'shop.example.evil.test',
      'xn--42c5b3a1dc8kd.xn--o3cw4h',
    ]
    const asked = [
      ...hosts.filter((host) => host !== 'example'),
      'shop.example:8443',
      'a.shop.example:8443',
      'shop.example.',
      'www.shop.example',
    ]
    for (const host of hosts.filter((one) => one !== 'example'))
      for (const scope of ['host', 'domain'] as const)
        for (const other of asked)
          for (const scheme of ['http', 'https']) {
            const url = `${scheme}://${other}/page?x#y`
            const expected = isCovered({ keys: [`web:${host}`], scope }, parsePresence(url))
            expect(covers([{ kind: 'web', host, scope }], at(url)), `${host} ${scope} ${url}`).toBe(expected)
          }
    expect(
      covers([{ kind: 'web', host: 'shop.example:8443', scope: 'host' }], at('https://shop.example:8443/')),
    ).toBe(true)
    for (const protocol of ['file:', 'ftp:', 'data:'])
      expect(covers([{ kind: 'web', host: '', scope: 'domain' }], { protocol, hostname: '', port: '' })).toBe(
        false,
      )
    expect(covers([{ kind: 'shopee' }], at('https://shopee.co.th/'))).toBe(false)
  })

  test('is small, plain, stores and evaluates nothing, and is published with its hash', async () => {
    const bundles = await buildBrowser()
    const { text, gzipBytes, integrity, file } = bundles.seal!
    expect(gzipBytes).toBeLessThanOrEqual(3000)
    expect(text).not.toMatch(
      /\beval\b|Function\(|innerHTML|document\.write|cookie|Storage|indexedDB|sendBeacon|\.style\b|setAttribute/,
    )
    expect(text).not.toMatch(/^(?:export|import)\b|\bimport\(/m)
    // Whatever a page's forms and pictures are named, they stand in the place of properties of `document`.
    expect(text).not.toMatch(/\bdocument[.[]/)
    const pages = pageRoutes({
      origin: ORIGIN,
      demo: true,
      verify: async () => sampleVerdict('certified'),
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
      bundles,
    })
    const response = await pages.request(`${ORIGIN}/seal.js`)
    expect(await response.text()).toBe(text)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    const etag = response.headers.get('etag')!
    expect((await pages.request(`${ORIGIN}/seal.js`, { headers: { 'If-None-Match': etag } })).status).toBe(
      304,
    )
    const list = (await (await pages.request(`${ORIGIN}/client.json`)).json()) as {
      scripts: Record<string, unknown>
    }
    expect(list.scripts.seal).toMatchObject({ integrity, file: `/client/${file}`, address: '/seal.js' })
    expect(
      (await pages.request(`${ORIGIN}/client/${file}`)).headers.get('cross-origin-resource-policy'),
    ).toBe('cross-origin')
  })
})
