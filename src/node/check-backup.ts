/** Whether a backup can be gone on from: its files are what was written, and its log is whole. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkLog, readLogName } from '../hub/check-log.js'
import type { Head } from '../hub/store.js'
import { encodeBase64 } from '../log/encoding.js'
import { decodeBase64url } from '../trust/json.js'
import { hubKeyFile, loadHubKeys } from '../trust/key-file.js'
import { type BackupManifest, checkFiles, readManifest } from './backup-manifest.js'
import { DataError } from './data-error.js'
import { checkIntegrity, DATABASE_FILE, openSnapshot } from './database-file.js'
import { asDamage, readOperatorKeys } from './replay-database.js'

/** Told what is being done and how far it is. */
export type OnStep = (step: 'files' | 'entries' | 'replay', done: number, total: number) => void

/** Reads manifest and files. @throws DataError `not-a-backup`, `backup-damaged` */
export async function readBackup(folder: string, onStep: OnStep = () => undefined): Promise<BackupManifest> {
  const manifest = readManifest(folder)
  await checkFiles(folder, manifest.files, (done, total) => onStep('files', done, total))
  return manifest
}

/**
 * Checks a database that has this version's tables: pages and references, every entry, statement and tile, and that it is the
 * log of which the manifest speaks.
 * @param folder of the database
 * @throws DataError `log-damaged`, `backup-damaged`
 */
export async function checkDatabase(
  folder: string,
  manifest: BackupManifest,
  onStep: OnStep = () => undefined,
): Promise<Head> {
  const file = join(folder, DATABASE_FILE)
  const opened = openSnapshot(file)
  try {
    checkIntegrity(opened, file)
    const head = await checkLog(opened.store, (done, total) => onStep('entries', done, total))
    const { origin, vkeys } = await readLogName(opened.store)
    const isSame =
      origin === manifest.logOrigin &&
      head.size === manifest.size &&
      head.note === manifest.checkpoint &&
      encodeBase64(decodeBase64url(head.root, 'The root')) === manifest.root &&
      (await opened.store.setting('origin')) === manifest.origin
    if (!isSame) {
      throw new DataError('backup-damaged', `${file} is not the database of which the manifest speaks.`, {
        file: DATABASE_FILE,
      })
    }
    if (manifest.keys) await checkKeys(folder, manifest, vkeys)
    return head
  } catch (error) {
    throw asDamage(error, file)
  } finally {
    opened.close()
  }
}

/** A log key that the log does not know could never be served. */
async function checkKeys(
  folder: string,
  { origin, files }: BackupManifest,
  vkeys: readonly string[],
): Promise<void> {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, 'keys', name), 'utf8'))
  const has = (name: string): boolean => files.some((file) => file.name === `keys/${name}`)
  try {
    const file = hubKeyFile.parse({
      federation: read('federation.jwk.json'),
      log: read('log.jwk.json'),
      ...(has('log-next.jwk.json') && { logNext: read('log-next.jwk.json') }),
      operator: readOperatorKeys(folder),
    })
    if (vkeys.includes((await loadHubKeys(file, origin)).vkeys[0])) return
  } catch (error) {
    if (existsSync(join(folder, 'keys', 'log.jwk.json')) && error instanceof DataError) throw error
  }
  throw new DataError(
    'backup-damaged',
    `${join(folder, 'keys')}: its log key is not one of its log's. If the key was being changed, make the backup again.`,
    { file: 'keys/log.jwk.json' },
  )
}
