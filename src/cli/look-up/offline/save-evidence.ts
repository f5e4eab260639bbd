/** Writing what a look-up rests on into a folder of its own, whole or not at all. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from '../../../node.js'
import { writeJson, writeText } from '../../workspace.js'
import type { CheckedLookUp } from '../check-lookup.js'
import type { KeptFile } from './collect-evidence.js'
import { formatReadme } from './readme.js'

export interface SavedEvidence {
  folder: string
  files: string[]
}

/** @throws ConfigError when the folder holds anything: evidence of two moments must not be mixed */
export function assertSavable(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  throw new ConfigError(`${folder} is not empty, and nothing is overwritten. Name a new folder with --save.`)
}

/**
 * Writes the files, the pinned keys and a README.
 * @param told what the README tells: see {@link formatReadme}
 */
export function saveEvidence(
  folder: string,
  files: readonly KeptFile[],
  { anchor, pinned }: Pick<CheckedLookUp, 'anchor' | 'pinned'>,
  told: { question: string; at: string },
): SavedEvidence {
  assertSavable(folder)
  mkdirSync(dirname(folder), { recursive: true })
  // Written beside and moved there: a full disk leaves no half of it that looks whole.
  const beside = `${folder}.${process.pid}.new`
  mkdirSync(beside)
  try {
    for (const { name, text } of files) writeText(join(beside, name), text)
    writeJson(join(beside, 'anchor.json'), anchor)
    writeText(join(beside, 'README.txt'), formatReadme({ ...told, files, anchor, pinned }))
    if (existsSync(folder)) rmdirSync(folder)
    renameSync(beside, folder)
  } catch (error) {
    rmSync(beside, { recursive: true, force: true })
    throw error
  }
  return { folder, files: [...files.map(({ name }) => name), 'anchor.json', 'README.txt'] }
}
