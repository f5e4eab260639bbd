/**
 * `trustmark backup` on files: one moment of the database, then the sealed files that it knows, while the hub runs.
 *
 * Database first: a file that it knows was stored before, and is written once under a name of its own, so it can only be there
 * or have been erased since. Files first would miss those that came in between, of which the database then says it has them.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readLogName } from '../hub/check-log.js'
import { encodeBase64 } from '../log/encoding.js'
import { decodeBase64url } from '../trust/json.js'
import { type BackupManifest, describeFiles, formatManifest, MANIFEST_FILE } from './backup-manifest.js'
import { checkDatabase, type OnStep, readBackup } from './check-backup.js'
import { DataError } from './data-error.js'
import {
  asDataError,
  assertVersion,
  DATABASE_FILE,
  openForReading,
  openSnapshot,
  syncFolderOf,
  syncPath,
} from './database-file.js'

export interface BackupRequest {
  /** The hub's data folder. */
  data: string
  /** Folder of the migrations. */
  migrations: string
  /** A folder that does not exist. */
  to: string
  withKeys?: boolean | undefined
  /** Epoch ms. */
  now: number
  onStep?: OnStep
}

/** Webhook secrets, sealed complaints and perhaps keys: for this account only. */
const FOLDER_MODE = 0o700
const FILE_MODE = 0o600

const PUBLIC_KEYS = ['operator.jwks.json']
/** The hub's own keys, with those its log had before. Never `addresses.key`: no backup may hold an address (address-box.ts). */
const PRIVATE_KEYS = /^(federation|log|log-next)\.jwk\.json(\.retired-[0-9a-f]+)?$/

/**
 * Makes a backup and reads it again. Under its own name it stands only once all of it is on the disk and was found whole.
 * @throws DataError `exists`, `no-data`, `not-written`, `wrong-version`; `log-damaged` for a hub whose own log is not whole
 */
export async function makeBackup({
  data,
  migrations,
  now,
  onStep,
  withKeys = false,
  ...request
}: BackupRequest): Promise<BackupManifest> {
  const to = resolve(request.to)
  if (existsSync(to)) {
    throw new DataError('exists', `${to} exists already, and nothing is overwritten. Name a new folder.`, {
      file: to,
    })
  }
  const unfinished = `${to}.unfinished-${randomBytes(4).toString('hex')}`
  try {
    const file = join(data, DATABASE_FILE)
    copyDatabase(file, migrations, () => {
      mkdirSync(dirname(to), { recursive: true })
      mkdirSync(unfinished, { mode: FOLDER_MODE })
      return join(unfinished, DATABASE_FILE)
    })
    const { missing, names } = copyAttachments(data, unfinished)
    const keys = copyKeys(data, unfinished, withKeys)
    const manifest: BackupManifest = {
      ...(await describeLog(join(unfinished, DATABASE_FILE))),
      format: 1,
      made: new Date(now).toISOString(),
      keys: withKeys,
      missing,
      files: await describeFiles(unfinished, [DATABASE_FILE, ...keys, ...names]),
    }
    write(join(unfinished, MANIFEST_FILE), formatManifest(manifest))
    for (const folder of ['attachments', 'keys']) syncPath(join(unfinished, folder))
    syncPath(unfinished)
    await readBackup(unfinished, onStep)
    await checkDatabase(unfinished, manifest, onStep)
    renameSync(unfinished, to)
    syncFolderOf(to)
    return manifest
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw asNotWritten(error, to)
  }
}

/**
 * VACUUM INTO reads in one transaction and writes only what is there: no freed page, so nothing that was erased. SQLite's page
 * by page backup would copy those, and begin anew whenever another process writes.
 */
function copyDatabase(file: string, migrations: string, prepare: () => string): void {
  const source = openForReading(file)
  try {
    assertVersion(source, file, migrations)
    const target = prepare()
    source.raw.prepare('VACUUM INTO ?').run(target)
    chmodSync(target, FILE_MODE)
    syncPath(target)
  } catch (error) {
    throw asDataError(error, file)
  } finally {
    source.close()
  }
}

interface StoredFile {
  ref: string
  id: string
  bytes: number
  sha256: string
}

const STORED_FILES = 'SELECT ref, id, bytes, sha256 FROM case_attachments WHERE stored = 1 ORDER BY ref, id'

/** Copies what the copied database knows; what is not there is named, unless its case was erased in the meantime. */
function copyAttachments(data: string, unfinished: string): { names: string[]; missing: string[] } {
  const names: string[] = []
  const missing: string[] = []
  mkdirSync(join(unfinished, 'attachments'), { mode: FOLDER_MODE })
  for (const { ref, id, bytes, sha256 } of listStored(join(unfinished, DATABASE_FILE))) {
    const name = `attachments/${createHash('sha256').update(`${ref}/${id}`).digest('hex')}`
    const content = readIfThere(join(data, name))
    const isWhole = content?.length === bytes && createHash('sha256').update(content).digest('hex') === sha256
    if (content && isWhole) {
      write(join(unfinished, name), content)
      names.push(name)
    } else missing.push(`${ref}/${id}`)
  }
  if (missing.length === 0) return { names, missing }
  const still = new Set(listStored(join(data, DATABASE_FILE)).map(({ ref, id }) => `${ref}/${id}`))
  return { names, missing: missing.filter((key) => still.has(key)) }
}

function listStored(file: string): StoredFile[] {
  const opened = openSnapshot(file)
  try {
    // Files may lie in the database itself (case_files): then they are in its copy already.
    return (opened.raw.prepare(STORED_FILES).all() as StoredFile[]).filter(
      ({ ref, id }) =>
        opened.raw.prepare('SELECT 1 FROM case_files WHERE key = ? LIMIT 1').get(`${ref}/${id}`) ===
        undefined,
    )
  } finally {
    opened.close()
  }
}

/** @returns the names of those copied */
function copyKeys(data: string, unfinished: string, withKeys: boolean): string[] {
  const folder = join(data, 'keys')
  mkdirSync(join(unfinished, 'keys'), { mode: FOLDER_MODE })
  const wanted = (existsSync(folder) ? readdirSync(folder) : []).filter(
    (name) => PUBLIC_KEYS.includes(name) || (withKeys && PRIVATE_KEYS.test(name)),
  )
  for (const name of wanted) write(join(unfinished, 'keys', name), readFileSync(join(folder, name)))
  return wanted.map((name) => `keys/${name}`)
}

async function describeLog(
  file: string,
): Promise<Pick<BackupManifest, 'origin' | 'logOrigin' | 'demo' | 'size' | 'root' | 'checkpoint'>> {
  const opened = openSnapshot(file)
  try {
    const { origin: logOrigin } = await readLogName(opened.store)
    const head = await opened.store.head()
    if (!head)
      throw new DataError('no-data', `${file} holds no log: no hub was ever started on it.`, { file })
    return {
      origin: (await opened.store.setting('origin')) ?? '',
      logOrigin,
      demo: (await opened.store.setting('demo')) === 'true',
      size: head.size,
      root: encodeBase64(decodeBase64url(head.root, 'The root')),
      checkpoint: head.note,
    }
  } finally {
    opened.close()
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(file, content, { mode: FILE_MODE, flag: 'wx' })
  syncPath(file)
}

/** A disk that is full says so in several ways. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']

export function asNotWritten(error: unknown, path: string): unknown {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException
  if (!FULL.includes(code)) return error
  return new DataError(
    'not-written',
    `${path} can't be written (${code}): the disk is full or fails. Make room, and run it again; nothing half-written was left.`,
    { file: path },
  )
}
