/** The pages for people: every language says everything, strangers' text stays text, answers can be cached. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { MARK_KINDS } from '../src/alliance/definition.js'
import { PRINCIPLE_TEXTS } from '../src/alliance/principles.js'
import { LANGUAGES, type Language, localText } from '../src/alliance/text.js'
import { namesCountry } from '../src/pages/frame/agency.js'
import { channelLink } from '../src/pages/frame/channel.js'
import { markTitle } from '../src/pages/frame/mark-title.js'
import { CATALOGUES, localPath, preferredLanguage, type Reader, readerOf } from '../src/pages/frame/reader.js'
import { KIND_VERDICTS, TONES } from '../src/pages/frame/signs.js'
import { STYLE, STYLE_PATH } from '../src/pages/frame/style.js'
import { showPresence } from '../src/pages/frame/subject.js'
import { readQuestion } from '../src/pages/look-up/question.js'
import { pageRoutes } from '../src/pages/page-routes.js'
import { VERDICTS, type Verdict, WARNINGS } from '../src/record/verdict.js'
import { WARNING_TEXTS } from '../src/record/warning-texts.js'
import { Refusal } from '../src/refusal.js'
import {
  crowdedVerdict,
  NOTHING_ELSE,
  OVERVIEW,
  samplePresence,
  sampleRecord,
  sampleVerdict,
  sampleVerify,
  sampleWarning,
} from './browser/verdicts.js'

const ORIGIN = 'https://hub.example'

function pages(verdict?: Verdict, demo = true): Hono {
  return pageRoutes({
    origin: ORIGIN,
    demo,
    verify: verdict ? async () => verdict : sampleVerify,
    overview: async () => OVERVIEW,
    ...NOTHING_ELSE,
  })
}

async function read(
  app: Hono,
  path: string,
  init?: RequestInit,
): Promise<{ response: Response; html: string }> {
  const response = await app.request(ORIGIN + path, init)
  return { response, html: await response.text() }
}

/** The text as HTML escapes it. */
const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')

/** Every text of a catalogue by its path. */
function texts(node: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...texts(value, `${path}${key}.`)],
    ),
  )
}

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('catalogues', () => {
  const english = texts(CATALOGUES.en)

  test.each(LANGUAGES)('%s says everything that English says, with the same placeholders', (lang) => {
    const own = texts(CATALOGUES[lang])
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('')
      expect(text, key).toBe(text.trim())
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''))
    }
  })

  test.each(LANGUAGES.filter((lang) => lang !== 'en'))('%s leaves nothing in English', (lang) => {
    const hasWords = (text: string): boolean => /\p{L}/u.test(text.replace(/\{\w+\}/g, ''))
    const same = [...texts(CATALOGUES[lang])].filter(
      ([key, text]) => english.get(key) === text && hasWords(text),
    )
    expect(
      same.map(([key]) => key).filter((key) => !['site.name', 'complaints.email'].includes(key)),
    ).toEqual([])
  })

  test.each(LANGUAGES)('%s names each verdict and warning with words of its own', (lang) => {
    const { verdicts, warnings } = CATALOGUES[lang]
    const titles = [...Object.values(verdicts), ...Object.values(warnings)].map((one) => one.title)
    expect(new Set(titles).size).toBe(VERDICTS.length + WARNINGS.length)
  })

  test('days follow the local calendar, moments the clocks of most readers, which are named', () => {
    const all = (show: (reader: Reader) => string) => LANGUAGES.map((lang) => show(readerOf(lang)))
    const day = ['22 November 2026', '22 พฤศจิกายน พ.ศ. 2569', '22 tháng 11 năm 2026', '2026年11月22日']
    expect(all((reader) => reader.date('2026-11-22'))).toEqual(day)
    expect(all((reader) => reader.time('2026-11-22T09:48:00Z'))).toEqual([
      '22 November 2026, 09:48 UTC',
      '22 พฤศจิกายน พ.ศ. 2569 เวลา 16:48 น. (เวลาประเทศไทย)',
      '16:48 ngày 22 tháng 11 năm 2026 (giờ Việt Nam)',
      '2026年11月22日 18:48（日本時間）',
    ])
    // In Asia the next day has begun.
    expect(all((reader) => reader.date('2026-11-22T17:30:00Z'))).toEqual([
      '22 November 2026',
      '23 พฤศจิกายน พ.ศ. 2569',
      '23 tháng 11 năm 2026',
      '2026年11月23日',
    ])
  })

  test.each([
    ['Bangkok', '2027-03-14T17:00:00Z'],
    ['Tokyo', '2027-03-14T15:00:00Z'],
    ['London in winter', '2027-03-15T00:00:00Z'],
  ])('a validity that ends with midnight in %s has its last day on 14 March', (_, until) => {
    for (const lang of LANGUAGES) expect(readerOf(lang).lastDay(until)).toMatch(/(?<!\d)14(?!\d)/)
    expect(readerOf('vi').lastDay(until)).toBe('14 tháng 3 năm 2027')
  })
})

describe.each(LANGUAGES)('answers in %s', (lang: Language) => {
  const t = CATALOGUES[lang]

  test.each(VERDICTS)('%s says its word first, what it means, what to do and as of when', async (word) => {
    const { response, html } = await read(
      pages(sampleVerdict(word)),
      localPath(lang, '/verify?q=somjai-silk.example'),
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain(`<title>${escaped(t.verdicts[word].title)}: somjai-silk.example – `)
    expect(html).toContain(`<h1 id="verdict">${escaped(t.verdicts[word].title)}</h1>`)
    expect(html).toContain(escaped(t.verdicts[word].says))
    expect(html).toContain(escaped(t.verdicts[word].now))
    expect(html).toContain(`class="panel tone-${TONES[word]}"`)
    expect(html).toContain('<time datetime="2026-11-22T09:48:00Z">')
    expect(html).not.toMatch(/\{\w+\}/)
  })

  test.each(WARNINGS)('%s has a heading, a sentence and what was seen', async (code) => {
    const warning = sampleWarning(code)
    const { html } = await read(
      pages(sampleVerdict('certified', { warnings: [warning] })),
      localPath(lang, '/verify?q=x.example'),
    )
    expect(html.split(`</span> ${escaped(t.warnings[code].title)}</h2>`)).toHaveLength(2)
    expect(html).toContain(escaped(t.warnings[code].says))
    expect(html).toContain(escaped(warning.detail.en ?? ''))
    expect(html).toContain(t.warning)
  })

  test.each(VERDICTS)(
    '%s from a log that was started anew says so, when, and what may be missing',
    async (word) => {
      const at = '2026-11-21T08:30:00Z'
      const previous = { origin: 'hub.example/log', vkey: 'hub.example/log+00000000+AA' }
      const sample = sampleVerdict(word)
      const say = async (size: number) => {
        const verdict = { ...sample, asOf: { ...sample.asOf, restored: { at, size, previous } } }
        const { html } = await read(pages(verdict), localPath(lang, '/verify?q=x.example'))
        return html.slice(
          html.indexOf('id="restored"'),
          html.indexOf('</section>', html.indexOf('id="restored"')),
        )
      }
      const notice = await say(1180)
      expect(notice).toContain(`</span> ${escaped(t.restored.title)}</h2>`)
      expect(notice).toContain(`<time datetime="${at}">`)
      expect(notice).toContain(readerOf(lang).number(1180))
      expect(notice).toContain(escaped(t.restored.missing))
      expect(notice).toContain(escaped(t.restored.ask))
      expect(await say(1)).not.toMatch(/\{\w+\}/)
      expect((await read(pages(sample), localPath(lang, '/verify?q=x.example'))).html).not.toContain(
        'id="restored"',
      )
    },
  )

  test('a warning’s general sentence in the answer is not repeated beside the page’s own', async () => {
    const verdict = sampleVerdict('certified', {
      warnings: WARNINGS.map((code) => ({ code, detail: WARNING_TEXTS[code] })),
    })
    const { html } = await read(pages(verdict), localPath(lang, '/verify?q=x.example'))
    for (const code of WARNINGS) expect(html).toContain(escaped(t.warnings[code].says))
    expect(html).not.toContain('class="detail"')
  })

  test('the footer says who runs the hub, what it keeps of look-ups, and where machines read', async () => {
    const { html } = await read(pages(undefined, false), localPath(lang, '/'))
    const footer = html.slice(html.indexOf('<footer>'))
    expect(footer).toContain(escaped(t.site.runBy))
    expect(footer).toContain(escaped(t.site.privacy))
    expect(footer).toContain(`<a href="/openapi.json">${escaped(t.site.machines)}</a>`)
    expect(footer).toContain(`<a href="/log/checkpoint">${escaped(t.evidence.checkpoint)}</a>`)
    const demo = await read(pages(), localPath(lang, '/'))
    expect(demo.html).toContain(escaped(t.site.nobody))
    expect(demo.html).not.toContain(escaped(t.site.runBy))
  })

  test('the five principles stand with their gaps and the scheme’s own criteria', async () => {
    const { html } = await read(pages(sampleVerdict('certified')), localPath(lang, '/verify?q=x.example'))
    for (const name of [
      'disclosure',
      'communication',
      'privacy',
      'security',
      'redress',
      'monitoring',
    ] as const)
      expect(html).toContain(PRINCIPLE_TEXTS[name].name[lang])
    for (const coverage of ['full', 'partial', 'none'] as const) {
      expect(html).toContain(`cover-${coverage}`)
      expect(html).toContain(`<span class="word">${t.principles[coverage]}</span>`)
    }
    expect(html).toContain(lang === 'th' ? 'การเปิดเผยข้อมูล' : 'Disclosure of information')
    expect(html).toContain(escaped(t.principles.gap))
  })

  test('the start page, an empty look-up and a missing page are whole pages in the language', async () => {
    const start = await read(pages(), localPath(lang, '/'))
    expect(start.html).toContain(`<h1>${escaped(t.start.title)}</h1>`)
    expect(start.html).toContain(escaped(readerOf(lang).count(t.members.described, 1)))
    for (const kind of MARK_KINDS) expect(start.html).toContain(escaped(t.kinds[kind].says))
    const form = await read(pages(), localPath(lang, '/verify'))
    expect(form.html).toContain(escaped(t.search.exampleShared))
    const missing = await read(pages(), localPath(lang, '/nowhere'), { headers: { 'accept-language': lang } })
    expect(missing.response.status).toBe(404)
    expect(missing.html).toContain(`<h1>${escaped(t.missing.title)}</h1>`)
    for (const { html } of [start, form, missing]) {
      expect(html).toContain(`<html lang="${lang}">`)
      expect(html).toContain(escaped(t.demo.says))
      expect(html).not.toMatch(/\{\w+\}/)
    }
  })
})

describe('an answer', () => {
  test('quality, identity and registration never look alike', () => {
    const tones = MARK_KINDS.map((kind) => TONES[KIND_VERDICTS[kind]])
    expect(new Set(tones).size).toBe(MARK_KINDS.length)
  })

  test('a mark that is not awarded or not published here gets no colour of validity', async () => {
    const { html } = await read(pages(), '/')
    const members = html.slice(html.indexOf('class="members"'))
    const tones = ['th-dbd', 'jp-demo'].map((id) => {
      const item = members.slice(members.indexOf(`<li id="${id}">`))
      return /tone-(\w+)/.exec(item)?.[1]
    })
    expect(tones).toEqual(['quality', 'none'])
  })

  test('names those who certify at length, those only described in a fold, and apart those who take complaints', async () => {
    const [first] = OVERVIEW.members
    const body = {
      ...first!,
      id: 'th-ocpb',
      name: { en: 'Sample Consumer Board' },
      marks: [],
      records: 0,
      registerAt: null,
    }
    const overview = async () => ({ ...OVERVIEW, members: [...OVERVIEW.members, body] })
    for (const lang of LANGUAGES) {
      const { html } = await read(
        pageRoutes({ origin: ORIGIN, demo: false, verify: sampleVerify, ...NOTHING_ELSE, overview }),
        localPath(lang, '/'),
      )
      const [issuers = '', bodies = ''] = html.split(
        `<h2>${escaped(readerOf(lang).texts.schemes.members.disputes)}</h2>`,
      )
      expect(bodies).toContain(`href="${localPath(lang, '/members/th-ocpb')}"`)
      expect(bodies.slice(0, bodies.indexOf('</section>'))).not.toContain(
        escaped(CATALOGUES[lang].participation.admitted),
      )
      expect(issuers).not.toContain('th-ocpb')
      expect(issuers).toContain(`href="${localPath(lang, '/members')}"`)
      expect(/<details><summary>.*?<\/details>/.exec(issuers)?.[0]).toContain('/members/vn-demo"')
    }
  })

  test('shows the covered address, in readable letters and in ASCII', async () => {
    const { html } = await read(pages(crowdedVerdict()), '/verify?q=x.example')
    expect(html).toContain('<p class="place"><bdi class="address">somjai-silk.example</bdi></p>')
    expect(html).toContain('ร้านค้า.ไทย')
    expect(html).toContain('(xn--42c5b3a1dc8kd.xn--o3cw4h)')
  })

  test('to a number warns that it is tied to no shop', async () => {
    const { html } = await read(pages(), '/verify?q=th-dbd:V-2026-0001')
    expect(html).toContain(escaped(CATALOGUES.en.covered.certificate))
    expect((await read(pages(), '/verify?q=certified.example')).html).not.toContain(
      CATALOGUES.en.covered.certificate,
    )
  })

  test.each([
    'revoked',
    'expired',
    'suspended',
    'issuer-suspended',
    'issuer-left',
    'key-compromised',
  ] as const)('speaks of a mark that is %s in the past, and asks to compare nothing', async (word) => {
    const { covered } = CATALOGUES.en
    const domain = { ...samplePresence(), scope: 'domain' as const }
    const other = { ...samplePresence(), url: 'https://other.example', keys: ['web:other.example'] }
    const record = sampleRecord(word, { presences: [domain, other], matched: domain })
    const { html } = await read(pages(sampleVerdict(word, { records: [record] })), '/verify?q=x.example')
    for (const past of [covered.belonged, covered.alsoOnce]) expect(html).toContain(past)
    expect(html).toContain('It also covered addresses that end in <bdi>.somjai-silk.example</bdi>')
    for (const present of [covered.belongs, covered.also, covered.onlyHost, covered.compareWeb])
      expect(html).not.toContain(present)
    expect(html).not.toContain('It also covers')
  })

  test('tells the last day of validity, and of the signature that it is one', async () => {
    const record = sampleRecord('certified', {
      validity: { from: '2026-11-22T08:00:00Z', until: '2027-03-14T17:00:00Z' },
    })
    const { html } = await read(
      pages(sampleVerdict('certified', { records: [record] })),
      '/verify?q=x.example',
    )
    expect(html).toContain('Valid until <time datetime="2027-03-14T17:00:00Z">14 March 2027</time>')
    expect(html).toContain(
      'Signed by the agency on <time datetime="2026-11-22T08:00:00Z">22 November 2026</time>',
    )
    expect(html).not.toContain('Issued for')
  })

  test.each(['higher-mark-suspended', 'higher-mark-lapsed', 'lookalike'] as const)(
    'shows the warning %s in its panel, right under the headline',
    async (code) => {
      const verdict = sampleVerdict('identity-confirmed', { warnings: [sampleWarning(code)] })
      const { html } = await read(pages(verdict), '/verify?q=x.example')
      const at = html.indexOf(CATALOGUES.en.warnings[code].title)
      expect(at).toBeGreaterThan(html.indexOf('</h1>'))
      expect(at).toBeLessThan(html.indexOf('class="mark"'))
    },
  )

  test('names mark and level once where they are called the same', async () => {
    const safeWeb = {
      name: { en: 'SafeWeb', ja: 'セーフウェブ' },
      levelName: { en: 'SafeWeb', ja: 'safeweb' },
    }
    expect(markTitle(safeWeb, 'en')).toBe('SafeWeb')
    expect(markTitle(safeWeb, 'ja')).toBe('セーフウェブ · safeweb')
    const { mark } = sampleRecord('certified')
    expect(LANGUAGES.map((lang) => markTitle(mark, lang))).toEqual([
      'DBD Verified · Gold',
      'DBD Verified · ดีมาก (Gold)',
      'DBD Verified · Vàng',
      'DBD Verified · ゴールド',
    ])
    const record = sampleRecord('certified', { mark: { ...mark, ...safeWeb } })
    const { html } = await read(
      pages(sampleVerdict('certified', { records: [record] })),
      '/verify?q=x.example',
    )
    expect(html).toContain('<strong><bdi>SafeWeb</bdi></strong>')
    expect(html).not.toContain('SafeWeb</bdi> · ')
  })

  test.each([
    ['vi', 'Cục Phát triển Kinh doanh, Bộ Thương mại Thái Lan', 'TH', true],
    ['ja', 'タイ商務省 事業開発局', 'TH', true],
    ['ja', 'タイヤ安全協会', 'TH', false],
    ['th', 'กรมพัฒนาธุรกิจการค้า กระทรวงพาณิชย์', 'TH', false],
    ['th', 'หน่วยงานพาณิชย์อิเล็กทรอนิกส์ กระทรวงอุตสาหกรรมและการค้าเวียดนาม', 'VN', true],
    ['en', 'Vietnam Competition Commission', 'VN', true],
    ['en', 'Bureau of Romania', 'OM', false],
  ] as const)('in %s, that %s names its country %s: %s', (lang, name, country, expected) => {
    expect(namesCountry({ name: { [lang]: name }, country }, readerOf(lang))).toBe(expected)
  })

  test('reads an agency’s country in the language of its name', () => {
    const agency = { name: { en: 'Vietnam Competition Commission' }, country: 'VN' }
    expect(namesCountry(agency, readerOf('ja'))).toBe(true)
  })

  test('folds each principle’s criteria, but neither coverage nor gap', async () => {
    const { html } = await read(pages(), '/verify?q=certified.example')
    const list = html.slice(
      html.indexOf('class="principles"'),
      html.indexOf('</ul>', html.indexOf('class="principles"')),
    )
    const unfolded = list.replace(/<\/summary>.*?<\/details>/gs, '')
    for (const { name } of Object.values(PRINCIPLE_TEXTS)) expect(unfolded).toContain(name.en)
    for (const shown of ['full', 'partial', 'none', 'gap'] as const)
      expect(unfolded).toContain(CATALOGUES.en.principles[shown])
    expect(list).toContain('Disclosure of information')
    expect(unfolded).not.toContain('Disclosure of information')
  })

  test('promises no validity where the mark is lost, and folds away what it covered', async () => {
    for (const word of ['revoked', 'suspended', 'key-compromised', 'issuer-left', 'expired'] as const) {
      const { html } = await read(pages(sampleVerdict(word)), '/verify?q=x.example')
      expect(html).not.toContain('Valid until')
      expect(html).not.toContain(CATALOGUES.en.covered.belongs)
      expect(html.indexOf('class="principles"')).toBeGreaterThan(html.indexOf('<details>'))
      expect(html).not.toContain('Open this shop')
    }
  })

  test('marks texts of another language with that language', async () => {
    const { html } = await read(pages(sampleVerdict('certified')), '/vi/verify?q=x.example')
    expect(html).toContain('<bdi lang="en">Department of Business Development</bdi>')
    expect(html).toContain('<bdi>Ủy ban Cạnh tranh Quốc gia</bdi>')
  })

  test('links telephone, mail and web', async () => {
    const { html } = await read(pages(sampleVerdict('certified')), '/verify?q=x.example')
    for (const href of [
      'tel:1166',
      'tel:18006838',
      'mailto:help@ocpb.example',
      'https://vcc.example/complaints',
    ])
      expect(html).toContain(`href="${href}"`)
  })

  describe.each(LANGUAGES)('the country in %s', (lang) => {
    const selected = (html: string): string | undefined => /<option value="(\w*)" selected/.exec(html)?.[1]
    const questions = (html: string): number => html.split('<select').length - 1

    test.each(['/', '/verify', '/verify?q=not-found.example', '/verify?q=0123456789'])(
      'is asked once on %s and starts as not stated',
      async (path) => {
        const { html } = await read(pages(), localPath(lang, path))
        expect(questions(html)).toBe(1)
        expect(selected(html)).toBeUndefined()
        expect(html).toContain(`<option value="">${CATALOGUES[lang].search.notStated}</option>`)
      },
    )

    test.each(['/verify?for=vn', '/verify?q=not-found.example&for=VN', '/verify?q=0123456789&for=VN'])(
      'that %s states is the one selected',
      async (path) => {
        const { html } = await read(pages(), localPath(lang, path))
        expect(questions(html)).toBe(1)
        expect(selected(html)).toBe('VN')
      },
    )
  })

  test('no form leaves out the country: the next look-up keeps the one that was stated', async () => {
    const { html } = await read(pages(), '/verify?q=certified.example&for=VN')
    const forms = html.match(/<form.*?<\/form>/gs) ?? []
    expect(forms).toHaveLength(2)
    for (const form of forms) expect(form.match(/name="for"/g)).toHaveLength(1)
    expect(forms.join()).toContain('<input type="hidden" name="for" value="VN"/>')
    expect((await read(pages(), '/verify?q=certified.example')).html).toContain(
      '<input type="hidden" name="for" value=""/>',
    )
  })

  test('says that a country has no complaint body only once the country is stated', async () => {
    const verdict = sampleVerdict('not-found', { complaints: [] })
    const { complaints } = CATALOGUES.en
    const open = await read(pages(verdict), '/verify?q=x.example')
    expect(open.html).toContain(complaints.tellCountry)
    expect(open.html).not.toContain('No complaint body')
    const stated = await read(pages(verdict), '/verify?q=x.example&for=KR')
    expect(stated.html).toContain('No complaint body in South Korea is known here.')
  })

  test('gives the signed record, its data, and the same answer as JSON', async () => {
    const { html } = await read(pages(), '/verify?q=certified.example&for=VN')
    expect(html).toContain(sampleRecord('certified').statement)
    expect(html).toContain('href="/v1/records/th-dbd%3AV-2026-0001"')
    expect(html).toContain('href="/v1/verify?url=certified.example&amp;for=VN"')
  })

  test('says when an agency’s register does not agree with the log', async () => {
    const verdict = sampleVerdict('certified')
    verdict.asOf.members = {
      'th-dbd': { at: '2026-11-21T17:00:00Z', count: 121, index: 9, agrees: false },
      'jp-demo': null,
    }
    const { html } = await read(pages(verdict), '/verify?q=x.example')
    expect(html).toContain(CATALOGUES.en.asOf.disagrees)
    expect(html).toContain('jp-demo</bdi>: has not published')
  })

  test('a page that is no demo does not say so', async () => {
    const verdict = sampleVerdict('certified', { demo: undefined })
    expect((await read(pages(verdict, false), '/verify?q=x.example')).html).not.toContain(
      CATALOGUES.en.demo.says,
    )
    expect((await read(pages(sampleVerdict('certified'), false), '/verify?q=x.example')).html).toContain(
      CATALOGUES.en.demo.says,
    )
  })
})

describe('strangers’ text', () => {
  const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; drop", '{date}']

  test('with direction overrides or control characters never reaches a page: no answer may hold it', () => {
    for (const name of ['\u202Egnp.exe', 'a\u0007b', '\u200b\u200b', ' '])
      expect(localText.safeParse({ en: name }).success).toBe(false)
  })

  test.each(HOSTILE)('%j stays text wherever it stands', async (text) => {
    const record = sampleRecord('certified', { id: 'th-dbd:V-1' })
    record.holder = {
      ...record.holder,
      name: { en: text },
      sector: text,
      contact: (['email', 'phone', 'web', 'address'] as const).map((kind) => ({ kind, value: text })),
      identifiers: [{ scheme: text, value: text.slice(0, 40) }],
    }
    record.member = { ...record.member, name: { en: text } }
    record.presences = [{ ...(record.presences[0] as (typeof record.presences)[0]), url: text }]
    record.matched = undefined
    const verdict = sampleVerdict('certified', {
      records: [record],
      query: { url: text, keys: [], display: text },
      warnings: [{ code: 'lookalike', detail: { en: text } }],
    })
    const { html } = await read(pages(verdict), `/verify?q=${encodeURIComponent(text)}`)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
    expect(html).toContain(`<bdi>${escaped(text)}</bdi>`)
    expect(/<title>([^<]*)<\/title>/.exec(html)?.[1]).not.toMatch(/[\u202a-\u202e]/)
    expect(html).not.toMatch(/href="(?!https?:|mailto:|tel:|\/|#|data:,")/)
  })

  test('no channel becomes a link that runs or hides something', () => {
    for (const value of [
      'javascript:alert(1)',
      'data:text/html,x',
      'vcc.example',
      '//vcc.example',
      'file:///etc',
    ])
      expect(channelLink('web', value)).toBeUndefined()
    for (const value of ['a@b?cc=c@d', 'a@b,c@d', 'a@b&subject=x', 'a b@c', 'x'])
      expect(channelLink('email', value)).toBeUndefined()
    for (const value of ['call me', '12', '1166;phone-context=x', '*#06#'])
      expect(channelLink('phone', value)).toBeUndefined()
    expect(channelLink('post', 'https://vcc.example')).toBeUndefined()
    expect(showPresence({ kind: 'web', url: 'javascript:alert(1)' }).href).toBeUndefined()
    expect(showPresence({ kind: 'web', url: 'https://shop.example@evil.example' }).href).toBeUndefined()
  })

  test('whatever is asked, the page holds no element of the asker’s', async () => {
    const app = pages(sampleVerdict('not-found'))
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const { html } = await read(app, `/verify?q=${encodeURIComponent(`<i id=zz>${text}`)}`)
        expect(html).not.toContain('<i id=zz>')
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is pasted', () => {
  test.each([
    ['somjai-silk.example', 'url'],
    ['  https://somjai-silk.example/path?x=1 ', 'url'],
    ['ดูร้านนี้เลย https://shopee.co.th/shop/123?smtt=0.0 จาก Shopee', 'url'],
    ['ร้านค้า.ไทย', 'url'],
    ['line:@somjai', 'url'],
    ['@somjai', 'url'],
    ['hello', 'url'],
    ['shop123456.example', 'url'],
    ['th-dbd:V-2026-0001', 'record'],
    ['ｔｈ－ｄｂｄ：Ｖ-2026-0001', 'record'],
    ['https://hub.example/r/th-dbd:V-2026-0001', 'record'],
    ['https://hub.example/v1/records/th-dbd%3AV-2026-0001', 'record'],
    ['https://other.example/r/th-dbd:V-2026-0001', 'url'],
    ['https://hub.example.evil.example/r/th-dbd:V-2026-0001', 'url'],
    ['0-9999-99999-99-9', 'identifier'],
    ['๐๙๙๙๙๙๙๙๙๙๙๙๙', 'identifier'],
    ['0100109106-001', 'identifier'],
    ['th-juristic:0999999999999', 'identifier'],
    ['T01FC6132D', 'identifier'],
    ['V-2569-0101', 'identifier'],
    ['  v-2569-0101 ', 'identifier'],
    ['SW-2026-0010', 'identifier'],
    ['TS-2026-0004', 'identifier'],
    ['TB-2025-00031', 'identifier'],
    ['R-2567-0101', 'identifier'],
    ['Ｒ－２５６７－０１０１', 'identifier'],
    ['V–2569–0101', 'identifier'],
    ['th-dbd:V-2569-0101', 'record'],
    ['v-2569-0101.example', 'url'],
    ['529900T8BM49AURSDO55', 'identifier'],
    ['201901000005 (1312525-A)', 'identifier'],
  ])('%s is a question by %s', (text, kind) => {
    expect(Object.keys(readQuestion(text, ORIGIN))).toEqual([kind])
  })

  test('a certificate number reaches the look-up in the letters that are printed on it', () => {
    for (const typed of ['V-2569-0101', 'Ｖ－２５６９－０１０１', 'V–2569‑0101'])
      expect(readQuestion(typed, ORIGIN)).toEqual({ identifier: 'V-2569-0101' })
  })

  test('always gives exactly one question, or a refusal for a text that is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(Object.keys(readQuestion(text, ORIGIN))).toHaveLength(1)
      }),
    )
    expect(() => readQuestion('x'.repeat(5000))).toThrow(Refusal)
  })

  test('the API’s own parameters work too, and empty ones do not count', async () => {
    const asked: unknown[] = []
    const app = pageRoutes({
      origin: ORIGIN,
      demo: false,
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
      verify: async (query) => {
        asked.push(query)
        return sampleVerdict('not-found')
      },
    })
    for (const search of [
      '?url=a.example',
      '?record=th-dbd:V-1&for=vn',
      '?identifier=1&q=',
      '?q=a.example&for=',
      '?q=+&for=VN',
      '',
    ])
      await read(app, `/verify${search}`)
    expect(asked).toEqual([
      { url: 'a.example' },
      { record: 'th-dbd:V-1', for: 'VN' },
      { identifier: '1' },
      { url: 'a.example' },
    ])
  })
})

describe('a refusal', () => {
  test('is a page with the remedy in the reader’s language and the rule in English', async () => {
    const { response, html } = await read(pages(), '/ja/verify?q=0123456789')
    expect(response.status).toBe(400)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(html).toContain(CATALOGUES.ja.refusal.identifier)
    const detail = html.indexOf('<p lang="en"><bdi>The check digit')
    expect(detail).toBeGreaterThan(
      html.indexOf(`<details><summary>${CATALOGUES.ja.refusal.detail}</summary>`),
    )
    expect(html.slice(0, detail)).toMatch(/<details><summary>[^<]*<\/summary>$/)
    expect(html).toContain('value="0123456789"')
  })

  test('never repeats a person’s number', async () => {
    const number = '1234567890121'
    const app = pageRoutes({
      origin: ORIGIN,
      demo: true,
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
      verify: async () => {
        throw new Refusal('personal-number', 'This is the number of a person, which may not be looked up.')
      },
    })
    const { html } = await read(app, `/th/verify?q=${number}`)
    expect(html).toContain(CATALOGUES.th.refusal.personal)
    expect(html).not.toContain(number)
  })

  test('a wrong country is refused, and a failure of the hub is not taken for a refusal', async () => {
    expect((await read(pages(), '/verify?q=a.example&for=XYZ')).response.status).toBe(400)
    const failing = pageRoutes({
      origin: ORIGIN,
      demo: true,
      overview: async () => OVERVIEW,
      ...NOTHING_ELSE,
      verify: async () => {
        throw new Error('the disk is gone')
      },
    })
    failing.onError((error, c) => c.text(error.message, 500))
    expect((await read(failing, '/verify?q=a.example')).html).toBe('the disk is gone')
  })
})

describe('over HTTP', () => {
  test.each(['/', '/vi/', '/verify', '/verify?q=certified.example', '/verify?q=12345678', '/nowhere'])(
    '%s lets nothing run, be framed or be sniffed',
    async (path) => {
      const { response } = await read(pages(), path)
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  test('the same page is not sent twice, another one is', async () => {
    const first = await read(pages(), '/th/verify?q=certified.example')
    const tag = first.response.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const again = await read(pages(), '/th/verify?q=certified.example', {
        headers: { 'if-none-match': known },
      })
      expect([again.response.status, again.html]).toEqual([304, ''])
      expect(again.response.headers.get('etag')).toBe(tag)
    }
    const other = await read(pages(), '/th/verify?q=revoked.example', { headers: { 'if-none-match': tag } })
    expect(other.response.status).toBe(200)
  })

  test('HEAD gives the headers of GET without the page', async () => {
    const get = await read(pages(), '/verify?q=certified.example')
    const head = await read(pages(), '/verify?q=certified.example', { method: 'HEAD' })
    expect(head.html).toBe('')
    expect(Object.fromEntries(head.response.headers)).toEqual(Object.fromEntries(get.response.headers))
  })

  test('start pages may be kept a minute, answers half of one, the style sheet for good', async () => {
    const caching = async (path: string) => (await read(pages(), path)).response.headers.get('cache-control')
    expect(await caching('/')).toBe('public, max-age=60')
    expect(await caching('/verify?q=certified.example')).toBe('public, max-age=30, must-revalidate')
    expect(await caching(STYLE_PATH)).toBe('public, max-age=31536000, immutable')
  })

  test('search engines get the start page in every language but no answers', async () => {
    const start = await read(pages(), '/vi/')
    expect(start.html).toContain('<link rel="canonical" href="https://hub.example/vi/"/>')
    for (const lang of LANGUAGES)
      expect(start.html).toContain(`hreflang="${lang}" href="https://hub.example${localPath(lang, '/')}"/>`)
    expect(start.html).not.toContain('noindex')
    const answer = await read(pages(), '/verify?q=certified.example')
    expect(answer.html).toContain('<meta name="robots" content="noindex"/>')
    expect(answer.response.headers.get('x-robots-tag')).toBe('noindex')
  })

  test('Thai without its slash leads to the Thai start page', async () => {
    const { response } = await read(pages(), '/th')
    expect([response.status, response.headers.get('location')]).toEqual([301, '/th/'])
  })

  test.each(['/en//evil.example', '/en///evil.example/x', '/en/%5C%5Cevil.example', '/en/\\\\evil.example'])(
    '%s leads to no other host',
    async (path) => {
      const { response } = await read(pages(), path)
      expect(response.status).toBe(301)
      expect(new URL(response.headers.get('location') ?? '', ORIGIN).origin).toBe(ORIGIN)
    },
  )

  test('the language is offered, never forced, and only negotiated pages vary', async () => {
    const asked = { headers: { 'accept-language': 'vi-VN,vi;q=0.9,en;q=0.8' } }
    const english = await read(pages(), '/verify?q=certified.example', asked)
    expect(english.response.status).toBe(200)
    expect(english.response.headers.get('vary')).toBe('Accept-Language')
    expect(english.html).toContain(CATALOGUES.vi.site.offer)
    const thai = await read(pages(), '/th/', asked)
    expect(thai.response.headers.get('vary')).toBeNull()
    expect(thai.html).not.toContain(CATALOGUES.vi.site.offer)
    expect((await read(pages(), '/', { headers: { 'accept-language': 'en, vi;q=0.5' } })).html).not.toContain(
      'class="offer"',
    )
  })

  test.each([
    ['ja', 'ja'],
    ['fr, th;q=0.4, en;q=0.3', 'th'],
    ['en-US,en;q=0.9,ja;q=0.8', 'en'],
    ['vi;q=0', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['th;q=abc', 'th'],
  ] as const)('Accept-Language %j prefers %s', (header, lang) => {
    expect(preferredLanguage(header)).toBe(lang)
  })

  test.each(LANGUAGES)(
    'a page in %s weighs less than 30 kB with its style sheet, as it is sent',
    async (lang) => {
      for (const path of ['/', '/verify?q=crowded.example', '/verify?q=not-found.example']) {
        const { html } = await read(pages(), localPath(lang, path))
        const bytes = gzipSync(html).length + gzipSync(STYLE).length
        expect(bytes, `${path}: ${bytes}`).toBeLessThan(30_000)
      }
    },
  )
})
