/** The pages about schemes: every member in every language, negotiation at a mark's address, gaps as gaps, strangers' text as text. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { CODE_ITEMS } from '../src/alliance/code-items.js'
import { listMarks } from '../src/alliance/compare-schemes.js'
import type { MemberDefinition } from '../src/alliance/definition.js'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import type { Scheme, Schemes } from '../src/hub/read-schemes.js'
import { CATALOGUES, localPath, readerOf } from '../src/pages/frame/reader.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import { formatPartialDate, formatPeriod, titleLanguage } from '../src/pages/schemes/words.js'
import { NOTHING_ELSE, OVERVIEW, sampleVerify } from './browser/verdicts.js'
import { createTestHub, ORIGIN } from './hub-fixture.js'

const MEMBERS = new URL('../members/', import.meta.url)
const DEFINITIONS = readdirSync(MEMBERS).map(
  (id) => JSON.parse(readFileSync(new URL(`${id}/member.json`, MEMBERS), 'utf8')) as MemberDefinition,
)

function schemeOf(definition: MemberDefinition, index: number): Scheme {
  return {
    id: definition.id,
    entity: `${ORIGIN}/members/${definition.id}`,
    participation: 'described',
    definition,
    definitionSigned: false,
    index,
    records: 0,
    register: null,
  }
}

const schemesOf = (definitions: readonly MemberDefinition[]): Schemes => ({
  size: 1234,
  at: '2026-11-22T09:48:00Z',
  members: definitions.map(schemeOf),
})

const REAL = schemesOf(DEFINITIONS)

function pages(schemes: Schemes = REAL): Hono {
  return pageRoutes({
    origin: ORIGIN,
    demo: true,
    verify: sampleVerify,
    overview: async () => OVERVIEW,
    ...NOTHING_ELSE,
    schemes: async () => schemes,
  })
}

async function read(
  app: Hono,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ response: Response; html: string }> {
  const response = await app.request(path, { headers })
  return { response, html: await response.text() }
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const PAIR = '/principles/compare?a=th-dbd/verified&b=jp-tradesafe/tradesafe'
const PATHS = [
  '/principles',
  '/principles/compare',
  PAIR,
  '/members',
  ...DEFINITIONS.map(({ id }) => `/members/${id}`),
  ...listMarks(DEFINITIONS).flatMap(({ definition, mark }) =>
    mark.levels.map(({ id }) => `/marks/${definition.id}/${mark.id}/${id}`),
  ),
]

/** Every text of the catalogue that is long enough to be told from a name or a number. */
function sentences(node: unknown): string[] {
  if (typeof node === 'string') return node.length > 15 && !node.includes('{') ? [node] : []
  return node !== null && typeof node === 'object' ? Object.values(node).flatMap(sentences) : []
}

describe.each(LANGUAGES)('pages about schemes in %s', (lang: Language) => {
  test.each(PATHS)('%s is whole, without untranslated text, and its links lead somewhere', async (path) => {
    const app = pages()
    const { response, html } = await read(app, localPath(lang, path))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(response.headers.get('x-robots-tag')).toBeNull()
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain(`<link rel="canonical" href="${ORIGIN}${escaped(localPath(lang, path))}"/>`)
    expect(html).toContain('<time datetime="2026-11-22T09:48:00Z">')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/\{\w+\}|undefined|\[object|NaN/)
    const own = html.replace(/<section id="sources".*?<\/section>/s, '')
    if (lang !== 'en') {
      expect(own).not.toMatch(/<bdi lang="en">/)
      for (const text of sentences(TEXTS.en.schemes)) expect(own).not.toContain(escaped(text))
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor)
  })

  test('what the words mean, and that a gap is no "no", stand beside the tables', async () => {
    const { schemes: t } = TEXTS[lang]
    const { html } = await read(pages(), localPath(lang, '/principles'))
    for (const text of [
      t.areas.gap,
      t.items.history.says,
      t.items.history.source,
      ...Object.values(t.items.means),
    ])
      expect(html).toContain(escaped(text))
    for (const { id, name } of CODE_ITEMS) {
      expect(html).toContain(`id="item-${id}"`)
      expect(html).toContain(escaped(name[lang] ?? ''))
    }
  })

  test('wrong values are told, and the page names what there is', async () => {
    const { schemes: t } = TEXTS[lang]
    const app = pages()
    const at = (path: string) => read(app, localPath(lang, path))
    const same = await at('/principles/compare?a=th-dbd/verified&b=th-dbd/verified')
    expect(same.response.status).toBe(400)
    expect(same.html).toContain(escaped(t.pair.same))
    const unknown = await at('/principles/compare?a=th-dbd/verified&b=xx-no/%3Cb%3E')
    expect(unknown.response.status).toBe(400)
    expect(unknown.html).toContain('<bdi>xx-no/&lt;b&gt;</bdi>')
    expect(unknown.html).toContain('<option value="th-dbd/verified" selected="">')
    const half = await at('/principles/compare?a=th-dbd/verified&b=')
    expect(half.response.status).toBe(200)
    expect(half.html).toContain(escaped(t.pair.missing))
    const member = await at('/members/xx-nobody')
    expect(member.response.status).toBe(404)
    expect(member.html).toContain(escaped(t.missing.member))
    for (const { id } of DEFINITIONS) expect(member.html).toContain(localPath(lang, `/members/${id}`))
    const mark = await at('/marks/th-dbd/verified/tin')
    expect(mark.response.status).toBe(404)
    expect(mark.html).toContain(localPath(lang, '/marks/th-dbd/verified/gold'))
    for (const { response, html } of [same, unknown, member, mark]) {
      expect(response.headers.get('x-robots-tag')).toBe('noindex')
      expect(html).not.toMatch(/\{\w+\}/)
    }
  })
})

test('every way from page to page leads to a page', async () => {
  const app = pages()
  const seen = new Set<string>()
  for (const path of PATHS) {
    const { html } = await read(app, localPath('vi', path))
    for (const [, href] of html.matchAll(/href="(\/[^"]*)"/g)) seen.add((href ?? '').replaceAll('&amp;', '&'))
  }
  const own = [...seen].filter((href) => /^(\/(en|th|vi|ja))?\/(principles|members|marks)\b/.test(href))
  expect(own.length).toBeGreaterThan(PATHS.length)
  for (const href of own.filter((one) => !one.includes('format=json'))) {
    const { response, html } = await read(app, href)
    expect([href, response.status]).toEqual([href, 200])
    const anchor = href.split('#')[1]
    if (anchor !== undefined) expect(html).toContain(` id="${anchor}"`)
  }
})

describe('what a page says', () => {
  test('rules of today stand before history, each with its dates', async () => {
    const { html } = await read(pages(), '/members/th-dbd')
    const duties = html.slice(html.indexOf('id="duties"'), html.indexOf('id="complaints"'))
    const { rules } = TEXTS.en.schemes
    const past = duties.indexOf(rules.past)
    expect(duties.indexOf(rules.inForce)).toBeLessThan(past)
    expect(duties.indexOf('still make the e-commerce commercial registration')).toBeLessThan(past)
    expect(duties.indexOf('registration like everyone')).toBeGreaterThan(past)
    expect(duties.slice(past)).toMatch(/until <time datetime="2024-06-05">5 June 2024<\/time>/)
  })

  test('a mark that has ended is told in the past: no tick, no colour, nowhere to apply', async () => {
    const { html } = await read(pages(), '/marks/kr-etrust/etrust/etrust')
    expect(html).toContain('kind-ended')
    expect(html).toContain(escaped(CATALOGUES.en.states.ended))
    expect(html).not.toMatch(/cover-full|cover-partial|tone-quality/)
    const table = await read(pages(), '/principles')
    const start = table.html.indexOf('<tr><th scope="row"', table.html.indexOf('South Korea') - 600)
    const row = table.html.slice(start, table.html.indexOf('</tr>', start))
    expect(row).toContain(TEXTS.en.schemes.areas.short.ended)
    expect(row).not.toMatch(/cover-full|cover-partial/)
  })

  test('quality, identity and registration never look alike', async () => {
    const panel = async (path: string) =>
      /<div class="(kind-panel [^"]*)">.*?<path d="([^"]*)"/s.exec((await read(pages(), path)).html)
    const found = await Promise.all(
      [
        '/marks/th-dbd/verified/gold',
        '/marks/th-dbd/registered/registered',
        '/marks/vn-idea/website-notified/notified',
      ].map(panel),
    )
    expect(new Set(found.map((one) => one?.[1])).size).toBe(3)
    expect(new Set(found.map((one) => one?.[2])).size).toBe(3)
  })

  test('a rule without dates is dated by its source on the pages of its mark, its member and in a pair', async () => {
    for (const path of ['/marks/th-dbd/verified/gold', '/members/th-dbd', PAIR]) {
      const { html } = await read(pages(), path)
      expect(html).toContain('as stated in a source of <time datetime="2019-06-19">19 June 2019</time>')
      expect(html).not.toMatch(/(from|since) <time datetime="2019-06-19/)
    }
  })

  test('encryption in transit is required of nobody where sources name only the area', async () => {
    const { html } = await read(
      pages(schemesOf(DEFINITIONS.filter(({ id }) => id !== 'mx-aimx'))),
      '/principles',
    )
    const item = html.slice(html.indexOf('id="item-3.1"'), html.indexOf('id="item-3.2"'))
    expect(item).toContain(TEXTS.en.schemes.items.nobody)
    expect(item).not.toContain('class="item-required"')
    expect(item.slice(item.indexOf('item-area-only'), item.indexOf('item-not-stated'))).toContain(
      'DBD Verified',
    )
  })

  test('a body that only takes complaints says so, and how it is reached', async () => {
    const { html } = await read(pages(), '/members/th-ocpb')
    const { schemes: t } = TEXTS.en
    expect(html).toContain(escaped(t.member.noMarks))
    expect(html).toContain('href="tel:1166"')
    expect(html).not.toContain(t.member.marks)
    expect(html).toContain('14 March 2025')
  })

  test('no agency is named for complaints about the mark of another', async () => {
    const { html } = await read(pages(), '/marks/vn-idea/website-notified/notified')
    const paths = html.slice(html.indexOf('id="complaints"'), html.indexOf('id="sources"'))
    expect(paths).toContain('/members/vn-vcc')
    expect(paths).not.toContain('/members/vn-ecomviet')
    const own = await read(pages(), '/marks/vn-ecomviet/safeweb/safeweb')
    expect(own.html.slice(own.html.indexOf('id="complaints"'))).toContain('/members/vn-ecomviet')
  })

  test('a described member has no keys and leads to no shops; one that publishes shows count, register and keys', async () => {
    const described = await read(pages(), '/members/th-dbd')
    expect(described.html).toContain(TEXTS.en.schemes.member.noKeys)
    expect(described.html).not.toContain('/directory?member=')
    const hub = await createTestHub()
    const { app } = hub
    await hub.admit('th-dbd')
    const { html } = await read(app, '/members/th-dbd', { accept: 'text/html' })
    expect(html).toContain('href="/directory?member=th-dbd"')
    expect(html).toContain(CATALOGUES.en.members.noRegister)
    expect(html).toContain(TEXTS.en.schemes.member.keyRoles.recovery)
    expect(html).toContain('href="/v1/changes?limit=1"')
    expect(html.match(/<code>[\w-]{43}<\/code>/g)?.length).toBeGreaterThanOrEqual(3)
  })

  test('search engines read who a member is and what a mark means, never that a shop holds it', async () => {
    const data = async (path: string) => {
      const { html } = await read(pages(), path)
      return JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '')
    }
    expect(await data('/ja/members/th-dbd')).toMatchObject({
      '@type': 'Organization',
      '@id': `${ORIGIN}/members/th-dbd`,
      alternateName: 'DBD',
    })
    expect(await data('/th/marks/th-dbd/verified/gold')).toMatchObject({
      '@type': 'DefinedTerm',
      '@id': `${ORIGIN}/marks/th-dbd/verified/gold`,
      termCode: 'th-dbd/verified/gold',
    })
  })
})

describe('the address of a mark', () => {
  const PATH = '/marks/th-dbd/verified/gold'
  const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

  test('answers programs with data and browsers with a page in their language', async () => {
    const hub = await createTestHub()
    await hub.admit('th-dbd')
    for (const accept of ['', '*/*', 'application/json']) {
      const { response, html } = await read(hub.app, PATH, { accept })
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('vary')).toBe('Accept')
      expect(JSON.parse(html)).toMatchObject({ type: `${ORIGIN}${PATH}`, level: { id: 'gold' } })
    }
    for (const [accepted, lang] of [
      ['th-TH,th;q=0.9', 'th'],
      ['ja', 'ja'],
      ['fr', 'en'],
    ] as const) {
      const { response, html } = await read(hub.app, PATH, { accept: BROWSER, 'accept-language': accepted })
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('content-language')).toBe(lang)
      expect(response.headers.get('vary')).toBe('Accept-Language, Accept')
      expect(html).toContain(`<link rel="canonical" href="${ORIGIN}/${lang}${PATH}"/>`)
    }
  })

  test('is HTML below a language for everybody, and gives its data to whoever asks for it by name', async () => {
    const hub = await createTestHub()
    await hub.admit('th-dbd')
    for (const lang of LANGUAGES) {
      const { response } = await read(hub.app, `/${lang}${PATH}`, { accept: 'application/json' })
      expect([response.headers.get('content-type'), response.headers.get('content-language')]).toEqual([
        'text/html; charset=utf-8',
        lang,
      ])
      expect(response.headers.get('vary')).toBeNull()
    }
    const data = await read(hub.app, `${PATH}?format=json`, { accept: BROWSER })
    expect(data.response.headers.get('content-type')).toBe('application/json')
    const head = await hub.app.request(PATH, { method: 'HEAD', headers: { accept: BROWSER } })
    expect(head.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  test('that has none is a page for browsers and a problem for programs', async () => {
    const hub = await createTestHub()
    await hub.admit('th-dbd')
    for (const path of ['/marks/th-dbd/verified/tin', '/marks/xx-no/x/y']) {
      const page = await read(hub.app, path, { accept: BROWSER, 'accept-language': 'vi' })
      expect([page.response.status, page.response.headers.get('content-language')]).toEqual([404, 'vi'])
      expect(page.html).toContain(escaped(TEXTS.vi.schemes.missing.mark))
      const problem = await read(hub.app, path)
      expect(problem.response.status).toBe(404)
      expect(problem.response.headers.get('content-type')).toBe('application/problem+json')
      expect(problem.response.headers.get('vary')).toBe('Accept')
    }
  })
})

test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</script><b>', '{date}{name}'])(
  'a definition that says %j everywhere stays text',
  async (text) => {
    const [base] = DEFINITIONS.filter(({ id }) => id === 'jp-tradesafe')
    const isText = (node: object): boolean =>
      Object.entries(node).every(([key, value]) => /^[a-z]{2}(-|$)/.test(key) && typeof value === 'string')
    const spoil = (node: unknown, key = ''): unknown => {
      if (Array.isArray(node)) return node.map((inner) => spoil(inner, key))
      if (node === null || typeof node !== 'object') return key === 'title' || key === 'value' ? text : node
      if (isText(node) && Object.keys(node).length > 0) return { en: text }
      return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, spoil(inner, name)]))
    }
    const hostile = {
      ...(spoil(base) as MemberDefinition),
      website: 'http://javascript:alert(1)@evil.example',
    }
    const app = pages(schemesOf([hostile, ...DEFINITIONS.filter(({ id }) => id === 'th-dbd')]))
    for (const path of [
      '/principles',
      PAIR,
      '/members',
      '/members/jp-tradesafe',
      '/th/marks/jp-tradesafe/tradesafe/tradesafe',
    ]) {
      const { response, html } = await read(app, path)
      expect(response.status).toBe(200)
      expect(html.replace(/<script type="application\/ld\+json">.*?<\/script>/s, '')).not.toContain('<script')
      expect(html).not.toMatch(/<img|<b>/)
      expect(html).toContain(escaped(text))
      expect(html).not.toMatch(/href="(?!https?:|mailto:|tel:|\/|#|data:,")/)
      expect(html).not.toContain('href="http://javascript:')
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    }
  },
)

test('a name with direction overrides in an address is shown without them', async () => {
  const { html } = await read(pages(), `/members/${encodeURIComponent('\u202Exx-\u2066no')}`)
  expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
})

test('periods, partial dates and titles read as in each language', () => {
  const all = (show: (lang: Language) => string) => LANGUAGES.map(show)
  expect(all((lang) => formatPeriod('P1Y', readerOf(lang)))).toEqual(['1 year', '1 ปี', '1 năm', '1 年'])
  expect(formatPeriod('P45D', readerOf('en'))).toBe('45 days')
  expect(all((lang) => formatPartialDate('2015', readerOf(lang)))).toEqual([
    '2015',
    'พ.ศ. 2558',
    '2015',
    '2015年',
  ])
  expect(formatPartialDate('2017-02', readerOf('en'))).toBe('February 2017')
  expect(formatPartialDate('2017-02', readerOf('ja'))).toBe('2017年2月')
  expect(formatPartialDate('2015-07-30', readerOf('en'))).toBe('30 July 2015')
  expect(
    [
      'DBD: FAQ on DBD Verified',
      'Luật Minh Khuê: logo "Đã thông báo Bộ Công Thương"',
      'รายงานการประชุม',
      '国民生活センターのご案内',
    ].map(titleLanguage),
  ).toEqual(['en', 'vi', 'th', 'ja'])
})
