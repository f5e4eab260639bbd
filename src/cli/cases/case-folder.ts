/**
 * The folder `cases/` of a workspace: what this machine has seen of the cases it deals with, and the alliance's keys as
 * pinned. It holds no content of any complaint: that stays sealed at the hub and is opened anew each time.
 */
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { CASE_STATES, CLOCK_OWNERS } from '../../dispute/case-state.js'
import { CASE_KINDS, CLAIM_TYPES } from '../../dispute/taxonomy.js'
import { ConfigError } from '../../node.js'
import { readJson, type Workspace, writeJson } from '../workspace.js'

/** Name of the folder; only the officer's own account may list it. */
export const CASE_FOLDER = 'cases'
const FOLDER_MODE = 0o700
const INDEX = 'index.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A case as this machine last saw it. Coded facts only. */
export const knownCase = z.strictObject({
  role: z.enum(['lead', 'partner', 'cc']),
  state: z.enum(CASE_STATES),
  owner: z.enum(CLOCK_OWNERS).nullable(),
  due: z.iso.date().nullable(),
  kind: z.enum(CASE_KINDS),
  claimType: z.enum(CLAIM_TYPES),
  parked: z.boolean(),
  /** The newest event that was verified: the hub can't take it back unnoticed. Null until the chain was read. */
  head: z.strictObject({ seq: z.int().min(0), sha256 }).nullable(),
  /** Hash of the envelope for which this machine sent a receipt. */
  receipted: sha256.nullable(),
  /** Why the case could not be taken, in words; null when it could. */
  problem: z.string().nullable(),
})
export type KnownCase = z.infer<typeof knownCase>

const caseIndex = z.strictObject({
  v: z.literal(1),
  hub: z.string(),
  /** Where the inbox was read up to. */
  cursor: z.int().min(0),
  /** Log index of the newest admission seen, by member: an older one is refused. */
  admissions: z.record(z.string(), z.int().min(0)).default({}),
  cases: z.record(z.string(), knownCase),
})
export type CaseIndex = z.infer<typeof caseIndex>

export interface CaseFolder {
  /** Absolute path. */
  path: string
  read(): CaseIndex
  /** Reads the index anew, changes it and writes it whole: another run on this machine may have written meanwhile. */
  update(change: (index: CaseIndex) => void): CaseIndex
}

/** Opens the folder, making it when it is not there. @throws ConfigError when it belongs to another hub */
export function openCaseFolder(workspace: Pick<Workspace, 'folder'> & { hub: string }): CaseFolder {
  const path = join(workspace.folder, CASE_FOLDER)
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE })
  // A folder that was there may be too open, and the umask only takes bits away.
  chmodSync(path, FOLDER_MODE)
  const file = join(path, INDEX)
  const read = (): CaseIndex => {
    if (!existsSync(file)) return { v: 1, hub: workspace.hub, cursor: 0, admissions: {}, cases: {} }
    const index = readJson(file, caseIndex)
    if (index.hub === workspace.hub) return index
    throw new ConfigError(`${file} is about cases of ${index.hub}, not of ${workspace.hub}.`)
  }
  return {
    path,
    read,
    update(change) {
      const index = read()
      change(index)
      writeJson(file, index)
      return index
    },
  }
}
