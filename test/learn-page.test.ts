/** The page that teaches how to judge a shop abroad: complete and plain in every language, with ways on and nothing that runs. */
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { MARK_KINDS } from '../src/alliance/definition.js'
import { PRINCIPLE_TEXTS, PRINCIPLES } from '../src/alliance/principles.js'
import { LANGUAGES, type Language } from '../src/alliance/text.js'
import type { PageDeps } from '../src/pages/deps.js'
import { localPath } from '../src/pages/frame/reader.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { learnRoutes } from '../src/pages/learn/routes.js'
import { NOTHING_ELSE, OVERVIEW, sampleVerify } from './browser/verdicts.js'

const ORIGIN = 'https://hub.example'

function read(
  path: string,
  own: Partial<PageDeps> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const deps = {
    origin: ORIGIN,
    demo: true,
    verify: sampleVerify,
    overview: async () => OVERVIEW,
    ...NOTHING_ELSE,
  }
  const app = new Hono().route('/', learnRoutes({ ...deps, ...own }))
  return Promise.resolve(app.request(ORIGIN + path, { headers }))
}

const texts = (node: object, path = ''): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  )
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

/** A lesson that is longer than two sheets is read by nobody: some 900 English words. */
const MAX_LENGTH = 6000

describe.each(LANGUAGES)('the lesson in %s', (lang: Language) => {
  const t = TEXTS[lang].learn

  test('says everything that English says, with the same placeholders and the same figures', () => {
    const english = new Map(texts(TEXTS.en.learn))
    expect(
      texts(t)
        .map(([key]) => key)
        .sort(),
    ).toEqual([...english.keys()].sort())
    for (const [key, text] of texts(t)) {
      const other = english.get(key) ?? ''
      expect(text, key).toBe(text.trim())
      expect(text, key).not.toBe('')
      expect(placeholders(text), key).toEqual(placeholders(other))
      if (lang !== 'en') expect(text, key).not.toBe(other)
      if (key === 'basis.says') continue
      // Years of the Buddhist era are 543 ahead; thousands are set apart as the language does.
      const figures = (words: string): number[] =>
        (words.match(/\d[\d.,]*\d|\d/g) ?? [])
          .map((one) => Number(one.replace(/[.,]/g, '')))
          .map((one) => (one > 2500 && one < 2600 ? one - 543 : one))
          .filter((one) => one > 31)
          .sort((a, b) => a - b)
      expect(figures(text), key).toEqual(figures(other))
    }
  })

  test('is one page that search engines may keep, with every text on it and every anchor in it', async () => {
    const response = await read(localPath(lang, '/learn'))
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(response.headers.get('x-robots-tag')).toBeNull()
    expect(html).not.toMatch(/<script|<form|\sstyle=|\{\w+\}|<img/)
    for (const [key, text] of texts(t))
      for (const part of text.split(/\{\w+\}/))
        expect(html, key).toContain(part.replaceAll("'", '&#39;').trim())
    for (const name of PRINCIPLES) expect(html).toContain(PRINCIPLE_TEXTS[name].name[lang])
    for (const kind of MARK_KINDS) expect(html).toContain(TEXTS[lang].site.kinds[kind].title)
    const anchors = [...html.matchAll(/<a href="#(\w+)"/g)].map(([, id]) => id)
    for (const id of ['before', 'marks', 'limits', 'beware', 'wrong', 'words']) {
      expect(anchors).toContain(id)
      expect(html).toContain(`<h2 id="${id}">`)
    }
    for (const path of ['/verify', '/directory', '/principles', '/complaint'])
      expect(html.split(`href="${localPath(lang, path)}"`).length - 1, path).toBe(2)
    expect(html.slice(html.indexOf('<main')).replace(/<[^>]+>/g, '').length).toBeLessThan(MAX_LENGTH)
  })
})

test('on a copy the lesson sends complaints to the hub, which alone takes them', async () => {
  const copy = async () => ({ at: '2026-11-22T09:48:00Z', size: 3 })
  const html = await (await read('/th/learn', { copy })).text()
  expect(html).toContain(`<a class="way" href="${ORIGIN}/th/complaint"`)
})

test('whoever has the page gets it only once', async () => {
  const tag = (await read('/ja/learn')).headers.get('etag') ?? ''
  expect((await read('/ja/learn', {}, { 'if-none-match': tag })).status).toBe(304)
})
