/** Reading a look-up's question: every form that people have in hand, and look-alikes named as such. */
import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../src/alliance/text.js'
import { readQuestion } from '../src/hub/question.js'
import { parsePresence } from '../src/record/presence.js'
import { UNRESOLVABLE_ADVICE, WARNING_TEXTS } from '../src/record/warning-texts.js'
import {
  createTestHub,
  recordClaims,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

let t: TestHub
let dbd: TestMember

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await t.push(
    await signRecord(dbd, recordClaims(dbd, t.now())),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate: 'V-2569-0101', mark: 'verified', level: 'gold' }),
    ),
  )
})

describe('a certificate number as it is printed', () => {
  it('is found without its agency, whichever way it is asked', async () => {
    for (const query of ['record=V-2569-0101', 'identifier=V-2569-0101', 'record=th-dbd:V-2569-0101']) {
      const { verdict, records } = await t.verdict(query)
      expect([verdict, records.map(({ id }) => id)]).toEqual(['certified', ['th-dbd:V-2569-0101']])
    }
  })

  it('is found in small letters too, unless another record is written so', async () => {
    const ids = async (query: string) => (await t.verdict(query)).records.map(({ id }) => id)
    for (const query of ['record=TH-DBD:v-2569-0101', 'identifier=v-2569-0101'])
      expect(await ids(query)).toEqual(['th-dbd:V-2569-0101'])
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'v-2569-0101' })))
    expect(await ids('record=TH-DBD:v-2569-0101')).toEqual(['th-dbd:v-2569-0101'])
    expect(await ids('record=th-dbd:V-2569-0101')).toEqual(['th-dbd:V-2569-0101'])
    expect(await ids('identifier=v-2569-0101')).toEqual(['th-dbd:v-2569-0101'])
  })

  it('gives way to a company’s number of that form', () => {
    expect(readQuestion({ identifier: '0105548060561' }).by).toBe('identifier')
    expect(readQuestion({ identifier: 'V-2569-0101' }).by).toBe('certificate')
  })

  it('is not-found when no agency has it, and refused when it can be none', async () => {
    expect((await t.verdict('identifier=V-9999-0000')).verdict).toBe('not-found')
    const response = await t.app.request('/v1/verify?identifier=certificate')
    expect(response.status).toBe(400)
  })

  it('never is a citizen’s number', () => {
    for (const number of ['1-1017-00207-25-1', '1101700207251'])
      for (const by of ['identifier', 'record'] as const)
        expect(() => readQuestion({ [by]: number })).toThrow(
          expect.objectContaining({ code: 'personal-number' }),
        )
  })
})

describe('a higher mark that is suspended', () => {
  it('is warned of beside the lower one in force, until it is reinstated', async () => {
    const url = 'url=https://somjai-silk.example'
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:V-2569-0101', 'suspended', t.now()))
    expect(await t.verdict(url)).toMatchObject({
      verdict: 'identity-confirmed',
      warnings: [{ code: 'higher-mark-suspended', record: 'th-dbd:V-2569-0101' }],
    })
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:V-2569-0101', 'reinstated', t.now()))
    expect(await t.verdict(url)).toMatchObject({ verdict: 'certified', warnings: [] })
  })
})

describe('an address that begins like a platform’s', () => {
  const hosts = [
    'shopee.co.th.evil.example',
    'www.facebook.com.evil.example',
    'line.me.shop-login.example',
    'lazada.vn.evil.example',
  ]

  it('is noted as a look-alike, and others are not', () => {
    for (const host of hosts) expect(parsePresence(`https://${host}/shop`).notes).toContain('lookalike')
    for (const host of [
      'evil.example',
      'my-shopee.co.th.example',
      'notline.me.example',
      'shop.example.co.th',
    ])
      expect(parsePresence(`https://${host}/shop`).notes).not.toContain('lookalike')
  })

  it('is warned of when looked up', async () => {
    for (const host of hosts) {
      const { verdict, warnings } = await t.verdict(`url=https://${host}/shop`)
      expect([verdict, warnings.map(({ code }) => code)]).toEqual(['not-found', ['lookalike']])
    }
  })

  it('can not be certified', async () => {
    for (const [i, host] of hosts.entries()) {
      const claims = recordClaims(dbd, t.now(), { certificate: `L-${i}`, url: `https://${host}` })
      expect(await t.push(await signRecord(dbd, claims))).toMatchObject([
        { problem: { code: 'presence-not-canonical', at: 'trustmark.presences[0].url' } },
      ])
    }
  })
})

describe('every warning', () => {
  it('is told in every language of the hub', () => {
    for (const text of [...Object.values(WARNING_TEXTS), UNRESOLVABLE_ADVICE])
      expect(Object.keys(text).sort()).toEqual([...LANGUAGES].sort())
  })
})
