/** A hub that logged what its own rules refuse: a record whose address for visitors is another record's. */
import { createMemory, type Reader } from '../src/hub/hub.js'
import { type ReplayedEntry, replay } from '../src/hub/replay.js'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { EMPTY_ROOT } from '../src/log/hash.js'
import { signNote } from '../src/log/note.js'
import { createHubStore } from '../src/store/hub-store.js'
import { openSqlite } from '../src/store/sqlite.js'
import { sha256Hex } from '../src/trust/digest.js'
import { decodeBase64url, encodeBase64url } from '../src/trust/json.js'
import { createTestHub, recordClaims, signRecord, type TestHub } from './hub-fixture.js'

/** Entry 1 breaks the rule `bad-claims`, at `ref`. */
export async function createRulelessHub(): Promise<TestHub> {
  const t = await createTestHub()
  const member = await t.admit('th-dbd')
  const claims = recordClaims(member, t.now())
  const statement = await signRecord(member, { ...claims, ref: `${t.hub.origin}/r/th-dbd:other` })
  const at = t.now() * 1000
  const entry = { index: 1, at, issuer: 'th-dbd', kind: 'record', sha256: sha256Hex(statement), statement }
  const checkpoint = { origin: t.hub.keys.logOrigin, size: 2, root: await rootWith(t, entry) }
  await replay(t.hub, [entry], await signNote(formatCheckpoint(checkpoint), ...t.hub.keys.log))
  return t
}

/** The root that a hub's log would have with one more entry. */
async function rootWith({ hub }: TestHub, entry: ReplayedEntry): Promise<Uint8Array> {
  const migrations = new URL('../src/store/migrations', import.meta.url).pathname
  const store = createHubStore(openSqlite(':memory:', migrations))
  const root = encodeBase64url(EMPTY_ROOT)
  await store.found({ origin: hub.origin }, { size: 0, root, note: '', at: 0, rosterSize: 0 })
  const copy: Reader = { ...hub, store, memory: createMemory() }
  const before = (await hub.store.changes(-1, entry.index, entry.index)).map(
    ({ erasedBy: _, ...rest }) => rest,
  )
  await replay(copy, [...before, entry], '')
  return decodeBase64url((await store.head())?.root ?? '', 'root')
}
