/** What a file or folder has seen of a log: a data folder, a mirror's copy, another backup, or a checkpoint that was kept. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownEntry, KnownLog } from '../hub/known-log.js'
import { parseCheckpoint } from '../log/checkpoint.js'
import { equalBytes } from '../log/encoding.js'
import { LogError } from '../log/error.js'
import { MAX_NOTE_LENGTH, parseNote } from '../log/note.js'
import { rootHash } from '../log/tree.js'
import { DataError } from './data-error.js'
import { DATABASE_FILE, openSnapshot } from './database-file.js'

/** Databases that a folder may hold: a hub's, or a mirror's. */
const DATABASES = [DATABASE_FILE, 'copy.sqlite']
const PAGE = 1000

/** @throws DataError `known-unreadable` */
export async function readKnownFile(path: string): Promise<KnownLog & { close(): void }> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat)
    throw unreadable(
      path,
      'does not exist. Name a mirror’s address, a copy’s folder or a file with a checkpoint',
    )
  if (stat.isDirectory()) {
    const name = DATABASES.find((database) => existsSync(join(path, database)))
    if (!name) throw unreadable(path, `holds neither ${DATABASES.join(' nor ')}`)
    return readDatabase(path, join(path, name))
  }
  if (stat.size > MAX_NOTE_LENGTH || readFileSync(path).subarray(0, 15).toString() === 'SQLite format 3')
    return readDatabase(path, path)
  const checkpoint = readFileSync(path, 'utf8')
  assertCheckpoint(path, checkpoint)
  return { name: path, checkpoint, close: () => undefined }
}

async function readDatabase(name: string, file: string): Promise<KnownLog & { close(): void }> {
  try {
    const opened = openSnapshot(file)
    try {
      const head = await opened.store.head()
      if (!head) throw unreadable(name, 'holds no checkpoint')
      assertCheckpoint(name, head.note)
      const entriesAfter = async function* (index: number): AsyncGenerator<KnownEntry> {
        for (let after = index; ; ) {
          const page = await opened.store.changes(after, head.size, PAGE)
          yield* page
          const last = page.at(-1)
          if (!last) return
          after = last.index
        }
      }
      return {
        name,
        // A copy that is still on its way has the checkpoint of where it goes.
        checkpoint: head.note,
        beginsWith: async ({ size, root }) =>
          size > head.size ? undefined : equalBytes(await rootHash(size, opened.store), root),
        entriesAfter,
        close: opened.close,
      }
    } catch (error) {
      opened.close()
      throw error
    }
  } catch (error) {
    throw error instanceof DataError && error.code === 'known-unreadable'
      ? error
      : unreadable(name, `can't be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** @throws DataError `known-unreadable` for what is no checkpoint; whose it is, is judged later */
export function assertCheckpoint(name: string, note: string): void {
  try {
    parseCheckpoint(parseNote(note).text)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw unreadable(name, `holds no checkpoint: ${error.message}`)
  }
}

export function unreadable(name: string, why: string): DataError {
  return new DataError('known-unreadable', `${name} ${why}.`, { file: name })
}
