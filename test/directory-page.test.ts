/** The directory's pages: every address is read or told what is wrong with it, and nobody's mark stands at another's shop. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import { formatList, readAskedList, setFilters, without } from '../src/pages/directory/asked-list.js'
import { mergeEntries } from '../src/pages/directory/listed-shops.js'
import { directoryRoutes } from '../src/pages/directory/routes.js'
import { localPath, readerOf } from '../src/pages/frame/reader.js'
import { tame } from '../src/pages/frame/tame.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import type { DirectoryEntry, DirectoryQuery } from '../src/record/directory.js'
import { Refusal } from '../src/refusal.js'
import { ENTRIES, ORIGIN, SCHEMES, sampleDeps, sampleEntry, samplePage } from './directory-samples.js'
import { createTestHub, recordClaims, signRecord, signStatus } from './hub-fixture.js'

type Deps = ReturnType<typeof sampleDeps>

async function read(path: string, deps: Deps = sampleDeps()): Promise<{ response: Response; html: string }> {
  const response = await directoryRoutes(deps).request(`${ORIGIN}${path}`)
  return { response, html: await response.text() }
}

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')

/** What a visitor reads in the page's main part, with the language that each piece is marked with. */
const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
const attribute = (html: string, pattern: RegExp): string =>
  (pattern.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
const canonical = (html: string): string => attribute(html, /<link rel="canonical" href="([^"]*)"/)

function texts(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  )
}
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('the texts', () => {
  const english = new Map(texts(TEXTS.en.directory))

  test.each(LANGUAGES)('%s says everything that English says, and nothing in English', (lang) => {
    const own = new Map(texts(TEXTS[lang].directory))
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('')
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''))
      if (lang !== 'en' && key !== 'pair') expect(text, key).not.toBe(english.get(key))
    }
  })
})

const asked = (search: string) => readAskedList(new URLSearchParams(search), SCHEMES.members)

describe('an address of the directory', () => {
  test.each<[string, DirectoryQuery]>([
    ['', {}],
    ['q=ผ้าไหม', { q: 'ผ้าไหม' }],
    ['country=TH&language=en&principle=privacy', { country: 'TH', language: 'en', principle: 'privacy' }],
    ['member=th-dbd', { member: 'th-dbd' }],
    ['mark=th-dbd/verified', { mark: 'th-dbd/verified' }],
    ['level=th-dbd/verified/gold', { level: 'th-dbd/verified/gold' }],
    [
      'kind=quality&shipsTo=JP&sector=茶&platform=shopee',
      { kind: 'quality', shipsTo: 'JP', sector: '茶', platform: 'shopee' },
    ],
    ['after=412', { after: '412' }],
    ['utm_source=mail&fbclid=x&kind=identity', { kind: 'identity' }],
  ])('%j is read as it stands', (search, query) => {
    expect(asked(search)).toEqual({ query, leftOut: [], isUntidy: false })
  })

  test.each<[string, DirectoryQuery]>([
    ['q=&country=&mark=', {}],
    ['q=+silk+', { q: 'silk' }],
    ['country=th&shipsTo=jp&language=EN', { country: 'TH', shipsTo: 'JP', language: 'en' }],
    ['mark=th-dbd', { member: 'th-dbd' }],
    ['mark=th-dbd%2Fverified%2Fgold', { level: 'th-dbd/verified/gold' }],
  ])('%j, as a form or a hand may write it, is tidied', (search, query) => {
    expect(asked(search)).toEqual({ query, leftOut: [], isUntidy: true })
  })

  test.each([
    ['country=ZZ', 'unknown', 'ZZ'],
    ['country=Thailand', 'unknown', 'Thailand'],
    ['member=xx-nobody', 'unknown', 'xx-nobody'],
    ['mark=th-dbd/nothing', 'unknown', 'th-dbd/nothing'],
    ['mark=a/b/c/d', 'unknown', 'a/b/c/d'],
    ['level=th-dbd/verified/wood', 'unknown', 'th-dbd/verified/wood'],
    ['kind=best', 'unknown', 'best'],
    ['principle=monitoring', 'unknown', 'monitoring'],
    ['language=xx', 'unknown', 'xx'],
    ['language=<b>', 'unknown', '<b>'],
    ['platform=amazon', 'unknown', 'amazon'],
    [`q=${'a'.repeat(101)}`, 'long', `${'a'.repeat(40)}…`],
    ['q=1-2345-67890-12-1', 'personal', ''],
    ['sector=1234567890121', 'personal', ''],
    ['country=TH&country=JP', 'repeated', 'JP'],
    ['member=th-dbd&mark=vn-idea', 'repeated', 'vn-idea'],
    ['contry=TH', 'parameter', 'contry'],
    [`after=${'9'.repeat(41)}`, 'place', `${'9'.repeat(40)}…`],
  ] as const)('%j is told and left out (%s)', (search, why, value) => {
    const { leftOut, query } = asked(search)
    expect(leftOut.map((one) => [one.why, one.value])).toEqual([[why, value]])
    expect(Object.keys(query).length).toBe(why === 'repeated' ? 1 : 0)
  })

  test('states only what is set, in one order, and reads back as it was', () => {
    const filter = fc.record(
      {
        q: fc
          .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
          .filter((s) => s.trim() === s && s !== ''),
        country: fc.constantFrom('TH', 'JP'),
        mark: fc.constantFrom('th-dbd/verified', 'jp-tradesafe/tradesafe'),
        language: fc.constantFrom('en', 'vi'),
        after: fc.constantFrom('1', '412'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filter, (query) => {
        fc.pre(asked(`?${new URLSearchParams(query)}`).leftOut.length === 0)
        const search = formatList(query)
        expect(asked(search)).toEqual({ query, leftOut: [], isUntidy: false })
        const names = [...new URLSearchParams(search).keys()]
        expect(names).toEqual([...names].sort())
      }),
    )
    expect(formatList({ mark: 'th-dbd/verified', country: 'TH' })).toBe('?country=TH&mark=th-dbd/verified')
    expect(formatList({})).toBe('')
  })

  test('a filter that is removed leaves the others, and leads to the start of the list', () => {
    const query: DirectoryQuery = { q: 'x', country: 'TH', kind: 'quality', after: '5' }
    expect(without(query, ['country'])).toEqual({ q: 'x', kind: 'quality' })
    expect(setFilters(query)).toEqual(['q', 'country', 'kind'])
  })
})

describe('entries of one page', () => {
  const shops = mergeEntries(ENTRIES)
  const ids = (of: DirectoryEntry[]) => of.map(({ id }) => id)

  test('for the same main presence stand together once, where the first of them stood, quality first', () => {
    expect(shops.map(({ entries }) => ids(entries))).toEqual([
      ['th-dbd:V-2569-0101', 'th-dbd:R-2567-0101'],
      ['jp-tradesafe:TS-2026-0003'],
      ['vn-ecomviet:SW-2026-0002'],
      ['th-dbd:V-2569-0102', 'th-dbd:R-2566-0102'],
    ])
    const [registered, certified] = [ENTRIES[2]!, ENTRIES[0]!]
    expect(mergeEntries([registered, certified])[0]?.entries.map(({ verdict }) => verdict)).toEqual([
      'certified',
      'identity-confirmed',
    ])
  })

  test('of another holder at the same presence stay apart: nobody borrows a mark', () => {
    const [silk] = ENTRIES as [DirectoryEntry]
    const stranger = (holder: Partial<DirectoryEntry['holder']>): DirectoryEntry => ({
      ...silk,
      id: 'th-dbd:R-9',
      holder: { ...silk.holder, ...holder },
    })
    const other = { identifiers: [{ scheme: 'th-juristic', value: '0999999999999' }] }
    expect(mergeEntries([silk, stranger(other)])).toHaveLength(2)
    expect(mergeEntries([silk, stranger({ country: 'VN' })])).toHaveLength(2)
    expect(mergeEntries([silk, stranger({ identifiers: [], name: { en: 'Another' } })])).toHaveLength(2)
    expect(mergeEntries([silk, stranger({ identifiers: [] })])).toHaveLength(1)
  })

  test('keep what any of the certificates tells of the holder', () => {
    const [, , registered] = ENTRIES as [DirectoryEntry, DirectoryEntry, DirectoryEntry]
    const first = { ...ENTRIES[0]!, holder: { ...registered.holder, languages: [] } }
    const [shop] = mergeEntries([first, { ...registered, holder: { ...registered.holder, sector: 'ผ้าไหม' } }])
    expect(shop?.holder.sector).toBe('ผ้าไหม')
    expect(shop?.holder.languages).toEqual(registered.holder.languages)
  })

  test('are each listed exactly once, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ENTRIES), { maxLength: 20 }), (some) => {
        const merged = mergeEntries(some).flatMap(({ entries }) => entries)
        expect(ids(merged).sort()).toEqual(ids(some).sort())
      }),
    )
  })
})

describe.each(LANGUAGES)('the directory in %s', (lang: Language) => {
  const { t, texts: all } = readerOf(lang)
  const own = all.directory
  const path = localPath(lang, '/directory')

  test('lists shops with their address, marks, coverage in words, and the way to each certificate', async () => {
    const { response, html } = await read(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('cache-control')).toBe('public, max-age=30, must-revalidate')
    const main = mainOf(html)
    expect(main).toContain(`<h1>${escaped(own.title)}</h1>`)
    expect(main).toContain(escaped(readerOf(lang).count(own.found, ENTRIES.length)))
    expect(main.split('class="shop"')).toHaveLength(5)
    expect(main).toContain('<p class="place"><bdi class="address">somjai-silk.example</bdi>')
    for (const seen of [
      t.kinds.quality.title,
      t.kinds.identity.title,
      t.principles.full,
      own.covers.none,
      own.shop.open,
    ])
      expect(main).toContain(escaped(seen))
    expect(main).toContain(`href="${localPath(lang, '/r/th-dbd%3AV-2569-0101')}"`)
    expect(main).toContain('<time datetime="2027-03-14T17:00:00.000Z">')
    expect(main).toContain('rel="nofollow noopener noreferrer"')
    // A name in another language says in which.
    expect(main).toContain(lang === 'vi' ? '<bdi>Công ty' : '<bdi lang="vi">Công ty')
    expect(html.slice(html.indexOf('<footer>'))).toContain('<time datetime="2026-11-22T09:48:00.000Z">')
    expect(html).not.toMatch(/\{\w+\}/)
  })

  test('asks for every filter, shows those that are set, and each can be removed', async () => {
    const search = '?country=TH&kind=quality&language=en&level=th-dbd/verified/gold&principle=privacy&q=silk'
    const { html } = await read(path + search)
    const main = mainOf(html)
    for (const name of [
      'q',
      'country',
      'mark',
      'kind',
      'principle',
      'language',
      'shipsTo',
      'sector',
      'platform',
    ])
      expect(main).toMatch(new RegExp(`<(input|select) id="${name}" name="${name}"`))
    expect(main).toContain('<details class="more" open="">')
    for (const [value, name] of [
      ['TH', readerOf(lang).country('TH')],
      ['privacy', undefined],
      ['th-dbd/verified/gold', undefined],
    ])
      expect(main).toMatch(new RegExp(`<option value="${value}" selected=""[^>]*>${name ?? ''}`))
    const links = [...main.matchAll(/<a href="([^"#]*)#found"><span class="unseen">/g)].map(
      ([, href]) => href,
    )
    expect(links).toHaveLength(6)
    expect(links).toContain(
      `${path}?country=TH&amp;kind=quality&amp;language=en&amp;level=th-dbd/verified/gold&amp;principle=privacy`,
    )
    expect(main).toContain(`href="${path}#found"`)
    expect(html).not.toMatch(/\{\w+\}/)
  })

  test('says what it left out, that nothing matches, and that it is not ready', async () => {
    const told = await read(
      `${path}?country=ZZ&q=${'a'.repeat(101)}&foo=1&kind=quality&kind=identity&sector=1234567890121`,
    )
    expect(told.response.status).toBe(400)
    const main = mainOf(told.html)
    expect(main).toContain(escaped(own.leftOut.title))
    expect(main).toContain('<bdi class="address">ZZ</bdi>')
    expect(main).toContain(escaped(t.refusal.personal))
    expect(told.html).not.toContain('1234567890121')
    const nothing = await read(`${path}?country=TH`, sampleDeps(samplePage([])))
    expect(nothing.response.status).toBe(200)
    for (const seen of [own.nothing.title, own.nothing.loosen, own.nothing.check, t.places.verify])
      expect(mainOf(nothing.html)).toContain(escaped(seen))
    const busy = await read(path, sampleDeps(new Refusal('not-ready', { detail: 'x', retryAfter: 7 })))
    expect(busy.response.status).toBe(503)
    expect(busy.response.headers.get('retry-after')).toBe('7')
    expect(busy.html).toContain(`<h1>${escaped(own.busy.title)}</h1>`)
    for (const { html } of [told, nothing, busy]) {
      expect(html).toContain(`<html lang="${lang}">`)
      expect(html).not.toMatch(/\{\w+\}/)
    }
  })
})

describe('a page of the directory', () => {
  test.each(LANGUAGES)(
    'in %s shows beside a lower mark what became of the higher one, and what its kind says',
    async (lang) => {
      const { t, texts: all } = readerOf(lang)
      const entries = ENTRIES.slice(2, 3).map((entry) => ({
        ...entry,
        warnings: [
          { code: 'higher-mark-lapsed' as const, detail: { en: 'x' }, record: 'th-dbd:V-2569-0101' },
        ],
      }))
      const main = mainOf((await read(localPath(lang, '/directory'), sampleDeps(samplePage(entries)))).html)
      for (const seen of [t.warnings['higher-mark-lapsed'].title, t.kinds.identity.says, all.directory.kinds])
        expect(main).toContain(escaped(seen))
      expect(main).toContain(`href="${localPath(lang, '/r/th-dbd%3AV-2569-0101')}"`)
      expect(mainOf((await read(localPath(lang, '/directory'))).html)).not.toContain('class="warning"')
    },
  )

  test('suggests what shops sell, in its language, and says in which words to ask', async () => {
    const deps = sampleDeps(samplePage([]), {
      sectors: async () => [{ text: 'ผ้าไหม', lang: 'th' }, { text: 'Tea' }],
    })
    const { html } = await read('/directory?sector=silk', deps)
    expect(html).toContain(
      '<datalist id="sectors"><option value="ผ้าไหม" lang="th"></option><option value="Tea">',
    )
    expect(mainOf(html)).toContain(TEXTS.en.directory.form.sectorHint)
    expect(mainOf(html)).toContain(TEXTS.en.directory.nothing.sector)
    const listed = mainOf((await read('/directory')).html)
    expect(listed).toContain('<bdi lang="th">ผ้าไหมและผ้าทอ</bdi>')
    expect(listed).toContain('<option value="漆器" lang="ja">')
    expect(mainOf((await read('/th/directory')).html)).toContain('<bdi>ผ้าไหมและผ้าทอ</bdi>')
  })

  test.each([
    ['/directory?language=th&shipsTo=JP', 'Certified shops: speaks Thai, ships to Japan'],
    ['/vi/directory?language=th&country=TH', 'Cửa hàng được chứng nhận: ở Thái Lan, hỗ trợ tiếng Thái'],
    ['/ja/directory?language=th&shipsTo=JP', '認証ショップ一覧：タイ語対応、日本へ配送'],
    [
      '/directory?mark=th-dbd/verified&principle=privacy',
      'Certified shops: DBD Verified, covers Protection of personal data in full',
    ],
  ])('%s says in its title which part each filter plays', async (path, title) => {
    expect(attribute((await read(path)).html, /<title>([^<]*) – /)).toBe(title)
  })

  test('counts in the plural that the number asks for, and says when there are more', async () => {
    const count = async (found: { count: number; more: boolean }) =>
      attribute(
        (await read('/directory', sampleDeps(samplePage(ENTRIES.slice(0, 1), { found })))).html,
        /<h2 id="count">([^<]*)</,
      )
    expect(await count({ count: 1, more: false })).toBe('1 certificate')
    expect(await count({ count: 123, more: false })).toBe('123 certificates')
    expect(await count({ count: 1000, more: true })).toBe('More than 1,000 certificates')
  })

  test('leads on and back to the start, with its filters', async () => {
    const deps = sampleDeps(samplePage(ENTRIES, { next: '412' }))
    const first = mainOf((await read('/directory?country=TH', deps)).html)
    expect(first).toContain('<a rel="next" href="/directory?after=412&amp;country=TH#found">')
    expect(first).not.toContain(TEXTS.en.directory.pages.start)
    const second = mainOf((await read('/directory?country=TH&after=500', deps)).html)
    expect(second).toMatch(/href="\/directory\?country=TH#found">Back to the start/)
    expect(deps.asked).toEqual([{ country: 'TH' }, { country: 'TH', after: '500' }])
    expect(mainOf((await read('/directory')).html)).not.toContain('<nav')
  })

  test('a form’s empty fields leave the address, and it leads nowhere else', async () => {
    const { response } = await read('/th/directory?q=&country=TH&mark=th-dbd%2Fverified&sector=')
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      '/th/directory?country=TH&mark=th-dbd%2Fverified'.replace('%2F', '/'),
    ])
    for (const q of ['//evil.example', 'https://evil.example', '\r\nLocation: https://evil.example'])
      expect(
        (await read(`/directory?q=${encodeURIComponent(q)}&kind=`)).response.headers.get('location'),
      ).toMatch(/^\/directory\?q=[\w%.+*-]+$/)
  })

  test.each([
    ['/directory', true, '/directory'],
    ['/th/directory', true, '/th/directory'],
    ['/directory?country=TH', true, '/directory?country=TH'],
    ['/directory?mark=th-dbd/verified', true, '/directory?mark=th-dbd/verified'],
    ['/directory?member=th-dbd', true, '/directory?member=th-dbd'],
    ['/directory?utm_source=x&country=TH', true, '/directory?country=TH'],
    ['/directory?mark=th-dbd/verified&country=TH', false, '/directory?country=TH&mark=th-dbd/verified'],
    ['/directory?kind=quality', false, '/directory?kind=quality'],
    ['/directory?q=silk', false, '/directory?q=silk'],
    ['/directory?after=412', false, '/directory?after=412'],
    ['/directory?country=ZZ', false, '/directory'],
  ])('%s may be kept by search engines: %s, as %s', async (path, index, address) => {
    const { response, html } = await read(path)
    expect(html.includes('<meta name="robots" content="noindex"/>')).toBe(!index)
    expect(response.headers.get('x-robots-tag')).toBe(index ? null : 'noindex')
    expect(canonical(html)).toBe(ORIGIN + address)
  })

  test('an empty list of one country is not kept, the empty directory is', async () => {
    const deps = sampleDeps(samplePage([]))
    expect((await read('/directory?country=TH', deps)).response.headers.get('x-robots-tag')).toBe('noindex')
    expect((await read('/directory', deps)).response.headers.get('x-robots-tag')).toBeNull()
  })

  test('without members says that nobody publishes; without certificates that none is in force', async () => {
    const empty = samplePage([])
    const nobody = sampleDeps(empty, { schemes: async () => ({ ...SCHEMES, members: [] }) })
    expect((await read('/directory', nobody)).html).toContain(readerOf('en').t.searched.none)
    expect((await read('/directory', sampleDeps(empty))).html).toContain(TEXTS.en.directory.empty.says)
    // The list grew shorter while it was read.
    expect((await read('/directory?after=3', sampleDeps(empty))).html).toContain(
      TEXTS.en.directory.pages.start,
    )
  })

  test('a place in the list that the hub does not know is told, and the list starts anew', async () => {
    const deps = sampleDeps()
    const answer = deps.directory
    deps.directory = async (query) => {
      if (query.after) throw new Refusal('bad-cursor', { detail: 'no such place', at: 'after' })
      if (query.q === '!') throw new Refusal('bad-query', { detail: 'nothing to search for', at: 'q' })
      return answer(query)
    }
    const { response, html } = await read('/directory?after=nonsense&q=!', deps)
    expect(response.status).toBe(400)
    expect(html).toContain(TEXTS.en.directory.leftOut.place)
    expect(html).toContain('Name or address: “<bdi class="address">!</bdi>” is not known here.')
    expect(deps.asked).toEqual([{}])
  })

  test('a failure that is no refusal is left to the frame, which hides its cause', async () => {
    const app = directoryRoutes(sampleDeps(new Error('disk on fire')))
    app.onError((error, c) => c.text(error.message === 'disk on fire' ? 'failed' : 'other', 500))
    expect(await (await app.request('/directory')).text()).toBe('failed')
  })

  test('tells search engines of the shops that it lists, and nothing more', async () => {
    const { html } = await read('/ja/directory')
    const list = JSON.parse(attribute(html, /<script type="application\/ld\+json">(.*?)<\/script>/))
    expect(Object.keys(list).sort()).toEqual(
      ['@context', '@type', 'itemListElement', 'itemListOrder', 'name', 'numberOfItems'].sort(),
    )
    expect(list.itemListElement).toHaveLength(4)
    expect(list.itemListElement[1]).toEqual({
      '@type': 'ListItem',
      position: 2,
      name: '有限会社見本漆器',
      url: `${ORIGIN}/ja/r/jp-tradesafe%3ATS-2026-0003`,
    })
    expect((await read('/directory', sampleDeps(samplePage([])))).html).not.toContain('application/ld+json')
  })

  test.each([
    '<script>alert(1)</script>',
    '</script><img src=x onerror=alert(1)>',
    '"><img src=x onerror=alert(1)>',
    '{value}',
    `ก${'\u0e34'.repeat(1000)}`,
    'shop\u200b\u2060.example',
  ])('a holder and a question that say %j stay text', async (text) => {
    const hostile = sampleEntry({
      level: 'th-dbd/verified/gold',
      id: 'V-1',
      name: { en: text },
      url: 'https://x.example',
      holder: { sector: text.slice(0, 100) },
    })
    const q = text.slice(0, 90)
    const { html } = await read(`/directory?q=${encodeURIComponent(q)}`, sampleDeps(samplePage([hostile])))
    expect(mainOf(html)).not.toMatch(/<script|<img/)
    expect(html.split('<script')).toHaveLength(2)
    expect(mainOf(html)).toContain(
      `<h3><bdi lang="en">${escaped(tame(text))}</bdi></h3>`.replace(' lang="en"', ''),
    )
    expect(mainOf(html)).toContain(`value="${escaped(q)}"`)
  })

  test('a question that turns letters round leaves the title straight', async () => {
    const { html } = await read(`/directory?q=${encodeURIComponent('\u202edeifitrec')}`)
    expect(attribute(html, /<title>([^<]*)</)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    expect(mainOf(html)).toContain('<bdi class="address">\u202edeifitrec</bdi>')
  })
})

describe('a hub', () => {
  test('stops listing a shop as soon as its mark is suspended or withdrawn', async () => {
    const t = await createTestHub()
    const member = await t.admit('th-dbd')
    const of = (certificate: string, url: string) =>
      signRecord(member, recordClaims(member, t.now(), { certificate, url }))
    await t.push(
      await of('R-1', 'https://somjai-silk.example'),
      await of('R-2', 'https://nan-silver.example'),
    )
    const listed = async () => mainOf(await (await t.app.request('/th/directory')).text())
    expect(await listed()).toContain('somjai-silk.example')
    expect(await listed()).toContain('nan-silver.example')
    t.tick()
    await t.push(await signStatus(member, 'th-dbd:R-1', 'revoked', t.now()))
    expect(await listed()).not.toContain('somjai-silk.example')
    expect(await listed()).toContain('nan-silver.example')
    t.tick()
    await t.push(await signStatus(member, 'th-dbd:R-2', 'suspended', t.now()))
    expect(await listed()).toContain(TEXTS.th.directory.empty.says)
  })
})
