/** Sealed files of cases as files in the data folder (DESIGN 4.11). */
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttachmentStore } from '../hub/cases/ports.js'

/** Only this user reads them, though all are ciphertext. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700
/** Of a file that is being written. */
const UNFINISHED = '.part'
/** After this no upload runs any more that could still finish it (ms). */
const ABANDONED_AFTER = 60 * 60 * 1000

/**
 * Opens (and creates) the folder, and clears away what a killed process left half-written.
 * @param now epoch ms
 */
export function createFileAttachments(folder: string, maxBytes: number, now: number): AttachmentStore {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
  clearAbandoned(folder, now)
  // A file's name is the hash of its key, so no key can name a place outside the folder, nor one file twice.
  const pathOf = (key: string): string => join(folder, createHash('sha256').update(key).digest('hex'))
  return {
    maxBytes,
    async put(key, bytes) {
      const unfinished = join(folder, `${randomBytes(16).toString('hex')}${UNFINISHED}`)
      try {
        const file = await open(unfinished, 'wx', FILE_MODE)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(unfinished, pathOf(key))
        await syncFolder(folder)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async get(key) {
      try {
        return new Uint8Array(await readFile(pathOf(key)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async remove(keys) {
      for (const key of keys) await rm(pathOf(key), { force: true })
      if (keys.length > 0) await syncFolder(folder)
    },
  }
}

/** A name that was written, or removed, survives a power cut only once its folder is synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function clearAbandoned(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(UNFINISHED)) continue
    const path = join(folder, name)
    // Another hub on the same folder may have finished it meanwhile.
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (written !== undefined && written < now - ABANDONED_AFTER) rmSync(path, { force: true })
  }
}
