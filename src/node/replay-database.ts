/** Replaying a hub's log from its file into a fresh one: what rebuild puts in place, and what restore holds a backup against. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { LogDamage, readLogName } from '../hub/check-log.js'
import { LISTED_FROM_THE_START } from '../hub/directory/fill.js'
import { createMemory, type Reader } from '../hub/hub.js'
import { rebuild } from '../hub/rebuild.js'
import { ReplayError, type ReplayedEntry } from '../hub/replay.js'
import type { Head } from '../hub/store.js'
import { EMPTY_ROOT } from '../log/hash.js'
import type { Database } from '../store/database.js'
import { createHubStore } from '../store/hub-store.js'
import { openSqlite } from '../store/sqlite.js'
import { encodeBase64url } from '../trust/json.js'
import { type PublicJwk, publicJwk } from '../trust/keys.js'
import { DataError } from './data-error.js'
import { asDataError, type OpenedFile } from './database-file.js'

/** The operator's public keys, by which admissions are verified. @throws DataError `no-data` */
export function readOperatorKeys(data: string): PublicJwk[] {
  const file = join(data, 'keys', 'operator.jwks.json')
  if (!existsSync(file))
    throw new DataError('no-data', `${file} is missing: without the operator's public keys no log replays.`, {
      file,
    })
  return z.object({ keys: z.array(publicJwk).min(1) }).parse(JSON.parse(readFileSync(file, 'utf8'))).keys
}

export interface ReplayRequest {
  /** Folder of the migrations. */
  migrations: string
  /** Epoch ms. */
  now: number
  onProgress?: (done: number, total: number) => void
}

/**
 * Replays the log of `old` into a new file, whose views then say what the log says and nothing else.
 * @returns the head of `old`
 * @throws LogDamage, ReplayError
 */
export async function replayDatabase(
  made: string,
  old: OpenedFile,
  operator: PublicJwk[],
  { migrations, now, onProgress }: ReplayRequest,
): Promise<Head> {
  const head = await old.store.head()
  if (!head) throw new LogDamage('no-log', 'It holds no checkpoint: no hub was ever started on it.')
  const { origin: logOrigin, vkeys } = await readLogName(old.store)
  const origin = (await old.store.setting('origin')) ?? ''
  const demo = (await old.store.setting('demo')) === 'true'
  const database = openSqlite(made, migrations)
  try {
    const store = createHubStore(database)
    const empty = { size: 0, root: encodeBase64url(EMPTY_ROOT), note: '', at: 0, rosterSize: 0 }
    await store.found({ origin, vkey: vkeys[0], demo: String(demo), ...LISTED_FROM_THE_START }, empty)
    const keys = { logOrigin, vkeys, operator }
    const copy: Reader = { origin, demo, store, keys, now: () => now, memory: createMemory() }
    const source = {
      head,
      entries: (after: number, limit: number) => readEntries(old.database, after, limit),
      withheld: old.store.withheld,
    }
    await rebuild(copy, source, onProgress)
  } finally {
    await database.close()
  }
  return head
}

function readEntries({ kysely, read }: Database, after: number, limit: number): Promise<ReplayedEntry[]> {
  return read(
    kysely
      .selectFrom('entries')
      .leftJoin('statements', 'statements.idx', 'entries.idx')
      .select(['entries.idx as index', 'entries.at', 'entries.issuer', 'entries.kind', 'entries.sha256'])
      .select('statements.jws as statement')
      .where('entries.idx', '>', after)
      .orderBy('entries.idx')
      .limit(limit)
      .compile(),
  )
}

/** A database and all that SQLite puts beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}

/** What a log's fault is called here. */
export function asDamage(error: unknown, file: string): unknown {
  if (error instanceof LogDamage || error instanceof ReplayError) {
    return new DataError('log-damaged', `${file}: ${error.message}`, { file, index: error.index })
  }
  return asDataError(error, file)
}
