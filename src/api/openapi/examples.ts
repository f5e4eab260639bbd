/** Examples of the API's answers. Holders are fictional; what is said of real agencies is what members/ says. Data. */
import type { Verdict, VerdictRecord } from '../../record/verdict.js'
import { formatProblem, type Problem, REFUSALS, Refusal, type RefusalCode } from '../../refusal.js'

/** Stands for the hub's own origin, which takes its place when the document is made. */
export const EXAMPLE_ORIGIN = 'https://hub.example'
/** The origin, or its host alone as in a checkpoint. */
export const EXAMPLE_NAME = /(?:https:\/\/)?\bhub\.example\b/g

export const SHA256 = '2eaf321933488e22aacc2f53dd5dbf3e33feff93bde609b1853643c60841e975'
/** Cut short: a real one has some 1,500 characters. */
export const RECORD_JWS =
  'eyJhbGciOiJFUzI1NiIsImtpZCI6IuKApiIsInR5cCI6InRydXN0LW1hcmsrand0In0.eyJpc3MiOiLigKYifQ.4776MA2zQ6XSih6jq1n6NPQNkGtt'
export const CHECKPOINT = `hub.example/log
2
2oKevH/pXHCAYEDXTKA/T90Hep/MzGvfLv+53Z8sTP4=

— hub.example/log LU9UdicT8nmDUJuG3S9Olm1TP82NKbKtg/4W1uBV/dxHXzKYRuz4yW9nsz8LkRbSUU3ihsSx4luc0XJDZEYPp0SF8As=
`

/** A problem with its code's own words. */
export function problemExample(code: RefusalCode): Problem {
  return formatProblem(new Refusal(code, `${REFUSALS[code][1]}.`), EXAMPLE_ORIGIN)
}

const NOT_COVERED = { coverage: 'none', criteria: [] } as const
const SHOP = {
  kind: 'web',
  keys: ['web:somjai-silk.example'],
  url: 'https://somjai-silk.example',
  scope: 'host',
  confirmedAt: '2026-11-01',
} as const

export const RECORD = {
  verdict: 'identity-confirmed',
  id: 'th-dbd:R-2026-0001',
  member: {
    id: 'th-dbd',
    name: {
      en: 'Department of Business Development, Ministry of Commerce',
      th: 'กรมพัฒนาธุรกิจการค้า กระทรวงพาณิชย์',
    },
    country: 'TH',
    entity: `${EXAMPLE_ORIGIN}/members/th-dbd`,
  },
  mark: {
    id: 'registered',
    name: { en: 'DBD Registered' },
    kind: 'identity',
    says: {
      en: 'The operator, a person or a company, has confirmed to DBD that it really exists and trades online. It says nothing about the quality of the shop.',
    },
    level: 'registered',
    levelName: { en: 'DBD Registered' },
    type: `${EXAMPLE_ORIGIN}/marks/th-dbd/registered/registered`,
  },
  holder: {
    kind: 'juristic',
    name: { en: 'Somjai Silk Co., Ltd.', th: 'บริษัท สมใจผ้าไหม จำกัด' },
    identifiers: [{ scheme: 'th-juristic', value: '0105548060561' }],
    country: 'TH',
    contact: [{ kind: 'email', value: 'contact@somjai-silk.example' }],
    languages: ['th', 'en'],
  },
  presences: [{ ...SHOP, keys: [...SHOP.keys] }],
  validity: { from: '2026-11-22T03:00:00.000Z', until: '2027-09-18T03:00:00.000Z' },
  principles: {
    disclosure: {
      coverage: 'partial',
      criteria: [
        { id: 'identity', name: { en: 'The operator exists and trades online' }, coverage: 'partial' },
      ],
    },
    communication: { ...NOT_COVERED, criteria: [] },
    privacy: { ...NOT_COVERED, criteria: [] },
    security: { ...NOT_COVERED, criteria: [] },
    redress: {
      coverage: 'partial',
      criteria: [
        {
          id: 'complaint-channel',
          name: { en: 'The website shows a complaint channel (an older page of criteria)' },
          coverage: 'partial',
        },
      ],
    },
  },
  monitoring: [],
  criteriaVersion: '2019',
  recognition: { alliance: true, index: 0, definitionSigned: true, bodies: [] },
  index: 1,
  statement: RECORD_JWS,
} satisfies VerdictRecord

export const FOUND = {
  verdict: 'identity-confirmed',
  query: {
    url: 'https://somjai-silk.example/',
    keys: ['web:somjai-silk.example'],
    display: 'somjai-silk.example',
  },
  records: [{ ...RECORD, matched: { ...SHOP, keys: [...SHOP.keys] } }],
  warnings: [],
  complaints: [
    {
      member: 'th-ocpb',
      name: { en: 'Office of the Consumer Protection Board', th: 'สำนักงานคณะกรรมการคุ้มครองผู้บริโภค' },
      country: 'TH',
      relation: 'merchant-country',
      languages: ['th', 'en'],
      channels: [
        { kind: 'phone', value: '1166' },
        { kind: 'web', value: 'https://complaint.ocpb.go.th/' },
      ],
    },
  ],
  asOf: {
    size: 2,
    at: '2026-11-22T03:00:00.000Z',
    checkpoint: CHECKPOINT,
    members: { 'th-dbd': null },
  },
  demo: true,
} satisfies Verdict

export const NOT_FOUND = {
  verdict: 'not-found',
  query: { url: 'https://no-mark.example', keys: ['web:no-mark.example'], display: 'no-mark.example' },
  records: [],
  warnings: [],
  complaints: [],
  searched: {
    schemes: [
      { member: 'th-dbd', mark: 'registered', name: { en: 'DBD Registered' } },
      { member: 'th-dbd', mark: 'verified', name: { en: 'DBD Verified' } },
    ],
  },
  asOf: { size: 2, at: '2026-11-22T03:00:00.000Z', checkpoint: CHECKPOINT, members: {} },
  demo: true,
} satisfies Verdict

/** An address of one letter more than the certified one's. */
export const LOOKALIKE = {
  ...NOT_FOUND,
  query: {
    url: 'https://somjai-silks.example',
    keys: ['web:somjai-silks.example'],
    display: 'somjai-silks.example',
  },
  warnings: [
    {
      code: 'lookalike',
      detail: {
        en: 'The shop with the mark is at somjai-silk.example. The address you asked about differs from it by one character.',
      },
      record: RECORD.id,
    },
  ],
  similar: [
    {
      record: RECORD.id,
      verdict: RECORD.verdict,
      url: SHOP.url,
      holder: RECORD.holder.name,
      mark: RECORD.mark.name,
      resemblance: 'typo',
    },
  ],
} satisfies Verdict
