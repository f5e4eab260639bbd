/** Every word a verdict can say today, their order, and that time alone changes them when it should. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  changeStatus,
  headline,
  type Judged,
  judgeRecord,
  nextChange,
  RECORD_STATUSES,
} from '../src/record/judge.js'
import {
  POSITIVE_VERDICTS,
  VERDICTS,
  type Verdict,
  type VerdictWord,
  verdict as verdictSchema,
} from '../src/record/verdict.js'
import { STATUS_CHANGES } from '../src/trust/statements.js'
import {
  createTestHub,
  recordClaims,
  signRecord,
  signStanding,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

let t: TestHub
let dbd: TestMember

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
})

const gold = { certificate: 'V-1', mark: 'verified', level: 'gold' }
const SHOP = 'url=https://somjai-silk.example'

async function publish(options: Parameters<typeof recordClaims>[2] = {}, by = dbd): Promise<void> {
  const [result] = await t.push(await signRecord(by, recordClaims(by, t.now(), options)))
  expect(result).toMatchObject({ outcome: 'accepted' })
}

async function change(word: string, record = 'th-dbd:R-1'): Promise<void> {
  t.tick()
  expect(await t.push(await signStatus(dbd, record, word, t.now()))).toMatchObject([{ outcome: 'accepted' }])
}

/** The verdict, always held against its published schema. */
async function ask(query = SHOP): Promise<Verdict> {
  const answer = await t.verdict(query)
  expect(t.reported).toEqual([])
  return verdictSchema.parse(answer)
}

describe('the headline', () => {
  const words: Record<Exclude<VerdictWord, 'key-compromised'>, () => Promise<unknown>> = {
    certified: () => publish(gold),
    'identity-confirmed': () => publish(),
    registered: async () =>
      publish({ mark: 'website-notified', level: 'notified', facts: {} }, await t.admit('vn-idea')),
    suspended: async () => {
      await publish()
      await change('suspended')
    },
    'issuer-suspended': async () => {
      await publish()
      await t.push(await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    },
    'issuer-left': async () => {
      await publish()
      await t.push(await signStanding(t.operator, 'th-dbd', 'left', t.now()))
    },
    revoked: async () => {
      await publish()
      await change('revoked')
    },
    expired: async () => {
      await publish({ exp: t.now() + 10 })
      t.tick(10)
    },
    'not-yet-valid': async () => {
      // Signed by a clock a minute ahead, and looked up by one that has been set back since.
      await t.push(await signRecord(dbd, recordClaims(dbd, t.now() + 60)))
      t.tick(-1)
    },
    'unresolvable-link': async () => {},
    'not-found': async () => {},
  }

  it.each(Object.entries(words))('says %s', async (word, arrange) => {
    await arrange()
    const verdict = await ask(word === 'unresolvable-link' ? 'url=https://lin.ee/abc' : SHOP)
    expect(verdict.verdict).toBe(word)
    expect(verdict.records.map((record) => record.verdict)).toEqual(
      ['unresolvable-link', 'not-found'].includes(word) ? [] : [word],
    )
    expect(verdict.advice !== undefined).toBe(word === 'unresolvable-link')
    expect(verdict.searched !== undefined).toBe(word === 'not-found')
  })

  it('knows every word there is; a stolen key alone can’t be declared yet', () => {
    expect([...Object.keys(words), 'key-compromised'].sort()).toEqual([...VERDICTS].sort())
  })

  it('is the best of several records, each with its own verdict, best first', async () => {
    await publish()
    await publish(gold)
    await publish({ certificate: 'R-2', exp: t.now() + 5 })
    await change('suspended')
    t.tick(10)
    const verdict = await ask()
    expect(verdict.verdict).toBe('certified')
    expect(verdict.records.map(({ id, verdict: word }) => [id, word])).toEqual([
      ['th-dbd:V-1', 'certified'],
      ['th-dbd:R-1', 'suspended'],
      ['th-dbd:R-2', 'expired'],
    ])
    await change('revoked', 'th-dbd:V-1')
    expect((await ask()).verdict).toBe('suspended')
  })

  it('takes any set of verdicts in the published order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS)), (all) => {
        const best =
          all.length === 0 ? 'not-found' : VERDICTS[Math.min(...all.map((word) => VERDICTS.indexOf(word)))]
        expect(headline(all)).toBe(best)
      }),
    )
  })
})

describe('judging one record', () => {
  const judged = fc.record<Judged>({
    kind: fc.constantFrom('quality', 'identity', 'registration'),
    iat: fc.integer({ min: 0, max: 1000 }),
    exp: fc.integer({ min: 0, max: 1000 }),
    status: fc.constantFrom(...RECORD_STATUSES),
    participation: fc.constantFrom('described', 'admitted', 'suspended', 'left'),
    keyCompromised: fc.boolean(),
  })
  const now = fc.integer({ min: -100, max: 1100 })

  it('is positive only when nothing at all is wrong', () => {
    fc.assert(
      fc.property(judged, now, (record, at) => {
        const fine =
          record.status === 'active' &&
          record.participation === 'admitted' &&
          !record.keyCompromised &&
          at < record.exp &&
          at >= record.iat - 60
        expect(POSITIVE_VERDICTS.includes(judgeRecord(record, at))).toBe(fine)
      }),
      { numRuns: 1000 },
    )
  })

  it('changes by time alone at no moment that was not foretold', () => {
    fc.assert(
      fc.property(judged, now, now, (record, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const next = nextChange(record, from)
        if (next === undefined || to < next) expect(judgeRecord(record, to)).toBe(judgeRecord(record, from))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the status of a record', () => {
  it('ends with revocation, and only a reinstatement lifts a suspension', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATUS_CHANGES)), (changes) => {
        let status: (typeof RECORD_STATUSES)[number] = 'active'
        for (const step of changes) {
          const next = changeStatus(status, step)
          if (status === 'revoked') expect(next).toBeUndefined()
          if (status === 'suspended' && next === 'active') expect(step).toBe('reinstated')
          if (step === 'revoked' && status !== 'revoked') expect(next).toBe('revoked')
          if (next !== undefined) expect(next).not.toBe(status)
          status = next ?? status
        }
      }),
    )
  })

  it('stays what the member said, whatever it sends in whatever order, on a real hub', async () => {
    const step = fc.constantFrom(...STATUS_CHANGES, 'issued' as const)
    let certificate = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        certificate += 1
        const options = { certificate: `S-${certificate}`, url: `https://s-${certificate}.example` }
        const record = `th-dbd:${options.certificate}`
        let model: string | undefined
        for (const word of steps) {
          t.tick()
          const statement =
            word === 'issued'
              ? await signRecord(dbd, recordClaims(dbd, t.now(), options))
              : await signStatus(dbd, record, word, t.now())
          const [result] = await t.push(statement)
          const before = model
          if (word === 'issued') model = before === 'revoked' ? 'revoked' : (before ?? 'identity-confirmed')
          else if (before && before !== 'revoked') {
            if (word === 'revoked') model = 'revoked'
            if (word === 'suspended') model = 'suspended'
            if (word === 'reinstated') model = 'identity-confirmed'
          }
          const accepted = word === 'issued' ? before !== 'revoked' : model !== before
          expect(result?.outcome).toBe(accepted ? 'accepted' : 'rejected')
          expect((await ask(`record=${record}`)).verdict).toBe(model ?? 'not-found')
        }
      }),
      { numRuns: 15 },
    )
  })

  it('shows why and since when, with the signed change', async () => {
    await publish()
    await change('suspended')
    const [record] = (await ask()).records
    expect(record?.status).toMatchObject({
      change: 'suspended',
      reason: { en: 'test' },
      effective: new Date(t.now() * 1000).toISOString(),
      index: 2,
    })
    expect(record?.status?.statement.split('.')).toHaveLength(3)
  })
})

describe('a verdict that is kept', () => {
  it('is given again as it was, and anew when the log has grown', async () => {
    await publish()
    const first = await ask()
    t.tick(5)
    expect(await ask()).toEqual(first)
    await publish({ certificate: 'R-9', url: 'https://elsewhere.example' })
    const second = await ask()
    expect([first.asOf.size, second.asOf.size]).toEqual([2, 3])
    expect(second.records).toEqual(first.records)
  })

  it('ends in the second its record ends', async () => {
    await publish({ exp: t.now() + 100 })
    expect((await ask()).verdict).toBe('identity-confirmed')
    t.tick(99)
    expect((await ask()).verdict).toBe('identity-confirmed')
    t.tick()
    expect((await ask()).verdict).toBe('expired')
  })

  it('begins in the second its record begins', async () => {
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now() + 60)))
    t.tick(-10)
    expect((await ask()).verdict).toBe('not-yet-valid')
    t.tick(9)
    expect((await ask()).verdict).toBe('not-yet-valid')
    t.tick()
    expect((await ask()).verdict).toBe('identity-confirmed')
  })

  it('is kept apart by every part of its question', async () => {
    await publish()
    const answers = await Promise.all(
      [
        SHOP,
        `${SHOP}&for=VN`,
        `${SHOP}/`,
        'record=th-dbd:R-1',
        'identifier=0105548060561',
        'identifier=th-juristic:0105548060561',
      ].map((query) => ask(query)),
    )
    expect(new Set(answers.map(({ query }) => JSON.stringify(query))).size).toBe(answers.length)
    for (const answer of answers) expect(answer.records.map(({ id }) => id)).toEqual(['th-dbd:R-1'])
  })

  it('changes when a member’s standing does, though no record changed', async () => {
    await publish()
    expect((await ask()).verdict).toBe('identity-confirmed')
    await t.push(await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    expect((await ask()).verdict).toBe('issuer-suspended')
    await t.push(await signStanding(t.operator, 'th-dbd', 'admitted', t.now()))
    expect((await ask()).verdict).toBe('identity-confirmed')
  })
})
