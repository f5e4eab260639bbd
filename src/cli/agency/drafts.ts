/** The last import as `drafts.json` keeps it: what is to be published, and what stands in the file but was rejected. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { facts, holder, recordPresence } from '../../record/record.js'
import type { RecordDraft } from '../import/build-draft.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'

const recordDraft = z.strictObject({
  certificate: z.string(),
  mark: z.string(),
  level: z.string(),
  validFrom: z.iso.date().optional(),
  exp: z.iso.date(),
  rows: z.array(z.int()),
  holder,
  presences: z.array(recordPresence).min(1),
  facts,
  evidence: z.array(z.strictObject({ kind: z.string(), url: z.string() })).optional(),
}) satisfies z.ZodType<RecordDraft>

const draftsFile = z.strictObject({
  /** Name of the imported file, without its folder. */
  file: z.string(),
  importedAt: z.iso.datetime(),
  drafts: z.array(recordDraft),
  rejected: z.strictObject({
    /** Distinct rows. */
    rows: z.int(),
    /** Certificate numbers of rejected rows: they stand in the file, so they are not missing from it. */
    certificates: z.array(z.string()),
    /** Rejected rows whose certificate number can't be read. */
    unidentified: z.array(z.int()),
  }),
})
/** An import, ready to be signed. */
export type Drafts = z.infer<typeof draftsFile>

/** The last import; undefined when nothing was imported in this folder. @throws ConfigError */
export function readDrafts({ folder }: Pick<Workspace, 'folder'>): Drafts | undefined {
  const file = join(folder, FILES.drafts)
  return existsSync(file) ? readJson(file, draftsFile) : undefined
}

export function writeDrafts({ folder }: Pick<Workspace, 'folder'>, drafts: Drafts): void {
  writeJson(join(folder, FILES.drafts), drafts)
}
