/** `trustmark restore` on files: a backup is laid out beside its place, checked and judged there, and put in place at the end. */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readLogName } from '../hub/check-log.js'
import { isListed } from '../hub/directory/fill.js'
import { createMemory, type Reader } from '../hub/hub.js'
import type { CheckedCopy } from '../hub/known-log.js'
import { createHubStore } from '../store/hub-store.js'
import { openSqlite } from '../store/sqlite.js'
import { decodeBase64url } from '../trust/json.js'
import type { BackupManifest } from './backup-manifest.js'
import { checkDatabase, type OnStep, readBackup } from './check-backup.js'
import { checkViews } from './check-views.js'
import { DataError } from './data-error.js'
import { DATABASE_FILE, type OpenedFile, openOwn, openSnapshot, syncPath } from './database-file.js'
import { readKnownFile } from './known-files.js'
import { asNotWritten } from './make-backup.js'
import { asDamage, readOperatorKeys } from './replay-database.js'

export interface RestoreRequest {
  /** The backup's folder. */
  from: string
  /** The data folder to make; it must not exist, or be empty. */
  data: string
  /** Folder of the migrations. */
  migrations: string
  /** The operator puts the private keys in place by hand. */
  withoutKeys?: boolean | undefined
  /** Epoch ms. */
  now: number
  onStep?: OnStep
}

/** A backup that was checked and lies ready; it is no hub's data until {@link finish} is called. */
export interface Prepared {
  manifest: BackupManifest
  /** Where it lies now. */
  folder: string
  /** Puts it in place. */
  finish(): void
  /** Takes it away again, and leaves everything as it was. */
  abandon(): void
}

const STAGING = 'restoring'
const FOLDER_MODE = 0o700

/**
 * Copies a backup into its place's neighbourhood, brings it to this version, checks all of it, and replays its log to compare.
 * @throws DataError `not-a-backup`, `backup-damaged`, `log-damaged`, `views-differ`, `keys-missing`, `target-not-empty`, `wrong-version`, `not-written`
 */
export async function prepareRestore(request: RestoreRequest): Promise<Prepared> {
  const { migrations, withoutKeys, onStep, now } = request
  const [from, data] = [resolve(request.from), resolve(request.data)]
  const manifest = await readBackup(from, onStep)
  await assertEmpty(data, manifest)
  if (!manifest.keys && !withoutKeys) {
    throw new DataError(
      'keys-missing',
      `${from} was made without the hub's private keys. Have them ready (federation.jwk.json and log.jwk.json), restore with --without-keys, and put them into ${join(data, 'keys')} before the hub is started.`,
    )
  }
  const isNew = !existsSync(data)
  const folder = join(data, STAGING)
  const abandon = (): void => {
    rmSync(folder, { recursive: true, force: true })
    if (isNew && existsSync(data)) rmdirSync(data)
  }
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
    for (const name of ['attachments', 'keys']) mkdirSync(join(folder, name), { mode: FOLDER_MODE })
    for (const { name } of manifest.files) {
      const file = join(folder, name)
      copyFileSync(join(from, name), file, constants.COPYFILE_EXCL)
      chmodSync(file, 0o600)
      syncPath(file)
    }
    await migrate(join(folder, DATABASE_FILE), migrations)
    await checkDatabase(folder, manifest, onStep)
    await checkViews(folder, { migrations, now, onStep })
  } catch (error) {
    abandon()
    throw asNotWritten(error, data)
  }
  return { manifest, folder, abandon, finish: () => putInPlace(folder, data) }
}

/** A backup may be of an older version. */
async function migrate(file: string, migrations: string): Promise<void> {
  try {
    const database = openSqlite(file, migrations)
    // How far its directory was filled, nobody signed: what can't be compared is filled from the beginning.
    if (!isListed(await createHubStore(database).setting('directory')))
      await database.atomic([
        database.kysely.deleteFrom('settings').where('name', '=', 'directory').compile(),
      ])
    await database.close()
  } catch (error) {
    const known = asDamage(error, file)
    if (known !== error || !(error instanceof Error)) throw known
    throw new DataError('wrong-version', `${file}: ${error.message}`, { file: DATABASE_FILE })
  }
}

/**
 * Files before the database, which makes the folder a hub's data, and keys last: whoever starts a hub on a folder that is only
 * half there is refused, and never starts an empty log under the keys of a full one.
 */
function putInPlace(folder: string, data: string): void {
  for (const name of ['attachments', DATABASE_FILE, 'keys']) renameSync(join(folder, name), join(data, name))
  syncPath(data)
  rmSync(folder, { recursive: true })
  syncPath(dirname(data))
}

async function assertEmpty(data: string, { size }: BackupManifest): Promise<void> {
  if (!existsSync(data) || readdirSync(data).length === 0) return
  const advice = `Move it away, name it with --known so that nothing newer in it is overlooked, and restore to an empty folder.`
  throw new DataError(
    'target-not-empty',
    `${data} is not empty${await describeLogIn(data, size)}, and nothing is overwritten. ${advice}`,
    { file: data },
  )
}

/** What the log there says, where it still can be read. */
async function describeLogIn(data: string, size: number): Promise<string> {
  if (!existsSync(join(data, DATABASE_FILE))) return ''
  try {
    const known = await readKnownFile(data)
    known.close()
    const there = Number(known.checkpoint.split('\n')[1])
    const more = there > size ? `, ${there - size} more than the backup` : ''
    return `: it holds a log of ${there} entries${more}`
  } catch {
    return ': it holds a database that can’t be read'
  }
}

/** The log of a prepared restore, to be held against what others know of it. Close it before it is finished. */
export async function openCopyOf({
  folder,
  manifest,
}: Prepared): Promise<{ copy: CheckedCopy; close(): void }> {
  const opened = openSnapshot(join(folder, DATABASE_FILE))
  const head = await opened.store.head()
  return {
    copy: {
      origin: manifest.origin,
      store: opened.store,
      operator: readOperatorKeys(folder),
      size: manifest.size,
      root: decodeBase64url(head?.root ?? '', 'The root'),
    },
    close: opened.close,
  }
}

/** A prepared restore as what a mirror's engine can bring up to date. */
export async function openForCatchUp(
  { folder, manifest }: Prepared,
  now: () => number,
): Promise<{ copy: Reader; file: OpenedFile }> {
  const file = openOwn(join(folder, DATABASE_FILE))
  const { origin: logOrigin, vkeys } = await readLogName(file.store)
  const { origin, demo } = manifest
  const keys = { logOrigin, vkeys, operator: readOperatorKeys(folder) }
  return { file, copy: { origin, demo, store: file.store, keys, now, memory: createMemory() } }
}
