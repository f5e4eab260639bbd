/** Answers of every kind, in the wire form that the hub gives, for tests of the pages; checked by its schema. */
import type { MarkKind } from '../../src/alliance/definition.js'
import type { Overview } from '../../src/hub/overview.js'
import type { PageDeps } from '../../src/pages/deps.js'
import { findLink } from '../../src/record/share-text.js'
import {
  type ComplaintBody,
  VERDICTS,
  type Verdict,
  type VerdictQuery,
  type VerdictRecord,
  type VerdictWord,
  verdict as verdictSchema,
  WARNINGS,
  type Warning,
  type WarningCode,
} from '../../src/record/verdict.js'
import { Refusal } from '../../src/refusal.js'

const NOW = '2026-11-22T09:48:00Z'

const DBD = {
  id: 'th-dbd',
  name: { en: 'Department of Business Development', th: 'กรมพัฒนาธุรกิจการค้า' },
  country: 'TH',
  entity: 'https://hub.example/members/th-dbd',
}

const MARKS: Record<MarkKind, VerdictRecord['mark']> = {
  quality: {
    id: 'verified',
    name: { en: 'DBD Verified' },
    kind: 'quality',
    says: {
      en: 'The website meets the DBD standard for quality in e-commerce.',
      th: 'เว็บไซต์ผ่านเกณฑ์มาตรฐานคุณภาพธุรกิจพาณิชย์อิเล็กทรอนิกส์ของกรม',
    },
    level: 'gold',
    levelName: { en: 'Gold', th: 'ดีมาก (Gold)', vi: 'Vàng', ja: 'ゴールド' },
    type: 'https://hub.example/marks/th-dbd/verified/gold',
  },
  identity: {
    id: 'registered',
    name: { en: 'DBD Registered' },
    kind: 'identity',
    says: { en: 'The operator exists and trades online.', th: 'ผู้ประกอบการมีตัวตนและค้าขายออนไลน์จริง' },
    level: 'registered',
    levelName: { en: 'Registered', th: 'จดทะเบียนแล้ว' },
    type: 'https://hub.example/marks/th-dbd/registered/registered',
  },
  registration: {
    id: 'notified',
    name: { vi: 'Đã thông báo Bộ Công Thương', en: 'Notified to the Ministry of Industry and Trade' },
    kind: 'registration',
    says: {
      vi: 'Chủ trang web đã thông báo trang bán hàng của mình.',
      en: 'The owner has notified the sales website.',
    },
    level: 'notified',
    levelName: { vi: 'Đã thông báo', en: 'Notified' },
    type: 'https://hub.example/marks/vn-demo/notified/notified',
  },
}

const criterion = (id: string, en: string, th: string) => ({
  id,
  name: { en, th },
  coverage: 'full' as const,
})

const FULL: VerdictRecord['principles'] = {
  disclosure: { coverage: 'full', criteria: [criterion('1', 'Disclosure of information', 'การเปิดเผยข้อมูล')] },
  communication: {
    coverage: 'full',
    criteria: [criterion('2', 'Terms of trade and service', 'เงื่อนไขการค้าและบริการ')],
  },
  privacy: { coverage: 'full', criteria: [criterion('4', 'Privacy', 'การคุ้มครองข้อมูลส่วนบุคคล')] },
  security: {
    coverage: 'partial',
    criteria: [
      { ...criterion('3', 'Security of the website', 'การรักษาความปลอดภัยของเว็บไซต์'), coverage: 'partial' },
    ],
  },
  redress: { coverage: 'none', criteria: [] },
}
const IDENTITY: VerdictRecord['principles'] = {
  disclosure: {
    coverage: 'partial',
    criteria: [{ ...criterion('1', 'Identity of the operator', 'ตัวตนของผู้ประกอบการ'), coverage: 'partial' }],
  },
  communication: { coverage: 'none', criteria: [] },
  privacy: { coverage: 'none', criteria: [] },
  security: { coverage: 'none', criteria: [] },
  redress: { coverage: 'none', criteria: [] },
}

const KINDS: Partial<Record<VerdictWord, MarkKind>> = {
  'identity-confirmed': 'identity',
  registered: 'registration',
}

const PRESENCE = {
  kind: 'web' as const,
  keys: ['web:somjai-silk.example'],
  url: 'https://somjai-silk.example',
  scope: 'host' as const,
  confirmedAt: '2026-03-02',
}

/** The address that every sample is about. */
export const samplePresence = (): typeof PRESENCE => ({ ...PRESENCE })

/** Stands in for a signed record where only its looks matter: 1.9 kB, as a real one has. */
const STATEMENT = `eyJhbGciOiJFUzI1NiIsInR5cCI6InRydXN0LW1hcmsrand0In0.${'eyJpc3MiOiJodHRwczovL2h1Yi5leGFtcGxl'.repeat(52)}.${'c2ln'.repeat(21)}`

/** A record on which a verdict stands. */
export function sampleRecord(word: VerdictWord, change: Partial<VerdictRecord> = {}): VerdictRecord {
  const kind = KINDS[word] ?? 'quality'
  const status =
    word === 'suspended' || word === 'revoked'
      ? {
          change: word,
          reason: { en: 'The shop did not answer complaints.', th: 'ร้านค้าไม่ตอบข้อร้องเรียน' },
          effective: '2026-10-01T02:00:00Z',
          index: 812,
          statement: STATEMENT,
        }
      : undefined
  return {
    verdict: word,
    id: 'th-dbd:V-2026-0001',
    member: DBD,
    mark: MARKS[kind],
    holder: {
      kind: 'juristic',
      name: { th: 'บริษัท สมใจไหมไทย จำกัด', en: 'Somjai Thai Silk Co., Ltd.' },
      identifiers: [{ scheme: 'th-juristic', value: '0999999999999' }],
      country: 'TH',
      contact: [
        { kind: 'email', value: 'care@somjai-silk.example' },
        { kind: 'phone', value: '+66 2 555 0100' },
      ],
      languages: ['th', 'en'],
      sector: 'Silk and clothing',
      shipsTo: ['TH', 'VN', 'JP'],
    },
    presences: [PRESENCE],
    matched: PRESENCE,
    validity:
      word === 'expired'
        ? { from: '2025-03-15T00:00:00Z', until: '2026-03-15T00:00:00Z' }
        : word === 'not-yet-valid'
          ? { from: '2027-01-01T00:00:00Z', until: '2028-01-01T00:00:00Z' }
          : { from: '2026-03-15T00:00:00Z', until: '2027-03-15T00:00:00Z' },
    ...(status && { status }),
    principles: kind === 'quality' ? FULL : IDENTITY,
    monitoring:
      kind === 'quality'
        ? [{ ...criterion('m', 'Renewal every year', 'ต่ออายุทุกปี'), coverage: 'partial' }]
        : [],
    criteriaVersion: '2019',
    recognition: { alliance: true, index: 3, definitionSigned: true, bodies: [] },
    index: 411,
    statement: STATEMENT,
    ...change,
  }
}

export const COMPLAINTS: ComplaintBody[] = [
  {
    member: 'vn-vcc',
    name: { vi: 'Ủy ban Cạnh tranh Quốc gia', en: 'Vietnam Competition Commission' },
    country: 'VN',
    relation: 'your-country',
    languages: ['vi'],
    channels: [
      { kind: 'phone', value: '1800.6838' },
      { kind: 'web', value: 'https://vcc.example/complaints' },
    ],
  },
  {
    member: 'th-ocpb',
    name: { en: 'Office of the Consumer Protection Board', th: 'สำนักงานคณะกรรมการคุ้มครองผู้บริโภค' },
    country: 'TH',
    relation: 'merchant-country',
    languages: ['th', 'en'],
    channels: [
      { kind: 'phone', value: '1166' },
      { kind: 'email', value: 'help@ocpb.example' },
      { kind: 'post', value: 'Government Complex, Bangkok 10210' },
    ],
  },
]

export function sampleWarning(code: WarningCode): Warning {
  return { code, detail: { en: `What was seen for ${code}: somjai-silk.example and sornjai-silk.example.` } }
}

/** An answer with the given headline. */
export function sampleVerdict(word: VerdictWord, change: Partial<Verdict> = {}): Verdict {
  const without = word === 'not-found' || word === 'unresolvable-link'
  return verdictSchema.parse({
    verdict: word,
    query: { url: 'somjai-silk.example', keys: ['web:somjai-silk.example'], display: 'somjai-silk.example' },
    records: without ? [] : [sampleRecord(word)],
    warnings: [],
    complaints: COMPLAINTS,
    ...(word === 'not-found' && {
      searched: {
        schemes: [
          { member: 'th-dbd', mark: 'verified', name: MARKS.quality.name },
          { member: 'th-dbd', mark: 'registered', name: MARKS.identity.name },
        ],
        country: { code: 'KR', publishes: false },
      },
    }),
    ...(word === 'unresolvable-link' && {
      advice: { en: 'This is a short link of LINE. Open it and copy the account name that begins with @.' },
    }),
    asOf: {
      size: 1234,
      at: NOW,
      checkpoint:
        'hub.example/log\n1234\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— hub.example Az3grl',
      members: without
        ? {}
        : { 'th-dbd': { at: '2026-11-21T17:00:00Z', count: 120, index: 1200, agrees: true } },
    },
    demo: true,
    ...change,
  })
}

/** An answer with everything that makes a page long or wide. */
export function crowdedVerdict(): Verdict {
  const thai = {
    ...PRESENCE,
    keys: ['web:xn--42c5b3a1dc8kd.xn--o3cw4h'],
    url: 'https://xn--42c5b3a1dc8kd.xn--o3cw4h',
    scope: 'domain' as const,
  }
  const shop = {
    ...PRESENCE,
    kind: 'shopee' as const,
    keys: ['shopee:th:user:somjai'],
    url: 'https://shopee.co.th/somjai.silk.and.cotton.official.store.bangkok',
  }
  return sampleVerdict('certified', {
    records: [
      sampleRecord('certified', { presences: [PRESENCE, thai, shop] }),
      sampleRecord('identity-confirmed', { id: 'th-dbd:R-2024-0042' }),
      sampleRecord('revoked', { id: 'th-dbd:V-2025-0007' }),
    ],
    warnings: WARNINGS.map(sampleWarning),
  })
}

/** One answer for each verdict, by the host that is asked for. */
export const VERDICTS_BY_HOST: Readonly<Record<string, Verdict>> = Object.fromEntries([
  ...VERDICTS.map((word) => [`${word}.example`, sampleVerdict(word)]),
  ['crowded.example', crowdedVerdict()],
  ['somjai-silk.example', sampleVerdict('certified')],
])

export const OVERVIEW: Overview = {
  size: 1234,
  at: NOW,
  members: [
    {
      id: 'th-dbd',
      name: DBD.name,
      country: 'TH',
      participation: 'admitted',
      marks: [
        { id: 'verified', name: MARKS.quality.name, kind: 'quality', state: 'active' },
        { id: 'registered', name: MARKS.identity.name, kind: 'identity', state: 'active' },
      ],
      records: 120,
      registerAt: '2026-11-21T17:00:00Z',
    },
    {
      id: 'vn-demo',
      name: { vi: 'Cơ quan mẫu', en: 'Sample agency' },
      country: 'VN',
      participation: 'described',
      marks: [{ id: 'notified', name: MARKS.registration.name, kind: 'registration', state: 'unconfirmed' }],
      records: 0,
      registerAt: null,
    },
    {
      id: 'jp-demo',
      name: { ja: '見本団体' },
      country: 'JP',
      participation: 'admitted',
      marks: [{ id: 'seal', name: { ja: '見本マーク', en: 'Sample Mark' }, kind: 'quality', state: 'ended' }],
      records: 1,
      registerAt: null,
    },
  ],
}

/** Answers a question from the samples, refusing as the hub does. */
export async function sampleVerify(query: VerdictQuery): Promise<Verdict> {
  if (query.identifier !== undefined)
    throw new Refusal('bad-identifier', {
      detail: 'The check digit of the number does not fit. Compare it with the certificate.',
      at: 'identifier',
    })
  if (query.record !== undefined) {
    const record = sampleRecord('certified', { id: query.record, matched: undefined })
    return sampleVerdict('certified', {
      query: { ...query, keys: [query.record], display: query.record },
      records: [record],
    })
  }
  const link = findLink(query.url ?? '')?.link
  if (!link) throw new Refusal('bad-query', { detail: 'No web address was found in the text.', at: 'url' })
  const host = link.replace(/^https?:\/\//, '').split('/')[0] ?? ''
  const found = VERDICTS_BY_HOST[host] ?? sampleVerdict('not-found')
  const here = { ...PRESENCE, keys: [`web:${host}`], url: `https://${host}` }
  const records = found.records.map((record) => ({
    ...record,
    presences: [here, ...record.presences.slice(1)],
    matched: here,
  }))
  return { ...found, records, query: { ...query, keys: here.keys, display: host } }
}

/** What pages of verdicts do not need: an empty directory, no schemes, no complaint bodies, no scripts. */
export const NOTHING_ELSE: Pick<PageDeps, 'now' | 'directory' | 'sectors' | 'schemes' | 'complaints'> = {
  now: () => Date.parse(NOW),
  directory: async () => ({
    results: [],
    found: { count: 0, more: false },
    next: null,
    asOf: { size: 0, at: NOW, checkpoint: null },
  }),
  sectors: async () => [],
  schemes: async () => ({ size: 0, at: NOW, members: [] }),
  complaints: { desks: async () => [], mail: false },
}
