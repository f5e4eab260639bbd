/** Waiting for a place in the log: callers who don't, the address they get instead, and databases that fail for once. */
import { describe, expect, it } from 'vitest'
import {
  createTestHub,
  type LineResult,
  recordClaims,
  signRecord,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

const shop = (test: TestHub, member: TestMember, name: string) =>
  signRecord(
    member,
    recordClaims(member, test.now(), { certificate: `C-${name}`, url: `https://shop-${name}.example` }),
  )

async function send(test: TestHub, statements: string[], prefer?: string) {
  const response = await test.app.request('/v1/statements', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...(prefer && { Prefer: prefer }) },
    body: statements.join('\n'),
  })
  const { status, headers } = response
  return {
    status,
    retryAfter: headers.get('Retry-After'),
    applied: headers.get('Preference-Applied'),
    results: ((await response.json()) as { results: LineResult[] }).results,
  }
}

/** A hub whose database takes its time: nothing is committed before `go` is called. */
async function createSlowHub() {
  const test = await createTestHub()
  const member = await test.admit('th-dbd')
  const commit = test.hub.store.commit
  let go = () => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  test.hub.store.commit = async (batch) => {
    await gate
    return commit(batch)
  }
  return { test, member, go }
}

describe('a caller that does not want to wait', () => {
  it.each(['respond-async', 'wait=0', 'Respond-Async, wait=0', 'handling=lenient, respond-async'])(
    'with Prefer: %s gets 202 and an address that tells what became of each statement',
    async (prefer) => {
      const { test, member, go } = await createSlowHub()
      const statements = [await shop(test, member, 'one'), await shop(test, member, 'two')]
      const { results, ...told } = await send(test, [...statements, 'nonsense'], prefer)
      const applied = prefer.includes('wait') ? 'wait=0' : 'respond-async'
      expect(told).toEqual({ status: 202, retryAfter: '1', applied })
      expect(results).toMatchObject([
        { line: 1, outcome: 'pending' },
        { line: 2, outcome: 'pending' },
        { line: 3, outcome: 'rejected' },
      ])
      go()
      for (const [i, result] of results.slice(0, 2).entries()) {
        const address = (result as { statement: string }).statement
        expect(address.startsWith(`${test.hub.origin}/v1/statements/`)).toBe(true)
        const told = await test.app.request(new URL(address).pathname)
        expect(told.status).toBe(200)
        expect(await told.json()).toMatchObject({ outcome: 'accepted', index: 1 + i })
      }
      expect((await send(test, statements)).results).toMatchObject([
        { outcome: 'duplicate', index: 1 },
        { outcome: 'duplicate', index: 2 },
      ])
    },
  )

  it('is told of a refusal at that address too', async () => {
    const { test, member, go } = await createSlowHub()
    const [first, second] = [await shop(test, member, 'same'), await shop(test, member, 'same')]
    const { results } = await send(test, [first, second], 'respond-async')
    go()
    const { statement } = results[1] as { statement: string }
    expect(await (await test.app.request(new URL(statement).pathname)).json()).toMatchObject({
      outcome: 'rejected',
      problem: { status: expect.any(Number) },
    })
  })

  it('waits as long as it said', async () => {
    const { test, member, go } = await createSlowHub()
    const statement = await shop(test, member, 'patient')
    const answer = send(test, [statement], 'wait=5')
    setTimeout(go, 50)
    expect(await answer).toMatchObject({
      status: 200,
      retryAfter: null,
      applied: 'wait=5',
      results: [{ outcome: 'accepted', index: 1 }],
    })
  })

  it.each(['wait=soon', 'wait=-1', 'wait', 'unheard-of'])('is not heard with Prefer: %s', async (prefer) => {
    const test = await createTestHub()
    const member = await test.admit('th-dbd')
    expect(await send(test, [await shop(test, member, 'waits')], prefer)).toMatchObject({
      status: 200,
      applied: null,
    })
  })
})

describe('a database that fails for once', () => {
  it('costs a lone statement nothing', async () => {
    const test = await createTestHub()
    const member = await test.admit('th-dbd')
    const commit = test.hub.store.commit
    let failures = 2
    test.hub.store.commit = async (batch) => {
      if (failures-- > 0) throw new Error('Network connection lost')
      return commit(batch)
    }
    expect(await send(test, [await shop(test, member, 'lone')])).toMatchObject({
      status: 200,
      results: [{ outcome: 'accepted', index: 1 }],
    })
  })

  it('after it had committed, answers with the index all the same', async () => {
    const test = await createTestHub()
    const member = await test.admit('th-dbd')
    const commit = test.hub.store.commit
    let lost = false
    test.hub.store.commit = async (batch) => {
      const committed = await commit(batch)
      if (!lost) {
        lost = true
        throw new Error('Network connection lost')
      }
      return committed
    }
    expect(await send(test, [await shop(test, member, 'lost')])).toMatchObject({
      status: 200,
      results: [{ outcome: 'accepted', index: 1 }],
    })
  })
})
