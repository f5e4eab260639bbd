/** `trustmark audit`: a clean hub passes, and whatever a hub shows that its log does not give is found and named. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/cli/command-line.js'
import { auditCommand } from '../src/cli/commands/audit.js'
import { lockFolder } from '../src/cli/mirror/lock-folder.js'
import { compareJson, lasting } from '../src/hub/audit/compare-json.js'
import type { AuditCheck, AuditFinding } from '../src/hub/audit/report.js'
import { chooseNumbers, createReservoir } from '../src/hub/audit/sample.js'
import { createMemory } from '../src/hub/hub.js'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { signNote } from '../src/log/note.js'
import { decodeBase64url, encodeBase64url } from '../src/trust/json.js'
import { readPayload } from '../src/trust/jws.js'
import { type Signer, signJws } from '../src/trust/signer.js'
import { VERDICT_TYP } from '../src/trust/statements.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signErasure,
  signRecord,
  signRegister,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { createRulelessHub } from './ruleless-hub.js'

interface Audited {
  ok: boolean
  stopped: boolean
  size: number
  checks: AuditCheck[]
  findings: AuditFinding[]
  memory: string
  error?: { code: string }
}
type Alter = (answer: Response, path: string, body: string) => Response | Promise<Response>

const folder = mkdtempSync(join(tmpdir(), 'trustmark-audit-test-'))
const kept = join(folder, 'copy')
const RECORDS = 14
/** As many entries fill the first tile, so that there is a second level. */
const REGISTERS = 246
const SIZE = RECORDS + REGISTERS + 7
let t: TestHub
let dbd: TestMember
let raw: BetterSqlite3.Database
let alter: Alter = (answer) => answer

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([auditCommand], ['audit', ORIGIN, ...args], {
    cwd: folder,
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: () => t.now() * 1000,
    http: {
      sleep: async () => undefined,
      fetch: async (url, init) => {
        const { pathname, search } = new URL(url)
        return alter(await t.app.request(url, init), pathname + search, String(init.body ?? ''))
      },
    },
  })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

/** As many of each kind: every record and page is among them, and not each proof and each verdict once more. */
const ENOUGH = String(RECORDS)
/** Where what is asked does not depend on it, one of each kind. */
const FEW = ['--sample', '1'] as const

/** Audits with the kept copy, which is at the head: only what the hub shows is looked at. */
async function audit(...args: string[]): Promise<Audited & { code: number }> {
  const data = args.includes('--data') ? [] : ['--data', kept]
  const sample = args.includes('--sample') ? [] : ['--sample', ENOUGH]
  const { code, out } = await run('--json', ...data, ...sample, ...args)
  return { code, ...(JSON.parse(out) as Audited) }
}

const json =
  (path: RegExp, change: (body: never) => void): Alter =>
  async (answer, at) => {
    if (!path.test(at) || answer.status !== 200) return answer
    const body: unknown = await answer.json()
    change(body as never)
    return new Response(JSON.stringify(body), answer)
  }
const results = (change: (verdict: { records: { id: string }[]; query: Record<string, string> }) => void) =>
  json(/^\/v1\/verify$/, (body: { results: never[] }) => body.results.forEach(change))
const shop = (name: string, over: object = {}) =>
  recordClaims(dbd, t.now(), { certificate: name, url: `https://${name.toLowerCase()}.example`, ...over })
const indexOf = async (record: string): Promise<number> =>
  (await t.hub.store.history(record)).at(-1)?.index ?? -1

beforeAll(async () => {
  t = await createTestHub(join(folder, 'hub.sqlite'))
  dbd = await t.admit('th-dbd')
  const vn = await t.admit('vn-ecomviet')
  const holders = (i: number) => ({ holder: { identifiers: [], name: { en: `Holder ${i}` } } })
  const statements = Array.from({ length: RECORDS }, (_, i) =>
    signRecord(dbd, shop(`R-${i}`, i > 3 ? holders(i) : {})),
  )
  await t.push(...(await Promise.all(statements)))
  t.tick()
  await t.push(
    await signStatus(dbd, 'th-dbd:R-7', 'revoked', t.now()),
    await signStatus(dbd, 'th-dbd:R-8', 'suspended', t.now()),
    await signRegister(dbd, ['th-dbd:R-0'], t.now()),
  )
  t.tick(REGISTERS)
  const registers = Array.from({ length: REGISTERS }, (_, i) =>
    signRegister(dbd, [], t.now() - REGISTERS + 1 + i),
  )
  await t.push(...(await Promise.all(registers)), await signRegister(vn, [], t.now()))
  await t.push(await signErasure(dbd, [await indexOf('th-dbd:R-9')], t.now()))
  raw = new BetterSqlite3(join(folder, 'hub.sqlite'))
})
afterEach(() => {
  alter = (answer) => answer
  t.hub.memory.verdicts = createMemory().verdicts
  t.hub.memory.counts = undefined
})
afterAll(() => {
  raw.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an audit of a clean hub', () => {
  it('walks the whole log and passes, remembers the checkpoint, and leaves no copy behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('trustmark-audit-'))
    const { code, out } = await run('--json')
    const audited = JSON.parse(out) as Audited
    expect(audited.findings).toEqual([])
    expect(audited).toMatchObject({ ok: true, stopped: false, size: SIZE })
    expect(code).toBe(0)
    const looked = Object.fromEntries(audited.checks.map(({ check, looked }) => [check, looked]))
    expect(looked).toMatchObject({
      log: { entries: SIZE },
      withheld: { erased: 1, erasures: 1 },
      checkpoints: { seen: 0, given: 0, proofs: 1 },
      // The other member's newest entry is an erasure.
      registers: { compared: 1, 'not comparable': 1 },
      proofs: { entries: 50, answers: 100 },
      tiles: { compared: 3 },
      bundles: { compared: 2 },
      snapshot: { lines: SIZE },
      'look-ups': { records: RECORDS - 1 },
      verdicts: { single: expect.any(Number), signed: expect.any(Number) },
      records: { records: RECORDS - 1 },
      members: { members: 2 },
    })
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('trustmark-audit-'))).toEqual(before)
    expect(audited.memory).toBe(join(folder, 'trustmark-audit-127.0.0.1-8787.json'))
    expect(readFileSync(audited.memory, 'utf8')).toContain(String(SIZE))
  })

  it('goes on with a kept copy, knows what it saw before, and says so to people', async () => {
    await audit()
    const { code, out } = await run('--data', kept, ...FEW)
    expect(code).toBe(0)
    expect(out).toContain('ok   checkpoints')
    expect(out).toContain('1 seen')
    expect(out).toContain('All well')
    expect(out).toContain('(0 entries)')
  })

  it('follows a hub that moves on while it is looked at', async () => {
    const moving = join(folder, 'moving')
    cpSync(kept, moving, { recursive: true })
    const turns = new Map([
      ['/v1/snapshot', 'reinstated'],
      ['/v1/verify', 'suspended'],
    ])
    alter = async (answer, path) => {
      const turn = turns.get(path)
      turns.delete(path)
      t.tick()
      if (turn) await t.push(await signStatus(dbd, 'th-dbd:R-8', turn, t.now()))
      return answer
    }
    expect(await audit('--data', moving)).toMatchObject({
      ok: true,
      findings: [],
      size: SIZE + 2,
      code: 0,
    })
    alter = (answer) => answer
    expect(await audit(...FEW)).toMatchObject({ ok: true, size: SIZE + 2 })
  })

  it('looks at a sample where told to, and says of how many', async () => {
    const { code, checks } = await audit('--sample', '1')
    expect(code).toBe(0)
    const of = Object.fromEntries(
      checks.flatMap(({ check, of, looked }) => (of ? [[check, [looked, of]]] : [])),
    )
    const one = (name: string, total: unknown) => [
      expect.objectContaining({ [name]: 1 }),
      expect.objectContaining({ [name]: total }),
    ]
    expect(of).toMatchObject({
      checkpoints: one('proofs', expect.any(Number)),
      proofs: one('entries', SIZE + 2),
      bundles: one('compared', 2),
      feed: one('filters', 20),
      'look-ups': one('records', RECORDS - 1),
      verdicts: one('single', expect.any(Number)),
      records: one('records', RECORDS - 1),
      members: one('marks', expect.any(Number)),
    })
    expect(of.members?.[1]).toMatchObject({ members: 2 })
    // One of each level.
    expect(checks.find(({ check }) => check === 'tiles')).toMatchObject({
      looked: { compared: 2 },
      of: { compared: 3 },
    })
    expect((await run('--data', kept, '--sample', '1')).out).toContain(`1 of ${RECORDS - 1} records`)
  })

  it('works beside a mirror that keeps the copy up to date, and leaves that copy as it is', async () => {
    const before = readFileSync(join(kept, 'copy.sqlite'))
    const unlock = lockFolder(kept)
    const { code, out, err } = await run('--json', '--data', kept, ...FEW).finally(unlock)
    expect(code).toBe(0)
    const { ok, checks } = JSON.parse(out) as Audited
    expect([ok, checks[0]]).toMatchObject([true, { check: 'log', looked: { entries: 0 } }])
    expect(err).toContain('is left as it is')
    expect(readFileSync(join(kept, 'copy.sqlite')).equals(before)).toBe(true)
  })
})

describe('an audit finds, with its index', () => {
  it('a view that was altered', async () => {
    alter = results(({ records }) => {
      for (const record of records)
        if (record.id === 'th-dbd:R-5') Object.assign(record, { holder: { name: { en: 'Evil' } } })
    })
    const { code, findings } = await audit()
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'look-ups',
        code: 'view-differs',
        index: await indexOf('th-dbd:R-5'),
        record: 'th-dbd:R-5',
        asked: expect.stringContaining('record=th-dbd:R-5'),
        at: '/records/0/holder/name/en',
        shown: '"Evil"',
        derived: '"Holder 5"',
      }),
    )
    expect(findings.every(({ record }) => record === 'th-dbd:R-5')).toBe(true)
  })

  it('a revocation that the hub’s own view hides', async () => {
    const { status_idx } = raw
      .prepare("select status_idx from records where id = 'th-dbd:R-7'")
      .get() as never
    raw.exec("update records set status = 'active', status_idx = null where id = 'th-dbd:R-7'")
    const { code, findings, checks } = await audit()
    raw
      .prepare("update records set status = 'revoked', status_idx = ? where id = 'th-dbd:R-7'")
      .run(status_idx)
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'look-ups',
        record: 'th-dbd:R-7',
        index: status_idx,
        at: '/records/0/verdict',
        shown: '"identity-confirmed"',
        derived: '"revoked"',
      }),
    )
    // The member's count of records in force gives it away too.
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'members', member: 'th-dbd', at: expect.stringMatching(/records$/) }),
    )
    expect(checks.find(({ check }) => check === 'tiles')?.ok).toBe(true)
  })

  it('a record that is not in the log: at a known address, among the members’ counts, or at an address it is told to ask', async () => {
    raw.exec(`insert into records select 'th-dbd:FAKE', member, mark, level, idx, kid, iat, exp, latest_iat, status, status_idx, country
      from records where id = 'th-dbd:R-10';
      insert into presences values ('web:r-11.example', 'th-dbd:FAKE', 'host')`)
    const added = await audit()
    raw.exec(
      "delete from records where id = 'th-dbd:FAKE'; delete from presences where record = 'th-dbd:FAKE'",
    )
    t.hub.memory.verdicts = createMemory().verdicts
    t.hub.memory.counts = undefined
    expect(added.code).toBe(1)
    expect(added.findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['look-ups', 'members']))
    expect(added.findings).toContainEqual(
      expect.objectContaining({
        check: 'look-ups',
        asked: 'url=https://r-11.example',
        index: expect.any(Number),
      }),
    )
    const honest = (await t.verdict('record=th-dbd:R-10')).records
    alter = results((verdict) => {
      if (verdict.query.url === 'https://evil.example')
        Object.assign(verdict, { verdict: 'identity-confirmed', records: honest })
    })
    writeFileSync(join(folder, 'ask.txt'), '# seen on a seal\nhttps://evil.example\n')
    expect((await audit(...FEW)).code).toBe(0)
    const asked = await audit('--ask', 'ask.txt', ...FEW)
    expect(asked).toMatchObject({ code: 1, ok: false })
    expect(asked.findings).toContainEqual(
      expect.objectContaining({ at: '/verdict', shown: '"identity-confirmed"', derived: '"not-found"' }),
    )
  })

  it('a history, a page or a proof of another record', async () => {
    const honest = await (await t.app.request('/v1/records/th-dbd:R-4/history')).json()
    const proof = await (await t.app.request('/v1/records/th-dbd:R-4/proof')).text()
    alter = (answer, path) => {
      if (path === '/v1/records/th-dbd%3AR-6/history')
        return Response.json({ ...(honest as object), record: 'th-dbd:R-6' })
      if (path === '/v1/records/th-dbd%3AR-6/proof') return new Response(proof)
      return answer
    }
    const { code, findings } = await audit()
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'records',
        record: 'th-dbd:R-6',
        asked: '/v1/records/th-dbd%3AR-6/history',
        index: expect.any(Number),
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({
        record: 'th-dbd:R-6',
        index: await indexOf('th-dbd:R-6'),
        asked: '/v1/records/th-dbd%3AR-6/proof',
        at: '/index',
      }),
    )
    expect(findings.every(({ record }) => record === 'th-dbd:R-6')).toBe(true)
  })

  it('what only single look-ups are told, as JSON or signed, and a verdict that the alliance did not sign', async () => {
    writeFileSync(join(folder, 'five.txt'), 'https://r-5.example\n')
    const [stranger] = await Promise.all([createTestHub()])
    const isSigned = (answer: Response) => answer.headers.get('Content-Type')?.startsWith('application/jwt')
    const lying =
      (signed: boolean, lie: (verdict: object, payload: object) => Promise<string> | string): Alter =>
      async (answer, path) => {
        if (path !== '/v1/verify?url=https%3A%2F%2Fr-5.example' || isSigned(answer) !== signed) return answer
        const text = await answer.text()
        const payload = readPayload<{ verdict: object }>(
          signed ? text : `.${encodeBase64url(new TextEncoder().encode(text))}.`,
        )
        return new Response(await lie(signed ? payload.verdict : payload, payload), answer)
      }
    const none = { verdict: 'not-found', records: [] }
    const sign = (signer: Signer, over: object) => (verdict: object, payload: object) =>
      signJws(signer, VERDICT_TYP, { ...payload, verdict: { ...verdict, ...over } })
    const cases: [Alter, Partial<AuditFinding>][] = [
      [
        lying(false, (verdict) => JSON.stringify({ ...verdict, ...none })),
        { code: 'view-differs', at: '/verdict' },
      ],
      [lying(true, sign(t.hub.keys.federation, none)), { code: 'view-differs', at: '/verdict' }],
      [lying(true, sign(stranger.hub.keys.federation, {})), { code: 'signature-invalid' }],
      [
        lying(false, (verdict) => JSON.stringify(verdict).replace('{', '{"verdict":"not-found",')),
        { code: 'view-differs', detail: expect.stringContaining('names a key twice') },
      ],
    ]
    for (const [change, finding] of cases) {
      alter = change
      const { code, findings } = await audit('--ask', 'five.txt', ...FEW)
      expect(findings).toContainEqual(expect.objectContaining({ check: 'verdicts', ...finding }))
      expect(findings.every(({ check }) => check === 'verdicts')).toBe(true)
      expect(code).toBe(1)
    }
  })

  it('an answer in which a key stands twice, wherever it is', async () => {
    const doubled =
      (path: RegExp, from: string, to: string): Alter =>
      async (answer, at) =>
        path.test(at) ? new Response((await answer.text()).replace(from, to), answer) : answer
    const cases: [Alter, Partial<AuditFinding>][] = [
      [
        doubled(/^\/v1\/verify$/, '{"results":[{', '{"results":[{"verdict":"not-found",'),
        { check: 'look-ups', asked: expect.any(String) },
      ],
      [
        doubled(/^\/v1\/members$/, '"id":"vn-ecomviet"', '"id":"jp-fake","id":"vn-ecomviet"'),
        { asked: '/v1/members' },
      ],
      [
        doubled(/^\/v1\/changes\?kind=admission&limit=200$/, '"index":1', '"index":7,"index":1'),
        { check: 'feed', asked: '/v1/changes?kind=admission&limit=200' },
      ],
    ]
    for (const [change, finding] of cases) {
      alter = change
      const { findings } = await audit('--sample', finding.check === 'feed' ? '20' : '1')
      expect(findings.map(({ code, detail }) => [code, detail.includes('names a key twice')])).toEqual(
        findings.map(() => ['view-differs', true]),
      )
      expect(findings).toContainEqual(expect.objectContaining(finding))
    }
  })

  it('a proof of inclusion, or of a statement, that is another entry’s', async () => {
    const size = (await t.hub.store.head())?.size
    const [entry] = await t.hub.store.changes(4, 6, 1)
    const others = await Promise.all(
      [`/log/proof/inclusion?index=6&size=${size}`, `/v1/statements/${entry!.sha256}/proof`].map(
        async (path) => (await t.app.request(path)).text(),
      ),
    )
    alter = (answer, path) => {
      if (path.startsWith('/log/proof/inclusion')) return new Response(others[0], answer)
      return path.startsWith('/v1/statements/') ? new Response(others[1], answer) : answer
    }
    const { code, findings } = await audit('--sample', '3')
    expect(code).toBe(1)
    expect(
      new Set(findings.map(({ check, asked }) => `${check} ${asked?.split(/[?0]/)[0]?.slice(0, 15)}`)),
    ).toEqual(new Set(['proofs /log/proof/incl', 'proofs /v1/statements/']))
  })

  it('a register that is not the newest', async () => {
    const { at, idx } = raw.prepare("select at, idx from registers where member = 'th-dbd'").get() as {
      at: number
      idx: number
    }
    raw.prepare("update registers set at = ?, idx = 3 where member = 'th-dbd'").run(at - 86_400)
    const { code, findings } = await audit('--sample', '2')
    raw.prepare("update registers set at = ?, idx = ? where member = 'th-dbd'").run(at, idx)
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'view-differs',
        member: 'th-dbd',
        index: idx,
        at: '/asOf/members/th-dbd/at',
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'members',
        member: 'th-dbd',
        index: idx,
        at: '/members/0/register/at',
      }),
    )
  })

  it('a member that the log never admitted, or whose definition is another', async () => {
    alter = json(/^\/v1\/members$/, (body: { members: object[] }) => {
      body.members.push({ ...body.members[0], id: 'jp-fake' })
    })
    expect((await audit('--sample', '2')).findings).toMatchObject([
      {
        check: 'members',
        code: 'view-differs',
        index: null,
        member: 'jp-fake',
        at: '/members/2',
        derived: 'nothing',
      },
    ])
    alter = json(/^\/v1\/members\/vn-ecomviet$/, (body: { definition: { country: string } }) => {
      body.definition.country = 'TH'
    })
    expect((await audit('--sample', '2')).findings).toMatchObject([
      {
        check: 'members',
        member: 'vn-ecomviet',
        index: 1,
        at: '/definition/country',
        shown: '"TH"',
        derived: '"VN"',
      },
    ])
  })

  it('a wrong tile of a higher level, a wrong bundle, and a proof that proves nothing', async () => {
    alter = async (answer, path) => {
      if (!path.startsWith('/log/tile/1/') && !/^\/log\/tile\/entries\/001/.test(path)) return answer
      const bytes = new Uint8Array(await answer.arrayBuffer())
      bytes.set([(bytes.at(40) ?? 0) ^ 1], Math.min(40, bytes.length - 1))
      return new Response(bytes)
    }
    const { code, findings } = await audit(...FEW)
    expect(code).toBe(1)
    expect(findings).toMatchObject([
      { check: 'tiles', code: 'tiles-differ', index: 0, asked: '/log/tile/1/000.p/1' },
      { check: 'bundles', code: 'entry-differs', index: 256 },
    ])
    alter = json(/^\/log\/proof\/consistency/, (body: { hashes: string[] }) =>
      body.hashes.push(`${'A'.repeat(43)}=`),
    )
    expect(await audit(...FEW)).toMatchObject({
      code: 1,
      stopped: false,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: 'checkpoints', code: 'proof-invalid' }),
      ]),
    })
  })

  it('a wrong line of the snapshot or of the feed, one kept back, and one that was erased', async () => {
    const lines = (text: string, index: number, change: (line: { [name: string]: unknown }) => void) =>
      text
        .split('\n')
        .filter(Boolean)
        .map((text) => {
          const line = JSON.parse(text) as { index: number }
          if (line.index === index) change(line as never)
          return `${JSON.stringify(line)}\n`
        })
        .join('')
    const snapshot =
      (index: number, change: (line: { [name: string]: unknown }) => void): Alter =>
      async (answer, path) => {
        if (!/^\/v1\/snapshot\//.test(path)) return answer
        const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()
        return new Response(gzipSync(lines(text, index, change)))
      }
    const erased = (raw.prepare('select idx from erasures').get() as { idx: number }).idx
    const cases: [Alter, Partial<AuditFinding>][] = [
      [
        snapshot(10, (line) => Object.assign(line, { issuer: 'vn-ecomviet' })),
        { check: 'snapshot', code: 'entry-differs', index: 10 },
      ],
      [
        snapshot(erased, (line) => Object.assign(line, { statement: 'e30.e30.e30' })),
        { check: 'snapshot', code: 'erased-shown', index: erased },
      ],
      [
        async (answer, path) =>
          path.startsWith('/v1/changes?limit=1000') || /^\/v1\/changes\?limit=\d+$/.test(path)
            ? new Response(
                lines(await answer.text(), 13, (line) => {
                  delete line.statement
                }),
                answer,
              )
            : answer,
        { check: 'feed', code: 'withheld', index: 13 },
      ],
      [
        async (answer, path) => {
          if (!path.startsWith('/v1/changes?member=th-dbd&limit=200')) return answer
          const text = await answer.text()
          return new Response(
            text
              .split('\n')
              .filter((line) => !line.includes('"index":12,'))
              .join('\n'),
            answer,
          )
        },
        { check: 'feed', code: 'view-differs', index: 12 },
      ],
    ]
    for (const [change, finding] of cases) {
      alter = change
      const { code, findings } = await audit('--sample', finding.code === 'view-differs' ? '20' : '1')
      expect(findings).toContainEqual(expect.objectContaining(finding))
      expect(findings).toHaveLength(1)
      expect(code).toBe(1)
    }
  })

  it('an erased record that the hub still finds: the kept copy knew its address', async () => {
    const early = join(folder, 'early')
    cpSync(kept, early, { recursive: true })
    const index = await indexOf('th-dbd:R-12')
    const before = await t.verdict('url=https://r-12.example')
    t.tick()
    await t.push(await signErasure(dbd, [index], t.now()))
    expect(await audit('--data', early, '--sample', '2')).toMatchObject({ ok: true })
    rmSync(early, { recursive: true })
    cpSync(kept, early, { recursive: true })
    alter = results((verdict) => {
      const { asOf } = verdict as unknown as { asOf: object }
      if (verdict.query.url === 'https://r-12.example') Object.assign(verdict, { ...before, asOf })
    })
    const { code, findings } = await audit('--data', early, '--sample', '2')
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'look-ups',
        asked: 'url=https://r-12.example',
        at: '/verdict',
        shown: '"identity-confirmed"',
        derived: '"not-found"',
      }),
    )
    // However few erasures the hub gives a page.
    t.tick()
    await t.push(await signErasure(dbd, [await indexOf('th-dbd:R-13')], t.now()))
    rmSync(early, { recursive: true })
    cpSync(kept, early, { recursive: true })
    alter = (answer, path) =>
      path.includes('kind=erasure') ? t.app.request(path.replace(/limit=\d+/, 'limit=1')) : answer
    const { checks } = await audit('--data', early, '--sample', '2')
    expect(checks.find(({ check }) => check === 'look-ups')?.looked).toMatchObject({ erased: 2 })
    alter = (answer) => answer
    await audit(...FEW)
  })

  it('an answer as of a log that it outgrew long ago', async () => {
    const old = await (await t.app.request('/v1/members')).text()
    const size = (await t.hub.store.head())?.size
    t.tick()
    await t.push(await signStatus(dbd, 'th-dbd:R-8', 'revoked', t.now()))
    t.tick(3600)
    alter = (answer, path) => (path === '/v1/members' ? new Response(old) : answer)
    const { code, findings } = await audit(...FEW)
    expect(code).toBe(1)
    expect(findings).toMatchObject([{ check: 'members', code: 'stale', index: size }])
  })
})

describe('an audit of checkpoints seen elsewhere, or before', () => {
  const noteOf = (size: number, root: Uint8Array, origin = t.hub.keys.logOrigin) =>
    signNote(formatCheckpoint({ origin, size, root }), ...t.hub.keys.log)
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return name
  }

  it('takes one that agrees, and remembers it', async () => {
    const head = (await t.hub.store.head())!
    const note = await noteOf(head.size, decodeBase64url(head.root, 'root'))
    const { code, checks } = await audit(...FEW, '--checkpoint', file('same.txt', note))
    expect(code).toBe(0)
    expect(checks.find(({ check }) => check === 'checkpoints')?.looked).toMatchObject({ given: 1 })
  })

  it('finds two histories, says between which entries, and keeps the evidence', async () => {
    const seen = join(folder, 'fork.json')
    const forked = await noteOf(200, new Uint8Array(32).fill(7))
    const { code, stopped, findings, checks } = await audit(
      '--memory',
      seen,
      '--checkpoint',
      file('f.txt', forked),
    )
    expect(code).toBe(1)
    expect(stopped).toBe(true)
    expect(findings).toMatchObject([{ check: 'checkpoints', code: 'forked', index: 0, asked: 'f.txt' }])
    expect(findings[0]?.detail).toContain(forked.trimEnd())
    expect(checks.map(({ check }) => check)).not.toContain('look-ups')
    expect((await audit('--memory', seen)).findings).toMatchObject([{ code: 'forked' }])
  })

  it('finds a log that forgot what it had signed', async () => {
    const size = (await t.hub.store.head())?.size ?? 0
    const later = await noteOf(size + 5, new Uint8Array(32).fill(9))
    const seen = join(folder, 'later.json')
    writeFileSync(seen, JSON.stringify({ hub: ORIGIN, checkpoints: [{ seen: '2026-11-22', note: later }] }))
    expect(await audit('--memory', seen)).toMatchObject({
      code: 1,
      stopped: true,
      findings: [{ code: 'rolled-back', index: size }],
    })
  })

  it('says what is no checkpoint of this log, and goes on', async () => {
    const stranger = await createTestHub()
    const foreign = (await stranger.hub.store.head())?.note ?? ''
    const other = await audit(
      ...FEW,
      '--checkpoint',
      file('foreign.txt', foreign),
      '--checkpoint',
      file('none.txt', 'hello'),
    )
    expect(other).toMatchObject({ code: 1, stopped: false })
    expect(other.findings.map(({ code, asked }) => [code, asked])).toEqual([
      ['checkpoint-invalid', 'foreign.txt'],
      ['checkpoint-invalid', 'none.txt'],
    ])
    const restarted = await noteOf(3, new Uint8Array(32), `${t.hub.keys.logOrigin}-2`)
    const anew = await audit(
      ...FEW,
      '--memory',
      join(folder, 'anew.json'),
      '--checkpoint',
      file('anew.txt', restarted),
    )
    expect(anew).toMatchObject({ stopped: true, findings: [{ code: 'log-restarted' }] })
  })
})

describe('an audit of the log itself', () => {
  it('holds what members signed of their registers against it: number and digest', async () => {
    const own = await createTestHub()
    const member = await own.admit('th-dbd')
    const record = (certificate: string) =>
      signRecord(
        member,
        recordClaims(member, own.now(), { certificate, url: `https://${certificate.toLowerCase()}.example` }),
      )
    await own.push(await record('A'), await record('B'), await record('C'))
    own.tick()
    await own.push(await signStatus(member, 'th-dbd:C', 'suspended', own.now()))
    const shared = t
    t = own
    const copy = join(folder, 'registers')
    const registers = async (...ids: string[]) => {
      own.tick()
      if (ids.length > 0) await own.push(await signRegister(member, ids, own.now()))
      const { code, checks, findings } = await audit('--data', copy, ...FEW)
      return { code, looked: checks.find(({ check }) => check === 'registers')?.looked, findings }
    }
    expect(await registers()).toMatchObject({ code: 0, looked: { compared: 0, 'not comparable': 0 } })
    const compared = { compared: 1, 'not comparable': 0 }
    expect(await registers('th-dbd:B', 'th-dbd:A')).toMatchObject({ code: 0, looked: compared })
    // As many as there are, and another one: the count agrees, and the digest does not.
    const other = await registers('th-dbd:A', 'th-dbd:KEPT-BACK')
    expect(other).toMatchObject({ code: 1, looked: compared })
    expect(other.findings).toMatchObject([
      { check: 'registers', code: 'register-differs', index: 6, member: 'th-dbd' },
    ])
    expect(other.findings[0]?.detail).toContain('entries may have been withheld from the log')
    expect(await registers('th-dbd:A')).toMatchObject({
      code: 1,
      findings: [{ code: 'register-differs', index: 7 }],
    })
    await own.push(await record('D'))
    expect(await registers()).toMatchObject({ code: 0, looked: { compared: 0, 'not comparable': 1 } })
    t = shared
  })

  it('finds what was accepted against a rule, names it, and goes on', async () => {
    const own = await createRulelessHub()
    const before = t
    t = own
    const audited = await audit('--data', join(folder, 'ruleless'), ...FEW)
    t = before
    expect(audited).toMatchObject({ code: 1, ok: false, stopped: false })
    expect(audited.findings).toMatchObject([
      { check: 'rules', code: 'accepted-against-rule', index: 1, rule: 'bad-claims', at: 'ref' },
    ])
  })

  it('ends where the log does not verify, with the index, and writes no report of what it could not judge', async () => {
    alter = async (answer, path) => {
      if (!/^\/v1\/(snapshot\/|changes)/.test(path)) return answer
      const isPart = path.startsWith('/v1/snapshot/')
      const bytes = Buffer.from(await answer.arrayBuffer())
      const text = (isPart ? gunzipSync(bytes) : bytes)
        .toString()
        .replaceAll(/("index":10,"kind":")record/g, '$1status')
      return new Response(isPart ? gzipSync(text) : text, answer)
    }
    const fresh = await audit('--data', join(folder, 'fresh'))
    expect(fresh).toMatchObject({
      code: 1,
      stopped: true,
      findings: [{ check: 'log', code: 'entry-differs', index: 10 }],
    })
    expect(fresh.checks.map(({ check }) => check)).toEqual(['log'])
  })

  it('says when the hub can’t be reached, with what was found until then', async () => {
    alter = () => {
      throw new TypeError('fetch failed')
    }
    const nobody = await run('--json', '--data', join(folder, 'nobody'))
    expect(nobody.code).toBe(3)
    expect(JSON.parse(nobody.out)).toMatchObject({ error: { code: 'unreachable' } })
    alter = async (answer, path) => {
      if (path === '/v1/members') throw new TypeError('fetch failed')
      return path.startsWith('/log/tile/1/') ? new Response('') : answer
    }
    const gone = await run('--data', kept, ...FEW)
    expect(gone.code).toBe(3)
    expect(gone.err).toContain('tiles-differ at entry 0')
    expect(gone.out).toBe('')
  })

  it('refuses what it can’t understand before it asks anybody', async () => {
    expect((await run('--sample', 'many')).code).toBe(2)
    expect((await run('--checkpoint', 'nowhere.txt')).code).toBe(2)
    writeFileSync(
      join(folder, 'other.json'),
      JSON.stringify({ hub: 'https://other.example', checkpoints: [] }),
    )
    expect((await run('--memory', 'other.json')).code).toBe(2)
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })
})

describe('comparing JSON', () => {
  it('finds nothing in equal values, and exactly the place that was changed', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    const tree = fc.dictionary(fc.string(), fc.oneof(leaf, fc.dictionary(fc.string(), fc.array(leaf))))
    fc.assert(
      fc.property(tree, fc.string(), (value, name) => {
        const copy = JSON.parse(JSON.stringify(value)) as Record<string, unknown>
        expect(compareJson(copy, JSON.parse(JSON.stringify(value)))).toEqual([])
        const changed = Object.defineProperty({ ...copy }, name, { value: ['new'], enumerable: true })
        const at = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
        expect(compareJson(changed, copy).every((difference) => difference.at.startsWith(at))).toBe(true)
        expect(compareJson(changed, copy).length).toBeGreaterThan(0)
      }),
    )
  })

  it('compares things by their names: one too many, one missing, another order', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, n: 1 }))
    expect(compareJson([a, c, b], [a, b])).toEqual([{ at: '/1', shown: c, derived: undefined }])
    expect(compareJson([b], [a, b])).toEqual([{ at: '/0', shown: undefined, derived: a }])
    expect(compareJson([b, a], [a, b])).toEqual([{ at: '', shown: ['b', 'a'], derived: ['a', 'b'] }])
  })

  it('lets pass what an honest hub showed at one of the times, and a count between two of them', () => {
    const at = (shown: unknown, ...derived: unknown[]) =>
      lasting(derived.map((value) => compareJson({ x: shown }, { x: value })))
    expect(at('a', 'b', 'a')).toEqual([])
    expect(at('a', 'b', 'c')).toHaveLength(1)
    expect(at(5, 4, 7)).toEqual([])
    expect(at(8, 4, 7)).toHaveLength(1)
  })

  it('survives an answer that is nested without end', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
    expect(compareJson({ records: deep }, { records: [] })).toHaveLength(1)
  })
})

describe('choosing a sample', () => {
  it('gives as many as asked for, each once and in order; all where there are no more', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(50), fc.infiniteStream(fc.nat()), (total, most, stream) => {
        const random = (bound: number) => (stream.next().value as number) % bound
        const chosen = chooseNumbers(total, most, random)
        expect(chosen).toHaveLength(Math.min(total, most))
        expect(new Set(chosen).size).toBe(chosen.length)
        expect([...chosen].sort((a, b) => a - b)).toEqual(chosen)
        expect(chosen.every((number) => number >= 0 && number < total)).toBe(true)
        const reservoir = createReservoir<number>(most, random)
        for (let i = 0; i < total; i += 1) reservoir.pass(i)
        expect(reservoir.passed).toBe(total)
        expect(new Set(reservoir.kept).size).toBe(Math.min(total, most))
      }),
    )
  })
})
