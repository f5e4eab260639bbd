/** A copy that somebody else keeps up to date: an audit takes its own copy of it, and leaves it as it is. */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { ConfigError } from '../../node.js'
import { lockFolder } from '../mirror/lock-folder.js'
import { FILES as COPY_FILES } from '../mirror/open-copy-folder.js'

/** How long the copy's follower may hold the file (ms): a page of entries takes it a second. */
const PATIENCE = 10_000

/** Whether a folder holds a copy that another process writes, such as `trustmark mirror --follow`. */
export function isFollowed(folder: string): boolean {
  if (![COPY_FILES.database, COPY_FILES.anchor].every((name) => existsSync(join(folder, name)))) return false
  try {
    lockFolder(folder)()
    return false
  } catch (error) {
    if (error instanceof ConfigError) return true
    throw error
  }
}

/**
 * Copies database and pinned keys, as of one moment. Reading the folder itself for the length of an audit would answer as of
 * another log size from one moment to the next, and would keep its follower from scrubbing what was erased.
 * @param into a folder that exists
 */
export function copyAside(folder: string, into: string): void {
  const source = new BetterSqlite3(join(folder, COPY_FILES.database), { readonly: true, timeout: PATIENCE })
  try {
    source.prepare('VACUUM INTO ?').run(join(into, COPY_FILES.database))
  } finally {
    source.close()
  }
  copyFileSync(join(folder, COPY_FILES.anchor), join(into, COPY_FILES.anchor))
}
