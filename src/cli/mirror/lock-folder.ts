/** One writer per copy: a lock that the system itself lets go of, however its holder ends. */
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { ConfigError } from '../../node.js'

const LOCK_FILE = 'lock.sqlite'

/**
 * Locks a folder against other processes that would write the same copy. A process id in a file would outlive a process that
 * was killed; SQLite's own file lock does not.
 * @returns lets go of it
 * @throws ConfigError when somebody holds it
 */
export function lockFolder(folder: string): () => void {
  const lock = new BetterSqlite3(join(folder, LOCK_FILE), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error
    throw new ConfigError(
      `Another "trustmark" writes the copy in ${folder} just now. Let it end, or stop it; a copy has one writer, and any number of readers.`,
    )
  }
  return () => lock.close()
}
