/** A hub's database file as backup, restore and rebuild handle it: whole, and beside a hub that may be running. */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { HubStore } from '../hub/store.js'
import type { Database } from '../store/database.js'
import { createHubStore } from '../store/hub-store.js'
import { wrapSqlite } from '../store/sqlite.js'
import { DataError } from './data-error.js'

/** Name of the database in a data folder. */
export const DATABASE_FILE = 'hub.sqlite'

/** Whole tables may be read while a hub that is busy holds the file for a moment (ms). */
const PATIENCE = 10_000

export interface OpenedFile {
  raw: BetterSqlite3.Database
  database: Database
  store: HubStore
  close(): void
}

/**
 * Opens a database for reading: all that is read comes from one moment, however much a hub writes meanwhile.
 * @throws DataError `no-data`, `log-damaged`
 */
export function openSnapshot(file: string): OpenedFile {
  return open(file, { readonly: true, timeout: PATIENCE }, (raw) => {
    raw.exec('BEGIN')
    // The snapshot is taken by the first read.
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
  })
}

/** Opens a database for one command that reads all of it, such as VACUUM INTO. @throws DataError as {@link openSnapshot} */
export function openForReading(file: string): OpenedFile {
  return open(file, { readonly: true, timeout: PATIENCE }, (raw) => {
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
  })
}

/**
 * Opens a database that nobody else has open, and keeps everybody out until it is closed.
 * @throws DataError `in-use`, `no-data`
 */
export function openAlone(file: string): OpenedFile {
  return open(file, { timeout: 0 }, (raw) => {
    // In this mode a write-ahead log is used without shared memory, which takes a lock that no other connection lets through.
    raw.pragma('locking_mode = EXCLUSIVE')
    raw.exec('BEGIN EXCLUSIVE')
  })
}

/** Opens a database that is no hub's yet, to write it. */
export function openOwn(file: string): OpenedFile {
  return open(file, { timeout: 0 }, (raw) => {
    raw.pragma('secure_delete = ON')
  })
}

function open(
  file: string,
  options: BetterSqlite3.Options,
  prepare: (raw: BetterSqlite3.Database) => void,
): OpenedFile {
  if (!existsSync(file)) {
    throw new DataError('no-data', `${file} does not exist. Name the hub's data folder with --data.`, {
      file,
    })
  }
  let raw: BetterSqlite3.Database | undefined
  try {
    raw = new BetterSqlite3(file, { ...options, fileMustExist: true })
    prepare(raw)
    const opened = raw
    const database = wrapSqlite(opened)
    return { raw: opened, database, store: createHubStore(database), close: () => void opened.close() }
  } catch (error) {
    raw?.close()
    throw asDataError(error, file)
  }
}

/** What SQLite says, in words that help; any other error as it is. */
export function asDataError(error: unknown, file: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error
  const { code } = error
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new DataError('in-use', `Another process has ${file} open. Stop the hub, and run it again.`, {
      file,
    })
  }
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_READONLY') {
    return new DataError(
      'not-written',
      `${file} can't be read or written to its end (${code}): the disk is full or fails. Make room, and run it again.`,
      { file },
    )
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_ERROR') {
    return new DataError('log-damaged', `${file} is no sound database of a hub (${error.message}).`, { file })
  }
  if (code.startsWith('SQLITE_CANTOPEN'))
    return new DataError('no-data', `${file} can't be opened (${code}).`, { file })
  return error
}

/** @throws DataError `wrong-version` unless the database has exactly the migrations of this version */
export function assertVersion({ raw }: OpenedFile, file: string, migrations: string): void {
  const has = (raw.prepare('SELECT name FROM migrations').pluck().all() as string[]).sort()
  const known = readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const newer = has.find((name) => !known.includes(name))
  const missing = known.find((name) => !has.includes(name))
  if (newer)
    throw new DataError(
      'wrong-version',
      `${file} was made by a newer version (${newer}). Use that version of this program.`,
      { file },
    )
  if (missing)
    throw new DataError(
      'wrong-version',
      `${file} is of an older version (it lacks ${missing}). Start the hub once with this version, or use the version that it was run with.`,
      { file },
    )
}

/** @throws DataError `log-damaged` when SQLite finds its pages, indices or references unsound */
export function checkIntegrity({ raw }: OpenedFile, file: string): void {
  try {
    const [found] = raw.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (found?.integrity_check !== 'ok') {
      throw new DataError('log-damaged', `${file} is damaged: ${found?.integrity_check ?? 'unknown'}.`, {
        file,
      })
    }
    const [reference] = raw.pragma('foreign_key_check') as { table: string }[]
    if (reference) {
      throw new DataError(
        'log-damaged',
        `${file} is damaged: a row of ${reference.table} names one that is missing.`,
        { file },
      )
    }
  } catch (error) {
    throw asDataError(error, file)
  }
}

/** What was written survives a power cut only once the file, or the folder that names it, is synced. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function syncFolderOf(path: string): void {
  syncPath(dirname(path))
}
