/** Copies of a test's hub: in memory, made over its own HTTP answers, which a test may alter on the way. */
import type { Hono } from 'hono'
import { createApp } from '../src/app.js'
import { createHubClient, type HubClient } from '../src/cli/hub-client.js'
import { createHttpSource } from '../src/cli/mirror/http-source.js'
import { createMemory, type Hub, type Reader } from '../src/hub/hub.js'
import { listMembers } from '../src/hub/list-members.js'
import { openCopy } from '../src/hub/mirror/open-copy.js'
import { type Synced, type SyncOptions, syncCopy } from '../src/hub/mirror/sync-copy.js'
import { openHub } from '../src/hub/open-hub.js'
import { appendEntries } from '../src/hub/sequence.js'
import { verify } from '../src/hub/verify.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { sha256Hex } from '../src/trust/digest.js'
import { generateHubKeys, type HubKeyFile, loadHubKeys } from '../src/trust/key-file.js'
import { type LineResult, recordClaims, signRecord, type TestHub, type TestMember } from './hub-fixture.js'

export const migrations = new URL('../src/store/migrations', import.meta.url).pathname

/** Changes a real answer of the hub; undefined leaves it as it is. */
export type Alter = (path: string, answer: Response) => Response | undefined | Promise<Response | undefined>

/** A client of the hub that waits no time. */
export function clientOf({ app, hub }: { app: Hono; hub: { origin: string } }, alter?: Alter): HubClient {
  return createHubClient(hub.origin, {
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url)
      const answer = await app.request(url, init)
      return (await alter?.(pathname + search, answer.clone())) ?? answer
    },
    sleep: async () => undefined,
  })
}

/** An empty copy, with the hub's public keys only. */
export function copyOf({ hub }: TestHub, file = ':memory:'): Promise<Reader> {
  const { logOrigin, vkeys, operator } = hub.keys
  return openCopy({
    store: openStores(openSqlite(file, migrations)).store,
    anchor: { origin: hub.origin, logOrigin, vkeys, operator, demo: hub.demo },
    now: hub.now,
  })
}

/** Brings a copy up to date with what the hub's own app answers. */
export function sync(copy: Reader, t: TestHub, alter?: Alter, options: SyncOptions = {}): Promise<Synced> {
  return syncCopy(copy, createHttpSource(clientOf(t, alter)), { sleep: async () => undefined, ...options })
}

/** Records of shops with these names. */
export function shops(t: TestHub, member: TestMember, names: readonly string[]): Promise<string[]> {
  return Promise.all(
    names.map((name) =>
      signRecord(
        member,
        recordClaims(member, t.now(), {
          certificate: name,
          url: `https://${name.toLowerCase()}.example`,
          origin: t.hub.origin,
        }),
      ),
    ),
  )
}

/** Everything that a look-up of these records, or of the members, can say. */
export async function answersOf(reader: Reader, ids: readonly string[]) {
  const verdicts = await Promise.all(
    ids.flatMap((record) => [
      verify(reader, { record, for: 'VN' }),
      verify(reader, { url: `https://${record.split(':')[1]?.toLowerCase()}.example` }),
    ]),
  )
  return {
    verdicts: verdicts.map(({ body, etag }) => [new TextDecoder().decode(body), etag]),
    histories: await Promise.all(ids.map((id) => reader.store.history(id))),
    members: (await listMembers(reader)).members,
    head: await reader.store.head(),
    keys: await reader.store.logKeys(),
  }
}

/** Another hub with the same keys, and a database of its own: what two histories under one name take. */
export async function twinOf(t: TestHub): Promise<TestHub> {
  const { restored: _, memory: __, ...parts } = t.hub
  return withHub(t, await openHub({ ...parts, ...openStores(openSqlite(':memory:', migrations)) }))
}

/** The same hub's database under other keys of the log. */
export async function withLogKeys(
  t: TestHub,
  log: HubKeyFile['log'],
  next?: HubKeyFile['log'],
): Promise<TestHub> {
  const federation = await generateHubKeys()
  const loaded = await loadHubKeys(
    { ...federation, log, ...(next && { logNext: next }), operator: [...t.hub.keys.operator] },
    t.hub.origin,
  )
  const { logOrigin, vkeys, log: signers } = loaded
  return withHub(t, {
    ...t.hub,
    keys: { ...t.hub.keys, logOrigin, vkeys, log: signers },
    memory: createMemory(),
  })
}

function withHub(t: TestHub, hub: Hub): TestHub {
  const app = createApp({ hub, report: (error) => t.reported.push(error) })
  return {
    ...t,
    hub,
    app,
    async push(...statements) {
      const response = await app.request('/v1/statements', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ statements }),
      })
      return ((await response.json()) as { results: LineResult[] }).results
    },
  }
}

/** A hub that logs what it should have refused: no rule is asked. */
export async function logUnchecked(
  { hub }: TestHub,
  issuer: string,
  kind: string,
  jws: string,
): Promise<void> {
  const previous = (await hub.store.head())!
  const entry = { index: previous.size, at: hub.now(), issuer, kind, sha256: sha256Hex(jws) }
  const entries = [{ ...entry, jti: `unchecked ${previous.size}`, subject: null, country: null, jws }]
  const { next, tiles } = await appendEntries(hub, previous, entries, entry.at)
  const nothing = {
    members: [],
    standings: [],
    issued: [],
    changed: [],
    registers: [],
    logKeys: [],
    refused: [],
  }
  const erased = { entries: [], records: [] }
  await hub.store.commit({ previous, next, entries, tiles, erased, ...nothing })
}
