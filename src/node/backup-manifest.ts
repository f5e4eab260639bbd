/** `manifest.json` of a backup: what it is of, and the hash of every file in it. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { canonicalJson, sha256Hex } from '../trust/digest.js'
import { DataError } from './data-error.js'

export const MANIFEST_FILE = 'manifest.json'
/** Most bytes of a manifest: a hundred for each of a million files. */
const MAX_MANIFEST_BYTES = 100_000_000

/** The only names that a backup has files under: none may lead out of the folder it is restored to. */
const fileName = z.string().regex(/^(hub\.sqlite|attachments\/[0-9a-f]{64}|keys\/[a-z][a-z0-9.-]{0,60})$/)

const manifestFields = z.strictObject({
  format: z.literal(1),
  /** When the database was read. */
  made: z.iso.datetime(),
  /** Of the hub, and of its log. */
  origin: z.string(),
  logOrigin: z.string(),
  demo: z.boolean(),
  /** Of the log; root in standard base64, as its checkpoint has it. */
  size: z.int().min(0),
  root: z.string(),
  checkpoint: z.string(),
  /** Whether the hub's private keys are in it. */
  keys: z.boolean(),
  /** Sealed files that the database knows and that were not where they should be. */
  missing: z.array(z.string()),
  files: z.array(z.strictObject({ name: fileName, bytes: z.int().min(0), sha256: z.string() })),
})
export type BackupManifest = z.infer<typeof manifestFields>
export type BackupFile = BackupManifest['files'][number]

/** The file's text; its last member is the hash of all others, so that no byte of it can change unseen. */
export function formatManifest(manifest: BackupManifest): string {
  const fields = manifestFields.parse(manifest)
  return `${JSON.stringify({ ...fields, sha256: sha256Hex(canonicalJson(fields)) }, null, 2)}\n`
}

/** @throws DataError `not-a-backup`, `backup-damaged` */
export function readManifest(folder: string): BackupManifest {
  const file = join(folder, MANIFEST_FILE)
  const bytes = statSync(file, { throwIfNoEntry: false })?.size
  if (bytes === undefined) {
    throw new DataError(
      'not-a-backup',
      `${folder} holds no ${MANIFEST_FILE}: it is no backup, or one that was not finished.`,
      { file },
    )
  }
  const damaged = new DataError('backup-damaged', `${file} is not what was written. Use another backup.`, {
    file,
  })
  if (bytes > MAX_MANIFEST_BYTES) throw damaged
  const text = readFileSync(file, 'utf8')
  let manifest: BackupManifest
  try {
    const { sha256: _, ...fields } = JSON.parse(text) as Record<string, unknown>
    manifest = manifestFields.parse(fields)
  } catch {
    throw damaged
  }
  if (formatManifest(manifest) !== text) throw damaged
  return manifest
}

/** @throws DataError `backup-damaged`, naming the file that is missing, cut off or altered */
export async function checkFiles(
  folder: string,
  files: readonly BackupFile[],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const { name, bytes, sha256 } of files) {
    const file = join(folder, name)
    const size = statSync(file, { throwIfNoEntry: false })?.size
    const damage =
      size === undefined
        ? 'is missing'
        : size !== bytes
          ? `has ${size} bytes, not ${bytes}`
          : (await hashFile(file)) !== sha256 && 'is not what was written'
    if (damage)
      throw new DataError('backup-damaged', `${file} ${damage}. Use another backup.`, { file: name })
    done += bytes
    onProgress(done, total)
  }
}

export async function describeFiles(folder: string, names: readonly string[]): Promise<BackupFile[]> {
  const files: BackupFile[] = []
  for (const name of names) {
    const file = join(folder, name)
    files.push({ name, bytes: statSync(file).size, sha256: await hashFile(file) })
  }
  return files
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
