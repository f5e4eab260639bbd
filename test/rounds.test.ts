/** Rounds of sequencing under bad luck: a statement the database chokes on, and a clock that once was wrong. */
import { describe, expect, it } from 'vitest'
import { createTestHub, recordClaims, signRecord } from './hub-fixture.js'

const otherHolder = {
  name: { en: 'Other Trading' },
  identifiers: [{ scheme: 'th-juristic', value: '0999000001015' }],
}

describe('a round of sequencing', () => {
  it('that fails on one statement puts that one aside and logs the others', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    const { recordsByKeys } = t.hub.store
    // The one fault injected here: a database that fails whenever this key is asked for.
    t.hub.store.recordsByKeys = async (keys) => {
      if (keys.presences.includes('web:poison.example')) throw new Error('the disk is cursed')
      return recordsByKeys(keys)
    }
    const urls = ['a', 'b', 'poison', 'c', 'd'].map((name) => `https://${name}.example`)
    const statements = await Promise.all(
      urls.map((url, i) => signRecord(dbd, recordClaims(dbd, t.now(), { certificate: `P-${i}`, url }))),
    )
    const results = await t.push(...statements)
    expect(
      results.map((result) => (result.outcome === 'rejected' ? result.problem.code : result.outcome)),
    ).toEqual(['accepted', 'accepted', 'internal-error', 'accepted', 'accepted'])
    expect((await t.verdict('url=https://d.example')).verdict).toBe('identity-confirmed')
  })

  it('judges by the clock as it is, even when the log’s time is ahead after a clock that was wrong', async () => {
    const t = await createTestHub()
    const dbd = await t.admit('th-dbd')
    await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
    const years = 10 * 365 * 86_400
    t.tick(years)
    await t.push(
      await signRecord(dbd, recordClaims(dbd, t.now(), { certificate: 'R-2', url: 'https://later.example' })),
    )
    t.tick(-years)
    const taken = recordClaims(dbd, t.now(), { certificate: 'R-3', holder: otherHolder })
    expect(await t.push(await signRecord(dbd, taken))).toMatchObject([
      { problem: { code: 'presence-taken' } },
    ])
    const silver = recordClaims(dbd, t.now(), { certificate: 'V-1', mark: 'verified', level: 'silver' })
    expect(await t.push(await signRecord(dbd, silver))).toMatchObject([{ outcome: 'accepted' }])
    const { history } = (await (await t.app.request('/v1/records/th-dbd:V-1/history')).json()) as {
      history: { at: string }[]
    }
    expect(Date.parse(history[0]!.at)).toBeGreaterThan(t.now() * 1000)
  })
})
