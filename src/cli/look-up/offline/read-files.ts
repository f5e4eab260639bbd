/** Reading what is to be checked without network from the disk: single files, or a folder that `verify --save` made. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { ConfigError } from '../../../node.js'
import { formatAllianceId } from '../../../record/record.js'
import { type Anchor, createLogVerifiers } from '../../../verify.js'
import { readBytes, readJson } from '../../workspace.js'
import { readAnchorFile } from '../anchor-file.js'
import { type FileKind, type GivenFile, MAX_FILE_BYTES } from './evidence.js'

/** Most files read of a folder: a shop has a handful of records, each with a few files; a wrong folder may have thousands. */
const MAX_FILES = 500

/** What of a folder is read; the anchor beside it is not, for whoever forges a folder forges its keys too. */
const READ = /\.(jwt|tlog-proof)$/

/** @throws ConfigError for what is not there, and for a folder without any such file */
export function readGiven(path: string): GivenFile[] {
  if (!isFolder(path)) return [readOne(path)]
  const names = readdirSync(path)
    .filter((name) => READ.test(name))
    .sort()
  if (names.length === 0)
    throw new ConfigError(
      `${path} holds no .jwt and no .tlog-proof. Make such a folder with "verify --save".`,
    )
  if (names.length > MAX_FILES)
    throw new ConfigError(`${path} holds ${names.length} such files; at most ${MAX_FILES} are read at once.`)
  return names.map((name) => ({ ...readOne(join(path, name)), name }))
}

/** @throws ConfigError when there is no such file */
export function readOne(path: string, as?: FileKind): GivenFile {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  // A file that is far too large is not read, only told: it is refused by its length.
  const bytes = size > MAX_FILE_BYTES ? new Uint8Array(MAX_FILE_BYTES + 1) : readBytes(path)
  return { name: path, bytes, ...(as && { as }) }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/**
 * Reads the pinned keys, whose parts must belong together: they are all that is believed.
 * @param origin of the hub, where the caller named one
 * @throws ConfigError
 */
export async function readOfflineAnchor(file: string, origin: string | undefined): Promise<Anchor> {
  const own = readJson(file, z.looseObject({ origin: z.string() })).origin
  const anchor = readAnchorFile(file, origin ?? own)
  const verifiers = await createLogVerifiers(anchor).catch(() => [])
  if (anchor.alliance === formatAllianceId(anchor.origin) && verifiers.length > 0) return anchor
  throw new ConfigError(
    `${file} is no set of keys that belong together: it was altered. Get it anew, as with "trustmark verify --pin".`,
  )
}
