/** Every page speaks one language: nothing on a page in Thai, Vietnamese or Japanese was left in English (DESIGN 4.13). */
import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { LANGUAGES, type Language } from '../../src/alliance/text.js'
import { localPath } from '../../src/pages/frame/reader.js'
import { sharedDemo, visitAs } from './demo-scene.js'

const RECORD = '/r/th-dbd%3AV-2569-0101'

/** A page of every kind, and the states in which it says something else. */
const PATHS = [
  '/',
  '/verify',
  '/verify?q=somjai-silk.example&for=JP',
  '/verify?q=no-such-shop.example&for=VN',
  '/verify?q=somjai-si1k.example&for=',
  '/verify?q=somjai&for=',
  '/verify?q=1101700230705&for=',
  RECORD,
  `${RECORD}/poster`,
  '/r/th-dbd%3ANO-SUCH-1',
  '/directory',
  '/directory?country=TH&kind=quality&principle=security&language=th',
  '/directory?q=nobody-is-called-so',
  '/directory?country=Thailand',
  '/principles',
  '/principles/compare?a=th-dbd%2Fverified&b=jp-tradesafe%2Ftradesafe',
  '/members',
  '/members/th-dbd',
  '/members/jp-ccj',
  '/marks/th-dbd/verified/gold',
  '/which-mark',
  '/which-mark?country=TH',
  '/learn',
  '/complaint',
  '/case',
  '/no-such-page',
]

const FOLDER = new URL('../../members/', import.meta.url)
const MEMBERS = readdirSync(FOLDER).map(
  (id) => JSON.parse(readFileSync(new URL(`${id}/member.json`, FOLDER), 'utf8')) as MemberDefinition,
)

/** Names that are written the same everywhere, and words of machines. */
const NAMES =
  /\b(?:Trustmark Hub|Chrome|Safari|OpenAPI|JSON(?:-LD)?|JavaScript|LINE|Shopee|Lazada|TikTok(?: Shop)?|Facebook|Instagram|HTTPS?|HTML|SVG|WordPress|Content-Security-Policy|English|Tiếng Việt|Punycode|World Trustmark Alliance|Code of Conduct|Annual Summit|Cross-Border Magazine|Kirlappos|Sasse|Harvey|TRUST|Edelman|Somjai Silk Demo|somjai|nobody-is-called-so|Thailand)\b/g

/** Names of members, marks and levels: in whatever letters their owners write them. */
const OWN_NAMES = new Set(
  MEMBERS.flatMap(({ name, shortName, marks }) => [
    name,
    shortName,
    ...marks.flatMap((mark) => [mark.name, ...mark.levels.map((level) => level.name)]),
  ])
    .flatMap((text) => Object.values(text))
    .flatMap((text) => text.match(/[A-Za-z][\w-]*/g) ?? []),
)

interface Said {
  /** Texts of the page's own language, as they stand between two tags. */
  own: string[]
}

/** What the page says in its own words: what is marked as another's words or language, or as code, is left out. */
function read(page: Page): Promise<Said> {
  return page.evaluate(() => {
    const language = document.documentElement.lang
    const foreign = (e: Element | null): boolean =>
      e !== null &&
      (e.matches('bdi, code, pre, svg, script, style, noscript, textarea, time, .address') ||
        (e.getAttribute('lang') ?? language) !== language ||
        foreign(e.parentElement))
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const own: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      if (text !== '' && !foreign(node.parentElement)) own.push(text)
    }
    for (const e of document.querySelectorAll('[aria-label], [alt], [placeholder], [title]'))
      if (!foreign(e))
        for (const name of ['aria-label', 'alt', 'placeholder', 'title']) {
          const text = e.getAttribute(name)
          if (text) own.push(text)
        }
    own.push(document.title)
    return { own }
  })
}

const english = new Map<string, Set<string>>()
let origin: string

beforeAll(async () => {
  origin = await sharedDemo()
  await visitAs({}, async (page) => {
    for (const path of PATHS) {
      await page.goto(origin + localPath('en', path))
      english.set(path, new Set((await read(page)).own))
    }
  })
})

/** Texts in Latin letters where the language has others; elsewhere, sentences that stand on the English page too. */
function leftInEnglish(lang: Language, path: string, texts: readonly string[]): string[] {
  return texts.filter((text) => {
    const rest = text
      .replace(NAMES, '')
      .replace(/[A-Za-z][\w-]*/g, (word) => (lang !== 'vi' && OWN_NAMES.has(word) ? '' : word))
    if (lang === 'vi') return /[a-z]{3,} [a-z]{2,}/.test(rest) && english.get(path)?.has(text)
    return /[A-Za-z]{4,}/.test(rest.replace(/\S+\.example\b|[\w.-]+\.[a-z]{2,3}\b|\S*[/@:]\S*/g, ''))
  })
}

describe.each(LANGUAGES.filter((lang) => lang !== 'en'))('pages in %s', (lang) => {
  test('leave nothing in English', async () => {
    const left: string[] = []
    await visitAs({ locale: lang }, async (page) => {
      for (const path of PATHS) {
        const response = await page.goto(origin + localPath(lang, path))
        expect(response?.headers()['content-language'], path).toBe(lang)
        expect(await page.locator('html').getAttribute('lang'), path).toBe(lang)
        left.push(...leftInEnglish(lang, path, (await read(page)).own).map((text) => `${path}: ${text}`))
      }
    })
    expect(left).toEqual([])
  })
})
