/** Entries, schemes and a whole small directory for tests of its pages, in the wire form that the hub gives. */
import { readFileSync } from 'node:fs'
import type { MemberDefinition } from '../src/alliance/definition.js'
import type { Schemes } from '../src/hub/read-schemes.js'
import type { PageDeps } from '../src/pages/deps.js'
import {
  type DirectoryEntry,
  type DirectoryPage,
  type DirectoryQuery,
  directoryEntry,
  directoryPage,
} from '../src/record/directory.js'
import type { VerdictWord } from '../src/record/verdict.js'
import { NOTHING_ELSE, OVERVIEW, sampleVerify } from './browser/verdicts.js'

export const ORIGIN = 'https://hub.example'
export const AT = '2026-11-22T09:48:00.000Z'

const MEMBERS = ['th-dbd', 'vn-ecomviet', 'vn-idea', 'jp-tradesafe'] as const
const definitions = MEMBERS.map(
  (id) =>
    JSON.parse(
      readFileSync(new URL(`../members/${id}/member.json`, import.meta.url), 'utf8'),
    ) as MemberDefinition,
)

/** The schemes of the demo, all admitted, with one record in force each. */
export const SCHEMES: Schemes = {
  size: 1234,
  at: AT,
  members: definitions.map((definition, index) => ({
    id: definition.id,
    entity: `${ORIGIN}/members/${definition.id}`,
    participation: 'admitted',
    definition,
    definitionSigned: true,
    index,
    records: 1,
    register: null,
  })),
}

const KIND_WORDS = {
  quality: 'certified',
  identity: 'identity-confirmed',
  registration: 'registered',
} as const

/** What a sample says of its own; the rest is made up from its member's definition. */
export interface Sample {
  /** `member/mark/level`. */
  level: string
  id: string
  name: Record<string, string>
  url: string
  also?: { kind: DirectoryEntry['presences'][number]['kind']; url: string }[]
  holder?: Partial<DirectoryEntry['holder']>
}

export function sampleEntry(sample: Sample, index = 0): DirectoryEntry {
  const [memberId = '', markId = '', levelId = ''] = sample.level.split('/')
  const definition = definitions.find(({ id }) => id === memberId)
  const mark = definition?.marks.find(({ id }) => id === markId)
  const level = mark?.levels.find(({ id }) => id === levelId)
  if (!definition || !mark || !level) throw new Error(`no level ${sample.level}`)
  const host = new URL(sample.url).host
  const presence = (kind: DirectoryEntry['presences'][number]['kind'], url: string) => ({
    kind,
    keys: [kind === 'web' ? `web:${new URL(url).host}` : `${kind}:${url}`],
    url,
    scope: 'host' as const,
    confirmedAt: '2026-03-02',
  })
  const full = mark.kind === 'quality'
  return directoryEntry.parse({
    id: `${memberId}:${sample.id}`,
    verdict: KIND_WORDS[mark.kind] satisfies VerdictWord,
    member: {
      id: memberId,
      name: definition.name,
      country: definition.country,
      entity: `${ORIGIN}/members/${memberId}`,
    },
    mark: {
      id: markId,
      name: mark.name,
      kind: mark.kind,
      says: mark.says,
      level: levelId,
      levelName: level.name,
      type: `${ORIGIN}/marks/${sample.level}`,
    },
    holder: {
      kind: 'juristic',
      name: sample.name,
      identifiers: [
        { scheme: `${memberId.slice(0, 2)}-juristic`, value: `0${host.length}${host.slice(0, 8)}` },
      ],
      country: definition.country,
      contact: [],
      languages: definition.languages.slice(0, 2),
      ...sample.holder,
    },
    presences: [
      presence('web', sample.url),
      ...(sample.also ?? []).map(({ kind, url }) => presence(kind, url)),
    ],
    validity: { from: '2026-03-15T00:00:00.000Z', until: '2027-03-14T17:00:00.000Z' },
    principles: full
      ? { disclosure: 'full', communication: 'full', privacy: 'full', security: 'partial', redress: 'none' }
      : { disclosure: 'none', communication: 'none', privacy: 'none', security: 'none', redress: 'none' },
    warnings: [],
    index,
    page: `${ORIGIN}/r/${memberId}:${sample.id}`,
  } satisfies DirectoryEntry)
}

const SILK = {
  name: { th: 'บริษัท สมใจผ้าไหมสาธิต จำกัด', en: 'Somjai Silk Demo Co., Ltd.' },
  url: 'https://somjai-silk.example',
}
const DOI_MOK = {
  name: { th: 'บริษัท ดอยหมอกกาแฟสาธิต จำกัด', en: 'Doi Mok Coffee Demo Co., Ltd.' },
  url: 'https://doi-mok-coffee.example',
}

/** Shops as the demo has them, newest first. */
const SHOPS: Sample[] = [
  {
    ...SILK,
    level: 'th-dbd/verified/platinum',
    id: 'V-2569-0101',
    holder: { sector: 'ผ้าไหมและผ้าทอ', shipsTo: ['TH', 'VN', 'JP', 'SG', 'MY', 'KR', 'US'] },
  },
  {
    level: 'jp-tradesafe/tradesafe/tradesafe',
    id: 'TS-2026-0003',
    name: { ja: '有限会社見本漆器', en: 'Mihon Lacquerware Demo Ltd.' },
    url: 'https://mihon-shikki.example',
    also: [{ kind: 'web', url: 'https://xn--m7rt68c.example' }],
    holder: { sector: '漆器', shipsTo: ['JP', 'SG'] },
  },
  {
    ...SILK,
    level: 'th-dbd/registered/registered',
    id: 'R-2567-0101',
    also: [
      { kind: 'web', url: 'https://xn--q3cgpf6bzbc8lqbd.example' },
      { kind: 'shopee', url: 'https://shopee.co.th/demo_somjai_silk' },
      { kind: 'line', url: 'https://line.me/R/ti/p/@demo-somjai-silk' },
    ],
  },
  {
    level: 'vn-ecomviet/safeweb/safeweb',
    id: 'SW-2026-0002',
    name: { vi: 'Công ty TNHH Minh Họa Cà Phê Cao Nguyên' },
    url: 'https://ca-phe-cao-nguyen.example',
    holder: { sector: 'Cà phê', shipsTo: ['VN', 'TH', 'JP'] },
  },
  { ...DOI_MOK, level: 'th-dbd/verified/gold', id: 'V-2569-0102', holder: { sector: 'กาแฟคั่ว' } },
  { ...DOI_MOK, level: 'th-dbd/registered/registered', id: 'R-2566-0102' },
]

export const ENTRIES: DirectoryEntry[] = SHOPS.map((sample, i) => sampleEntry(sample, 1000 - i))

export function samplePage(results: DirectoryEntry[], change: Partial<DirectoryPage> = {}): DirectoryPage {
  return directoryPage.parse({
    results,
    found: { count: results.length, more: false },
    next: null,
    asOf: { size: 1234, at: AT, checkpoint: null },
    ...change,
  } satisfies DirectoryPage)
}

/** A hub that answers every question with the same page. `asked` keeps the questions. */
export function sampleDeps(
  answer: DirectoryPage | Error = samplePage(ENTRIES),
  change: Partial<PageDeps> = {},
): PageDeps & { asked: DirectoryQuery[] } {
  const asked: DirectoryQuery[] = []
  return {
    asked,
    origin: ORIGIN,
    demo: false,
    verify: sampleVerify,
    overview: async () => OVERVIEW,
    ...NOTHING_ELSE,
    schemes: async () => SCHEMES,
    directory: async (query) => {
      asked.push(query)
      if (answer instanceof Error) throw answer
      return answer
    },
    addresses: async () => ENTRIES.map(({ id }) => ({ id, changed: AT.slice(0, 10) })),
    ...change,
  }
}
