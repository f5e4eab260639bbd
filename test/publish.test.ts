import { describe, expect, it } from 'vitest'
import {
  createTestHub,
  recordClaims,
  signRecord,
  signRegister,
  signStanding,
  signStatus,
} from './hub-fixture.js'

const SHOP = `url=${encodeURIComponent('https://somjai-silk.example/shop?x=1')}`

describe('publishing and looking up', () => {
  it('certifies a published shop, and answers not-found before', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    expect((await t.verdict(SHOP)).verdict).toBe('not-found')
    const claims = recordClaims(dbd, t.now())
    const [result] = await t.push(await signRecord(dbd, claims))
    expect(result).toMatchObject({ outcome: 'accepted', index: 1 })
    const verdict = await t.verdict(SHOP)
    expect(verdict).toMatchObject({ verdict: 'identity-confirmed', demo: true, asOf: { size: 2 } })
    expect(verdict.records[0]).toMatchObject({
      id: 'th-dbd:R-1',
      index: 1,
      validity: { until: new Date(claims.exp * 1000).toISOString() },
    })
    expect(t.reported).toEqual([])
  })

  it('shows suspension, reinstatement and revocation in the next look-up, and revocation is final', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
    for (const [change, word] of [
      ['suspended', 'suspended'],
      ['reinstated', 'identity-confirmed'],
      ['revoked', 'revoked'],
    ] as const) {
      t.tick()
      const [result] = await t.push(await signStatus(dbd, 'th-dbd:R-1', change, t.now()))
      expect(result).toMatchObject({ outcome: 'accepted' })
      expect((await t.verdict(SHOP)).verdict).toBe(word)
    }
    t.tick()
    expect(
      await t.push(
        await signStatus(dbd, 'th-dbd:R-1', 'reinstated', t.now()),
        await signRecord(dbd, recordClaims(dbd, t.now())),
      ),
    ).toMatchObject([{ problem: { code: 'record-revoked' } }, { problem: { code: 'record-revoked' } }])
  })

  it('keeps a suspension when the record is issued again', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now())),
      await signStatus(dbd, 'th-dbd:R-1', 'suspended', t.now() + 1),
    )
    t.tick(5)
    expect(await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))).toMatchObject([
      { outcome: 'accepted' },
    ])
    expect((await t.verdict('record=th-dbd:R-1')).verdict).toBe('suspended')
  })

  it('says that an issuer was suspended or has left', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
    await t.push(await signStanding(t.operator, 'th-dbd', 'suspended', t.now()))
    expect((await t.verdict(SHOP)).verdict).toBe('issuer-suspended')
    expect(await t.push(await signRecord(dbd, recordClaims(dbd, t.now() + 1)))).toMatchObject([
      { problem: { code: 'issuer-not-admitted' } },
    ])
    await t.push(await signStanding(t.operator, 'th-dbd', 'left', t.now()))
    expect((await t.verdict(SHOP)).verdict).toBe('issuer-left')
  })

  it('lists what happened to a record, and shows the register as of beside it', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now())),
      await signStatus(dbd, 'th-dbd:R-1', 'suspended', t.now() + 1),
      await signRegister(dbd, [], t.now() + 1),
    )
    const history = (await (await t.app.request('/v1/records/th-dbd:R-1/history')).json()) as {
      history: { kind: string }[]
    }
    expect(history.history.map(({ kind }) => kind)).toEqual(['record', 'status'])
    expect((await t.verdict(SHOP)).asOf.members['th-dbd']).toMatchObject({ count: 0, agrees: true })
  })
})
