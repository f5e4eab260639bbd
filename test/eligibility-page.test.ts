/** The page on which mark a shop can get: complete in every language, every line with its source, strangers' text in its place. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { MemberDefinition } from '../src/alliance/definition.js'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import type { Scheme } from '../src/hub/read-schemes.js'
import { choicesOf, formatPartialDate, formatPeriod } from '../src/pages/eligibility/amounts.js'
import { readAnswers } from '../src/pages/eligibility/answers.js'
import { eligibilityRoutes } from '../src/pages/eligibility/routes.js'
import { viewOf } from '../src/pages/eligibility/view.js'
import { localPath, readerOf } from '../src/pages/frame/reader.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { NOTHING_ELSE, OVERVIEW, sampleVerify } from './browser/verdicts.js'

const ORIGIN = 'https://hub.example'
const FOLDER = new URL('../members/', import.meta.url)
const AT = '2026-11-22T09:48:00Z'

const schemeOf = (definition: MemberDefinition): Scheme => ({
  id: definition.id,
  entity: `${ORIGIN}/members/${definition.id}`,
  participation: definition.id === 'th-dbd' ? 'admitted' : 'described',
  definition,
  definitionSigned: definition.id === 'th-dbd',
  index: 1,
  records: 0,
  register: null,
})
const DEFINITIONS: MemberDefinition[] = readdirSync(FOLDER).map((id) =>
  JSON.parse(readFileSync(new URL(`${id}/member.json`, FOLDER), 'utf8')),
)
const SCHEMES = DEFINITIONS.map(schemeOf)
const DBD = DEFINITIONS.find(({ id }) => id === 'th-dbd') as MemberDefinition

function pages(members = SCHEMES, now = AT): Hono {
  return eligibilityRoutes({
    origin: ORIGIN,
    demo: true,
    verify: sampleVerify,
    overview: async () => OVERVIEW,
    ...NOTHING_ELSE,
    now: () => Date.parse(now),
    schemes: async () => ({ size: 7, at: AT, members }),
  })
}

async function read(
  path: string,
  app = pages(),
): Promise<{ response: Response; html: string; text: string }> {
  const response = await app.request(ORIGIN + path)
  const html = await response.text()
  return { response, html, text: plainText(html) }
}

/** What is read on the page: without tags, entities undone. */
const plainText = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')

/** Every text of a catalogue by its path. */
const texts = (node: object, path = ''): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  )
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

const COMPANY =
  'country=TH&kind=juristic&sells=web&f.evidence=yes&f.lawfulGoods=yes&f.yearsRegistered=2&f.financialStatementYears=2&f.websiteAward=yes&f.passedStandard=yes&holds.th-dbd.registered.registered=yes'

describe.each(LANGUAGES)('the questionnaire in %s', (lang: Language) => {
  const t = TEXTS[lang].eligibility

  test('says everything that English says, with the same placeholders and nothing left in English', () => {
    const english = new Map(texts(TEXTS.en.eligibility))
    expect(
      texts(t)
        .map(([key]) => key)
        .sort(),
    ).toEqual([...english.keys()].sort())
    for (const [key, text] of texts(t)) {
      expect(text, key).toBe(text.trim())
      expect(text, key).not.toBe('')
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''))
      if (lang !== 'en') expect(text, key).not.toBe(english.get(key))
    }
  })

  test('asks first, judges then, by the rules of the day that it names', async () => {
    const path = localPath(lang, '/which-mark')
    const first = await read(path)
    expect(first.response.status).toBe(200)
    expect(first.response.headers.get('content-language')).toBe(lang)
    expect(first.response.headers.get('x-robots-tag')).toBeNull()
    expect(first.text).toContain(t.result.known)
    expect(first.html).not.toContain('<h2 id="result"')

    const { html, text, response } = await read(`${path}?${COMPANY}`)
    expect(response.headers.get('x-robots-tag')).toBe('noindex')
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(text).toContain(readerOf(lang).date('2026-11-22'))
    expect(html.split(t.outcomes.possible.word).length - 1).toBe(8)
    expect(text).toContain(formatPeriod('P45D', lang))
    expect(text).toContain(formatPeriod('P5Y', lang))
    expect(text).toContain('https://www.trustmarkthai.com/')
    expect(html).toContain(`href="${localPath(lang, '/marks/th-dbd/verified/gold')}"`)
    expect(html).toContain(`href="${localPath(lang, '/members/th-dbd')}"`)
    expect(html).not.toMatch(/\{\w+\}/)
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
  })

  test('of every country says something, names each source once and leads to no source that is not there', async () => {
    for (const country of new Set(SCHEMES.map(({ definition }) => definition.country))) {
      const { html, response } = await read(`${localPath(lang, '/which-mark')}?country=${country}`)
      expect(response.status).toBe(200)
      expect(html, country).not.toMatch(/\{\w+\}|undefined|\[object/)
      expect(html, country).not.toMatch(/\([A-Z]{1,2}\d+\)/)
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(ids.length, country).toBe(new Set(ids).size)
      for (const [, to] of html.matchAll(/href="#([^"]+)"/g))
        if (to) expect(ids, `${country} ${to}`).toContain(to)
    }
  })
})

describe('what the page says', () => {
  test('each requirement, duty and criterion stands beside a link to its source', async () => {
    const { html } = await read(`/which-mark?${COMPANY}&trades=th-dbd.ordering-system`)
    const sources = html.slice(html.indexOf('<section class="source-list">'))
    for (const key of ['dbd-2019', 'T7', 'T4', 'T5'])
      expect(plainText(sources), key).toContain(DBD.sources[key]?.title ?? '?')
    const lines = html
      .slice(html.indexOf('id="result"'))
      .split('<li')
      .filter((line) => line.includes('hint dates'))
    expect(lines.length).toBeGreaterThan(30)
    for (const line of lines) expect(line).toMatch(/class="ref" href="#source-\d+"/)
  })

  test('a rule without a first day is dated by its source, never said to be in force since then', async () => {
    const { text } = await read(`/which-mark?${COMPANY}`)
    expect(text).toContain('Only juristic persons. As stated in a source of 19 June 2019 · Source')
    expect(text).not.toContain('since 19 June 2019')
    expect(text).toContain('No date stated · Source')
  })

  test('the form leads to what comes next: the country, the questions of its rules, the result', async () => {
    const actionOf = (html: string) => html.match(/<form class="search ask" action="[^"#]*#([^"]+)"/)?.[1]
    const start = await read('/which-mark')
    const leadsTo = async (search: string, before = start): Promise<string> => {
      const { html } = await read(`/which-mark?${search}`)
      const [, after] = html.split(` id="${actionOf(before.html)}"`)
      expect(after, search).toBeTruthy()
      return plainText(`<p${after}`).trim()
    }
    const { form, result } = TEXTS.en.eligibility
    expect(await leadsTo('country=&kind=natural')).toMatch(
      new RegExp(`^${form.country.replace('?', '\\\\?')}`),
    )
    expect(await leadsTo('country=TH&kind=')).toMatch(/^What does the shop do/)
    expect(await leadsTo('country=FR')).toMatch(/^No mark of France/)
    const asked = await read('/which-mark?country=TH&kind=')
    expect(await leadsTo(COMPANY, asked)).toMatch(new RegExp(`^${result.title}`))
    expect(await leadsTo('country=', asked)).toMatch(new RegExp(`^${result.known}`))
  })

  test('days of which the source says that they are working days are called so', async () => {
    const { text } = await read('/which-mark?country=VN&kind=juristic&sells=web')
    expect(text).toContain('Time needed 3 working days')
    expect((await read('/th/which-mark?country=PH')).text).toContain('7 วันทำการ')
  })

  test('a company that never registered reads what is not known since 5 June 2024, and where that stands', async () => {
    const path =
      '/which-mark?country=TH&kind=juristic&sells=web&f.yearsRegistered=none&f.financialStatementYears=1&f.passedStandard=yes'
    const { text } = await read(path)
    expect(text).toMatch(
      /companies need not make the e-commerce registration; how this .* not known\. Source \d/,
    )
    const person = await read(path.replace('juristic', 'natural'))
    expect(person.text).not.toContain('companies need not make the e-commerce registration')
    const brief = structuredClone(DBD)
    for (const rule of brief.marks.flatMap((m) => m.levels).flatMap((l) => l.requirements))
      delete rule.unsettled?.text
    const { text: dated } = await read(path, pages([schemeOf(brief)]))
    expect(dated).toContain('No source says how this rule is applied since 5 June 2024 . Source')
    expect(text).toContain('Your answer: It is not registered')
    expect(text).toContain('Gold (very good) Not known')
  })

  test('past rules stand apart as history, in force ones with their dates; before the change it was the other way', async () => {
    const today = await read('/which-mark?country=TH&kind=juristic')
    const history = (html: string) =>
      html.slice(html.indexOf('class="history"'), html.indexOf('class="mark-result"'))
    expect(plainText(history(today.html))).toContain('No longer in force since 5 June 2024')
    expect(today.text).toContain('No By the rules in force on this day the business need not.')
    const before = await read('/which-mark?country=TH&kind=juristic', pages(SCHEMES, '2024-06-04T12:00:00Z'))
    expect(before.html).not.toContain('class="history"')
    expect(before.text).toContain('In force from 5 June 2024')
    // In Bangkok the day of the change has begun.
    const eve = await read('/which-mark?country=TH&kind=juristic', pages(SCHEMES, '2024-06-04T17:30:00Z'))
    expect(eve.text).toContain('By the rules in force on 5 June 2024')
    expect(eve.html).toContain('class="history"')
  })

  test('what the kind of holder or the place of sale excludes is not asked', async () => {
    const asked = async (search: string): Promise<string[]> =>
      [...(await read(`/which-mark?${search}`)).html.matchAll(/<select id="[^"]+" name="([^"]+)"/g)].map(
        ([, name]) => name as string,
      )
    expect(await asked('country=TH&kind=natural&sells=line')).toEqual([
      'country',
      'kind',
      'f.evidence',
      'f.lawfulGoods',
    ])
    expect(await asked('country=TH&kind=natural&sells=web')).not.toContain('f.websiteAward')
    expect(await asked('country=JP&kind=natural')).toContain('f.monthsInBusiness')
    expect(await asked('country=JP&kind=juristic')).not.toContain('f.monthsInBusiness')
    expect(await asked('country=KR')).toEqual(['country', 'kind'])
  })

  test('a requirement whose facts have no words is asked in its own, and answered by yes or no', async () => {
    const path = '/which-mark?country=PH&kind=natural&sells=shopee'
    const { html } = await read(path)
    const params = [...html.matchAll(/name="(meets\.ph-dti\.[^"]+)"/g)].map(([, name]) => name as string)
    expect(params.length).toBeGreaterThan(2)
    const all = params.map((name) => `${name}=yes`).join('&')
    expect((await read(`${path}&${all}`)).text).toContain('You can apply')
    const one = await read(`${path}&${all.replace('=yes', '=no')}`)
    expect(one.text).toContain('Not yet')
    expect(one.html).toContain(`<option value="no" selected="">`)
  })

  test('a country of which nothing is known says so and names those of which something is', async () => {
    const { response, text, html } = await read('/which-mark?country=FR')
    expect(response.status).toBe(200)
    expect(text).toContain('No mark of France is known here')
    expect(html).toContain('href="/which-mark?country=TH"')
    expect((await read('/which-mark?country=other')).text).toContain(
      'Nothing is known here about marks of other countries',
    )
    expect((await read('/which-mark', pages([]))).text).toContain('No agency stands here yet.')
  })

  test('an ended mark is called ended, and a described member is called described', async () => {
    const { text } = await read('/which-mark?country=KR&kind=juristic&sells=web')
    expect(text).toContain('eTrust No longer awarded')
    expect(text).toContain('Described from public sources.')
    expect(text).toContain('The agency has not signed them.')
  })
})

describe('the address', () => {
  test.each([
    ['country=XX', 'country', 400],
    ['country=TH&kind=both', 'kind', 400],
    ['sells=mars', 'sells', 400],
    ['country=TH&f.yearsRegistered=-1', 'f.yearsRegistered', 400],
    ['holds.th-dbd.registered=perhaps', 'holds.th-dbd.registered', 400],
    ['trades=%3Cb%3E', 'trades', 400],
    ['utm_source=mail', 'utm_source', 200],
    ['__proto__=1&f.__proto__=yes', 'f.__proto__', 200],
    ['%3Cscript%3E=1', '<script>', 200],
  ])('%s is answered, and what was not understood is named', async (search, name, status) => {
    const { response, html, text } = await read(`/which-mark?${search}`)
    expect(response.status).toBe(status)
    expect(text).toContain('A part of the address was not understood')
    expect(text).toContain(name)
    expect(html).not.toContain('<script>')
    expect(response.headers.get('x-robots-tag')).toBe('noindex')
    // What was left out is not carried on.
    expect(html).not.toContain(`/th/which-mark?${search}`)
  })

  test('answers to another country’s questions are kept, not complained of, and decide nothing', async () => {
    const { response, text } = await read(
      `/which-mark?${COMPANY.replace('TH', 'JP')}&trades=th-dbd.ordering-system`,
    )
    expect(response.status).toBe(200)
    expect(text).not.toContain('was not understood')
    const { raw } = readAnswers(new URLSearchParams('country=VN&trades=th-dbd.show-only'), ['VN'])
    const view = viewOf(
      { size: 1, at: AT, members: SCHEMES },
      { raw, left: { unknown: [], bad: [] } },
      Date.parse(AT),
    )
    expect(view.members.find(({ duties }) => duties)?.duties?.verdict).toBe('unanswered')
  })

  test('is the same in every language, so that it can be shared', async () => {
    const { html } = await read(`/which-mark?${COMPANY}`)
    const kept = new URLSearchParams(COMPANY).toString().replaceAll('&', '&amp;')
    for (const lang of ['th', 'vi', 'ja']) expect(html).toContain(`href="/${lang}/which-mark?${kept}"`)
  })

  test('a thousand parameters are no trouble', async () => {
    const search = Array.from({ length: 1000 }, (_, i) => `x${i}=1`).join('&')
    const { response, html } = await read(`/which-mark?${search}`)
    expect(response.status).toBe(200)
    expect(html).toContain('x7')
    expect(html).not.toContain('x8')
  })
})

describe('strangers’ texts', () => {
  const EVIL = '<img src=x onerror=alert(1)>"\'&{date}{question}\u202e'
  const evil = JSON.parse(
    JSON.stringify(DBD, (key, value) =>
      value !== null && typeof value === 'object' && typeof value.en === 'string' && key !== 'schema'
        ? { en: EVIL }
        : value,
    ),
  ) as MemberDefinition
  for (const source of Object.values(evil.sources)) {
    source.title = EVIL
    source.url = 'javascript:alert(1)'
  }
  for (const mark of evil.marks) mark.applyAt = 'https://bank.example@evil.example/'

  test.each(LANGUAGES)('stay text in %s, isolated, and their addresses are not linked', async (lang) => {
    const { response, html } = await read(
      `${localPath(lang, '/which-mark')}?${COMPANY}&trades=th-dbd.ordering-system`,
      pages([schemeOf(evil)]),
    )
    expect(response.status).toBe(200)
    expect(html).not.toMatch(/<img|href="javascript|href="https:\/\/bank/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    // Direction overrides stand inside an element that isolates them, or not at all.
    for (const at of [...html.matchAll(/\u202e/g)].map(({ index }) => index))
      expect(html.slice(html.lastIndexOf('<', at), at)).toMatch(/^<bdi/)
  })

  test('facts by the names of an object’s own parts are asked like any other', async () => {
    const [first] = DBD.marks
    const requirement = {
      id: 'x',
      text: { en: 'A strange rule.' },
      schema: { type: 'object', required: ['constructor'], properties: { constructor: { const: true } } },
      source: 'dbd-2019',
    }
    const odd = {
      ...DBD,
      marks: [{ ...first!, levels: [{ ...first!.levels[0]!, requirements: [requirement] }] }],
    }
    const { response, html } = await read(
      '/which-mark?country=TH&kind=natural&sells=web',
      pages([schemeOf(odd)]),
    )
    expect(response.status).toBe(200)
    expect(html).toContain('name="meets.th-dbd.registered.registered.x"')
  })
})

describe('words and numbers', () => {
  test('years, months and dates are written as the reader writes them', () => {
    expect(LANGUAGES.map((lang) => formatPeriod('P1Y', lang))).toEqual(['1 year', '1 ปี', '1 năm', '1年'])
    expect(LANGUAGES.map((lang) => formatPeriod('P6M', lang))).toEqual([
      '6 months',
      '6 เดือน',
      '6 tháng',
      '6か月',
    ])
    expect(LANGUAGES.map((lang) => formatPeriod('P3D', lang, true))).toEqual([
      '3 working days',
      '3 วันทำการ',
      '3 ngày làm việc',
      '3営業日',
    ])
    expect(formatPeriod('P1D', 'en', true)).toBe('1 working day')
    expect(LANGUAGES.map((lang) => formatPartialDate('2014', readerOf(lang)))).toEqual([
      '2014',
      'พ.ศ. 2557',
      '2014',
      '2014年',
    ])
    expect(formatPartialDate('2020-03', readerOf('en'))).toBe('March 2020')
  })

  test('the choices of a count are those that the rules tell apart', () => {
    const { questions } = viewOf(
      { size: 1, at: AT, members: SCHEMES },
      readAnswers(new URLSearchParams('country=TH'), ['TH']),
      Date.parse(AT),
    )
    const labels = (name: string) =>
      choicesOf(questions.facts.find((one) => one.name === name)!, 'en').map(
        ({ value, label }) => `${value}: ${label}`,
      )
    expect(labels('yearsRegistered')).toEqual([
      'none: It is not registered',
      '0: Less than 1 year',
      '1: 1 year',
      '2: 2 years or more',
    ])
    expect(labels('financialStatementYears')).toEqual([
      'none: None so far',
      '1: 1 year',
      '2: 2 years or more',
    ])
  })
})
