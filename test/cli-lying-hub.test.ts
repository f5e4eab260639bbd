/** A hub that lies to the agency's own command line: whatever it says, the agency signs nothing on the strength of it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { writeApplication } from '../src/cli/agency/application.js'
import { importFile } from '../src/cli/agency/import-file.js'
import { generateWorkspaceKeys, loadSigner } from '../src/cli/agency/keys.js'
import { syncPublished } from '../src/cli/agency/published.js'
import { readPublished } from '../src/cli/agency/published-file.js'
import { type PushOptions, pushOutbox } from '../src/cli/agency/push.js'
import { buildRegister } from '../src/cli/agency/register.js'
import { nextIat } from '../src/cli/agency/status-claims.js'
import {
  createHubClient,
  type HubClient,
  HubClientError,
  MAX_ANSWER_BYTES,
  MAX_FEED_BYTES,
} from '../src/cli/hub-client.js'
import { parseMapping } from '../src/cli/import/mapping.js'
import { applicationFile, signAdmission } from '../src/cli/operator/sign-admission.js'
import { chooseHub, createWorkspace, openWorkspace, type Workspace } from '../src/cli/workspace.js'
import { formatAllianceId, formatEntityId, RECORD_TYP, type RecordClaims } from '../src/record/record.js'
import { sha256Hex } from '../src/trust/digest.js'
import { readPayload } from '../src/trust/jws.js'
import { generateKey } from '../src/trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../src/trust/signer.js'
import { ERASURE_TYP, REGISTER_TYP, STATUS_TYP } from '../src/trust/statements.js'
import { createTestHub, ORIGIN, type TestHub } from './hub-fixture.js'

const demo = (name: string) => new URL(`../src/cli/demo/${name}`, import.meta.url)
const CSV = readFileSync(demo('th-dbd.csv'), 'utf8')
const MAPPING = parseMapping(readFileSync(demo('th-dbd.mapping.json'), 'utf8'))
/** 9999-12-31, the last second that a date claim can name. */
const FAR = 253402300000
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

interface Line {
  index: number
  kind: string
  issuer: string
  at: number
  sha256: string
  statement?: string
  erased?: true
}
type Own = Workspace & { hub: string }
type Send = (url: string, init: RequestInit) => Response | Promise<Response>

let t: TestHub
let workspace: Own
let signer: Signer
/** Signatures made and statements posted since the agency last met an honest hub. */
let signed: number
let posted: number
let before: string[]

const FILE_NAMES = ['drafts.json', 'outbox.ndjson', 'rejected.json']
const contents = () =>
  FILE_NAMES.map((name) => join(workspace.folder, name)).map((file) =>
    existsSync(file) ? readFileSync(file, 'utf8') : '',
  )
const honest: Send = (url, init) => t.app.request(url, init)
const clientOf = (send: Send = honest): HubClient =>
  createHubClient(ORIGIN, {
    fetch: (url, init) => {
      if (init.method === 'POST') posted += 1
      return send(url, init)
    },
    sleep: async () => undefined,
  })

/** A hub that is honest but for its feed. */
function feedOf(tamper: (lines: Line[]) => Line[] | Promise<Line[]>): Send {
  return async (url, init) => {
    const response = await honest(url, init)
    const { pathname, searchParams } = new URL(url)
    if (pathname !== '/v1/changes') return response
    const whole = await (await t.app.request('/v1/changes?limit=1000')).text()
    const lines = await tamper(
      whole
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line),
    )
    const after = Number(searchParams.get('after') ?? -1)
    const page = lines.filter(({ index }) => index > after).slice(0, Number(searchParams.get('limit')))
    return new Response(page.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

/** The feed with one more entry at its end. */
const appending = (kind: string, make: (record: RecordClaims) => Promise<string>, issuer = 'th-dbd'): Send =>
  feedOf(async (lines) => {
    const first = lines.find((line) => line.kind === 'record')
    const statement = await make(readPayload<RecordClaims>(first?.statement ?? ''))
    const entry = { index: lines.length, kind, issuer, at: 0, sha256: sha256Hex(statement), statement }
    return [...lines, entry]
  })

const renamed = (record: RecordClaims, id: string, iat = t.now()): RecordClaims => ({
  ...record,
  iat,
  exp: iat + 86_400,
  jti: createJti(),
  trustmark: { ...record.trustmark, id },
})
const own = (iat: number) => ({
  iss: formatEntityId(ORIGIN, 'th-dbd'),
  aud: formatAllianceId(ORIGIN),
  iat,
  jti: createJti(),
})
const registerAt = (iat: number, at = iat) => ({
  ...own(iat),
  register: { count: 0, digest: sha256Hex(''), at },
})

const push = (send: Send, options: Partial<PushOptions> = {}) =>
  pushOutbox(workspace, clientOf(send), {
    now: t.now,
    sign: true,
    revokeMissing: true,
    signer: {
      ...signer,
      sign: (data) => {
        signed += 1
        return signer.sign(data)
      },
    },
    ...options,
  })

/** A push through the lying hub fails as a bad feed, and has done nothing. */
async function refuses(send: Send, words: RegExp, code = 'bad-feed'): Promise<void> {
  const size = (await t.hub.store.head())?.size
  const error = await push(send).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HubClientError)
  expect(error).toMatchObject({ code, message: expect.stringMatching(words) })
  expect({ signed, posted }).toEqual({ signed: 0, posted: 0 })
  expect(contents()).toEqual(before)
  expect((await t.hub.store.head())?.size).toBe(size)
}

/** An agency that has published its register, and whose folder then forgot what it read. */
beforeEach(async () => {
  t = await createTestHub()
  const folder = join(mkdtempSync(join(tmpdir(), 'trustmark-')), 'dbd')
  folders.push(join(folder, '..'))
  workspace = chooseHub(createWorkspace(folder, { member: 'th-dbd', hub: ORIGIN }), ORIGIN)
  await generateWorkspaceKeys(workspace)
  await writeApplication(workspace, ORIGIN, { now: t.now() })
  const file = applicationFile.parse(JSON.parse(readFileSync(join(folder, 'application.json'), 'utf8')))
  await t.push(await signAdmission(file, t.operator, ORIGIN, t.now()))
  signer = await loadSigner(workspace)
  importFile(workspace, Buffer.from(CSV), MAPPING, { file: 'th-dbd.csv', now: t.now() })
  const first = await push(honest, { revokeMissing: false })
  expect(first.rejected).toEqual([])
  t.tick(10)
  forget()
})

function forget(): void {
  rmSync(join(workspace.folder, 'published.json'), { force: true })
  before = contents()
  signed = 0
  posted = 0
}

describe('a feed with what the member did not sign', () => {
  it('a record signed by another key is refused, with advice for a second machine', async () => {
    const forger = await createSigner((await generateKey('issue')).privateJwk)
    const send = appending('record', (record) =>
      signJws(forger, RECORD_TYP, renamed(record, 'th-dbd:FAKE-1')),
    )
    await refuses(send, /Entry \d+ .*no issue key in this folder.*Nothing was signed.*copy that key's file/)
  })

  it('a record under the member’s own kid, but with a false signature, is refused', async () => {
    const forger = await createSigner((await generateKey('issue')).privateJwk)
    const send = appending('record', (record) =>
      signJws({ ...forger, kid: signer.kid }, RECORD_TYP, renamed(record, 'th-dbd:FAKE-1')),
    )
    await refuses(send, /does not verify/)
  })

  it('another member’s record under this one’s name is refused, also if this one’s key signed it', async () => {
    const idea = await t.admit('vn-idea')
    await refuses(
      appending('record', (record) => signJws(idea.signer, RECORD_TYP, renamed(record, 'vn-idea:OTHER-1'))),
      /no issue key in this folder/,
    )
    await refuses(
      appending('record', (record) => signJws(signer, RECORD_TYP, renamed(record, 'vn-idea:OTHER-1'))),
      /is about vn-idea:OTHER-1/,
    )
  })

  it('a statement that the member signed for another alliance is refused', async () => {
    const elsewhere = { ...registerAt(t.now()), aud: formatAllianceId('https://sandbox.example') }
    await refuses(
      appending('register', () => signJws(signer, REGISTER_TYP, elsewhere)),
      /does not verify/,
    )
  })

  it('a genuine statement that is shown as something else is refused', async () => {
    const register = () => signJws(signer, REGISTER_TYP, registerAt(t.now()))
    await refuses(appending('record', register), /is a register of th-dbd, but is shown as a record/)
    await refuses(appending('register', register, 'vn-idea'), /but is shown as a register of vn-idea/)
  })

  it('a genuine statement played a second time is refused: it would undo what was signed since', async () => {
    const again = (kind: string) =>
      feedOf((lines) => [...lines, { ...lines.find((line) => line.kind === kind)!, index: lines.length }])
    await refuses(again('record'), /not after what came before it/)
    await refuses(again('register'), /not after what came before it/)
  })

  it('a statement other than its hash is refused', async () => {
    await refuses(
      feedOf((lines) =>
        lines.map((line) => (line.kind === 'record' ? { ...line, sha256: '0'.repeat(64) } : line)),
      ),
      /not the statement that its log names/,
    )
  })

  it('dates in the future are refused, even with the member’s own signature', async () => {
    await refuses(
      appending('register', () => signJws(signer, REGISTER_TYP, registerAt(FAR))),
      /dated in the future.*clock/,
    )
    await refuses(
      appending('record', (record) =>
        signJws(signer, RECORD_TYP, renamed(record, 'th-dbd:F-1', FAR - 90_000)),
      ),
      /dated in the future/,
    )
    await refuses(
      appending('register', () => signJws(signer, REGISTER_TYP, registerAt(t.now(), FAR))),
      /register as of 253402300000, after its iat/,
    )
    const status = (record: RecordClaims) => ({
      record: record.trustmark.id,
      change: 'suspended',
      reason: { en: 'x' },
      effective: FAR,
    })
    await refuses(
      appending('status', (record) => signJws(signer, STATUS_TYP, { ...own(FAR), status: status(record) })),
      /dated in the future/,
    )
  })

  it('leaves no poison behind: at the honest hub, the next push counts what is in force', async () => {
    const forger = await createSigner((await generateKey('issue')).privateJwk)
    await refuses(
      appending('record', (record) => signJws(forger, RECORD_TYP, renamed(record, 'th-dbd:FAKE-1'))),
      /no issue key/,
    )
    const { register, revoked } = await push(honest)
    expect(revoked).toEqual([])
    const published = readPublished(workspace)
    expect(register?.count).toBe(published.records.size)
    expect([...published.records.keys()]).not.toContain('th-dbd:FAKE-1')
  })
})

describe('a feed that withholds', () => {
  const erase = (lines: Line[], from: string): Line[] =>
    lines.map(({ statement, ...line }) =>
      line.kind === from && line.issuer === 'th-dbd'
        ? { ...line, erased: true }
        : { ...line, ...(statement !== undefined && { statement }) },
    )

  it('a record without its statement is noticed: no register that leaves it out is signed', async () => {
    await refuses(
      feedOf((lines) => erase(erase(lines, 'record'), 'register')),
      /shown without its statement.*Nothing was signed/,
    )
    expect(existsSync(join(workspace.folder, 'published.json'))).toBe(false)
  })

  it('a folder that read it before still counts it', async () => {
    const known = await syncPublished(workspace, clientOf())
    const after = await syncPublished(workspace, clientOf(feedOf((lines) => erase(lines, 'record'))))
    expect([...after.records]).toEqual([...known.records])
  })

  it('an old version that was erased does no harm, once a later register of ours matches what is read', async () => {
    const first = (await syncPublished(workspace, clientOf())).records.keys().next().value!
    const line = (await (await t.app.request('/v1/changes?limit=1000')).text())
      .split('\n')
      .find((text) => text.includes('"kind":"record"'))!
    const old = readPayload<RecordClaims>((JSON.parse(line) as { statement: string }).statement)
    const renewed = await signJws(signer, RECORD_TYP, { ...old, iat: t.now(), jti: createJti() })
    expect(await t.push(renewed)).toMatchObject([{ outcome: 'accepted' }])
    const counted = buildRegister(workspace, await syncPublished(workspace, clientOf()), t.now())
    expect(await t.push(await signJws(signer, REGISTER_TYP, counted))).toMatchObject([
      { outcome: 'accepted' },
    ])
    forget()
    const once = feedOf((lines) => {
      const at = lines.findIndex(({ kind }) => kind === 'record')
      return lines.map((entry, i) => (i === at ? erase([entry], 'record')[0]! : entry))
    })
    const read = await syncPublished(workspace, clientOf(once))
    expect(read.records.has(first)).toBe(true)
    expect(buildRegister(workspace, read, t.now()).register.digest).toBe(counted.register.digest)
  })

  describe('behind an erasure', () => {
    let about: { id: string; indices: number[]; jtis: string[] }
    const signErasure = (indices: readonly number[], by = signer) => {
      const jtis = indices.map((index) => about.jtis[about.indices.indexOf(index)] ?? createJti())
      return signJws(by, ERASURE_TYP, { ...own(t.now()), erasure: { indices, jtis } })
    }
    /** The feed with these entries erased, and further ones at its end. */
    const erasing = (indices: readonly number[], ...more: { kind: string; statement?: string }[]): Send =>
      feedOf((lines) => [
        ...lines.map(({ statement, ...line }) =>
          indices.includes(line.index)
            ? { ...line, erased: true as const }
            : { ...line, ...(statement !== undefined && { statement }) },
        ),
        ...more.map(({ kind, statement }, i) => ({
          index: lines.length + i,
          kind,
          issuer: 'th-dbd',
          at: 0,
          sha256: sha256Hex(statement ?? ''),
          ...(statement !== undefined && { statement }),
        })),
      ])

    beforeEach(async () => {
      const [id = ''] = [...(await syncPublished(workspace, clientOf())).records.keys()]
      const status = { record: id, change: 'suspended', reason: { en: 'x' }, effective: t.now() }
      await t.push(await signJws(signer, STATUS_TYP, { ...own(t.now()), status }))
      const { records } = await syncPublished(workspace, clientOf())
      about = { id, indices: records.get(id)?.indices ?? [], jtis: records.get(id)?.jtis ?? [] }
      expect(about.indices).toHaveLength(2)
      t.tick(10)
      forget()
    })

    it('that the member signed, what is missing is explained: it counts no more', async () => {
      const erased = erasing(about.indices, { kind: 'erasure', statement: await signErasure(about.indices) })
      const { records } = await syncPublished(workspace, clientOf(erased))
      expect(records.has(about.id)).toBe(false)
      expect(records.size).toBeGreaterThan(5)
      forget()
      // Also where a cache still shows what was erased.
      const cached = erasing([], { kind: 'erasure', statement: await signErasure(about.indices) })
      const again = await syncPublished(workspace, clientOf(cached))
      expect([...again.records.keys()]).toEqual([...records.keys()])
    })

    it('that names its jti, the record can’t be passed off as a new one, in another signature, before or after', async () => {
      const [line = ''] = (await (await t.app.request('/v1/changes?limit=1000')).text())
        .split('\n')
        .filter((text) => text.includes(`"index":${about.indices[0]},`))
      const { statement: said } = JSON.parse(line) as { statement: string }
      const twin = { kind: 'record', statement: await signJws(signer, RECORD_TYP, readPayload<object>(said)) }
      expect(twin.statement).not.toBe(said)
      const erasure = { kind: 'erasure', statement: await signErasure(about.indices) }
      await refuses(erasing(about.indices, erasure, twin), /was erased before, played again/)
      forget()
      await refuses(erasing(about.indices, twin, erasure), /erases part of/)
      forget()
      // Also one that has read the erasure before.
      await syncPublished(workspace, clientOf(erasing(about.indices, erasure)))
      await refuses(erasing(about.indices, erasure, twin), /was erased before, played again/)
    })

    it('that names fewer entries than are missing, the rest is withheld', async () => {
      const [first = 0, second = 0] = about.indices
      const other = [...(await syncPublished(workspace, clientOf())).records.values()].at(-1)?.index ?? 0
      forget()
      const statement = await signErasure([first, second])
      await refuses(
        erasing([first, second, other], { kind: 'erasure', statement }),
        new RegExp(`Entry ${other} .*shown without its statement.*no erasure`),
      )
    })

    it('that another key signed, or that is shown without its statement, nothing is explained', async () => {
      const forger = await createSigner((await generateKey('issue')).privateJwk)
      const forged = await signErasure(about.indices, { ...forger, kid: signer.kid })
      await refuses(erasing(about.indices, { kind: 'erasure', statement: forged }), /does not verify/)
      const stranger = await signErasure(about.indices, forger)
      await refuses(erasing(about.indices, { kind: 'erasure', statement: stranger }), /no issue key/)
      await refuses(erasing(about.indices, { kind: 'erasure' }), /shown without its statement/)
    })

    it('that the real hub refused, for it names a part of a record, is refused here too', async () => {
      const statement = await signErasure(about.indices.slice(0, 1))
      expect(await t.push(statement)).toMatchObject([{ problem: { code: 'bad-erasure' } }])
      await refuses(
        erasing(about.indices.slice(0, 1), { kind: 'erasure', statement }),
        /or the record it is about, is shown without its statement/,
      )
      await refuses(erasing([], { kind: 'erasure', statement }), /erases part of th-dbd:.* leaves entry/)
    })

    it('a folder that had read the record forgets it too, and only by such an erasure', async () => {
      const known = await syncPublished(workspace, clientOf())
      expect(known.records.has(about.id)).toBe(true)
      const silent = await syncPublished(workspace, clientOf(erasing(about.indices)))
      expect(silent.records.has(about.id)).toBe(true)
      const told = erasing(about.indices, { kind: 'erasure', statement: await signErasure(about.indices) })
      expect((await syncPublished(workspace, clientOf(told))).records.has(about.id)).toBe(false)
    })

    it('a feed whose end lags behind its erased pages is read again rather than called a lie', async () => {
      const statement = await signErasure(about.indices)
      const [early, late] = [erasing(about.indices), erasing(about.indices, { kind: 'erasure', statement })]
      let asked = 0
      const lagging: Send = (url, init) => {
        asked += 1
        return (asked < 3 ? early : late)(url, init)
      }
      expect((await syncPublished(workspace, clientOf(lagging))).records.has(about.id)).toBe(false)
    })
  })

  it('what was acknowledged and is not at its place is noticed, before any register is signed', async () => {
    const swapped = feedOf((lines) => lines)
    const lying: Send = async (url, init) => {
      if (init.method !== 'POST') return swapped(url, init)
      const { results } = (await (await honest(url, init)).json()) as { results: object[] }
      return Response.json({ results: results.map((result) => ({ ...result, index: 0 })) })
    }
    const changed = CSV.replaceAll('https://somjai-silk.example', 'https://somjai-thai-silk.example')
    importFile(workspace, Buffer.from(changed), MAPPING, { file: 'th-dbd.csv', now: t.now() })
    await expect(push(lying)).rejects.toMatchObject({
      code: 'bad-feed',
      message: expect.stringMatching(/acknowledged a statement as log entry 0, but its feed has another/),
    })
    // The records only: no register followed.
    expect(posted).toBe(1)
  })

  it('an acknowledged statement with another hash in the feed is noticed', async () => {
    const { size } = (await t.hub.store.head())!
    const changed = CSV.replaceAll('https://somjai-silk.example', 'https://somjai-thai-silk.example')
    importFile(workspace, Buffer.from(changed), MAPPING, { file: 'th-dbd.csv', now: t.now() })
    const lying = feedOf((lines) =>
      lines.map((line) =>
        line.index < size
          ? line
          : { ...line, issuer: 'vn-idea', sha256: 'a'.repeat(64), statement: 'e30.e30.AA' },
      ),
    )
    await expect(push(lying)).rejects.toMatchObject({
      code: 'bad-feed',
      message: expect.stringMatching(new RegExp(`acknowledged a statement as log entry ${size}`)),
    })
    expect(posted).toBe(1)
  })
})

describe('a feed that does not end, or is none', () => {
  const answering =
    (make: (url: URL) => Response): Send =>
    (url, init) =>
      url.includes('/v1/changes') ? make(new URL(url)) : honest(url, init)

  it('empty pages that go on for ever are followed once', async () => {
    let asked = 0
    const send = answering(() => {
      asked += 1
      return new Response('', { headers: { Link: `<${ORIGIN}/v1/changes?limit=1000>; rel="next"` } })
    })
    await refuses(send, /goes on after entry -1, but gives nothing/)
    expect(asked).toBe(1)
  })

  /** A body without an end; tells how much of it was taken. */
  function endless(): { response: () => Response; taken: () => number } {
    let bytes = 0
    const chunk = new Uint8Array(1024 * 1024).fill(32)
    const response = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            bytes += chunk.byteLength
            controller.enqueue(chunk)
          },
        }),
      )
    return { response, taken: () => bytes }
  }

  it('a page without an end is read up to its limit, and once more as a small page, not five times', async () => {
    const body = endless()
    const limits: (string | null)[] = []
    const send = answering((url) => {
      limits.push(url.searchParams.get('limit'))
      return body.response()
    })
    await refuses(send, /more than \d+ bytes/)
    expect(limits).toEqual(['1000', '100'])
    expect(body.taken()).toBeLessThan(2 * (MAX_FEED_BYTES + 3 * 1024 * 1024))
  })

  it('any other answer has a lower limit', async () => {
    const body = endless()
    const client = clientOf(() => body.response())
    await expect(client.get('/v1/members/th-dbd')).rejects.toMatchObject({ code: 'too-large' })
    expect(body.taken()).toBeLessThan(MAX_ANSWER_BYTES + 3 * 1024 * 1024)
  })

  it('a page too large because of others’ statements is read in smaller ones', async () => {
    const send: Send = (url, init) =>
      url.includes('limit=1000') ? new Response(new Uint8Array(MAX_FEED_BYTES + 1)) : honest(url, init)
    expect((await push(send)).register?.count).toBeGreaterThan(0)
  })

  it.each(['<html>', '[]', '{"index":"0"}', 'null', '['.repeat(100_000)])(
    'a line that is no entry is refused (%#)',
    async (line) => {
      await refuses(
        answering(() => new Response(`${line}\n`)),
        /What follows entry -1 .* is not a log entry/,
      )
    },
  )

  it('a next page at no address, or at another hub, is not followed', async () => {
    for (const next of ['http://[', 'https://other.example/v1/changes']) {
      const page = await (await t.app.request('/v1/changes?limit=1')).text()
      await refuses(
        answering(() => new Response(page, { headers: { Link: `<${next}>; rel="next"` } })),
        /is not followed/,
        'other-origin',
      )
      forget()
    }
  })
})

describe('the folder’s own memory and clock', () => {
  it('a published.json that says what can not be is read anew', async () => {
    const true_ = await syncPublished(workspace, clientOf())
    const file = join(workspace.folder, 'published.json')
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { records: Record<string, object> }
    const [id = '', record = {}] = Object.entries(stored.records)[0] ?? []
    for (const poison of [
      { ...stored, registerAt: FAR },
      { ...stored, records: { ...stored.records, [id]: { ...record, latestIat: FAR } } },
      { ...stored, records: { ...stored.records, 'vn-idea:OTHER-1': record } },
    ]) {
      writeFileSync(file, JSON.stringify(poison))
      expect(readPublished(workspace).cursor).toBe(-1)
      expect(await syncPublished(workspace, clientOf())).toEqual(true_)
    }
  })

  it('nothing is signed more than a minute ahead of the clock', async () => {
    const published = await syncPublished(openWorkspace(workspace.folder) as Own, clientOf())
    expect(nextIat({ latestIat: 1000 }, 1000)).toBe(1001)
    expect(nextIat({ latestIat: 1059 }, 1000)).toBe(1060)
    expect(() => nextIat({ latestIat: 1060 }, 1000)).toThrow(/clock/)
    const ahead = { ...published, registerAt: t.now() + 61 }
    expect(() => buildRegister(workspace, ahead, t.now())).toThrow(/clock says 2026-11-22/)
  })
})
