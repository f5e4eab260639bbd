/** What checkRecord and the rules across records refuse, pushed to a hub as a member would; and that neighbours pass. */
import { beforeEach, describe, expect, it } from 'vitest'
import { checkRecord } from '../src/record/check-record.js'
import { sameHolder } from '../src/record/holder.js'
import type { RecordClaims, RecordPresence } from '../src/record/record.js'
import type { Refusal } from '../src/refusal.js'
import { createJti, signJws } from '../src/trust/signer.js'
import { STATUS_TYP } from '../src/trust/statements.js'
import { twinOf } from './attacks.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signRecord,
  signRegister,
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

const YEAR = 365 * 86_400
const HOLDER_TWO = { name: { th: 'ร้านอื่น' }, identifiers: [{ scheme: 'th-juristic', value: '0107537000254' }] }
/** A valid citizen number made up from the check rule; it belongs to the test only. */
const CITIZEN = '1101700230708'

type Options = Parameters<typeof recordClaims>[2]
type Bend = (claims: RecordClaims) => void

async function push(options: Options = {}, bend: Bend = () => {}, by: TestMember = dbd): Promise<string> {
  const claims = recordClaims(dbd, t.now(), options)
  bend(claims)
  const [result] = await t.push(await signRecord(by, claims))
  expect(t.reported).toEqual([])
  return result?.outcome === 'rejected' ? result.problem.code : (result?.outcome ?? 'no answer')
}

const presence = (claims: RecordClaims) => claims.trustmark.presences[0] as RecordPresence
const gold = { certificate: 'V-1', mark: 'verified', level: 'gold' }
const silver = { certificate: 'V-2', mark: 'verified', level: 'silver' }

describe('a record', () => {
  it.each<[string, string, Options, Bend]>([
    [
      'a type of another member',
      'type-not-permitted',
      {},
      (c) => {
        c.trust_mark_type = c.trust_mark_type.replace('th-dbd', 'vn-idea')
      },
    ],
    [
      'a type of another origin',
      'type-not-permitted',
      {},
      (c) => {
        c.trust_mark_type = c.trust_mark_type.replace(ORIGIN, 'https://sandbox.example')
      },
    ],
    [
      'a level that does not exist',
      'type-not-permitted',
      {},
      (c) => {
        c.trust_mark_type += 'x'
      },
    ],
    [
      'a type with something behind',
      'type-not-permitted',
      {},
      (c) => {
        c.trust_mark_type += '/'
      },
    ],
    [
      "another member's id",
      'id-not-own',
      {},
      (c) => {
        c.trustmark.id = 'vn-idea:R-1'
      },
    ],
    [
      'a page that is not its own',
      'bad-claims',
      {},
      (c) => {
        c.ref = 'https://evil.example/r/th-dbd:R-1'
      },
    ],
    [
      'an end before its beginning',
      'expired-before-issue',
      {},
      (c) => {
        c.exp = c.iat
      },
    ],
    [
      'a year of the Buddhist era taken for a Gregorian one',
      'validity-too-long',
      {},
      (c) => {
        c.exp = c.iat + 543 * YEAR
      },
    ],
    [
      'a validity longer than its mark has',
      'validity-too-long',
      gold,
      (c) => {
        c.exp = c.iat + 2 * YEAR
      },
    ],
    [
      'a kind of presence the level does not cover',
      'presence-kind-not-covered',
      { ...gold, url: 'https://shopee.co.th/shop/123' },
      () => {},
    ],
    [
      'a presence not in canonical form',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).url = c.sub = 'https://somjai-silk.example/'
      },
    ],
    [
      'a presence in capitals',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).keys = ['web:SOMJAI-silk.example']
      },
    ],
    [
      "a presence with another site's key",
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).keys = ['web:evil.example']
      },
    ],
    [
      'a web presence with a second key',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).keys.push('web:evil.example')
      },
    ],
    [
      'a short link as presence',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).url = c.sub = 'https://bit.ly/abc'
      },
    ],
    [
      'an IP address as presence',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).url = c.sub = 'https://192.0.2.1'
      },
    ],
    [
      'a public suffix as presence',
      'presence-not-canonical',
      {},
      (c) => {
        presence(c).url = c.sub = 'https://co.th'
      },
    ],
    [
      'the scope domain on a port',
      'presence-not-canonical',
      { url: 'https://somjai-silk.example:8443', scope: 'domain' },
      () => {},
    ],
    [
      'the scope domain on a platform',
      'presence-not-canonical',
      { url: 'https://shopee.co.th/shop/123', scope: 'domain' },
      () => {},
    ],
    [
      'another subject than its main presence',
      'subject-not-main-presence',
      {},
      (c) => {
        c.sub = 'https://evil.example'
      },
    ],
    [
      'a wrong check digit',
      'bad-identifier',
      { holder: { identifiers: [{ scheme: 'th-juristic', value: '0105548060562' }] } },
      () => {},
    ],
    [
      'an identifier with separators',
      'bad-identifier',
      { holder: { identifiers: [{ scheme: 'th-juristic', value: '0-1055-48060-56-1' }] } },
      () => {},
    ],
    [
      'an identifier scheme nobody knows',
      'bad-identifier',
      { holder: { identifiers: [{ scheme: 'constructor', value: '1' }] } },
      () => {},
    ],
    ['the number of a natural person', 'personal-number', { holder: { kind: 'natural' } }, () => {}],
    [
      "a citizen's number for a company's",
      'personal-number',
      { holder: { identifiers: [{ scheme: 'th-juristic', value: CITIZEN }] } },
      () => {},
    ],
    [
      "a citizen's number in the name",
      'personal-number',
      { holder: { name: { th: `สมใจ ${CITIZEN}` } } },
      () => {},
    ],
    [
      "a citizen's number in Thai digits",
      'personal-number',
      { holder: { name: { th: 'สมใจ ๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘' } } },
      () => {},
    ],
    ["a citizen's number as certificate number", 'personal-number', { certificate: CITIZEN }, () => {}],
    [
      "a citizen's number in a contact",
      'personal-number',
      { holder: { contact: [{ kind: 'address', value: `ID ${CITIZEN}` }] } },
      () => {},
    ],
    ["a citizen's number in a fact", 'personal-number', { facts: { evidence: CITIZEN } }, () => {}],
    ["a citizen's number in the sector", 'personal-number', { holder: { sector: CITIZEN } }, () => {}],
    [
      "a citizen's number in a claim nobody reads",
      'personal-number',
      {},
      (c) => {
        Object.assign(c, { note: { deep: [CITIZEN] } })
      },
    ],
    [
      'coverage that its criteria do not give',
      'principles-differ',
      {},
      (c) => {
        c.trustmark.principles.security = 'full'
      },
    ],
    [
      'criteria of another version',
      'principles-differ',
      {},
      (c) => {
        c.trustmark.criteriaVersion = '1999'
      },
    ],
    [
      'Gold for a natural person',
      'requirement-not-met',
      { ...gold, holder: { kind: 'natural', identifiers: [] } },
      () => {},
    ],
    [
      'Gold in the first year',
      'requirement-not-met',
      { ...gold, facts: { yearsRegistered: 0, financialStatementYears: 1, passedStandard: true } },
      () => {},
    ],
    ['a fact left out', 'requirement-not-met', { facts: {} }, () => {}],
    [
      'a requirement met in words only',
      'requirement-not-met',
      { ...gold, facts: { yearsRegistered: '3', financialStatementYears: 3, passedStandard: 'true' } },
      () => {},
    ],
    ['Silver without a Registered record', 'presupposed-mark-missing', silver, () => {}],
    [
      'a date 61 s ahead',
      'issued-in-future',
      {},
      (c) => {
        c.iat += 61
      },
    ],
  ])('with %s is refused: %s', async (_name, code, options, bend) => {
    expect(await push(options, bend)).toBe(code)
    expect((await t.verdict('url=somjai-silk.example')).verdict).toBe('not-found')
    // The same hub goes on taking what is right.
    expect(await push()).toBe('accepted')
  })

  it('says where the fault is, what it is, and which source says so', async () => {
    const claims = recordClaims(dbd, t.now(), { ...gold, holder: { kind: 'natural', identifiers: [] } })
    const [result] = await t.push(await signRecord(dbd, claims))
    expect(result).toMatchObject({
      outcome: 'rejected',
      problem: {
        type: `${ORIGIN}/problems/requirement-not-met`,
        status: 422,
        at: 'trustmark.holder.kind',
        value: 'natural',
        detail: expect.any(String),
        source: expect.any(String),
      },
    })
  })

  it.each([
    [{ scheme: 'th-juristic', value: CITIZEN }],
    [{ scheme: 'th-citizen', value: CITIZEN }],
    [{ scheme: 'jp-corporate', value: CITIZEN }],
    [{ scheme: CITIZEN, value: '1' }],
  ])('never gets a citizen’s number echoed: %j', async (identifier) => {
    const answer = await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now(), { holder: { identifiers: [identifier] } })),
    )
    expect(answer).toMatchObject([{ outcome: 'rejected' }])
    expect(JSON.stringify(answer)).not.toContain(CITIZEN)
  })

  it('at the very end of its mark’s validity is accepted', async () => {
    // One year, to the end of the day reached, in Bangkok.
    const claims = recordClaims(dbd, t.now(), gold)
    const end = Date.UTC(2027, 10, 22, 17) / 1000
    claims.exp = end + 1
    expect((await t.push(await signRecord(dbd, claims)))[0]).toMatchObject({
      problem: { code: 'validity-too-long' },
    })
    claims.exp = end
    expect((await t.push(await signRecord(dbd, claims)))[0]).toMatchObject({ outcome: 'accepted' })
  })

  it('dated 60 s ahead is accepted', async () => {
    expect(
      await push({}, (c) => {
        c.iat += 60
      }),
    ).toBe('accepted')
  })

  it('may carry facts named like what every object has', async () => {
    expect(
      await push({
        facts: { evidence: 'x', constructor: '1', toString: '2', hasOwnProperty: '3', valueOf: 4 } as never,
      }),
    ).toBe('accepted')
    expect((await t.verdict('record=th-dbd:R-1')).verdict).toBe('identity-confirmed')
  })

  it('may name an identifier twice without holding up the log', async () => {
    const same = { scheme: 'th-juristic', value: '0105548060561' }
    expect(await push({ holder: { identifiers: [same, same] } })).toBe('accepted')
    expect((await t.verdict('identifier=0105548060561')).records).toHaveLength(1)
  })

  it('may name a presence twice without holding up the log', async () => {
    expect(
      await push({}, (c) => {
        c.trustmark.presences.push({ ...presence(c), scope: 'domain' })
      }),
    ).toBe('accepted')
    expect((await t.verdict('url=www.somjai-silk.example')).verdict).toBe('identity-confirmed')
  })

  it('keeps its holder’s name exactly, whatever its characters', async () => {
    const name = { th: 'สมใจ\u200bผ้าไหม', en: 'A\u0300 \u00c0 <b>&"\\ x', ja: '髙島屋🈁' }
    expect(await push({ holder: { name } })).toBe('accepted')
    expect((await t.verdict('record=th-dbd:R-1')).records[0]?.holder.name).toEqual(name)
  })
})

describe('a text of a record', () => {
  it('holds no control character, direction override or mere blank', async () => {
    for (const text of ['a\u0007b', 'a\u001b[2Kb', 'a\nb', '\u202egnp.exe', '\u2066x', '\u200b', ' \u3000 '])
      for (const holder of [
        { name: { en: text } },
        { sector: text },
        { contact: [{ kind: 'email' as const, value: text }] },
      ])
        expect(await push({ holder })).toBe('bad-claims')
  })
})

describe('a presence', () => {
  it('is not confirmed on a day to come', async () => {
    const claims = recordClaims(dbd, t.now())
    claims.trustmark.presences[0]!.confirmedAt = '2099-01-01'
    expect(await t.push(await signRecord(dbd, claims))).toMatchObject([
      { problem: { code: 'bad-claims', at: 'trustmark.presences[0].confirmedAt' } },
    ])
  })

  it('has further keys for the same shop of the same site only', async () => {
    const main = ['shopee:th:user:demo_shop', 'shopee:th:shop:1']
    const attempt = async (keys: string[]) => {
      const claims = recordClaims(dbd, t.now(), {
        certificate: `K-${keys.join('').length}`,
        url: 'https://shopee.co.th/demo_shop',
      })
      claims.trustmark.presences[0]!.keys = keys
      const [result] = await t.push(await signRecord(dbd, claims))
      return result?.outcome === 'rejected' ? result.problem.code : result?.outcome
    }
    expect(await attempt(main)).toBe('accepted')
    for (const extra of ['shopee:vn:shop:99999992', 'shopee:th:shop:2', 'shopee:th:user:other'])
      expect(await attempt([...main, extra])).toBe('presence-not-canonical')
  })

  it('carries at most twenty records in force of one mark', async () => {
    const many = await Promise.all(
      Array.from({ length: 21 }, (_, i) =>
        signRecord(
          dbd,
          recordClaims(dbd, t.now(), { certificate: `M-${i}`, url: 'https://crowded.example' }),
        ),
      ),
    )
    const results = await t.push(...many)
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(20)
    expect(results[20]).toMatchObject({ problem: { code: 'presence-crowded' } })
  })
})

describe('two records', () => {
  it('of one mark may not share a presence between two holders', async () => {
    await push()
    expect(await push({ certificate: 'R-2', holder: HOLDER_TWO })).toBe('presence-taken')
    expect(await push({ certificate: 'R-3' })).toBe('accepted')
  })

  it('of one mark may not share it within one push either', async () => {
    const [first, second] = await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now())),
      await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'R-2', holder: HOLDER_TWO })),
    )
    expect([first, second]).toMatchObject([{ outcome: 'accepted' }, { problem: { code: 'presence-taken' } }])
  })

  it('may follow one another when the first was revoked or has run out', async () => {
    await push({ exp: t.now() + 100 })
    expect(await push({ certificate: 'R-2', holder: HOLDER_TWO })).toBe('presence-taken')
    t.tick(100)
    expect(await push({ certificate: 'R-2', holder: HOLDER_TWO })).toBe('accepted')
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-2', 'revoked', t.now()))
    expect(await push({ certificate: 'R-3' })).toBe('accepted')
  })

  it('may not follow one another while the first is suspended', async () => {
    await push()
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-1', 'suspended', t.now()))
    expect(await push({ certificate: 'R-2', holder: HOLDER_TWO })).toBe('presence-taken')
  })

  it('a presence given up is free again, in the same push', async () => {
    await push()
    t.tick()
    const results = await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now(), { url: 'https://new-home.example' })),
      await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'R-2', holder: HOLDER_TWO })),
    )
    expect(results).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }])
    expect((await t.verdict('url=somjai-silk.example')).records.map(({ id }) => id)).toEqual(['th-dbd:R-2'])
  })

  it('Silver stands on a Registered record, of this holder, in force, also one of the same push', async () => {
    const facts = { yearsRegistered: 0, passedStandard: true }
    await push({ certificate: 'R-2', url: 'https://other.example', holder: HOLDER_TWO })
    expect(await push({ ...silver, facts })).toBe('presupposed-mark-missing')
    const both = await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now())),
      await signRecord(dbd, recordClaims(dbd, t.now(), { ...silver, facts })),
    )
    expect(both).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }])
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-1', 'suspended', t.now()))
    expect(await push({ ...silver, facts })).toBe('presupposed-mark-missing')
  })

  it('are the same holder by identifier, else by name, kind and presence', () => {
    const a = recordClaims(dbd, 0)
    const other = recordClaims(dbd, 0, { holder: HOLDER_TWO })
    const person = (name: string) =>
      recordClaims(dbd, 0, { holder: { kind: 'natural', name: { th: name }, identifiers: [] } })
    expect(sameHolder(a, recordClaims(dbd, 0, { url: 'https://other.example' }))).toBe(true)
    expect(sameHolder(a, other)).toBe(false)
    expect(sameHolder(person('สมใจ  ดี'), person('สมใจ ดี'))).toBe(true)
    expect(sameHolder(person('สมใจ'), person('สมหมาย'))).toBe(false)
    expect(sameHolder(person('บริษัท สมใจผ้าไหม จำกัด'), a)).toBe(false)
  })
})

describe('order and replay', () => {
  it('the same statement again is a duplicate with its index, also within one push', async () => {
    const statement = await signRecord(dbd, recordClaims(dbd, t.now()))
    expect(await t.push(statement, statement)).toMatchObject([
      { outcome: 'accepted', index: 1 },
      { outcome: 'duplicate', index: 1 },
    ])
    expect(await t.push(statement)).toMatchObject([{ outcome: 'duplicate', index: 1 }])
  })

  it('a statement older than the latest, or as old, is refused', async () => {
    await push()
    expect(await push()).toBe('older-than-known')
    expect(
      await push({}, (c) => {
        c.iat -= 1
      }),
    ).toBe('older-than-known')
    t.tick()
    expect(await push()).toBe('accepted')
  })

  it('a jti seen before is refused under other claims, but only of the same issuer', async () => {
    const jti = createJti()
    expect(
      await push({}, (c) => {
        c.jti = jti
      }),
    ).toBe('accepted')
    expect(
      await push({ certificate: 'R-2' }, (c) => {
        c.jti = jti
      }),
    ).toBe('jti-reused')
    const idea = await t.admit('vn-idea')
    const claims = {
      ...recordClaims(idea, t.now(), { mark: 'website-notified', level: 'notified', facts: {} }),
      jti,
    }
    expect(await t.push(await signRecord(idea, claims))).toMatchObject([{ outcome: 'accepted' }])
  })

  it('the twin of a signature is no second statement', async () => {
    const statement = await signRecord(dbd, recordClaims(dbd, t.now()))
    expect(await t.push(statement, twinOf(statement))).toMatchObject([
      { outcome: 'accepted' },
      { problem: { code: 'jti-reused' } },
    ])
    expect(await t.push(twinOf(statement))).toMatchObject([{ problem: { code: 'jti-reused' } }])
    expect(await t.push(statement)).toMatchObject([{ outcome: 'duplicate', index: 1 }])
  })

  it('a refused statement is tried anew when sent again', async () => {
    const facts = { yearsRegistered: 0, passedStandard: true }
    const early = await signRecord(dbd, recordClaims(dbd, t.now(), { ...silver, facts }))
    expect(await t.push(early)).toMatchObject([{ problem: { code: 'presupposed-mark-missing' } }])
    await push()
    expect(await t.push(early)).toMatchObject([{ outcome: 'accepted' }])
  })

  it('a record is issued for one mark for ever', async () => {
    await push()
    t.tick()
    expect(await push({ ...gold, certificate: 'R-1' })).toBe('mark-changed')
  })
})

describe('a status change', () => {
  const change = async (over: object, by = dbd) => {
    const [result] = await t.push(await signStatus(by, 'th-dbd:R-1', 'suspended', t.now(), ORIGIN, over))
    return result?.outcome === 'rejected' ? result.problem.code : result?.outcome
  }
  const status = { record: 'th-dbd:R-1', change: 'suspended', reason: { en: 'test' } }

  it('is refused for an unknown record, and for one of another member', async () => {
    expect(await change({})).toBe('record-unknown')
    await push()
    const idea = await t.admit('vn-idea')
    expect(await change({}, idea)).toBe('id-not-own')
  })

  it('is refused when it takes effect after it was signed, is no newer, or changes nothing', async () => {
    await push()
    expect(await change({})).toBe('older-than-known')
    t.tick()
    expect(await change({ status: { ...status, effective: t.now() + 1 } })).toBe('bad-claims')
    expect(await change({ status: { ...status, change: 'reinstated', effective: t.now() } })).toBe(
      'status-unchanged',
    )
    expect(await change({})).toBe('accepted')
    t.tick()
    expect(await change({})).toBe('status-unchanged')
  })

  it('is refused with a citizen’s number in its reason', async () => {
    await push()
    t.tick()
    expect(
      await change({ status: { ...status, reason: { th: `ร้องเรียนโดย ${CITIZEN}` }, effective: t.now() } }),
    ).toBe('personal-number')
  })

  it('meant for a sandbox does not count here', async () => {
    await push()
    t.tick()
    expect(await change({ aud: 'https://sandbox.example/alliance' })).toBe('wrong-audience')
    expect(await change({ iss: 'https://sandbox.example/members/th-dbd' })).toBe('unknown-issuer')
  })
})

describe('a register', () => {
  const code = async (statement: string) => {
    const [result] = await t.push(statement)
    return result?.outcome === 'rejected' ? result.problem.code : result?.outcome
  }

  it('older than the known one, or as old, is refused', async () => {
    expect(await code(await signRegister(dbd, [], t.now()))).toBe('accepted')
    expect(await code(await signRegister(dbd, [], t.now()))).toBe('older-than-known')
    expect(await code(await signRegister(dbd, [], t.now() - 1))).toBe('older-than-known')
    t.tick()
    expect(await code(await signRegister(dbd, [], t.now()))).toBe('accepted')
  })

  it('as of a time to come is refused, for it would bar every true one before', async () => {
    const own = { iss: `${ORIGIN}/members/th-dbd`, aud: `${ORIGIN}/alliance`, iat: t.now(), jti: createJti() }
    const register = { count: 0, digest: '0'.repeat(64), at: t.now() + 1 }
    expect(await code(await signJws(dbd.signer, 'trustmark-register+jwt', { ...own, register }))).toBe(
      'bad-claims',
    )
    expect(await code(await signRegister(dbd, [], t.now()))).toBe('accepted')
  })
})

describe('a member that has not signed its definition', () => {
  it('is warned where the definition’s rules are not met, not overruled', async () => {
    const hub = await createTestHub()
    const idea = await hub.admit('vn-ecomviet', { signed: false })
    const claims = recordClaims(idea, hub.now(), {
      certificate: 'S-1',
      mark: 'safeweb',
      level: 'safeweb',
      facts: { notifiedToAgency: true },
      exp: hub.now() + 3 * 365 * 86_400,
    })
    const [result] = await hub.push(await signRecord(idea, claims))
    expect(result).toMatchObject({ outcome: 'accepted' })
    const codes = (result as { warnings: { code: string }[] }).warnings.map((warning) => warning.code)
    expect(codes).toContain('requirement-not-met')
    expect(codes).toContain('validity-too-long')
  })
})

describe('checkRecord', () => {
  it('names the first fault only, and none for a sound record', () => {
    const context = { origin: ORIGIN, member: 'th-dbd', definition: dbd.definition, definitionSigned: true }
    expect(checkRecord(recordClaims(dbd, t.now()), context)).toMatchObject({
      mark: { id: 'registered' },
      level: { id: 'registered' },
      warnings: [],
    })
    const bent = { ...recordClaims(dbd, t.now()), trust_mark_type: 'x', sub: 'y', exp: -1 }
    expect(() => checkRecord(bent, context)).toThrow(
      expect.objectContaining({ code: 'type-not-permitted' }) as Refusal,
    )
  })
})

describe('a push of 1,000 statements', () => {
  it('with one bad in the middle loses that one only', async () => {
    const good = await Promise.all(
      Array.from({ length: 999 }, (_, i) =>
        signRecord(
          dbd,
          recordClaims(dbd, t.now(), { certificate: `B-${i}`, url: `https://shop-${i}.example` }),
        ),
      ),
    )
    const bad = await signJws(dbd.auth, STATUS_TYP, {})
    const results = await t.push(...good.slice(0, 500), bad, ...good.slice(500))
    expect(results).toHaveLength(1000)
    expect(results[500]).toMatchObject({ line: 501, outcome: 'rejected' })
    const others = results.filter((_, i) => i !== 500)
    expect(others.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(others.map((result) => 'index' in result && result.index)).toEqual(
      Array.from({ length: 999 }, (_, i) => i + 1),
    )
  })
})
