/** The embedded back end: better-sqlite3 in this process, the default on Node (DESIGN 4.11). */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Database } from './database.js'
import type { Tables } from './tables.js'

/** Statements kept compiled; the hub has some fifty, bulk inserts included. */
const MAX_PREPARED = 200
/** How long a writer waits for another process's commit before it fails (ms): a full batch takes some 50. */
const BUSY_TIMEOUT = 10_000
/** How long scrubbing waits for a process that reads (ms); it is tried again every few seconds. */
const SCRUB_TIMEOUT = 100
/** Largest database that an erasure writes anew (bytes): some 20,000 records, which takes half a second. */
const MAX_REWRITTEN_BYTES = 64 * 1024 * 1024

/**
 * Opens (and creates) a database file, or `:memory:`.
 * @throws Error when a migration that was applied has been changed since
 */
export function openSqlite(file: string, migrations: string): Database {
  const raw = new BetterSqlite3(file)
  raw.pragma('journal_mode = WAL')
  // An acknowledged statement survives a power cut, not only a killed process.
  raw.pragma('synchronous = FULL')
  raw.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  raw.pragma('foreign_keys = ON')
  // What is erased is overwritten with zeros; else it would stay readable in freed pages until they are used again.
  raw.pragma('secure_delete = ON')
  migrate(raw, migrations)
  emptyLog(raw)
  return wrapSqlite(raw)
}

/** A process that was killed between an erasure and its scrubbing left what was erased in the write-ahead log. */
function emptyLog(raw: BetterSqlite3.Database): void {
  try {
    raw.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    // Reading goes on where the disk is full or locked: what writes next says so.
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error
  }
}

/** The port over a connection that is open already, with whatever lock or snapshot it has. */
export function wrapSqlite(raw: BetterSqlite3.Database): Database {
  const prepared = new Map<string, BetterSqlite3.Statement>()
  const prepare = (sql: string): BetterSqlite3.Statement => {
    let statement = prepared.get(sql)
    if (!statement) {
      if (prepared.size >= MAX_PREPARED) prepared.clear()
      statement = raw.prepare(sql)
      prepared.set(sql, statement)
    }
    return statement
  }
  const run = (sql: string, parameters: readonly unknown[]): unknown[] => {
    const statement = prepare(sql)
    if (statement.reader) return statement.all(...parameters)
    statement.run(...parameters)
    return []
  }
  const kysely = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: { prepare: (sql: string) => prepare(sql), close: () => raw.close() } as never,
    }),
  })
  const transaction = raw.transaction((queries: Parameters<Database['atomic']>[0]) => {
    for (const query of queries) run(query.sql, query.parameters)
  })
  /** Waits for others no longer than scrubbing is worth: this thread answers nobody meanwhile. */
  const briefly = <T>(act: () => T): T => {
    raw.pragma(`busy_timeout = ${SCRUB_TIMEOUT}`)
    try {
      return act()
    } finally {
      raw.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
    }
  }
  const truncate = (): void => {
    const [done] = briefly(() => raw.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[]
    if (done?.busy) {
      throw new Error(
        'another process reads the database, so its write-ahead log could not be emptied: what was erased is in it until that is done',
      )
    }
  }
  return {
    kysely,
    read: async <R>(query: { sql: string; parameters: readonly unknown[] }) =>
      run(query.sql, query.parameters) as R[],
    atomic: async (queries) => transaction.immediate(queries),
    // Pages as they were before an erasure stand in the write-ahead log until it is emptied.
    scrub: async () => truncate(),
    rewrite: async () => {
      const bytes =
        Number(raw.pragma('page_count', { simple: true })) * Number(raw.pragma('page_size', { simple: true }))
      if (raw.memory) return true
      if (bytes > MAX_REWRITTEN_BYTES) return false
      briefly(() => raw.exec('VACUUM'))
      truncate()
      return true
    },
    close: async () => {
      raw.close()
    },
  }
}

/** Applies the plain .sql files in name order, each in one transaction, and refuses one that changed afterwards. */
function migrate(raw: BetterSqlite3.Database, folder: string): void {
  raw.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT')
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const apply = raw.transaction(() => {
    const applied = new Map(
      (raw.prepare('SELECT name, sha256 FROM migrations').all() as { name: string; sha256: string }[]).map(
        (row) => [row.name, row.sha256],
      ),
    )
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      const known = applied.get(name)
      if (known === sha256) continue
      if (known)
        throw new Error(
          `migration ${name} was changed after it was applied; restore the file or start a new database`,
        )
      raw.exec(text)
      raw.prepare('INSERT INTO migrations (name, sha256) VALUES (?, ?)').run(name, sha256)
    }
    const unknown = [...applied.keys()].find((name) => !files.includes(name))
    if (unknown)
      throw new Error(`the database was made by a newer version (migration ${unknown}); run that version`)
  })
  apply.immediate()
}
