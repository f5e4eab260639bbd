/** What search engines are given: sitemaps within their limits, of pages that stand; robots.txt; the hub's own pictures. */
import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { listAddresses } from '../src/hub/directory/list-addresses.js'
import { readSchemes } from '../src/hub/read-schemes.js'
import { MAX_AGE, MAX_KEPT } from '../src/pages/directory/kept-parts.js'
import { SHARE_SIZE } from '../src/pages/directory/pictures.js'
import { directoryRoutes } from '../src/pages/directory/routes.js'
import { SHARE_IMAGE } from '../src/pages/directory/share-image.js'
import {
  formatIndex,
  formatRecords,
  MAX_ADDRESSES,
  MAX_BYTES,
  PART_ENTRIES,
} from '../src/pages/directory/sitemap.js'
import { formatRobots } from '../src/pages/directory/sitemap-routes.js'
import { ENTRIES, ORIGIN, SCHEMES, sampleDeps } from './directory-samples.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signStatus,
  type TestHub,
} from './hub-fixture.js'

/** An element of a document, with its text where it has no children. */
interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const readEntities = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '',
  )

/** Reads a document of the few forms that sitemaps need. @throws Error where it is not well-formed */
function parseXml(xml: string): Element {
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true)
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  for (const [, tag, text] of xml.slice(xml.indexOf('?>') + 2).matchAll(/<([^<>]+)>|([^<>]+)/g)) {
    const at = open.at(-1)!
    if (text !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`bare & in ${text}`)
      at.text += readEntities(text)
    } else if (tag!.startsWith('/')) {
      if (at.name !== tag!.slice(1)) throw new Error(`${tag} closes ${at.name}`)
      open.pop()
    } else {
      const [, name = '', rest = '', empty] =
        /^([\w:]+)((?: [\w:]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)$/.exec(tag!) ?? []
      if (name === '') throw new Error(`no element: ${tag}`)
      const attributes = Object.fromEntries(
        [...rest.matchAll(/ ([\w:]+)="([^"]*)"/g)].map(([, k, v]) => [k!, readEntities(v!)]),
      )
      const element: Element = { name, attributes, children: [], text: '' }
      at.children.push(element)
      if (empty !== '/') open.push(element)
    }
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)?.name} is not closed`)
  return root.children[0]!
}

const locations = (root: Element): string[] =>
  root.children.map((one) => one.children.find(({ name }) => name === 'loc')!.text)

async function read(path: string, deps = sampleDeps()): Promise<{ response: Response; text: string }> {
  const response = await directoryRoutes(deps).request(ORIGIN + path)
  return { response, text: await response.text() }
}

describe('the sitemap', () => {
  test('names parts by ranges of the log that never move, within the limits of the protocol', async () => {
    const { response, text } = await read('/sitemap.xml')
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600')
    const index = parseXml(text)
    expect([index.name, index.attributes.xmlns]).toEqual([
      'sitemapindex',
      'http://www.sitemaps.org/schemas/sitemap/0.9',
    ])
    expect(locations(index)).toEqual(
      ['pages', 'schemes', 'records-0'].map((part) => `${ORIGIN}/sitemap/${part}.xml`),
    )
    const parts = (size: number) => locations(parseXml(formatIndex(ORIGIN, size)))
    expect(parts(PART_ENTRIES)).toHaveLength(3)
    expect(parts(PART_ENTRIES + 1).slice(0, 3)).toEqual(parts(PART_ENTRIES))
    expect(parts(PART_ENTRIES + 1)).toHaveLength(4)
    expect(parts(0)).toHaveLength(2)
    expect(parts(100_000_000).length).toBeLessThanOrEqual(MAX_ADDRESSES)
  })

  test('the fullest part that there can be stays within addresses and bytes', () => {
    const id = `${'th-'.padEnd(23, 'x')}:${'V'.repeat(64)}`
    const text = formatRecords(
      `https://${'h'.repeat(60)}.example`,
      Array.from({ length: PART_ENTRIES }, () => ({ id, changed: '2026-11-22' })),
    )
    expect(text.split('<loc>').length - 1).toBeLessThanOrEqual(MAX_ADDRESSES)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES)
  })

  test.each(['pages', 'schemes'])('%s stand in every language, each naming all of them', async (part) => {
    const root = parseXml((await read(`/sitemap/${part}.xml`)).text)
    expect(root.children.length % LANGUAGES.length).toBe(0)
    expect(new Set(locations(root)).size).toBe(root.children.length)
    for (const url of root.children) {
      const links = url.children
        .filter(({ name }) => name === 'xhtml:link')
        .map(({ attributes }) => attributes)
      expect(links.map(({ hreflang }) => hreflang)).toEqual([...LANGUAGES, 'x-default'])
      // What names others is named by them.
      for (const { href, hreflang } of links.slice(0, -1)) {
        const other = root.children.find((one) => locations({ ...root, children: [one] })[0] === href)
        expect(
          other?.children.filter(({ name }) => name === 'xhtml:link').map(({ attributes }) => attributes),
        ).toEqual(links)
        expect(hreflang).toBeTruthy()
      }
    }
  })

  test('has the lists of members’ shops where there are any', async () => {
    const quiet = {
      ...SCHEMES,
      members: SCHEMES.members.map((one) => ({ ...one, records: one.id === 'th-dbd' ? 1 : 0 })),
    }
    const found = locations(
      parseXml(
        (await read('/sitemap/schemes.xml', sampleDeps(undefined, { schemes: async () => quiet }))).text,
      ),
    )
    expect(found.filter((address) => address.includes('?') && !/\/(th|vi|ja)\//.test(address))).toEqual([
      `${ORIGIN}/directory?country=TH`,
      `${ORIGIN}/directory?member=th-dbd`,
    ])
    expect(found).toContain(`${ORIGIN}/ja/members/vn-idea`)
    expect(found).toContain(`${ORIGIN}/th/marks/th-dbd/verified/gold`)
  })

  test('records stand in every language with the day of their last change', async () => {
    const root = parseXml((await read('/sitemap/records-0.xml')).text)
    expect(root.children).toHaveLength(ENTRIES.length * LANGUAGES.length)
    expect(locations(root)).toContain(`${ORIGIN}/vi/r/th-dbd%3AV-2569-0101`)
    expect(root.children[0]?.children.find(({ name }) => name === 'lastmod')?.text).toBe('2026-11-22')
  })

  test('is read from the records once, until the log grows or an hour went by', async () => {
    let [reads, size, at] = [0, 2 * PART_ENTRIES * MAX_KEPT, 0]
    const app = directoryRoutes(
      sampleDeps(undefined, {
        now: () => at,
        schemes: async () => ({ ...SCHEMES, size }),
        addresses: async (from) => {
          reads += 1
          return [{ id: `th-dbd:V-${from}`, changed: `2026-11-${10 + reads}` }]
        },
      }),
    )
    const part = async (i: number) => (await app.request(`${ORIGIN}/sitemap/records-${i}.xml`)).text()
    const first = await part(0)
    expect([await part(0), reads]).toEqual([first, 1])
    at += MAX_AGE
    expect([(await part(0)) === first, reads]).toEqual([false, 2])
    size += 1
    await part(0)
    expect(reads).toBe(3)
    // No more are kept than a few: those asked for last.
    for (let i = 1; i <= MAX_KEPT; i += 1) expect(await part(i)).toContain(`V-${i * PART_ENTRIES}<`)
    expect(reads).toBe(3 + MAX_KEPT)
    await part(MAX_KEPT)
    expect(reads).toBe(3 + MAX_KEPT)
    await part(0)
    expect(reads).toBe(4 + MAX_KEPT)
  })

  test.each(['records-1', 'records-00', 'records-1e3', 'records--1', 'nothing', 'a/b'])(
    'has no part %s',
    async (part) => {
      expect((await read(`/sitemap/${part}.xml`)).response.status).toBe(404)
    },
  )

  test('is not sent twice to whoever has it', async () => {
    const tag = (await read('/sitemap/pages.xml')).response.headers.get('etag') ?? ''
    const again = await directoryRoutes(sampleDeps()).request(`${ORIGIN}/sitemap/pages.xml`, {
      headers: { 'if-none-match': tag },
    })
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'public, max-age=3600'])
  })

  test('a copy has none: its pages are the hub’s', async () => {
    const copy = sampleDeps(undefined, {
      addresses: undefined,
      copy: async () => ({ at: '2026-11-22T09:48:00Z', size: 3 }),
    })
    for (const path of ['/sitemap.xml', '/sitemap/pages.xml', '/sitemap/records-0.xml'])
      expect((await read(path, copy)).response.status).toBe(404)
  })
})

describe('a hub', () => {
  let made: Promise<{ t: TestHub; listed: string[] }> | undefined
  /** One with records in every state. */
  async function makeHub(): Promise<{ t: TestHub; listed: string[] }> {
    const t = await createTestHub()
    const member = await t.admit('th-dbd')
    const other = await t.admit('jp-tradesafe')
    const sign = (certificate: string, over: { exp?: number } = {}) =>
      signRecord(
        member,
        recordClaims(member, t.now(), {
          certificate,
          url: `https://${certificate.toLowerCase()}.example`,
          ...over,
        }),
      )
    const names = ['R-1', 'R-2', 'R-3', 'R-4', 'R-5', 'R-6']
    const results = await t.push(
      ...(await Promise.all(names.map((name) => sign(name, name === 'R-4' ? { exp: t.now() + 60 } : {})))),
    )
    expect(results.map(({ outcome }) => outcome)).toEqual(names.map(() => 'accepted'))
    const indexOf = (name: string) => (results[names.indexOf(name)] as { index: number }).index
    t.tick(120)
    await t.push(
      await signStatus(member, 'th-dbd:R-2', 'revoked', t.now()),
      await signStatus(member, 'th-dbd:R-3', 'suspended', t.now()),
      await signErasure(member, [indexOf('R-5')], t.now()),
    )
    t.tick()
    // Issued anew: it stands at its newest statement, and only there.
    await t.push(await sign('R-1'))
    expect(other.id).toBe('jp-tradesafe')
    return { t, listed: ['th-dbd:R-6', 'th-dbd:R-1'] }
  }
  const hub = () => {
    made ??= makeHub()
    return made
  }

  test('lists records in force only, each once, in the order of their statements', async () => {
    const { t, listed } = await hub()
    const { size } = await readSchemes(t.hub)
    expect((await listAddresses(t.hub, 0, PART_ENTRIES)).map(({ id }) => id)).toEqual(listed)
    // Whatever the ranges are, together they hold the same.
    const ranges = Array.from({ length: size }, (_, from) => listAddresses(t.hub, from, from + 1))
    expect((await Promise.all(ranges)).flat().map(({ id }) => id)).toEqual(listed)
    expect(await listAddresses(t.hub, size, size + PART_ENTRIES)).toEqual([])
    expect((await listAddresses(t.hub, 0, size))[0]?.changed).toBe('2026-11-22')
    const { text } = { text: await (await t.app.request('/sitemap/records-0.xml')).text() }
    expect(text).toContain('/r/th-dbd%3AR-6<')
    for (const lost of ['R-2', 'R-3', 'R-4', 'R-5']) expect(text).not.toContain(lost)
  })

  test('answers at every address of its sitemap, which is the page’s own', async () => {
    const { t } = await hub()
    const parts = locations(parseXml(await (await t.app.request('/sitemap.xml')).text()))
    const addresses = (
      await Promise.all(
        parts.map(async (part) => locations(parseXml(await (await t.app.request(part)).text()))),
      )
    ).flat()
    expect(addresses.length).toBeGreaterThan(50)
    const wrong: string[] = []
    for (const address of addresses) {
      const response = await t.app.request(address, { headers: { accept: 'text/html' } })
      const html = await response.text()
      const canonical = /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      if (response.status !== 200 || canonical !== address)
        wrong.push(`${address}: ${response.status} ${canonical}`)
      if (response.headers.get('x-robots-tag')?.includes('noindex')) wrong.push(`${address}: noindex`)
    }
    expect(wrong).toEqual([])
  })
})

describe('robots.txt', () => {
  test('lets pages and seals be read, keeps old look-ups out of indexes, and names the sitemap', async () => {
    const { response, text } = await read('/robots.txt')
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const lines = text.trim().split('\n')
    expect(lines[0]).toBe('User-agent: *')
    expect(lines.at(-1)).toBe(`Sitemap: ${ORIGIN}/sitemap.xml`)
    const closed = lines.flatMap((line) => /^Disallow: (.+)$/.exec(line)?.[1] ?? [])
    const isOpen = (path: string) => !closed.some((rule) => path.startsWith(rule))
    for (const path of [
      '/',
      '/th/directory',
      '/r/th-dbd:V-1',
      '/ja/r/x',
      '/seal/x.svg',
      '/seal.js',
      '/verify',
      '/style.css',
      '/marks/a/b/c',
      '/share.png',
    ])
      expect(isOpen(path), path).toBe(true)
    for (const path of ['/v1/verify?url=x', '/v1/search', '/log/tile/0/000', '/federation/list'])
      expect(isOpen(path), path).toBe(false)
  })

  test('closes a demo, whose shops are invented, and a copy, whose pages are the hub’s', async () => {
    const copy = async () => ({ at: '2026-11-22T09:48:00Z', size: 3 })
    for (const text of [
      formatRobots({ origin: ORIGIN, demo: true }),
      formatRobots({ origin: ORIGIN, demo: false, copy }),
    ]) {
      expect(text).toContain('User-agent: *\nDisallow: /\n')
      expect(text).not.toContain('Sitemap')
    }
    const { t } = { t: await createTestHub() }
    expect(await (await t.app.request('/robots.txt')).text()).toContain('Disallow: /\n')
  })
})

describe('the pictures', () => {
  test('the icon is a small drawing that runs nothing', async () => {
    const { response, text } = await read('/icon.svg')
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(text.length).toBeLessThan(500)
    expect(text).not.toMatch(/script|href|style/)
  })

  test('the picture of a shared link is a whole PNG of that size, flat and light', async () => {
    const { response } = await read('/share.png')
    expect(response.headers.get('content-type')).toBe('image/png')
    const png = Buffer.from(SHARE_IMAGE, 'base64')
    expect(png.length).toBeLessThan(15_000)
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([SHARE_SIZE.width, SHARE_SIZE.height])
    const data = png.indexOf('IDAT')
    const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)))
    // Four bits for each point, and a byte before each row.
    expect(rows.length).toBe(SHARE_SIZE.height * (SHARE_SIZE.width / 2 + 1))
    const points = rows.filter((_, i) => i % (SHARE_SIZE.width / 2 + 1) !== 0)
    const share = (value: number) => points.filter((byte) => byte === value).length / points.length
    expect(share(0x00)).toBeGreaterThan(0.7)
    expect(share(0xff)).toBeGreaterThan(0.05)
  })

  test('every page names both', async () => {
    const { text } = await read('/th/directory')
    expect(text).toContain('<link rel="icon" href="/icon.svg" type="image/svg+xml"/>')
    expect(text).toContain(`<meta property="og:image" content="${ORIGIN}/share.png"/>`)
  })
})
