/** A copy's answers as a client of HTTP sees them: methods, preflights, and what an answer of the way says of itself. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.js'
import { createMirrorApp } from '../src/mirror-app.js'
import { createTestHub, type TestHub, type TestMember } from './hub-fixture.js'
import { copyOf, shops, sync } from './mirror-fixture.js'

let t: TestHub
let dbd: TestMember
let hub: ReturnType<typeof createApp>
let mirror: ReturnType<typeof createMirrorApp>

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await t.push(...(await shops(t, dbd, ['A-1', 'A-2'])))
  const copy = await copyOf(t)
  await sync(copy, t)
  const report = (error: unknown) => t.reported.push(error)
  hub = createApp({ hub: t.hub, report })
  mirror = createMirrorApp({ copy, synced: () => undefined, report })
})

/** Addresses of the API, with something in the place of each parameter. */
const addresses = (): [method: string, path: string][] =>
  hub.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/(?:v1|log|alliance)\//.test(path))
    .map(({ method, path }) => [method, path.replace(/:\w+(?:\{[^}]*\})?/g, 'x')])

describe('a mirror', () => {
  it('knows every address of the hub’s API, and answers it or names the hub’s', async () => {
    expect(addresses().length).toBeGreaterThan(30)
    for (const [method, path] of addresses()) {
      const answer = await mirror.request(path, { method })
      const problem = answer.ok ? undefined : ((await answer.json()) as { detail?: string; code?: string })
      expect(problem?.detail, `${method} ${path}`).not.toBe(
        'No such address. The API is described at /openapi.json.',
      )
      if (answer.status !== 405) continue
      expect(problem?.code, path).toBe('read-only-copy')
      expect(problem?.detail, path).toContain(`${t.hub.origin}${path}`)
      expect(answer.headers.get('Allow'), path).toBe('OPTIONS')
    }
    expect(t.reported).toEqual([])
  })

  it('answers a preflight as the hub does, with Prefer among the headers', async () => {
    for (const [, path] of addresses()) {
      const preflight = {
        method: 'OPTIONS',
        headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' },
      }
      const [theirs, ours] = [await hub.request(path, preflight), await mirror.request(path, preflight)]
      expect(ours.status, path).toBe(204)
      const headers = (answer: Response) =>
        ['Access-Control-Allow-Origin', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age'].map(
          (name) => answer.headers.get(name),
        )
      expect(headers(ours), path).toEqual(headers(theirs))
      expect(headers(ours)[1]).toContain('Prefer')
      const methods = (answer: Response) =>
        answer.headers.get('Access-Control-Allow-Methods')?.split(', ').sort()
      expect(methods(ours), path).toEqual(methods(theirs))
    }
  })

  it('says which methods an address has, and knows no others than the hub', async () => {
    const put = await mirror.request('/v1/verify', { method: 'PUT' })
    expect([put.status, ((await put.json()) as { code: string }).code]).toEqual([405, 'method-not-allowed'])
    expect(put.headers.get('Allow')).toBe(
      (await hub.request('/v1/verify', { method: 'PUT' })).headers.get('Allow'),
    )
    for (const path of ['/v1/nowhere', '/federation/list', '/nowhere']) {
      const answer = await mirror.request(path)
      expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([
        404,
        'not-found',
      ])
    }
  })

  it('answers no look-up before its first sync was completed once, and says that it is not ready', async () => {
    const u = await createTestHub()
    const member = await u.admit('th-dbd')
    const names = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}-${i}`)
    for (const some of [names('W', 990), names('X', 50)]) await u.push(...(await shops(u, member, some)))
    const copy = await copyOf(u)
    const report = (error: unknown) => u.reported.push(error)
    let at: number | undefined
    const app = createMirrorApp({ copy, synced: () => at, report })
    const paths = [
      '/v1/verify?record=th-dbd:X-9',
      '/v1/records/th-dbd:W-1',
      '/v1/members',
      '/v1/members/th-dbd',
      '/verify?record=th-dbd:X-9',
      '/',
      '/th/',
      '/complaint',
    ]
    const statuses = async () =>
      Promise.all(paths.map(async (path) => (await app.request(path, { headers: { Accept: '*/*' } })).status))
    expect(await statuses()).toEqual(paths.map(() => 503))
    const stop = new AbortController()
    const options = { signal: stop.signal, onProgress: () => stop.abort() }
    await expect(sync(copy, u, undefined, options)).rejects.toThrow(/abort/i)
    expect(await statuses()).toEqual(paths.map(() => 503))
    const refused = await app.request('/v1/verify?record=th-dbd:X-9')
    expect(((await refused.json()) as { code: string }).code).toBe('not-ready')
    // What another process noted counts too: it was whole before.
    at = u.hub.now()
    expect((await app.request('/v1/verify?record=th-dbd:W-1')).status).toBe(200)
    at = undefined
    const fresh = createMirrorApp({ copy, synced: () => undefined, report })
    const ready = async () => ((await (await fresh.request('/readyz')).json()) as { detail?: string }).detail
    expect(await ready()).toContain('brought up to date')
    await sync(copy, u)
    // A demo waits for its own records.
    expect(await ready()).not.toContain('brought up to date')
    expect(await statuses()).toEqual(paths.map(() => 200))
    expect(u.reported).toEqual([])
  })

  it('marks what it answers on the way to a checkpoint, and nothing else', async () => {
    const copy = await copyOf(t)
    await sync(copy, t)
    await t.admit('vn-ecomviet')
    await t.push(
      ...(await shops(
        t,
        dbd,
        Array.from({ length: 990 }, (_, i) => `W-${i}`),
      )),
    )
    await t.push(
      ...(await shops(
        t,
        dbd,
        Array.from({ length: 50 }, (_, i) => `X-${i}`),
      )),
    )
    const stop = new AbortController()
    const options = { signal: stop.signal, onProgress: () => stop.abort() }
    await expect(sync(copy, t, undefined, options)).rejects.toThrow(/abort/i)
    const app = createMirrorApp({ copy, synced: () => 0, report: (error) => t.reported.push(error) })
    const answer = await app.request('/v1/verify?record=th-dbd:A-1')
    const { verdict, asOf } = (await answer.json()) as {
      verdict: string
      asOf: { size: number; checkpoint: string | null }
    }
    // The one it holds is of the size that it goes to: beside this answer it would prove nothing.
    expect([answer.status, verdict, asOf]).toEqual([
      200,
      'identity-confirmed',
      expect.objectContaining({ size: 1003, checkpoint: null }),
    ])
    for (const path of [
      '/v1/records/th-dbd:A-1',
      '/v1/records/th-dbd:A-1/history',
      '/v1/members',
      '/v1/members/th-dbd',
    ]) {
      const told = (await (await app.request(path)).json()) as { asOf: { size: number } }
      expect(told.asOf, path).toMatchObject({ size: 1003, checkpoint: null })
    }
    const page = await app.request('/verify?record=th-dbd:A-1')
    expect([page.status, await page.text()]).toEqual([200, expect.not.stringContaining('\n1044\n')])
    expect(answer.headers.get('Mirror-Interim')).toBe('1003')
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('Mirror-Interim')
    expect((await app.request('/log/checkpoint')).status).toBe(503)
    expect((await app.request('/log/checkpoint', { method: 'OPTIONS' })).status).toBe(204)
    await sync(copy, t)
    expect((await app.request('/v1/verify?record=th-dbd:A-1')).headers.get('Mirror-Interim')).toBeNull()
    expect(t.reported).toEqual([])
  })
})
