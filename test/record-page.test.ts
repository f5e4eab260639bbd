/** The page about one record: whose mark it is, in every state and language; what search engines, caches and strangers may do with it. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { acceptsGzip, compressPages } from '../src/node/compress.js'
import { CATALOGUES, localPath, recordPath } from '../src/pages/frame/reader.js'
import { STYLE, STYLE_PATH } from '../src/pages/frame/style.js'
import { tame } from '../src/pages/frame/tame.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import { createPageStore } from '../src/pages/record/page-store.js'
import { POSITIVE_VERDICTS, type Verdict } from '../src/record/verdict.js'
import { Refusal } from '../src/refusal.js'
import { STATES, verifyState } from './browser/record-states.js'
import { NOTHING_ELSE, OVERVIEW, sampleRecord, sampleVerdict, sampleWarning } from './browser/verdicts.js'
import {
  createTestHub,
  recordClaims,
  signErasure,
  signRecord,
  signStatus,
  type TestHub,
} from './hub-fixture.js'
import { copyOf, sync } from './mirror-fixture.js'

const ORIGIN = 'https://hub.example'
const ID = 'th-dbd:certified'
const SHOP = { referer: 'https://somjai-silk.example/' }
const IMITATION = { referer: 'https://sornjai-silk.example/order/4711?mail=a@b.example' }

function pages(verify: (query: { record?: string }) => Promise<Verdict> = verifyState): Hono {
  return pageRoutes({ origin: ORIGIN, demo: false, verify, overview: async () => OVERVIEW, ...NOTHING_ELSE })
}

async function read(
  path: string,
  headers: Record<string, string> = {},
  { app = pages(), method = 'GET' }: { app?: Hono; method?: string } = {},
): Promise<{ response: Response; html: string }> {
  const response = await app.request(ORIGIN + path, { headers, method })
  return { response, html: await response.text() }
}

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
/** What stands on the page, without its tags. */
const wordsOf = (html: string): string =>
  html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(/<[^>]*>/g, '')
const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')
/** A text as it is shown with a host in it. */
const said = (text: string, host: string): string => escaped(text.replace('{host}', host))

describe.each(LANGUAGES)('the page in %s', (lang: Language) => {
  const t = CATALOGUES[lang]
  const { record: r } = TEXTS[lang]

  test.each(STATES)(
    '%s says its word, whose mark it is or was, who stands behind it, and what to do',
    async (state) => {
      const { response, html } = await read(recordPath(`th-dbd:${state}`, lang))
      const inForce = POSITIVE_VERDICTS.includes(state)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-language')).toBe(lang)
      expect(html).toContain(`<html lang="${lang}">`)
      expect(html).toContain(`<title>${escaped(t.verdicts[state].title)}: somjai-silk.example – `)
      expect(html).toContain(`<h1 id="verdict">${escaped(t.verdicts[state].title)}</h1>`)
      expect(html).toContain(escaped(t.verdicts[state].says))
      expect(html).toContain(`<h2>${escaped(inForce ? t.covered.belongs : t.covered.belonged)}</h2>`)
      expect(html).toContain('<p class="place"><bdi class="address">somjai-silk.example</bdi></p>')
      expect(wordsOf(html).includes(escaped(r.arrival.unknown))).toBe(inForce)
      expect(html.includes(escaped(t.verdicts[state].now))).toBe(!inForce)
      expect(html).toContain(`href="${localPath(lang, '/members/th-dbd')}"`)
      expect(html).toMatch(new RegExp(`href="/${lang}/marks/[a-z-]+/[a-z]+/[a-z]+"`))
      expect(html).toContain(escaped(t.complaints.title))
      expect(html).toContain(`complaint?record=th-dbd%3A${state}`)
      expect(html).toContain(`/v1/records/th-dbd%3A${state}/proof`)
      expect(html).toContain('<time datetime="2026-11-22T09:48:00Z">')
      expect(html).not.toMatch(/\{\w+\}/)
    },
  )

  test('tells each kind of mark in one line, and none like another', async () => {
    const seen = new Set<string>()
    for (const [state, kind] of [
      ['certified', 'quality'],
      ['identity-confirmed', 'identity'],
      ['registered', 'registration'],
    ] as const) {
      const { html } = await read(recordPath(`th-dbd:${state}`, lang))
      expect(html).toContain(escaped(t.kinds[kind].says))
      const panel = /<section class="(panel [^"]*)".*?<path d="([^"]*)"/s.exec(html)
      seen.add(`${panel?.[1]}`).add(`${panel?.[2]}`)
    }
    expect(seen.size).toBe(6)
  })

  test('tells who comes from the covered shop so, and who comes from elsewhere not to trust it there', async () => {
    const path = recordPath(ID, lang)
    const covered = await read(path, SHOP)
    expect(wordsOf(covered.html)).toContain(said(r.arrival.covered, 'somjai-silk.example'))
    expect(covered.html).not.toContain('came-from')

    const imitation = await read(path, IMITATION)
    const words = wordsOf(imitation.html)
    for (const text of [r.arrival.from, r.arrival.elsewhere, r.arrival.lookUp])
      expect(words).toContain(said(text, 'sornjai-silk.example'))
    expect(words).toContain(escaped(r.arrival.imitates))
    expect(words).toContain(escaped(r.arrival.ledHere))
    // First the warning, then whose mark it is, then its verdict, without the colour of validity.
    const order = ['class="warning severe came-from"', 'class="covered"', 'class="panel quiet"'].map((part) =>
      imitation.html.indexOf(part),
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(imitation.html).not.toContain('tone-quality')

    const www = await read(path, { referer: 'https://www.somjai-silk.example/' })
    expect(wordsOf(www.html)).toContain(said(r.arrival.neighbour, 'www.somjai-silk.example'))
    for (const { html } of [covered, imitation, www]) expect(html).not.toMatch(/\{\w+\}/)
  })

  test('tells of a lost mark that its shop had it once', async () => {
    const { html } = await read(recordPath('th-dbd:revoked', lang), SHOP)
    expect(wordsOf(html)).toContain(said(r.arrival.coveredOnce, 'somjai-silk.example'))
    expect(wordsOf(html)).not.toContain(said(r.arrival.covered, 'somjai-silk.example'))
  })

  test('a number that stands nowhere: no such certificate, what was searched, and how to report the mark', async () => {
    const { response, html } = await read(recordPath('th-dbd:V-0000-0000', lang), IMITATION)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('x-robots-tag')).toBe('noindex')
    const words = wordsOf(html)
    for (const text of [r.missing.title, r.missing.says, r.missing.genuine, r.missing.now, r.missing.report])
      expect(words).toContain(escaped(text))
    expect(words).toContain(said(r.missing.arrival, 'sornjai-silk.example'))
    expect(words).toContain(escaped(t.searched.title))
    expect(words).toContain('th-dbd:V-0000-0000')
    expect(html).toContain('class="panel tone-stop"')
    expect(html).toContain('value="sornjai-silk.example"')
    expect(html).not.toContain('ld+json')
    expect(html).not.toMatch(/\{\w+\}/)
  })
})

test.each(LANGUAGES)('%s fills in the same names as English', (lang) => {
  const names = (node: object): string[][] =>
    Object.values(node).flatMap((value) =>
      typeof value === 'string' ? [(value.match(/\{\w+\}/g) ?? []).sort()] : names(value),
    )
  expect(names(TEXTS[lang].record)).toEqual(names(TEXTS.en.record))
})

describe('the visitor', () => {
  test.each([
    ['ja,en;q=0.8', 'ja'],
    ['vi-VN', 'vi'],
    ['fr', 'en'],
    [undefined, 'en'],
  ] as const)('who prefers %s reads the bare address in that language at once', async (accept, lang) => {
    const { response, html } = await read(recordPath(ID), accept ? { 'accept-language': accept } : {})
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('vary')).toBe('Accept-Language, Referer')
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain(`<link rel="canonical" href="${ORIGIN}${recordPath(ID, lang)}"/>`)
    expect(html).toContain(`hreflang="x-default" href="${ORIGIN}${recordPath(ID)}"/>`)
    for (const to of LANGUAGES)
      expect(html).toContain(`hreflang="${to}" href="${ORIGIN}${recordPath(ID, to)}"/>`)
    expect(html).not.toContain('class="offer"')
  })

  test('who names a language gets that one, and is offered his own', async () => {
    const japanese = await read(recordPath(ID, 'ja'), { 'accept-language': 'vi' })
    expect(japanese.response.headers.get('vary')).toBe('Referer')
    const english = await read(recordPath(ID, 'en'), { 'accept-language': 'vi' })
    expect(english.html).toContain(CATALOGUES.vi.site.offer)
  })

  test('who says where he lives stays on the page', async () => {
    const asked: unknown[] = []
    const app = pages((query) => {
      asked.push(query)
      return verifyState(query)
    })
    const { html } = await read(`${recordPath(ID, 'vi')}?for=jp&utm_source=x`, {}, { app })
    expect(asked).toEqual([{ record: ID, for: 'JP' }])
    expect(html).toContain(`action="${recordPath(ID, 'vi')}#complain"`)
    expect(html).toContain(`href="${recordPath(ID, 'ja')}?for=JP"`)
    expect(html).not.toContain('utm_source')
    const wrong = await read(`${recordPath(ID, 'vi')}?for=XYZ`)
    expect(wrong.response.status).toBe(200)
    expect(wrong.html).toContain(TEXTS.vi.record.country)
  })

  test('who asks a copy that is being brought up to date gets that as a page', async () => {
    const app = pages(async () => {
      throw new Refusal('not-ready', 'This copy is being brought up to date.')
    })
    const { response, html } = await read(recordPath(ID, 'th'), {}, { app })
    expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store'])
    expect(html).toContain(CATALOGUES.th.refusal.busy)
  })
})

describe('search engines', () => {
  test('may keep a mark in force until it ends, and read it as a certification of its holder', async () => {
    const { response, html } = await read(recordPath(ID, 'th'))
    expect(response.headers.get('x-robots-tag')).toBeNull()
    expect(html).toContain(
      '<meta name="robots" content="noarchive, unavailable_after: 2027-03-15T00:00:00Z"/>',
    )
    expect(dataOf(html)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: 'บริษัท สมใจไหมไทย จำกัด',
      url: ['https://somjai-silk.example/'],
      hasCertification: {
        '@type': 'Certification',
        '@id': `${ORIGIN}${recordPath(ID)}`,
        name: 'DBD Verified · ดีมาก (Gold)',
        certificationIdentification: 'certified',
        certificationStatus: 'https://schema.org/CertificationActive',
        issuedBy: {
          '@type': 'Organization',
          '@id': 'https://hub.example/members/th-dbd',
          name: 'กรมพัฒนาธุรกิจการค้า',
        },
        validFrom: '2026-03-15T00:00:00Z',
        expires: '2027-03-15T00:00:00Z',
        url: `${ORIGIN}${recordPath(ID)}`,
        about: [{ '@type': 'WebSite', url: 'https://somjai-silk.example/' }],
      },
    })
  })

  test.each(STATES)('read %s as active only where it is in force', async (state) => {
    const { response, html } = await read(recordPath(`th-dbd:${state}`, 'en'))
    const inForce = POSITIVE_VERDICTS.includes(state)
    expect(dataOf(html).hasCertification.certificationStatus).toBe(
      `https://schema.org/Certification${inForce ? 'Active' : 'Inactive'}`,
    )
    expect(response.headers.get('x-robots-tag')).toBe(inForce ? null : 'noindex')
    expect(html.includes('<meta name="robots" content="noindex"/>')).toBe(!inForce)
  })

  test('read a natural person as a person', async () => {
    const record = sampleRecord('certified', { id: ID, matched: undefined })
    record.holder = { ...record.holder, kind: 'natural', identifiers: [] }
    const app = pages(async () => sampleVerdict('certified', { records: [record] }))
    expect(dataOf((await read(recordPath(ID, 'en'), {}, { app })).html)['@type']).toBe('Person')
  })
})

describe('strangers', () => {
  const NAMES = {
    script: '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
    bidi: '\u202egnp.exe\u2066\u200f Somjai',
    invisible: 'Som\u200bj\u2060ai\ufeff\u{e0041} Silk',
    marks: `Somjai${'\u0301'.repeat(10_000)} Silk`,
    endless: 'W'.repeat(2000),
  }
  const hostile = (text: string): Hono => {
    const record = sampleRecord('suspended', { id: ID, matched: undefined })
    record.holder = {
      ...record.holder,
      name: { en: text },
      sector: text,
      contact: (['email', 'phone', 'web', 'address'] as const).map((kind) => ({ kind, value: text })),
      identifiers: [{ scheme: text, value: text }],
    }
    record.member = { ...record.member, name: { en: text } }
    record.mark = { ...record.mark, name: { en: text }, says: { en: text } }
    if (record.status) record.status = { ...record.status, reason: { en: text } }
    record.presences = record.presences.map((one) => ({ ...one, url: text }))
    const warnings = [{ ...sampleWarning('member-stale'), detail: { en: text } }]
    const verdict = { ...sampleVerdict('suspended'), records: [record], warnings }
    return pages(async () => verdict)
  }

  test.each(Object.entries(NAMES))(
    'with %s in every name put no element and nothing unseen on the page',
    async (_, text) => {
      for (const lang of ['en', 'ja'] as const) {
        const { response, html } = await read(recordPath(ID, lang), IMITATION, { app: hostile(text) })
        expect(response.status).toBe(200)
        expect(html.split('<script')).toHaveLength(2)
        expect(html).not.toContain('<img src=x')
        expect(html.split('</script>')).toHaveLength(2)
        // Beside the signed statement and addresses, which are shown as they are.
        const shown = html.replace(/<bdi class="address">[^<]*<\/bdi>/g, '')
        expect(shown.replace(/<title>.*?<\/title>|content="[^"]*"|"[^"]*"/gs, '')).not.toMatch(
          /[\u200b\u202e\u2060\u2066\u200f\ufeff\u{e0041}]|\p{M}{5}/u,
        )
        expect(dataOf(html).hasCertification.certificationStatus).toContain('Inactive')
      }
    },
  )

  test('have names cut that are longer than any, and keep the letters of every living language', () => {
    expect(tame('Nguyễn Thị Ngọc Ánh')).toBe('Nguyễn Thị Ngọc Ánh')
    expect(tame('น้ำผึ้งป่าเดือนห้า')).toBe('น้ำผึ้งป่าเดือนห้า'.normalize('NFC'))
    expect(tame('葛\u{e0100}城がぎぐ')).toBe('葛\u{e0100}城がぎぐ')
    expect(tame('क्\u200dष می\u200cخواهم')).toBe('क्\u200dष می\u200cخواهم')
  })

  test('learn nothing of the header but its host, and it can make no element', async () => {
    const { html } = await read(recordPath(ID), IMITATION)
    for (const part of ['4711', 'mail=', 'order'])
      expect(html.replace(/-order|border/g, '')).not.toContain(part)
    for (const referer of ['https://"><script>alert(1)</script>.example/', 'https://a.example/"><b id=zz>'])
      expect((await read(recordPath(ID), { referer })).html).not.toMatch(/<script>|<b id=zz>/)
  })

  test.each([
    ['a null character', '%00'],
    ['a thousand characters', 'a'.repeat(1000)],
    ['capital letters', 'TH-DBD:V-2026-0001'],
    ['a certificate number alone', 'V-2026-0001'],
    ['broken encoding', '%E0%A4%A'],
    ['another host', '%2F%2Fevil.example'],
    ['a slash turned round', '%5C%5Cevil.example'],
    ['an element', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    ['a direction override', 'th-dbd%3A%E2%80%AEV-1'],
  ])('with %s for a number get a clear page and are led nowhere', async (_, id) => {
    for (const prefix of ['/r/', '/ja/r/']) {
      const { response, html } = await read(prefix + id)
      expect(response.status).toBe(404)
      expect(response.headers.get('location')).toBeNull()
      expect(html).toMatch(/<h1 id="verdict">(No such certificate|この認証はありません)<\/h1>/)
      expect(wordsOf(html)).toContain('th-dbd:V-2026-0001')
      expect(html).not.toMatch(/<script|href="\/\/|\u202e/)
      expect(html).not.toContain('\0')
      expect(/<bdi class="address">([^<]*)/.exec(html)?.[1]?.length ?? 0).toBeLessThanOrEqual(100)
    }
  })

  test('never see a person’s number again', async () => {
    for (const id of ['1234567890121', 'th-dbd:1234567890121'])
      expect((await read(recordPath(id, 'th'))).html).not.toContain('1234567890121')
  })
})

describe('over HTTP', () => {
  test.each([ID, 'th-dbd:revoked', 'th-dbd:none', '%00'])(
    '%s lets nothing run, be framed or be sniffed',
    async (id) => {
      const { response } = await read(`/r/${id}`, IMITATION)
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('cache-control')).toBe('private, max-age=30, must-revalidate')
      expect(response.headers.get('set-cookie')).toBeNull()
    },
  )

  test('HEAD gives the headers of GET, and the same page is sent once', async () => {
    const get = await read(recordPath(ID), SHOP)
    const head = await read(recordPath(ID), SHOP, { method: 'HEAD' })
    expect(head.html).toBe('')
    expect(Object.fromEntries(head.response.headers)).toEqual(Object.fromEntries(get.response.headers))
    const tag = get.response.headers.get('etag') ?? ''
    const again = await read(recordPath(ID), { ...SHOP, 'if-none-match': `W/${tag}` })
    expect([again.response.status, again.html]).toEqual([304, ''])
    expect((await read(recordPath(ID), { ...IMITATION, 'if-none-match': tag })).response.status).toBe(200)
  })

  test.each(LANGUAGES)(
    'a page in %s weighs less than 30 kB with its style sheet, as it is sent',
    async (lang) => {
      const paths = [ID, 'th-dbd:crowded', 'th-dbd:revoked', 'th-dbd:none'].map((id) => recordPath(id, lang))
      for (const path of [...paths, localPath(lang, '/'), localPath(lang, '/verify')]) {
        const bytes = gzipSync((await read(path, IMITATION)).html).length + gzipSync(STYLE).length
        expect(bytes, `${path}: ${bytes}`).toBeLessThan(30_000)
      }
    },
  )
})

describe('what the hub keeps rendered', () => {
  test('is given out for the same answer only, and to those alone who came from the same place', async () => {
    let verdict = await verifyState({ record: ID })
    const app = pages(async () => verdict)
    const words = async (headers: Record<string, string>) =>
      wordsOf((await read(recordPath(ID, 'en'), headers, { app })).html)
    const first = await words({})
    expect(await words({})).toBe(first)
    const { arrival } = TEXTS.en.record
    for (let i = 0; i < 2; i += 1) {
      expect(await words(SHOP)).toContain(said(arrival.covered, 'somjai-silk.example'))
      expect(await words(IMITATION)).toContain(said(arrival.elsewhere, 'sornjai-silk.example'))
      expect(await words({ referer: 'https://evil.example' })).toContain(
        said(arrival.elsewhere, 'evil.example'),
      )
      expect(await words({})).toBe(first)
    }
    verdict = {
      ...(await verifyState({ record: 'th-dbd:revoked' })),
      records: [sampleRecord('revoked', { id: ID })],
    }
    expect(await words({})).toContain(CATALOGUES.en.verdicts.revoked.title)
  })

  test('is bounded in bytes, and leaves memory when the log grows', async () => {
    const made: string[] = []
    const store = createPageStore(10)
    const verdict = await verifyState({ record: ID })
    const get = (name: string, of: Verdict = verdict, bytes = 4) =>
      store.get(name, of, async () => {
        made.push(name)
        return { body: new Uint8Array(bytes), tag: `"${name}"` }
      })
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name)
    expect(made).toEqual(['a', 'b', 'c', 'b'])
    await get('huge', verdict, 11)
    await get('a')
    expect(made.slice(4)).toEqual(['huge', 'a'])
    const later = { ...verdict, asOf: { ...verdict.asOf, size: verdict.asOf.size + 1 } }
    await get('z', later)
    // An answer of the earlier log is still given to who asked for it then, and not kept.
    await get('a')
    await get('a')
    expect(made.slice(6)).toEqual(['z', 'a', 'a'])
    // So does a look-up that found nothing to show, as after an erasure by another process.
    store.forget({ ...verdict, asOf: { ...verdict.asOf, size: verdict.asOf.size + 2 } })
    await get('z', later)
    expect(made.slice(9)).toEqual(['z'])
  })
})

describe('a hub', () => {
  let t: TestHub
  const visit = async (path: string, headers: Record<string, string> = {}) => {
    const response = await t.app.request(path, { headers: { accept: 'text/html', ...headers } })
    return { status: response.status, html: await response.text() }
  }
  beforeAll(async () => {
    t = await createTestHub()
  })

  test('shows a suspension in the next page, and nothing of a record that was erased', async () => {
    const dbd = await t.admit('th-dbd')
    const url = 'https://somjai-silk.example'
    const [result] = await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'A-1', url })),
    )
    expect(result?.outcome).toBe('accepted')
    const path = recordPath('th-dbd:A-1')
    const before = await visit(path, SHOP)
    expect(before.html).toContain(CATALOGUES.en.verdicts['identity-confirmed'].title)
    expect(wordsOf(before.html)).toContain(said(TEXTS.en.record.arrival.covered, 'somjai-silk.example'))
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:A-1', 'suspended', t.now()))
    expect((await visit(path, SHOP)).html).toContain(CATALOGUES.en.verdicts.suspended.title)

    const copy = await copyOf(t)
    await sync(copy, t)
    const mirror = createMirrorApp({
      copy,
      synced: () => t.now() * 1000,
      report: (error) => t.reported.push(error),
    })
    const response = await mirror.request(`https://copy.example${path}`, {
      headers: { referer: 'https://copy.example/' },
    })
    const html = await response.text()
    expect(html).toContain(CATALOGUES.en.copy.title)
    expect(html).toContain(CATALOGUES.en.verdicts.suspended.title)
    expect(html).toContain(`href="${t.hub.origin}/complaint?record=th-dbd%3AA-1"`)
    expect(html).toContain(`<link rel="canonical" href="${t.hub.origin}${recordPath('th-dbd:A-1', 'en')}"/>`)
    expect(html).not.toContain('came-from')

    t.tick()
    const indices = (await t.hub.store.history('th-dbd:A-1')).map(({ index }) => index)
    const [erased] = await t.push(await signErasure(dbd, indices, t.now()))
    expect(erased?.outcome).toBe('accepted')
    const after = await visit(path, SHOP)
    expect(after.status).toBe(404)
    expect(after.html).toContain(TEXTS.en.record.missing.says)
    expect(after.html).not.toContain('สมใจ')
    expect(t.reported).toEqual([])
  })
})

describe('packing on Node', () => {
  const app = pages()
  app.get('/v1/x', (c) => c.json({ a: 1 }))
  app.get('/picture', (c) => c.body('PNG', 200, { 'content-type': 'image/png' }))
  const send = compressPages((request: Request, _: unknown) => app.fetch(request))
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    send(new Request(ORIGIN + path, { headers, method }), undefined)
  const GZIP = { 'accept-encoding': 'gzip, deflate, br' }

  test('packs a page for whoever takes it, and says so to caches', async () => {
    const plain = await ask(recordPath(ID))
    const packed = await ask(recordPath(ID), GZIP)
    const bytes = new Uint8Array(await packed.arrayBuffer())
    expect(gunzipSync(bytes).toString()).toBe(await plain.text())
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('etag')).toBe(`W/${plain.headers.get('etag')}`)
    for (const { headers } of [plain, packed])
      expect(headers.get('vary')).toBe('Accept-Language, Referer, Accept-Encoding')
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  test('HEAD and 304 have the headers of the packed page, and no body', async () => {
    const packed = await ask(recordPath(ID), GZIP)
    const head = await ask(recordPath(ID), GZIP, 'HEAD')
    expect(await head.text()).toBe('')
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(packed.headers))
    const tag = packed.headers.get('etag') ?? ''
    const again = await ask(recordPath(ID), { ...GZIP, 'if-none-match': tag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
    expect(again.headers.get('vary')).toContain('Accept-Encoding')
    expect(again.headers.get('content-encoding')).toBeNull()
    expect((await ask(STYLE_PATH, GZIP)).headers.get('content-encoding')).toBe('gzip')
    const missing = await ask(recordPath('th-dbd:none'), GZIP)
    expect([missing.status, missing.headers.get('content-encoding')]).toEqual([404, 'gzip'])
  })

  test('leaves answers for machines and pictures as they are', async () => {
    for (const path of ['/v1/x', '/picture']) {
      const { headers } = await ask(path, GZIP)
      expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, null])
    }
  })

  test.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['*', true],
    ['x-gzip', true],
    ['gzip;q=0', false],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['br', false],
    ['', false],
    [null, false],
  ] as const)('Accept-Encoding %j takes gzip: %s', (header, takes) => {
    expect(acceptsGzip(header)).toBe(takes)
  })
})
