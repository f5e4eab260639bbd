/** `trustmark rebuild` on files: a fresh database is made from the log of the old one, compared with it, and may take its place. */
import { chmodSync, chownSync, existsSync, linkSync, renameSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Comparison, compareTables, copyTables } from './compare-tables.js'
import { DataError } from './data-error.js'
import {
  assertVersion,
  checkIntegrity,
  DATABASE_FILE,
  type OpenedFile,
  openAlone,
  openOwn,
  openSnapshot,
  syncFolderOf,
  syncPath,
} from './database-file.js'
import { asDamage, readOperatorKeys, removeDatabase, replayDatabase } from './replay-database.js'
import { COPIED_TABLES, DERIVED_TABLES } from './table-lists.js'

export interface RebuildRequest {
  /** The hub's data folder. */
  data: string
  /** Folder of the migrations. */
  migrations: string
  /** The file to make, unless it replaces the hub's own; by default in the data folder. */
  into?: string | undefined
  replace?: boolean | undefined
  /** Epoch ms. */
  now: number
  onProgress?: (done: number, total: number) => void
}

export interface Rebuilt extends Comparison {
  origin: string
  size: number
  root: string
  /** Where the new database is. */
  file: string
  /** Where the old one is now, if it was replaced. */
  kept?: string
}

/** A file that is not finished, and is no database to rely on. */
const UNFINISHED = '.unfinished'

/**
 * Makes the database anew. Nothing of the old one changes; with `replace` the names of the two are changed at the end, while
 * nobody else can have either open.
 * @throws DataError `no-data`, `in-use`, `exists`, `wrong-version`, `not-written`; `log-damaged` with the index at fault
 */
export async function rebuildDatabase(request: RebuildRequest): Promise<Rebuilt> {
  const { data, migrations, replace } = request
  const file = join(data, DATABASE_FILE)
  const target = replace ? file : resolve(request.into ?? join(data, 'hub.rebuilt.sqlite'))
  if (!replace && existsSync(target))
    throw new DataError('exists', `${target} exists already, and nothing is overwritten. Move it away.`, {
      file: target,
    })
  const old = replace ? openAlone(file) : openSnapshot(file)
  const unfinished = `${target}${UNFINISHED}`
  try {
    assertVersion(old, file, migrations)
    const operator = readOperatorKeys(data)
    removeDatabase(unfinished)
    const head = await replayDatabase(unfinished, old, operator, request)
    const comparison = finish(unfinished, old)
    const origin = (await old.store.setting('origin')) ?? ''
    const kept = replace ? swap(file, unfinished, old, request.now) : undefined
    if (!replace) renameSync(unfinished, target)
    syncFolderOf(target)
    return {
      origin,
      size: head.size,
      root: head.root,
      file: target,
      ...(kept !== undefined && { kept }),
      ...comparison,
    }
  } catch (error) {
    removeDatabase(unfinished)
    throw asDamage(error, file)
  } finally {
    old.close()
  }
}

/** Copies what the log can't give, and looks for what the old views had wrong. */
function finish(unfinished: string, old: OpenedFile): Comparison {
  const made = openOwn(unfinished)
  try {
    copyTables(old.raw, made.raw, COPIED_TABLES)
    checkIntegrity(made, unfinished)
    made.raw.pragma('wal_checkpoint(TRUNCATE)')
    return compareTables(old.raw, made.raw, DERIVED_TABLES)
  } finally {
    made.close()
    syncPath(unfinished)
  }
}

/** @returns where the old file is now */
function swap(file: string, unfinished: string, old: OpenedFile, now: number): string {
  const kept = `${file}.before-rebuild-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`
  const { mode, uid, gid } = statSync(file)
  chmodSync(unfinished, mode & 0o777)
  // Run by another account than the hub's, the new file must still be the hub's own.
  if (uid !== process.getuid?.() || gid !== process.getgid?.()) chownSync(unfinished, uid, gid)
  // Its write-ahead log lies under the old file's name and must never meet the new one. The lock stays. And a hub that waits
  // for the lock has the old file open: it must write to turn the log on again, and SQLite writes to no file that was renamed.
  old.raw.exec('COMMIT')
  old.raw.pragma('wal_checkpoint(TRUNCATE)')
  old.raw.pragma('journal_mode = DELETE')
  linkSync(file, kept)
  renameSync(unfinished, file)
  return kept
}
