/** The member definitions as they stand in `members/`, and the rules that are read from them. */
import { readdirSync, readFileSync } from 'node:fs'
import { Validator } from '@cfworker/json-schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { findCodeItem } from '../src/alliance/code-items.js'
import { findLevel, type Level, type MemberDefinition, memberDefinition } from '../src/alliance/definition.js'
import { definitionFaults } from '../src/alliance/definition-faults.js'
import { factsOf } from '../src/alliance/fact-domain.js'
import {
  longestValidity,
  markOf,
  presupposedMarks,
  type RequirementFacts,
  requirementFaults,
  rulesInForce,
} from '../src/alliance/members.js'
import { coverageOf, MONITORING } from '../src/alliance/principles.js'
import { LANGUAGES } from '../src/alliance/text.js'
import { DESCRIBED_MEMBERS } from '../src/cli/demo/describe-members.js'
import { importTable } from '../src/cli/import/import-table.js'
import { parseMapping } from '../src/cli/import/mapping.js'

const TODAY = '2026-11-22'
const FOLDER = new URL('../members/', import.meta.url)

function readJson(id: string): unknown {
  return JSON.parse(readFileSync(new URL(`${id}/member.json`, FOLDER), 'utf8'))
}

const IDS = readdirSync(FOLDER).filter((name) => /^[a-z]{2}-/.test(name))
const MEMBERS = new Map(IDS.map((id) => [id, memberDefinition.parse(readJson(id))]))

function member(id: string): MemberDefinition {
  return MEMBERS.get(id)!
}

function level(path: string): Level {
  const [id, mark, name] = path.split('/') as [string, string, string]
  return findLevel(member(id), mark, name)!.level
}

const at = (iso: string) => Date.parse(iso) / 1000
const shown = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString())

describe('the definitions in members/', () => {
  test('are these seven, and those that are only described', () => {
    expect(IDS.sort()).toEqual(
      [
        'jp-ccj',
        'jp-tradesafe',
        'th-dbd',
        'th-ocpb',
        'vn-ecomviet',
        'vn-idea',
        'vn-vcc',
        ...DESCRIBED_MEMBERS,
      ].sort(),
    )
  })

  test.each(IDS)('%s stands in the folder of its name and holds together', (id) => {
    expect(member(id).id).toBe(id)
    expect(definitionFaults(member(id))).toEqual([])
  })

  test.each(IDS)('%s validates against the JSON Schema that is published', (id) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const validate = ajv.compile(z.toJSONSchema(memberDefinition))
    validate(readJson(id))
    expect(validate.errors ?? []).toEqual([])
  })

  test('the published JSON Schema refuses what the definition refuses', () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(z.toJSONSchema(memberDefinition))
    const base = readJson('th-dbd') as Record<string, unknown>
    for (const bad of [
      { ...base, id: 'DBD' },
      { ...base, country: 'Thailand' },
      { ...base, publishes: 'weekly' },
      { ...base, stray: 1 },
    ]) {
      expect(validate(bad)).toBe(false)
      expect(memberDefinition.safeParse(bad).success).toBe(false)
    }
  })

  test.each(IDS)('every text of %s stands in all languages of the hub', (id) => {
    const lacking: string[] = []
    const walk = (node: unknown, path: string): void => {
      if (node === null || typeof node !== 'object') return
      const keys = Object.keys(node)
      if (keys.includes('en'))
        lacking.push(...LANGUAGES.filter((l) => !keys.includes(l)).map((l) => `${path}.${l}`))
      for (const [key, value] of Object.entries(node))
        if (key !== 'schema' && key !== 'sources') walk(value, `${path}.${key}`)
    }
    walk(member(id), id)
    expect(lacking).toEqual([])
  })

  test.each(IDS)('%s has read every source on the day it says, and none later', (id) => {
    for (const [key, source] of Object.entries(member(id).sources)) {
      expect(source.read, key).toBe(TODAY)
      if (source.dated) expect(source.dated <= TODAY, key).toBe(true)
    }
  })

  test.each(IDS)(
    'the texts of %s are words of people, without the keys of sources or the names of facts in a record',
    (id) => {
      const { sources, ...definition } = member(id)
      const rules = definition.marks.flatMap((m) => m.levels.flatMap((l) => l.requirements))
      // pages number the sources that they show, so a key leads nowhere
      const names = [...Object.keys(sources), ...rules.flatMap(factsOf).map(({ name }) => name)]
      const internal = new RegExp(`\\([A-Z]{1,2}\\d+\\)|(?<![\\w-])(?:${names.join('|')})(?![\\w-])`, 'g')
      const leaks: string[] = []
      const walk = (node: unknown): void => {
        if (node === null || typeof node !== 'object') return
        const isText = typeof (node as { en?: unknown }).en === 'string'
        for (const [key, value] of Object.entries(node))
          if (isText && typeof value === 'string') leaks.push(...(value.match(internal) ?? []))
          else if (key !== 'schema') walk(value)
      }
      walk(definition)
      expect(leaks).toEqual([])
    },
  )

  /** Sources that no single fact rests on alone: texts call them by what they are ("a state guide", "the press"). */
  const NAMED_IN_WORDS: Readonly<Record<string, readonly string[]>> = {
    'es-confianzaonline': ['E2', 'E4'],
    'hk-hkfec': ['W21'],
    'ph-dti': ['P4', 'P6', 'P8'],
  }

  test.each(DESCRIBED_MEMBERS)('%s cites every source that it lists', (id) => {
    const { sources, ...facts } = member(id)
    const cited = JSON.stringify(facts)
    const idle = Object.keys(sources).filter((key) => !new RegExp(`"source":"${key}"`).test(cited))
    expect(idle).toEqual(NAMED_IN_WORDS[id] ?? [])
  })

  test.each(DESCRIBED_MEMBERS)('%s leads nothing, asks for no records, and says what is not known', (id) => {
    const { roles, publishes, complaints, unknown } = member(id)
    expect({ roles, publishes, takes: complaints?.takes ?? ['own-mark'] }).toEqual({
      roles: ['issuer'],
      publishes: null,
      takes: ['own-mark'],
    })
    expect(unknown.length).toBeGreaterThan(2)
  })

  test.each(IDS)('every mark of %s says how it stands, as of when and by which source', (id) => {
    for (const { status } of member(id).marks) {
      const { sources } = member(id)
      expect(status.asOf).toBe(TODAY)
      expect(Object.keys(sources)).toContain(status.source)
      expect(status.note?.en).toBeTruthy()
      // what ended or was put in doubt later than its source was written can't come from that source
      const { dated } = sources[status.source]!
      if (status.since && dated) expect(dated.slice(0, 4) <= status.since.slice(0, 4)).toBe(true)
    }
  })

  test.each(IDS)('the items that %s names stand in the WTA Code, under the criterion’s principle', (id) => {
    for (const criterion of member(id).marks.flatMap((mark) => mark.criteria))
      for (const item of criterion.items ?? [])
        expect(findCodeItem(item)?.principle, criterion.id).toBe(criterion.principle)
  })

  test('a level of a member with the role issuer names its presences; those without marks award none', () => {
    for (const definition of MEMBERS.values())
      expect(definition.roles.includes('issuer')).toBe(definition.marks.length > 0)
  })
})

describe('what each mark covers', () => {
  test.each([
    // mark, kind, disclosure, communication, privacy, security, redress, monitoring
    ['th-dbd/registered', 'identity', 'partial', 'none', 'none', 'none', 'partial', 'none'],
    ['th-dbd/verified', 'quality', 'full', 'full', 'full', 'full', 'full', 'partial'],
    ['vn-idea/website-notified', 'registration', 'partial', 'none', 'none', 'none', 'none', 'partial'],
    ['vn-idea/service-registered', 'registration', 'partial', 'none', 'none', 'none', 'none', 'partial'],
    ['vn-ecomviet/safeweb', 'quality', 'partial', 'partial', 'full', 'none', 'full', 'full'],
    ['jp-tradesafe/tradesafe', 'quality', 'full', 'partial', 'partial', 'partial', 'full', 'partial'],
    ['my-csm/trustmark', 'quality', 'full', 'full', 'full', 'full', 'full', 'full'],
    ['tw-sosa/good-store', 'quality', 'full', 'full', 'full', 'full', 'full', 'partial'],
    ['sg-case/e-business', 'quality', 'full', 'full', 'full', 'full', 'full', 'partial'],
    ['ph-dti/trustmark', 'identity', 'full', 'none', 'full', 'none', 'full', 'partial'],
    ['hk-hkfec/trust-mark', 'quality', 'full', 'full', 'full', 'partial', 'full', 'partial'],
    ['mx-aimx/sello-de-confianza', 'quality', 'full', 'full', 'full', 'partial', 'none', 'none'],
    ['es-confianzaonline/sello', 'quality', 'partial', 'partial', 'partial', 'none', 'full', 'none'],
    ['kr-etrust/etrust', 'quality', 'partial', 'partial', 'partial', 'none', 'partial', 'partial'],
  ])('%s', (path, kind, disclosure, communication, privacy, security, redress, monitoring) => {
    const [id, markId] = path.split('/') as [string, string]
    const mark = markOf(member(id), markId)!
    expect(mark.kind).toBe(kind)
    expect(coverageOf(mark.criteria)).toEqual({ disclosure, communication, privacy, security, redress })
    const watched = mark.criteria.filter((c) => c.principle === MONITORING).map((c) => c.coverage)
    expect(watched.includes('full') ? 'full' : watched.includes('partial') ? 'partial' : 'none').toBe(
      monitoring,
    )
  })

  test('marks and levels carry the ids that records and addresses use', () => {
    const ids = [...MEMBERS.values()].flatMap((m) =>
      m.marks.flatMap((mark) => mark.levels.map((l) => `${m.id}/${mark.id}/${l.id}`)),
    )
    expect(ids.sort()).toEqual([
      'es-confianzaonline/sello/sello',
      'hk-hkfec/trust-mark/trust-mark',
      'jp-tradesafe/tradesafe/tradesafe',
      'kr-etrust/etrust/etrust',
      'mx-aimx/sello-de-confianza/sello-de-confianza',
      'my-csm/trustmark/trustmark',
      'ph-dti/trustmark/trustmark',
      'sg-case/e-business/e-business',
      'th-dbd/registered/registered',
      'th-dbd/verified/gold',
      'th-dbd/verified/platinum',
      'th-dbd/verified/silver',
      'tw-sosa/good-store/good-store',
      'vn-ecomviet/safeweb/safeweb',
      'vn-idea/service-registered/registered',
      'vn-idea/website-notified/notified',
    ])
  })

  test('a mark whose law changed or whose activity is unconfirmed says so', () => {
    for (const mark of member('vn-idea').marks)
      expect(mark.status).toMatchObject({ state: 'unconfirmed', since: '2026-07-01' })
    expect(markOf(member('vn-ecomviet'), 'safeweb')?.status).toMatchObject({ state: 'unconfirmed' })
    expect(markOf(member('vn-ecomviet'), 'safeweb')?.status.since).toBeUndefined()
  })

  test('a scheme that has ended says so, and since when', () => {
    const ended = [...MEMBERS.values()].flatMap(({ id, marks }) =>
      marks.filter(({ status }) => status.state === 'ended').map(({ status }) => `${id} ${status.since}`),
    )
    expect(ended).toEqual(['kr-etrust 2018-04-25'])
  })

  test('who requires encryption in transit can be told from the items', () => {
    const naming = [...MEMBERS.values()].filter(({ marks }) =>
      marks.some(({ criteria }) => criteria.some(({ items }) => items?.includes('3.1'))),
    )
    expect(naming.map(({ id }) => id)).toEqual(['mx-aimx'])
  })

  test('DBD names cancellation and return, and contact with customers', () => {
    const area = markOf(member('th-dbd'), 'verified')!.criteria.find(({ id }) => id === 'area-2')
    expect(area).toMatchObject({ principle: 'communication', items: ['2.1', '2.2.2'] })
  })

  test('DBD Verified covers the website only, DBD Registered shops on platforms too', () => {
    for (const name of ['silver', 'gold', 'platinum'])
      expect(level(`th-dbd/verified/${name}`).presenceKinds).toEqual(['web'])
    expect(level('th-dbd/registered/registered').presenceKinds).toContain('shopee')
  })

  test('the levels of DBD Verified rise from silver to platinum', () => {
    expect(['silver', 'gold', 'platinum'].map((name) => level(`th-dbd/verified/${name}`).rank)).toEqual([
      1, 2, 3,
    ])
  })

  test('markOf finds a mark by its id and nothing else', () => {
    expect(markOf(member('th-dbd'), 'verified')?.name.en).toBe('DBD Verified')
    expect(markOf(member('th-dbd'), 'silver')).toBeUndefined()
    expect(markOf(member('th-ocpb'), 'verified')).toBeUndefined()
  })
})

describe('requirements of a level', () => {
  const silver = { holderKind: 'natural', yearsRegistered: 0, passedStandard: true } as const
  const gold = {
    holderKind: 'juristic',
    yearsRegistered: 1,
    financialStatementYears: 1,
    passedStandard: true,
  } as const
  const platinum = {
    holderKind: 'juristic',
    yearsRegistered: 2,
    financialStatementYears: 2,
    websiteAward: true,
    passedStandard: true,
  } as const
  const safeweb = {
    holderKind: 'juristic',
    registeredBusiness: true,
    notifiedToAgency: true,
    violationWithin3Years: false,
    recentWithdrawal: false,
  } as const
  const company = { holderKind: 'juristic', registeredInJapan: true, shopOpen: true } as const
  const trader = { holderKind: 'natural', monthsInBusiness: 6, shopOpen: true } as const
  const registered = { holderKind: 'natural', evidence: 'commercial registration certificate' } as const
  const philippine = {
    holderKind: 'natural',
    businessRegistration: true,
    taxRegistration: true,
    platformList: true,
    identityShown: true,
    redressGuide: true,
  } as const
  const mexican = {
    holderKind: 'juristic',
    siteInOperation: true,
    takesPayments: true,
    sslAtPayment: true,
  } as const

  test.each<[string, RequirementFacts]>([
    ['th-dbd/registered/registered', registered],
    ['th-dbd/verified/silver', silver],
    ['th-dbd/verified/silver', { ...silver, holderKind: 'juristic' }],
    ['th-dbd/verified/gold', gold],
    ['th-dbd/verified/platinum', platinum],
    ['vn-idea/website-notified/notified', { holderKind: 'natural' }],
    ['vn-idea/service-registered/registered', { holderKind: 'juristic' }],
    ['vn-ecomviet/safeweb/safeweb', safeweb],
    ['jp-tradesafe/tradesafe/tradesafe', company],
    ['jp-tradesafe/tradesafe/tradesafe', trader],
    ['ph-dti/trustmark/trustmark', philippine],
    ['mx-aimx/sello-de-confianza/sello-de-confianza', mexican],
    [
      'mx-aimx/sello-de-confianza/sello-de-confianza',
      { holderKind: 'juristic', siteInOperation: true, takesPayments: false },
    ],
    ['kr-etrust/etrust/etrust', { holderKind: 'juristic' }],
  ])('%s accepts %o', (path, facts) => {
    expect(requirementFaults(level(path), facts, TODAY)).toEqual([])
  })

  test.each<[string, RequirementFacts, string, string | number | boolean | null]>([
    ['th-dbd/registered/registered', { holderKind: 'natural' }, 'evidence', null],
    ['th-dbd/registered/registered', { ...registered, evidence: '' }, 'evidence', ''],
    ['th-dbd/registered/registered', { ...registered, lawfulGoods: false }, 'lawful-goods', false],
    ['th-dbd/verified/silver', { holderKind: 'natural', passedStandard: true }, 'years-registered', null],
    ['th-dbd/verified/silver', { ...silver, passedStandard: false }, 'quality-standard', false],
    ['th-dbd/verified/gold', { ...gold, holderKind: 'natural' }, 'juristic-only', 'natural'],
    ['th-dbd/verified/gold', { ...gold, yearsRegistered: 0 }, 'years-registered', 0],
    ['th-dbd/verified/gold', { ...gold, yearsRegistered: 1.5 }, 'years-registered', 1.5],
    ['th-dbd/verified/gold', { ...gold, financialStatementYears: 0 }, 'financial-statements', 0],
    ['th-dbd/verified/platinum', { ...platinum, yearsRegistered: 1 }, 'years-registered', 1],
    ['th-dbd/verified/platinum', { ...platinum, financialStatementYears: 1 }, 'financial-statements', 1],
    ['th-dbd/verified/platinum', { ...platinum, websiteAward: false }, 'website-award', false],
    ['th-dbd/verified/platinum', { ...platinum, holderKind: 'natural' }, 'juristic-only', 'natural'],
    ['vn-ecomviet/safeweb/safeweb', { ...safeweb, violationWithin3Years: true }, 'no-violation', true],
    ['vn-ecomviet/safeweb/safeweb', { ...safeweb, recentWithdrawal: true }, 'no-recent-withdrawal', true],
    ['vn-ecomviet/safeweb/safeweb', { ...safeweb, notifiedToAgency: 'yes' }, 'notified', 'yes'],
    ['jp-tradesafe/tradesafe/tradesafe', { ...trader, monthsInBusiness: 5 }, 'eligible-holder', 5],
    ['jp-tradesafe/tradesafe/tradesafe', { ...company, registeredInJapan: false }, 'eligible-holder', false],
    ['jp-tradesafe/tradesafe/tradesafe', { ...company, holderKind: 'natural' }, 'eligible-holder', null],
    ['jp-tradesafe/tradesafe/tradesafe', { ...company, shopOpen: false }, 'shop-open', false],
    ['jp-tradesafe/tradesafe/tradesafe', { ...company, excludedGoods: true }, 'goods', true],
    ['ph-dti/trustmark/trustmark', { ...philippine, redressGuide: false }, 'redress-guide', false],
    ['mx-aimx/sello-de-confianza/sello-de-confianza', { ...mexican, sslAtPayment: false }, 'ssl', false],
  ])('%s refuses %o by %s', (path, facts, rule, value) => {
    const faults = requirementFaults(level(path), facts, TODAY)
    expect(faults.map((f) => ({ rule: f.requirement.id, value: f.value }))).toEqual([{ rule, value }])
  })

  test('names the claim at fault, also when it is missing', () => {
    expect(
      requirementFaults(level('th-dbd/verified/platinum'), { holderKind: 'natural' }, TODAY).map((f) => f.at),
    ).toEqual([
      'trustmark.holder.kind',
      'trustmark.facts.yearsRegistered',
      'trustmark.facts.financialStatementYears',
      'trustmark.facts.websiteAward',
      'trustmark.facts.passedStandard',
    ])
    expect(
      requirementFaults(
        level('jp-tradesafe/tradesafe/tradesafe'),
        { holderKind: 'natural', shopOpen: true },
        TODAY,
      )[0]?.at,
    ).toBe('trustmark.facts.monthsInBusiness')
  })

  test('a fault carries the rule with its text and source', () => {
    const [fault] = requirementFaults(
      level('th-dbd/verified/gold'),
      { ...gold, holderKind: 'natural' },
      TODAY,
    )
    expect(fault?.requirement).toMatchObject({ text: { en: 'Only juristic persons.' }, source: 'dbd-2019' })
  })

  test('rules that are not in force on that day are not asked', () => {
    const dated = structuredClone(level('th-dbd/verified/gold'))
    for (const rule of dated.requirements) rule.validFrom = '2024-06-05'
    expect(requirementFaults(dated, { holderKind: 'natural' }, '2024-06-04')).toEqual([])
    expect(requirementFaults(dated, { holderKind: 'natural' }, '2024-06-05')).not.toEqual([])
  })

  test('the Thai rules, of which only an article tells, hold on every day: its date is not theirs', () => {
    const { dated } = member('th-dbd').sources['dbd-2019']!
    const { marks } = member('th-dbd')
    const rules = marks.flatMap((m) => m.levels.flatMap((l) => [...l.requirements, ...l.presupposes]))
    expect(rules).toHaveLength(16)
    for (const rule of rules) expect([rule.validFrom, rule.validUntil]).toEqual([undefined, undefined])
    for (const day of ['2019-06-18', dated!, TODAY])
      expect(requirementFaults(level('th-dbd/verified/gold'), { holderKind: 'natural' }, day)).not.toEqual([])
  })

  test('the registration period tells what is open for companies since 5 June 2024', () => {
    for (const name of ['silver', 'gold', 'platinum']) {
      const rule = level(`th-dbd/verified/${name}`).requirements.find((r) => r.id === 'years-registered')
      expect(rule?.unsettled).toMatchObject({ since: '2024-06-05', holderKind: 'juristic', source: 'T7' })
      expect(rule?.unsettled?.text?.en).toContain('5 June 2024')
    }
    expect(member('th-dbd').unknown.some((text) => text.en?.includes('5 June 2024'))).toBe(true)
  })

  test('every requirement schema compiles and can both hold and fail', () => {
    const described = {
      ...philippine,
      ...mexican,
      associationMember: true,
      sellsToConsumers: true,
      registeredInHongKong: true,
    }
    const fine = [
      { ...platinum, ...safeweb, ...company, ...registered, ...described, holderKind: 'juristic' },
    ]
    const wrong = [
      {
        holderKind: 7,
        lawfulGoods: false,
        excludedGoods: true,
        recentWithdrawal: true,
        violationWithin3Years: true,
      },
    ]
    for (const definition of MEMBERS.values())
      for (const rule of definition.marks.flatMap((m) => m.levels.flatMap((l) => l.requirements))) {
        const validator = new Validator(rule.schema as object, '2020-12')
        expect(
          fine.map((f) => validator.validate(f).valid),
          rule.id,
        ).toEqual([true])
        expect(
          wrong.map((f) => validator.validate(f).valid),
          rule.id,
        ).toEqual([false])
      }
  })

  test('Silver presupposes DBD Registered; Gold and Platinum do not', () => {
    expect(presupposedMarks(level('th-dbd/verified/silver'), TODAY)).toMatchObject([
      { mark: 'registered', level: 'registered', source: 'dbd-2019' },
    ])
    expect(presupposedMarks(level('th-dbd/verified/gold'), TODAY)).toEqual([])
    expect(presupposedMarks(level('th-dbd/verified/platinum'), TODAY)).toEqual([])
  })
})

describe('rules in force', () => {
  const rules = [
    { id: 'old', validUntil: '2024-06-05' },
    { id: 'new', validFrom: '2024-06-05' },
    { id: 'always' },
  ]
  const inForce = (day: Date | string) => rulesInForce(rules, day).map((r) => r.id)

  test('validFrom is inclusive, validUntil exclusive', () => {
    expect(inForce('2024-06-04')).toEqual(['old', 'always'])
    expect(inForce('2024-06-05')).toEqual(['new', 'always'])
  })

  test('a time counts by its day, a Date by its UTC day', () => {
    expect(inForce('2024-06-04T23:59:59Z')).toEqual(['old', 'always'])
    expect(inForce(new Date('2024-06-05T00:00:00Z'))).toEqual(['new', 'always'])
  })

  test('a rule and its successor are never in force together, nor both absent', () => {
    // its property is synchronous, so that nothing is left to wait for
    void fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (day) => {
          expect(inForce(day)).toHaveLength(2)
        },
      ),
    )
  })

  test('Thai companies must register until 5 June 2024 and need not since', () => {
    const companies = (day: string) =>
      rulesInForce(member('th-dbd').duties, day)
        .filter((d) => d.id.startsWith('companies-'))
        .map((d) => d.must)
    expect(companies('2024-06-04')).toEqual([true])
    expect(companies('2024-06-05')).toEqual([false])
  })

  test('the Thai rules of 2019 can be read as history, and those of today as today’s', () => {
    const on = (day: string) => rulesInForce(member('th-dbd').duties, day).map(({ id }) => id)
    const [history, today] = [on('2019-06-19'), on(TODAY)]
    expect(history.filter((id) => !today.includes(id))).toEqual([
      'activities-2010-to-2024',
      'companies-before-2024',
    ])
    expect(today.filter((id) => !history.includes(id))).toEqual([
      'companies-since-2024',
      'persons-since-2024',
    ])
    expect(history.filter((id) => today.includes(id))).toHaveLength(14)
  })

  test('the Philippine mark was voluntary until 4 September 2025 and is a duty since', () => {
    const must = (day: string) => rulesInForce(member('ph-dti').duties, day).map((duty) => duty.must)
    expect(must('2025-09-03')).toEqual([false])
    expect(must('2025-09-04')).toEqual([true])
  })
})

describe('the longest validity of a record', () => {
  const of = (period: string): Level => ({
    ...level('th-dbd/verified/silver'),
    validity: { period, source: 'T4' },
  })

  test.each([
    ['P1Y', '2026-03-15T10:00:00Z', '2027-03-16T00:00:00.000Z'],
    ['P1Y', '2028-02-29T10:00:00Z', '2029-03-01T00:00:00.000Z'], // 28 Feb, to its end
    ['P4Y', '2028-02-29T10:00:00Z', '2032-03-01T00:00:00.000Z'], // 29 Feb again
    ['P5Y', '2026-12-31T23:59:59Z', '2032-01-01T00:00:00.000Z'],
    ['P1M', '2027-01-31T00:00:00Z', '2027-03-01T00:00:00.000Z'],
    ['P2W', '2026-12-25T00:00:00Z', '2027-01-09T00:00:00.000Z'],
    ['P45D', '2026-11-22T00:00:00Z', '2027-01-07T00:00:00.000Z'],
  ])('%s from %s ends with the day reached: %s', (period, from, until) => {
    expect(shown(longestValidity(of(period), at(from)))).toBe(until)
  })

  test('the days are those of the zone asked for: an early morning in Tokyo is the day before in UTC', () => {
    const morning = at('2026-04-01T08:30:00+09:00')
    expect(shown(longestValidity(of('P1Y'), morning))).toBe('2027-04-01T00:00:00.000Z')
    expect(shown(longestValidity(of('P1Y'), morning, 'Asia/Tokyo'))).toBe('2027-04-01T15:00:00.000Z')
  })

  test('a zone that changes its clocks keeps its own days', () => {
    expect(shown(longestValidity(of('P6M'), at('2026-10-01T12:00:00Z'), 'Europe/Madrid'))).toBe(
      '2027-04-01T22:00:00.000Z',
    )
  })

  test('unstated validity has no limit', () => {
    expect(longestValidity(level('jp-tradesafe/tradesafe/tradesafe'), at('2026-11-22T00:00:00Z'))).toBeNull()
    expect(longestValidity(level('vn-idea/website-notified/notified'), at('2026-11-22T00:00:00Z'))).toBeNull()
  })

  test('the stated ones are five years, one year and one year', () => {
    const of = (path: string) => level(path).validity?.period ?? null
    expect(of('th-dbd/registered/registered')).toBe('P5Y')
    expect(['silver', 'gold', 'platinum'].map((l) => of(`th-dbd/verified/${l}`))).toEqual([
      'P1Y',
      'P1Y',
      'P1Y',
    ])
    expect(of('vn-ecomviet/safeweb/safeweb')).toBe('P1Y')
  })

  test('a year is never shorter than 365 days nor longer than 367, and later issue never ends earlier', () => {
    // its property is synchronous, so that nothing is left to wait for
    void fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 0, max: 1e8 }), (iat, later) => {
        const end = longestValidity(of('P1Y'), iat, 'Asia/Bangkok')!
        expect(end - iat).toBeGreaterThan(365 * 86_400)
        expect(end - iat).toBeLessThanOrEqual(367 * 86_400)
        expect(longestValidity(of('P1Y'), iat + later, 'Asia/Bangkok')!).toBeGreaterThanOrEqual(end)
      }),
    )
  })
})

describe('complaints', () => {
  test('every competence stands on a basis', () => {
    for (const { id, complaints } of MEMBERS.values())
      expect(complaints?.basis?.map((b) => b.takes).sort(), id).toEqual(
        complaints ? [...complaints.takes].sort() : undefined,
      )
  })

  test.each([
    ['th-ocpb', '1166'],
    ['vn-vcc', '1800.6838'],
  ])('%s is reached on %s', (id, number) => {
    expect(member(id).complaints?.channels).toContainEqual(
      expect.objectContaining({ kind: 'phone', value: number }),
    )
  })

  test('CCJ answers in five business days, and its year has a closure over New Year', () => {
    const ccj = member('jp-ccj')
    expect(ccj.complaints?.deadlines[0]).toMatchObject({ id: 'first-contact', period: 'P5D', business: true })
    expect(ccj.calendar.closures).toMatchObject([{ from: '12-29', until: '01-03' }])
    expect(ccj.complaints?.takes).not.toContain('domestic')
  })

  test('what VCC takes across borders is marked as unconfirmed', () => {
    const extent = (takes: string) =>
      member('vn-vcc').complaints?.basis?.find((b) => b.takes === takes)?.extent
    expect(extent('consumer-here-trader-abroad')).toBe('unrestricted')
    expect(extent('consumer-abroad-trader-here')).toBe('unrestricted')
  })
})

describe('a definition that does not hold together', () => {
  const broken = (change: (copy: MemberDefinition) => void): string[] => {
    const copy = structuredClone(member('th-dbd'))
    change(copy)
    return definitionFaults(copy)
  }
  const silver = (copy: MemberDefinition) => findLevel(copy, 'verified', 'silver')!.level
  const firstRule = (copy: MemberDefinition) => silver(copy).requirements[0]!

  test.each<[string, (copy: MemberDefinition) => void, RegExp]>([
    ['another country', (d) => (d.country = 'VN'), /does not begin with the country/],
    ['a source that is not there', (d) => (firstRule(d).source = 'T99'), /names "T99"/],
    ['a source of that name on every object', (d) => (firstRule(d).source = 'toString'), /names "toString"/],
    ['two marks of one id', (d) => (d.marks[1]!.id = 'registered'), /mark "registered" stands twice/],
    ['two levels of one id', (d) => (silver(d).id = 'gold'), /level of verified "gold" stands twice/],
    [
      'a presupposed mark that is not there',
      (d) => (silver(d).presupposes[0]!.mark = 'nowhere'),
      /presupposes nowhere/,
    ],
    [
      'a doubt whose source is not there',
      (d) => (d.duties[0]!.unsettled = { since: '2024-06-05', source: 'T99' }),
      /unsettled.source names "T99"/,
    ],
    [
      'a doubt about a rule that had ended before',
      (d) =>
        Object.assign(firstRule(d), {
          validUntil: '2024-06-05',
          unsettled: { since: '2024-06-05', source: 'T7' },
        }),
      /unsettled since 2024-06-05, when it is no longer in force/,
    ],
    [
      'an explained fact that nothing asks for',
      (d) => (firstRule(d).facts = { yearsRegistered: { en: 'Years' } }),
      /facts explains "yearsRegistered"/,
    ],
    [
      'months of working days',
      (d) => (d.marks[0]!.processingTime = { period: 'P1M', business: true, source: 'T7' }),
      /only days can be working days, not P1M/,
    ],
    [
      'a rule in force on no day',
      (d) => Object.assign(firstRule(d), { validFrom: '2024-06-05', validUntil: '2024-06-05' }),
      /in force on no day/,
    ],
    ['an issuer without marks', (d) => (d.marks = []), /the role issuer and marks go together/],
    ['disputes without complaints', (d) => d.roles.push('disputes'), /needs complaints/],
    [
      'a regular expression',
      (d) => (firstRule(d).schema = { type: 'object', properties: { a: { pattern: '(a+)+$' } } }),
      /pattern is not an allowed keyword/,
    ],
    [
      'a reference',
      (d) => (firstRule(d).schema = { type: 'object', $ref: '#' }),
      /\$ref is not an allowed keyword/,
    ],
    [
      'a misspelt keyword',
      (d) => (firstRule(d).schema = { type: 'object', properties: { a: { minumum: 1 } } }),
      /minumum is not an allowed keyword/,
    ],
    ['no type', (d) => (firstRule(d).schema = { required: ['a'] }), /not of type object/],
    [
      'a fact that no record can have',
      (d) => (firstRule(d).schema = { type: 'object', required: ['a b'] }),
      /not a list of names of facts/,
    ],
    [
      'endless nesting',
      (d) =>
        (firstRule(d).schema = Array.from({ length: 9 }).reduce<Record<string, never>>(
          (inner) => ({ type: 'object', not: inner }) as never,
          {},
        )),
      /nested deeper/,
    ],
  ])('is found: %s', (_, change, fault) => {
    expect(broken(change).join('\n')).toMatch(fault)
  })

  test('a competence without basis, and a basis that is not taken', () => {
    const copy = structuredClone(member('jp-ccj'))
    copy.complaints!.takes = ['domestic', 'consumer-here-trader-abroad']
    expect(definitionFaults(copy)).toEqual([
      '"domestic" has no basis',
      '"consumer-abroad-trader-here" has a basis and is not taken',
    ])
  })
})

describe('the demonstration spreadsheets', () => {
  const DEMO = new URL('../src/cli/demo/', import.meta.url)
  const files = readdirSync(DEMO)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.slice(0, -'.csv'.length))
  const read = (id: string) =>
    importTable(
      readFileSync(new URL(`${id}.csv`, DEMO)),
      parseMapping(readFileSync(new URL(`${id}.mapping.json`, DEMO), 'utf8')),
      member(id),
      { today: TODAY },
    )

  const described: readonly string[] = DESCRIBED_MEMBERS
  const awarding = IDS.filter((id) => member(id).roles.includes('issuer') && !described.includes(id))

  test('one for each member that awards marks and takes part', () => {
    expect(files.sort()).toEqual(awarding.sort())
  })

  test.each(files)('%s imports whole, but for one certificate that has expired', (id) => {
    const { rows, drafts, rejected } = read(id)
    expect(rows).toBeGreaterThanOrEqual(30)
    expect(rejected.map((r) => r.code)).toEqual(['already-expired'])
    expect(drafts.flatMap((d) => d.rows)).toHaveLength(rows - 1)
    expect(drafts.some((d) => d.rows.length > 1)).toBe(true)
    expect(new Set(drafts.map((d) => d.holder.kind))).toEqual(new Set(['natural', 'juristic']))
    for (const { holder } of drafts) {
      expect(holder.identifiers).toHaveLength(holder.kind === 'juristic' ? 1 : 0)
      expect(holder.name.en).toBeDefined()
    }
  })

  test('sites stand under .example only, shops on platforms bear "demo" and hold DBD Registered', () => {
    for (const draft of files.flatMap((id) => read(id).drafts))
      for (const { kind, url, keys } of draft.presences)
        if (kind === 'web') expect(new URL(url).hostname).toMatch(/\.example$/)
        else {
          expect(keys[0]).toContain('demo')
          expect(draft.mark).toBe('registered')
        }
  })

  test('all levels occur, and every Silver has a DBD Registered of the same holder', () => {
    const levels = new Set(files.flatMap((id) => read(id).drafts.map((d) => `${id}/${d.mark}/${d.level}`)))
    for (const m of awarding.map(member))
      for (const mark of m.marks)
        for (const l of mark.levels) expect(levels).toContain(`${m.id}/${mark.id}/${l.id}`)
    const thai = read('th-dbd').drafts
    const registered = thai.filter((d) => d.mark === 'registered')
    for (const silver of thai.filter((d) => d.level === 'silver')) {
      const [own] = silver.holder.identifiers
      const base = registered.find((d) =>
        own
          ? d.holder.identifiers[0]?.value === own.value
          : d.holder.name.th === silver.holder.name.th &&
            d.presences.some((p) => silver.presences.some((q) => q.url === p.url)),
      )
      expect(base, silver.certificate).toBeDefined()
    }
  })

  test('every file says on its first line that it is invented', () => {
    for (const id of files)
      expect(readFileSync(new URL(`${id}.csv`, DEMO), 'utf8').split('\n')[0]).toMatch(/สมมติ|MINH HỌA|架空/)
  })
})
