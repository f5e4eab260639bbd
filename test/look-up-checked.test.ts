/** `trustmark verify` against hubs that lie: what is shown follows from what was signed, or the answer is refused. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkLookUp } from '../src/cli/look-up/check-lookup.js'
import type { HubPort } from '../src/follow-log-keys.js'
import { formatAllianceId } from '../src/record/record.js'
import type { Verdict, VerdictQuery } from '../src/record/verdict.js'
import { readPayload } from '../src/trust/jws.js'
import { createJti, signJws } from '../src/trust/signer.js'
import { VERDICT_TYP } from '../src/trust/statements.js'
import { type Anchor, readAnchor } from '../src/verify.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { portOf } from './hub-port.js'

const SHOP = 'https://somjai-silk.example'
type GetText = HubPort['text']
let t: TestHub
let dbd: TestMember
let anchor: Anchor

const get: GetText = async (path, accept = '*/*') =>
  (await t.app.request(path, { headers: { Accept: accept } })).text()

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  const holder = {
    kind: 'juristic' as const,
    name: { en: 'Other Trading' },
    identifiers: [{ scheme: 'th-juristic', value: '0999000001015' }],
  }
  await t.push(
    await signRecord(dbd, recordClaims(dbd, t.now())),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate: 'V-1', mark: 'verified', level: 'gold' }),
    ),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate: 'R-9', url: 'https://other.example', holder }),
    ),
  )
  anchor = await readAnchor(await get('/alliance/.well-known/openid-federation'), ORIGIN, t.now())
})

/** A hub that holds the alliance's federation key and alters its answers before signing them. */
function lyingHub(alter: (verdict: Verdict) => void): GetText {
  return async (path, accept) => {
    const text = await get(path, accept)
    if (!path.startsWith('/v1/verify')) return text
    const { verdict } = readPayload<{ verdict: Verdict }>(text)
    alter(verdict)
    const claims = {
      iss: formatAllianceId(ORIGIN),
      iat: t.now(),
      exp: t.now() + 600,
      jti: createJti(),
      verdict,
    }
    return signJws(t.hub.keys.federation, VERDICT_TYP, claims)
  }
}

const ask = (from: GetText, query: VerdictQuery = { url: SHOP }) =>
  checkLookUp(portOf(t.app, { text: from }), ORIGIN, query, t.now(), anchor)

/** The failed checks, by what was checked. */
const failures = ({ checks }: Awaited<ReturnType<typeof ask>>) =>
  checks.filter(({ ok }) => !ok).map(({ what }) => what)

describe('a checked look-up', () => {
  it('of an honest hub passes every check, by address, number and certificate', async () => {
    for (const query of [
      { url: SHOP },
      { record: 'th-dbd:V-1' },
      { identifier: '0105548060561' },
      { identifier: 'V-1' },
    ]) {
      const looked = await ask(get, query)
      expect(failures(looked)).toEqual([])
      expect(looked).toMatchObject({ trusted: true, verdict: { verdict: 'certified' } })
    }
  })

  it('of a shop without a mark says so, and trusts the answer', async () => {
    expect(await ask(get, { url: 'https://nobody.example' })).toMatchObject({
      trusted: true,
      verdict: { verdict: 'not-found' },
    })
  })

  const record = (verdict: Verdict, id = 'th-dbd:V-1') => verdict.records.find((item) => item.id === id)!
  const lies: Record<string, (verdict: Verdict) => void> = {
    'another holder': (v) => {
      record(v).holder.name = { en: 'Evil Trading Ltd.' }
    },
    'another level': (v) => {
      record(v).mark.level = 'platinum'
      record(v).mark.levelName = { en: 'Platinum' }
    },
    'another kind of mark': (v) => {
      record(v, 'th-dbd:R-1').mark.kind = 'quality'
      record(v, 'th-dbd:R-1').verdict = 'certified'
    },
    'a longer validity': (v) => {
      record(v).validity.until = '2099-12-31T00:00:00.000Z'
    },
    'another coverage': (v) => {
      record(v, 'th-dbd:R-1').principles.security = { coverage: 'full', criteria: [] }
    },
    'another presence': (v) => {
      record(v).presences[0]!.url = 'https://evil.example'
    },
    'another agency’s name': (v) => {
      record(v).member.name = { en: 'A Ministry' }
    },
    'another statement of the mark': (v) => {
      record(v).mark.says = { en: 'Money back, always.' }
    },
  }
  for (const [lie, alter] of Object.entries(lies)) {
    it(`finds out ${lie}, and shows what was signed`, async () => {
      const looked = await ask(lyingHub(alter))
      expect(looked.trusted).toBe(false)
      expect(failures(looked)).toEqual(['wording'])
      const honest = await ask(get)
      const shown = (v: Verdict) => v.records.map(({ matched: _m, recognition: _r, ...rest }) => rest)
      expect(shown(looked.verdict)).toEqual(shown(honest.verdict))
    })
  }

  it('finds out a headline that does not follow from the records', async () => {
    const looked = await ask(
      lyingHub((v) => {
        v.records = v.records.filter(({ id }) => id === 'th-dbd:R-1')
        v.verdict = 'certified'
      }),
    )
    expect(failures(looked)).toEqual(['headline'])
    expect(looked.verdict.verdict).toBe('identity-confirmed')
  })

  it('finds out a good headline without any record', async () => {
    const looked = await ask(
      lyingHub((v) => {
        v.records = []
      }),
    )
    expect(looked.trusted).toBe(false)
  })

  it('finds out another shop’s genuine record', async () => {
    const other = await t.verdict('url=https://other.example')
    const looked = await ask(
      lyingHub((v) => {
        v.records = other.records
        v.verdict = 'identity-confirmed'
      }),
    )
    expect(failures(looked)).toContain('question')
    expect(looked.verdict.records).toEqual([])
  })

  it('finds out the genuine answer to another question', async () => {
    const elsewhere: GetText = (path, accept) =>
      path.startsWith('/v1/verify') ? get('/v1/verify?url=https://other.example', accept) : get(path, accept)
    expect(failures(await ask(elsewhere))).toContain('question')
  })

  it('finds out an altered record, and shows nothing of it', async () => {
    const looked = await ask(
      lyingHub((v) => {
        record(v).statement = record(v, 'th-dbd:R-1').statement
      }),
    )
    expect(failures(looked)).toContain('record')
    expect(looked.verdict.records.map(({ id }) => id)).toEqual(['th-dbd:R-1'])
  })

  it('finds out a status that the agency did not sign, and one about another record', async () => {
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-9', 'suspended', t.now()))
    const elsewhere = (await t.verdict('record=th-dbd:R-9')).records[0]!.status!
    const looked = await ask(
      lyingHub((v) => {
        record(v).status = elsewhere
        record(v).verdict = 'suspended'
      }),
    )
    expect(failures(looked)).toContain('status')
  })

  it('finds out a checkpoint of another size', async () => {
    const looked = await ask(
      lyingHub((v) => {
        v.asOf.size += 1000
      }),
    )
    expect(failures(looked)).toEqual(['checkpoint'])
  })

  it('refuses an answer that is too old, dated ahead, or made to last', async () => {
    for (const [iat, exp] of [
      [-7200, -3600],
      [3600, 4200],
      [0, 86_400],
    ] as const) {
      const stale: GetText = async (path, accept) => {
        const text = await get(path, accept)
        if (!path.startsWith('/v1/verify')) return text
        return signJws(t.hub.keys.federation, VERDICT_TYP, {
          ...readPayload<object>(text),
          iat: t.now() + iat,
          exp: t.now() + exp,
        })
      }
      await expect(ask(stale)).rejects.toMatchObject({ code: 'bad-claims' })
    }
  })

  it('refuses an answer signed by anybody else', async () => {
    const forged: GetText = async (path, accept) => {
      const text = await get(path, accept)
      return path.startsWith('/v1/verify')
        ? signJws(dbd.signer, VERDICT_TYP, readPayload<object>(text))
        : text
    }
    await expect(ask(forged)).rejects.toMatchObject({ code: 'unknown-key' })
  })
})
