/** Routing: the golden file, the checks at load, and what holds for any facts and any directory. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMPETENCES } from '../src/alliance/definition.js'
import { LANGUAGES } from '../src/alliance/text.js'
import { referral } from '../src/dispute/route-question.js'
import { checkDirectory } from '../src/dispute/routing/check-directory.js'
import { checkRuleset, listProduct } from '../src/dispute/routing/check-ruleset.js'
import { type Reason, reason as reasonSchema } from '../src/dispute/routing/reason.js'
import { placeholdersOf, reasonWords } from '../src/dispute/routing/reason-text.js'
import { REFERRALS } from '../src/dispute/routing/referrals.js'
import { route } from '../src/dispute/routing/route.js'
import {
  MARK_VERDICTS,
  RECORD_STATES,
  type RecordFact,
  type Route,
  type RouteDirectory,
  type RouteFacts,
  type RouteMember,
} from '../src/dispute/routing/route-facts.js'
import { BASE_FEATURES, FEATURES, type Rule, type Ruleset } from '../src/dispute/routing/rule.js'
import { RULESET } from '../src/dispute/routing/ruleset.js'
import { tellReason } from '../src/dispute/routing/tell-reasons.js'
import { CASE_KINDS, CLAIM_TYPES, RELATIONS } from '../src/dispute/taxonomy.js'
import { demoDirectory, GOLDEN, summarise } from './routes.js'

const NAMES = new Map(demoDirectory().members.map((member) => [member.id, member]))
const reasonText = (reason: Reason, lang: string) =>
  tellReason(
    reason,
    reasonWords(lang, (id) => NAMES.get(id)),
  )
const idsOf = ({ reasons }: Route): string[] => reasons.map(({ rule }) => rule)

describe('the golden file', () => {
  it('has at least 60 cases, each with its source and a name of its own', () => {
    expect(GOLDEN.cases.length).toBeGreaterThanOrEqual(60)
    expect(GOLDEN.cases.filter(({ source }) => !source)).toEqual([])
    expect(new Set(GOLDEN.cases.map(({ name }) => name)).size).toBe(GOLDEN.cases.length)
  })

  it.each(GOLDEN.cases)('$name', ({ facts, directory, expected }) => {
    const found = route({ ...GOLDEN.defaults, ...facts }, demoDirectory(directory))
    expect(summarise(found)).toEqual(expected)
  })

  it('uses every rule that can apply in a demo', () => {
    const used = new Set(
      GOLDEN.cases.flatMap(({ expected }) => [...expected.rules, ...(expected.linked?.rules ?? [])]),
    )
    expect(RULESET.rules.map(({ id }) => id).filter((id) => !used.has(id))).toEqual(['A2'])
  })

  it('holds in both directions of every pair of Japan, Thailand and Vietnam', () => {
    for (const consumer of ['JP', 'TH', 'VN'])
      for (const merchant of ['JP', 'TH', 'VN'].filter((country) => country !== consumer))
        expect(
          GOLDEN.cases.filter(
            ({ facts }) => facts.consumerCountry === consumer && facts.records?.[0]?.country === merchant,
          ).length,
          `${consumer} against ${merchant}`,
        ).toBeGreaterThan(0)
  })
})

describe('the ruleset', () => {
  it('has no overlap, no hole, no rule without source or text', () => {
    expect(checkRuleset(RULESET)).toEqual([])
    expect(listProduct(BASE_FEATURES)).toHaveLength(
      BASE_FEATURES.reduce((product, feature) => product * FEATURES[feature].length, 1),
    )
  })

  const bend = (change: (rule: Rule) => Rule | undefined): Ruleset => ({
    version: 'bent',
    rules: RULESET.rules.flatMap((rule) => change(rule) ?? []),
  })
  const replace = (id: string, change: Partial<Rule>) =>
    bend((rule) => (rule.id === id ? { ...rule, ...change } : rule))

  it.each<[string, Ruleset, RegExp]>([
    [
      'a hole',
      bend((rule) => (rule.id === 'R31' ? undefined : rule)),
      /no base rule for .*known, takes, none/,
    ],
    [
      'an overlap',
      replace('R25', { when: { kind: ['complaint'], merchant: ['certified'], home: ['takes'] } }),
      /R20 and R25 both apply/,
    ],
    [
      'a rule that stands twice',
      { version: 'x', rules: [...RULESET.rules, RULESET.rules[0]!] },
      /G1 stands twice/,
    ],
    [
      'a value that never is',
      replace('G2', { when: { relation: ['B2X' as 'B2B'] } }),
      /relation = B2X, which never is/,
    ],
    [
      'a base rule on what is not checked',
      replace('R20', { when: { amount: ['high'] } }),
      /looks at amount, which the check/,
    ],
    [
      'a gate that knows the future',
      replace('G2', { when: { outcome: ['case'] } }),
      /looks at outcome before it is known/,
    ],
    [
      'a modifier that changes the lead',
      replace('R60', { effect: { lead: 'home' } }),
      /modifier and changes lead/,
    ],
    ['a case without a lead', replace('R20', { effect: {} }), /opens a case without a lead/],
    ['a referral to nowhere', replace('R36', { effect: { outcome: 'referral' } }), /refers to nowhere/],
    ['a decline without advice', replace('G5', { effect: { outcome: 'decline' } }), /refers to nowhere/],
    ['no source', replace('R20', { source: '' }), /has no source/],
    ['no text', replace('R20', { id: 'R999' }), /R999 has no text in th/],
  ])('is refused with %s', (_, ruleset, fault) => {
    expect(checkRuleset(ruleset).join('\n')).toMatch(fault)
    expect(() => route(GOLDEN.defaults, demoDirectory(), ruleset)).toThrow(fault)
  })
})

describe('referrals', () => {
  it('are what the API says that they are', () => {
    for (const { sets: _, ownWay: _o, ...wire } of REFERRALS)
      expect(referral.safeParse(wire).error).toBeUndefined()
  })

  it('have an address over http or a telephone, but for what she does herself', () => {
    for (const { id, url, phone, ownWay } of REFERRALS) {
      if (url === null && phone === undefined) expect(ownWay, id).toBe(true)
      if (url !== null) expect(new URL(url).protocol, id).toMatch(/^https?:$/)
    }
  })

  it('are given wherever there is no case', () => {
    for (const { facts, directory, expected } of GOLDEN.cases) {
      const found = route({ ...GOLDEN.defaults, ...facts }, demoDirectory(directory))
      if (expected.outcome === 'referral' || expected.outcome === 'decline')
        expect(found.referrals.length).toBeGreaterThan(0)
    }
  })
})

describe('reasons', () => {
  it('stand in every language, without a gap where a name belongs', () => {
    for (const { facts, directory } of GOLDEN.cases) {
      const found = route({ ...GOLDEN.defaults, ...facts }, demoDirectory(directory))
      for (const one of [found, ...(found.linked ? [found.linked] : [])])
        for (const reason of one.reasons)
          for (const lang of LANGUAGES) {
            const text = reasonText(reason, lang)
            expect(text, reason.rule).not.toBeNull()
            expect(text, reason.rule).not.toMatch(/[{}]|\(\)|undefined/)
          }
    }
  })

  it('carry codes only, which every reader tells in words of its own', () => {
    for (const { facts, directory } of GOLDEN.cases) {
      const found = route({ ...GOLDEN.defaults, ...facts }, demoDirectory(directory))
      for (const one of found.reasons) {
        expect(reasonSchema.parse(one)).toEqual(one)
        expect(new Set(Object.keys(one.params))).toEqual(placeholdersOf(one.rule))
      }
    }
  })

  it('name of several members only those that the rule is about', () => {
    const of = (name: string, rule: string) => {
      const { facts, directory } = GOLDEN.cases.find((one) => one.name === name)!
      return route({ ...GOLDEN.defaults, ...facts }, demoDirectory(directory)).reasons.find(
        (one) => one.rule === rule,
      )?.params
    }
    expect(of('two certificates: the member of the holder’s country counts', 'R23')).toEqual({
      others: { members: ['vn-ecomviet'] },
    })
    expect(of('seller and marketplace certified', 'R41')).toEqual({ market: { members: ['vn-ecomviet'] } })
    expect(of('CCJ has no key: OCPB leads, CCJ is kept informed', 'R22')).toEqual({
      homeBody: { members: ['jp-ccj'] },
      lead: { members: ['th-ocpb'] },
    })
  })

  it('are told with no gap: a rule that is not known, or of which something is missing, is not told', () => {
    expect(reasonText({ rule: 'R999', params: {} }, 'en')).toBeNull()
    expect(reasonText({ rule: 'R20', params: { lead: { members: ['jp-ccj'] } } }, 'en')).toBeNull()
    expect(
      reasonText({ rule: 'R20', params: { lead: { members: ['jp-ccj'] }, partner: { members: [] } } }, 'en'),
    ).toBeNull()
    expect(reasonText({ rule: 'R41', params: { market: { members: ['xx-new'] } } }, 'en')).toContain('xx-new')
  })

  it('name agencies and countries in the reader’s own words, and fall back to English', () => {
    const { reasons } = route({ ...GOLDEN.defaults, ...GOLDEN.cases[0]!.facts }, demoDirectory())
    const text = (rule: string, lang: string) =>
      reasonText(reasons.find((reason) => reason.rule === rule)!, lang)
    expect(text('R20', 'ja')).toContain(
      '国民生活センター越境消費者センター（CCJ）'.replace('（', ' (').replace('）', ')'),
    )
    expect(text('R20', 'th')).toContain('สำนักงานคณะกรรมการคุ้มครองผู้บริโภค (สคบ.)')
    expect(text('R60', 'en')).toContain('CCJ works in Japanese, OCPB in Thai and English')
    expect(text('R60', 'zh-Hant')).toBe(text('R60', 'en'))
    expect(text('R20', 'ja-JP')).toBe(text('R20', 'ja'))
  })

  it('call an assumption one, in other words for a demo than for a real hub', () => {
    const facts = { ...GOLDEN.defaults, ...GOLDEN.cases[0]!.facts }
    const last = (demo: boolean) => route(facts, demoDirectory({}, demo)).reasons.at(-1)!
    expect(last(true).rule).toBe('A1')
    expect(reasonText(last(true), 'en')).toMatch(
      /^In this demonstration it is assumed that such complaints are taken by Office of the Consumer/,
    )
    expect(last(false).rule).toBe('A2')
    expect(reasonText(last(false), 'en')).toMatch(/^No public source confirms/)
  })
})

describe('a directory', () => {
  it('of the demo has nothing that routing could not use', () => {
    expect(checkDirectory(demoDirectory())).toEqual([])
  })

  it('is told which members get nothing, and where two would lead', () => {
    expect(checkDirectory(demoDirectory({ 'jp-ccj': 'keyless' }))).toEqual([
      'jp-ccj takes complaints by its definition, and has no enc key: it gets none',
    ])
    const twice = demoDirectory()
    const second = { ...twice.members.find(({ id }) => id === 'jp-ccj')!, id: 'jp-second' }
    expect(checkDirectory({ ...twice, members: [...twice.members, second] })).toEqual([
      'JP has two home agencies: jp-second is not the one that is chosen',
    ])
  })
})

// ---- any facts, any directory

const COUNTRY = fc.constantFrom('JP', 'TH', 'VN', 'US', 'DE', 'XA')
const MEMBER_IDS = ['jp-a', 'jp-b', 'th-a', 'th-b', 'vn-a', 'us-a']

const member = (id: string): fc.Arbitrary<RouteMember> =>
  fc.record({
    id: fc.constant(id),
    country: fc.constant(id.slice(0, 2).toUpperCase()),
    name: fc.constant({ en: `Agency ${id}` }),
    shortName: fc.constant({ en: id }),
    participation: fc.constantFrom('admitted', 'admitted', 'described', 'suspended', 'left'),
    receives: fc.boolean(),
    disputes: fc.boolean(),
    languages: fc.uniqueArray(fc.constantFrom('ja', 'th', 'vi', 'en')),
    takes: fc.uniqueArray(fc.constantFrom(...COMPETENCES)),
    basis: fc.array(
      fc.record(
        {
          takes: fc.constantFrom(...COMPETENCES),
          extent: fc.constantFrom('stated', 'unrestricted'),
          countries: fc.array(COUNTRY),
          through: fc.constant('partner' as const),
        },
        { requiredKeys: ['takes', 'extent'] },
      ),
      { maxLength: 4 },
    ),
    partnerCountries: fc.array(COUNTRY, { maxLength: 2 }),
  })

const directories: fc.Arbitrary<RouteDirectory> = fc.record({
  demo: fc.boolean(),
  members: fc
    .subarray(MEMBER_IDS)
    .chain((ids) => fc.tuple(...ids.map(member)) as unknown as fc.Arbitrary<RouteMember[]>),
})

const records: fc.Arbitrary<RecordFact[]> = fc.array(
  fc.record({
    id: fc.string(),
    member: fc.constantFrom(...MEMBER_IDS, 'xx-gone'),
    country: COUNTRY,
    state: fc.constantFrom(...RECORD_STATES),
    bound: fc.boolean(),
    auditedAt: fc.nat(),
  }),
  { maxLength: 3 },
)

const questions: fc.Arbitrary<RouteFacts> = fc.record({
  kind: fc.constantFrom(...CASE_KINDS),
  relation: fc.constantFrom(...RELATIONS),
  claimType: fc.constantFrom(...CLAIM_TYPES),
  consumerCountry: COUNTRY,
  merchantCountry: fc.option(COUNTRY),
  records,
  markShown: fc.option(fc.constantFrom(...MEMBER_IDS, 'xx-gone')),
  markVerdict: fc.constantFrom(...MARK_VERDICTS),
  marketplace: fc.option(fc.record({ records })),
  amountBand: fc.integer({ min: 0, max: 5 }),
  currency: fc.constantFrom('JPY', 'XXX'),
  lang: fc.constantFrom('ja', 'en', 'zh-Hant', 'xx'),
  contactedMerchant: fc.boolean(),
  otherProceedings: fc.boolean(),
  minor: fc.boolean(),
})

const stageOf = new Map(RULESET.rules.map((rule) => [rule.id, rule]))
const RUNS = { numRuns: 2000 }

/** The route and the one beside it. */
const routesOf = (facts: RouteFacts, directory: RouteDirectory): Route[] => {
  const found = route(facts, directory)
  return found.linked ? [found, found.linked] : [found]
}

describe('for any facts and any directory', () => {
  it('exactly one base rule speaks, or one gate ends it', () => {
    fc.assert(
      fc.property(questions, directories, (facts, directory) => {
        for (const found of routesOf(facts, directory)) {
          const rules = idsOf(found).map((id) => stageOf.get(id)!)
          const ends = rules.filter(({ stage, effect }) => stage === 'gate' && effect.outcome !== undefined)
          expect(rules.filter(({ stage }) => stage === 'base').length + ends.length).toBe(1)
          expect(new Set(idsOf(found)).size).toBe(rules.length)
        }
      }),
      RUNS,
    )
  })

  it('lead and partner are admitted members with a live key, and not the same one', () => {
    fc.assert(
      fc.property(questions, directories, (facts, directory) => {
        const find = (id: string) => directory.members.find((one) => one.id === id)
        for (const { lead, partner, cc, outcome, flags } of routesOf(facts, directory)) {
          for (const id of [lead, partner].filter((one) => one !== null))
            expect(find(id)).toMatchObject({ participation: 'admitted', receives: true })
          if (partner !== null) expect(partner).not.toBe(lead)
          if (outcome !== 'case') expect([lead, partner, cc]).toEqual([null, null, []])
          if (outcome === 'case' && lead === null) expect(flags).toContain('unmatched')
          if (flags.includes('unmatched')) expect([lead, partner]).toEqual([null, null])
          for (const id of cc) {
            expect(find(id)?.participation).toBe('admitted')
            expect([lead, partner]).not.toContain(id)
          }
          expect(new Set(cc).size).toBe(cc.length)
        }
      }),
      RUNS,
    )
  })

  it('the same question gets the same route, whatever the order of records and members', () => {
    fc.assert(
      fc.property(questions, directories, (facts, directory) => {
        const [first] = routesOf(facts, directory)
        expect(routesOf(structuredClone(facts), structuredClone(directory))[0]).toEqual(first)
        const ids = facts.records.map(({ id }) => id)
        if (new Set(ids).size !== ids.length) return
        const turned = route({ ...facts, records: facts.records.toReversed() }, directory)
        expect([turned.lead, turned.partner, turned.record]).toEqual([
          first!.lead,
          first!.partner,
          first!.record,
        ])
      }),
      RUNS,
    )
  })

  it('a minor is led nowhere, a forged mark makes one report and one claim, the shop of a forged mark is not asked first', () => {
    fc.assert(
      fc.property(questions, directories, (facts, directory) => {
        const found = route(facts, directory)
        if (facts.minor) {
          expect(found.linked).toBeUndefined()
          expect(found.gates).toContain('G1')
          return
        }
        const forged = facts.markVerdict === 'forged' && facts.kind !== 'mark_misuse'
        expect(found.linked !== undefined).toBe(forged)
        if (!forged) return
        expect(found.kind).toBe('mark_misuse')
        expect(found.linked?.kind).toBe(facts.kind)
        expect(found.linked?.outcome).not.toBe('precontact')
      }),
      RUNS,
    )
  })

  it('what is not proven is never called forged', () => {
    fc.assert(
      fc.property(questions, directories, (facts, directory) => {
        if (facts.markVerdict === 'forged') return
        for (const found of routesOf(facts, directory)) {
          expect(idsOf(found)).not.toContain('M1')
          expect(found.flags).not.toContain('merchant_untrusted')
        }
      }),
      RUNS,
    )
  })
})
