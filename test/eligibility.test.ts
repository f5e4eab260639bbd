/** Which marks a shop can get: the rules that the hub applies, asked of somebody who has not answered everything. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  HOLDER_KINDS,
  type Level,
  type Mark,
  type MemberDefinition,
  memberDefinition,
  type Requirement,
} from '../src/alliance/definition.js'
import { definitionFaults } from '../src/alliance/definition-faults.js'
import { judgeDuties, tradesOf } from '../src/alliance/duties.js'
import {
  assessMember,
  type Outcome,
  orderMarks,
  requirementKey,
  type ShopAnswers,
} from '../src/alliance/eligibility.js'
import { type FactAnswer, factsOf, mergeFacts } from '../src/alliance/fact-domain.js'
import { judgeRequirement } from '../src/alliance/judge-requirement.js'
import { type RequirementFacts, requirementFaults, rulesInForce } from '../src/alliance/members.js'

const FOLDER = new URL('../members/', import.meta.url)
const readDefinition = (id: string): MemberDefinition =>
  JSON.parse(readFileSync(new URL(`${id}/member.json`, FOLDER), 'utf8'))

const MEMBERS: MemberDefinition[] = readdirSync(FOLDER).map(readDefinition)
const DBD = readDefinition('th-dbd')
const TODAY = '2026-11-22'
/** Days on which different rules are in force. */
const DAYS = ['2019-06-18', '2019-07-01', '2024-06-04', '2024-06-05', TODAY]

const NOTHING: ShopAnswers = { facts: {}, holds: {}, meets: {} }

/** Outcomes by `mark/level`. */
function outcomes(definition: MemberDefinition, answers: ShopAnswers, on = TODAY): Record<string, Outcome> {
  return Object.fromEntries(
    assessMember(definition, answers, on).map((one) => [`${one.mark.id}/${one.level.id}`, one.outcome]),
  )
}

function level(path: string): Level {
  const [markId, levelId] = path.split('/')
  const found = DBD.marks.find((mark) => mark.id === markId)?.levels.find(({ id }) => id === levelId)
  if (!found) throw new Error(`no level ${path}`)
  return found
}

describe('the table of 2019', () => {
  const passed = { passedStandard: true, evidence: 'certificate', lawfulGoods: true }
  const natural = (facts: Record<string, FactAnswer>, registered = true): ShopAnswers => ({
    ...NOTHING,
    holderKind: 'natural',
    sells: ['web'],
    facts: { ...passed, financialStatementYears: null, websiteAward: false, ...facts },
    holds: { 'registered/registered': registered },
  })
  const juristic = (facts: Record<string, FactAnswer>, registered = true): ShopAnswers => ({
    ...natural(facts, registered),
    holderKind: 'juristic',
  })
  const yes = 'possible'
  const no = 'not-yet'
  const never = 'not-for-you'

  test.each<[string, ShopAnswers, Outcome, Outcome, Outcome]>([
    ['a person, registered and holding DBD Registered', natural({ yearsRegistered: 0 }), yes, never, never],
    [
      'a person with years of everything',
      natural({ yearsRegistered: 9, financialStatementYears: 9 }),
      yes,
      never,
      never,
    ],
    ['a person who is not registered', natural({ yearsRegistered: null }), no, never, never],
    ['a person without DBD Registered', natural({ yearsRegistered: 3 }, false), no, never, never],
    ['a company in its first year', juristic({ yearsRegistered: 0 }), yes, no, no],
    [
      'a company with one year of both',
      juristic({ yearsRegistered: 1, financialStatementYears: 1 }),
      yes,
      yes,
      no,
    ],
    [
      'the same without DBD Registered',
      juristic({ yearsRegistered: 1, financialStatementYears: 1 }, false),
      no,
      yes,
      no,
    ],
    [
      'a company with two years, without an award',
      juristic({ yearsRegistered: 2, financialStatementYears: 2 }),
      yes,
      yes,
      no,
    ],
    [
      'a company with two years and an award',
      juristic({ yearsRegistered: 2, financialStatementYears: 2, websiteAward: true }),
      yes,
      yes,
      yes,
    ],
    [
      'two years registered, one of accounts',
      juristic({ yearsRegistered: 2, financialStatementYears: 1, websiteAward: true }),
      yes,
      yes,
      no,
    ],
    [
      'one year registered, two of accounts',
      juristic({ yearsRegistered: 1, financialStatementYears: 2, websiteAward: true }),
      yes,
      yes,
      no,
    ],
    [
      'a company below the standard',
      {
        ...juristic({
          yearsRegistered: 2,
          financialStatementYears: 2,
          websiteAward: true,
          passedStandard: false,
        }),
      },
      no,
      no,
      no,
    ],
  ])('%s', (_, answers, silver, gold, platinum) => {
    expect(outcomes(DBD, answers, '2019-07-01')).toEqual({
      'registered/registered': 'possible',
      'verified/silver': silver,
      'verified/gold': gold,
      'verified/platinum': platinum,
    })
  })

  test('stands in the scheme’s order, and has no first day: a source tells when it was written, not since when', () => {
    expect(Object.keys(outcomes(DBD, NOTHING))).toEqual([
      'registered/registered',
      'verified/silver',
      'verified/gold',
      'verified/platinum',
    ])
    const answers = natural({ yearsRegistered: 1 })
    expect(outcomes(DBD, answers, '2019-06-18')).toEqual(outcomes(DBD, answers, '2019-06-20'))
  })

  test('a shop on LINE alone can get DBD Registered and no mark for websites', () => {
    expect(outcomes(DBD, { ...natural({ yearsRegistered: 1 }), sells: ['line'] })).toEqual({
      'registered/registered': 'possible',
      'verified/silver': 'not-for-you',
      'verified/gold': 'not-for-you',
      'verified/platinum': 'not-for-you',
    })
    const [, silver] = assessMember(DBD, { ...natural({}), sells: ['line', 'web'] }, TODAY)
    expect(silver?.places).toEqual({ state: 'met', covered: ['web'] })
  })

  test('whether a company that never registered can rise is not known since 5 June 2024, and was "not yet" before', () => {
    const answers = juristic({ yearsRegistered: null, financialStatementYears: 3, websiteAward: true })
    expect(outcomes(DBD, answers, '2024-06-04')['verified/gold']).toBe('not-yet')
    const gold = assessMember(DBD, answers, '2024-06-05').find((one) => one.level.id === 'gold')
    expect([gold?.outcome, gold?.doubts]).toEqual(['unknown', ['unsettled']])
    expect(gold?.requirements.find((one) => one.state === 'unsettled')?.unsettled?.source).toBe('T7')
    // What is missing beside it is still missing; a person must register as before.
    expect(outcomes(DBD, juristic({ yearsRegistered: null }), TODAY)['verified/gold']).toBe('not-yet')
    expect(outcomes(DBD, natural({ yearsRegistered: null }), TODAY)['verified/silver']).toBe('not-yet')
  })

  test('who answers nothing is told what is open, never no', () => {
    for (const one of assessMember(DBD, NOTHING, TODAY)) {
      expect(one.outcome).toBe('unknown')
      expect(one.doubts).toContain('unanswered')
    }
    const gold = assessMember(DBD, NOTHING, TODAY).find((one) => one.level.id === 'gold')
    expect(gold?.requirements.map((one) => one.missing)).toEqual([
      ['holderKind'],
      ['yearsRegistered'],
      ['financialStatementYears'],
      ['passedStandard'],
    ])
  })
})

describe('other schemes', () => {
  const all: ShopAnswers = { ...NOTHING, holderKind: 'juristic', sells: ['web'] }

  test('a mark that is no longer awarded is for nobody, one that is unconfirmed is advised to nobody', () => {
    for (const definition of MEMBERS)
      for (const { mark, outcome } of assessMember(definition, all, TODAY)) {
        if (mark.status.state === 'ended') expect(outcome).toBe('ended')
        if (mark.status.state === 'unconfirmed') expect(outcome).not.toBe('possible')
      }
    expect(outcomes(readDefinition('vn-idea'), all)).toEqual({
      'website-notified/notified': 'unknown',
      'service-registered/registered': 'unknown',
    })
  })

  test('a mark of which no requirement is known is not called open to all', () => {
    const mark: Mark = {
      ...(DBD.marks[0] as Mark),
      levels: [{ ...level('registered/registered'), requirements: [] }],
    }
    const [only] = assessMember({ ...DBD, marks: [mark] }, all, TODAY)
    expect([only?.outcome, only?.doubts]).toEqual(['unknown', ['no-rules']])
  })

  test('a sole trader in Japan is asked for months, a company for its registration', () => {
    const tradesafe = readDefinition('jp-tradesafe')
    const missing = (holderKind: 'natural' | 'juristic') =>
      assessMember(tradesafe, { ...all, holderKind }, TODAY)[0]?.requirements[0]?.missing
    expect(missing('natural')).toEqual(['monthsInBusiness'])
    expect(missing('juristic')).toEqual(['registeredInJapan'])
  })

  test('a presupposed mark stands before those that presuppose it, and marks in a circle are each shown once', () => {
    const mark = (id: string, presupposes: string[]): Mark => ({
      ...(DBD.marks[0] as Mark),
      id,
      levels: [
        {
          ...level('registered/registered'),
          presupposes: presupposes.map((one) => ({ mark: one, text: { en: 'x' }, source: 'dbd-2019' })),
        },
      ],
    })
    const ids = (marks: Mark[]) => orderMarks(marks).map(({ id }) => id)
    expect(ids([mark('b', ['a']), mark('c', []), mark('a', [])])).toEqual(['a', 'b', 'c'])
    expect(ids([mark('a', ['b']), mark('b', ['a'])]).sort()).toEqual(['a', 'b'])
  })
})

/** Any answer to a fact, also such as no rule tells apart. */
const anyAnswer = (requirements: readonly Requirement[]) =>
  fc.record(
    Object.fromEntries(
      mergeFacts(requirements.flatMap(factsOf)).map(({ name, answers, type }) => [
        name,
        fc.oneof(
          fc.constantFrom(...answers),
          type === 'count' ? fc.nat(40) : type === 'boolean' ? fc.boolean() : fc.constantFrom('a', 'abc'),
        ),
      ]),
    ),
  ) as fc.Arbitrary<Record<string, FactAnswer>>

const requirementsOf = (definition: MemberDefinition): Requirement[] =>
  definition.marks.flatMap((mark) => mark.levels).flatMap((one) => one.requirements)

const without = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

describe('the questionnaire and the hub', () => {
  const issuers = MEMBERS.filter(({ marks }) => marks.length > 0)
  const scene = fc.constantFrom(...issuers).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      on: fc.constantFrom(...DAYS),
      holderKind: fc.constantFrom(...HOLDER_KINDS),
      facts: anyAnswer(requirementsOf(definition)),
      hidden: fc.subarray([
        ...new Set(
          requirementsOf(definition)
            .flatMap(factsOf)
            .map(({ name }) => name),
        ),
      ]),
      hidesKind: fc.boolean(),
      holds: fc.boolean(),
      sells: fc.constantFrom(undefined, ['web'] as const, ['line'] as const, ['other'] as const),
    }),
  )

  test('agree on complete answers, for every level, on every day', () => {
    fc.assert(
      fc.property(scene, ({ definition, on, holderKind, facts }) => {
        const record = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
        for (const one of assessMember(definition, { ...NOTHING, holderKind, facts }, on)) {
          const refused = requirementFaults(one.level, { ...record, holderKind } as RequirementFacts, on)
          const unmet = one.requirements.filter(({ state }) => state !== 'met')
          expect(one.requirements.map(({ requirement }) => requirement)).toEqual(
            rulesInForce(one.level.requirements, on),
          )
          expect(new Set(unmet.map(({ requirement }) => requirement))).toEqual(
            new Set(refused.map(({ requirement }) => requirement)),
          )
          expect(unmet.filter(({ state }) => state === 'open')).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
  })

  /** What may follow when more is answered. */
  const LATER: Record<Outcome, readonly Outcome[]> = {
    unknown: ['unknown', 'possible', 'not-yet', 'not-for-you'],
    possible: ['possible'],
    'not-yet': ['not-yet', 'not-for-you'],
    'not-for-you': ['not-for-you'],
    ended: ['ended'],
  }

  test('a further answer settles what was open and overturns nothing', () => {
    fc.assert(
      fc.property(scene, ({ definition, on, holderKind, facts, hidden, hidesKind, holds, sells }) => {
        const keys = definition.marks.flatMap((mark) =>
          mark.levels.flatMap((one) =>
            one.presupposes.map((p) => (p.level ? `${p.mark}/${p.level}` : p.mark)),
          ),
        )
        const held = Object.fromEntries(keys.map((key) => [key, holds]))
        const whole: ShopAnswers = { holderKind, facts, sells, holds: held, meets: {} }
        const lacking: ShopAnswers[] = [
          { ...whole, facts: without(facts, hidden), ...(hidesKind && { holderKind: undefined }) },
          { ...whole, holds: {} },
          { ...whole, sells: undefined },
        ]
        const after = outcomes(definition, whole, on)
        for (const less of lacking)
          for (const [id, before] of Object.entries(outcomes(definition, less, on)))
            expect(LATER[before], `${id}: ${before}`).toContain(after[id])
      }),
      { numRuns: 150 },
    )
  })

  test('a word on a requirement as a whole fills what is open and lifts nothing that the facts exclude', () => {
    const gold = level('verified/gold')
    const mark = DBD.marks.find(({ id }) => id === 'verified') as Mark
    const meets = Object.fromEntries(gold.requirements.map((one) => [requirementKey(mark, gold, one), true]))
    const company: ShopAnswers = { ...NOTHING, holderKind: 'juristic', sells: ['web'], meets }
    expect(outcomes(DBD, company)['verified/gold']).toBe('possible')
    expect(outcomes(DBD, { ...company, facts: { financialStatementYears: 0 } })['verified/gold']).toBe(
      'not-yet',
    )
    expect(outcomes(DBD, { ...company, holderKind: 'natural' })['verified/gold']).toBe('not-for-you')
    expect(outcomes(DBD, { ...company, holderKind: undefined })['verified/gold']).toBe('unknown')
  })
})

describe('what a rule asks', () => {
  const rule = (schema: Requirement['schema']): Requirement => ({
    id: 'x',
    text: { en: 'x' },
    schema,
    source: 's',
  })

  test('is read from its schema, with every number at which the judgement may change', () => {
    const [years] = mergeFacts(requirementsOf(DBD).flatMap(factsOf)).filter(
      ({ name }) => name === 'yearsRegistered',
    )
    expect(years).toMatchObject({ type: 'count', bounds: [0, 1, 2] })
    const both = rule({
      type: 'object',
      properties: { a: { type: 'integer', exclusiveMinimum: 3, maximum: 5 }, b: { enum: ['red', 'blue'] } },
      not: { required: ['c'] },
    })
    expect(factsOf(both).map(({ name, type }) => [name, type])).toEqual([
      ['a', 'count'],
      ['b', 'unclear'],
      ['c', 'unclear'],
    ])
    expect(factsOf(both)[0]?.bounds).toEqual([4, 6])
  })

  test('a rule with too many facts to try them all stays open, at once', () => {
    const names = Array.from({ length: 12 }, (_, i) => `fact${i}`)
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer', minimum: 5 }]))
    const judged = judgeRequirement(rule({ type: 'object', required: names, properties }), { facts: {} })
    expect(judged.state).toBe('open')
    expect(judged.missing).toEqual(['holderKind', ...names])
  })

  test('a rule that nobody can meet is not blamed on the kind of holder', () => {
    const nobody = rule({ type: 'object', not: { type: 'object' } })
    for (const holderKind of [undefined, ...HOLDER_KINDS])
      expect(judgeRequirement(nobody, { holderKind, facts: {} }).state).toBe('failed')
  })
})

describe('who must register in Thailand', () => {
  const shop = ['ordering-system', 'payment-system']
  test.each([
    ['a company that sells, before the change', '2024-06-04', 'juristic', shop, 'must'],
    ['a company that sells, since the change', '2024-06-05', 'juristic', shop, 'need-not'],
    ['a person who sells, before', '2024-06-04', 'natural', shop, 'must'],
    ['a person who sells, since', '2024-06-05', 'natural', shop, 'must'],
    ['a person who only shows goods', TODAY, 'natural', ['show-only'], 'need-not'],
    ['a person who shows and sells', TODAY, 'natural', ['show-only', 'ordering-system'], 'must'],
    ['a person of whom no rule speaks', TODAY, 'natural', [], 'no-rule'],
    ['a person who did not say what she does', TODAY, 'natural', undefined, 'unanswered'],
    ['somebody who sells, and it depends on who', TODAY, undefined, shop, 'unanswered'],
    ['a company, whatever it does', TODAY, 'juristic', undefined, 'need-not'],
  ] as const)('%s (%s)', (_, on, holderKind, trades, verdict) => {
    const answer = judgeDuties(DBD, { holderKind, trades }, on)
    expect(answer.verdict).toBe(verdict)
    expect(answer.because.length > 0).toBe(verdict === 'must' || verdict === 'need-not' || trades === shop)
  })

  test('what companies had to do is history, dated, and not among the rules in force', () => {
    const { inForce, past } = judgeDuties(DBD, {}, TODAY)
    expect(past.find(({ id }) => id === 'companies-before-2024')?.validUntil).toBe('2024-06-05')
    expect(inForce.map(({ id }) => id)).not.toContain('companies-before-2024')
    expect(judgeDuties(DBD, {}, '2024-06-04').future.map(({ id }) => id)).toContain('companies-since-2024')
  })

  test('Vietnam’s duties are not advised since the law of 1 July 2026', () => {
    const idea = readDefinition('vn-idea')
    const seller = { holderKind: 'juristic', trades: ['notify-website'] } as const
    expect(judgeDuties(idea, seller, '2026-06-30').verdict).toBe('must')
    expect(judgeDuties(idea, seller, '2026-07-01').verdict).toBe('unsettled')
  })

  test('a doubt about companies does not touch persons, and one of whom nothing was said may be a company', () => {
    const since = { since: '2024-06-05', holderKind: 'juristic', source: 'T7' } as const
    const [first] = DBD.duties
    const doubted = { ...DBD, duties: [{ ...first!, unsettled: since }] }
    const verdict = (holderKind: 'natural' | 'juristic' | undefined, on = TODAY) =>
      judgeDuties(doubted, { holderKind, trades: [first!.id] }, on).verdict
    expect([verdict('juristic'), verdict('natural'), verdict(undefined)]).toEqual([
      'unsettled',
      'must',
      'unsettled',
    ])
    expect(verdict('juristic', '2024-06-04')).toBe('must')
  })

  test('a definition that says nothing of whom its duties speak is shown and decides nothing', () => {
    const duties = DBD.duties.map(({ scope: _, ...duty }) => duty)
    const older = memberDefinition.parse({ ...DBD, duties })
    expect(definitionFaults(older)).toEqual([])
    const answer = judgeDuties(older, { holderKind: 'juristic', trades: shop }, TODAY)
    expect([answer.verdict, answer.because]).toEqual(['no-rule', []])
    expect(answer.inForce.length).toBeGreaterThan(0)
    expect(tradesOf(older, TODAY)).toEqual([])
    expect(tradesOf(DBD, TODAY).map(({ id }) => id)).toContain('ordering-system')
  })
})
