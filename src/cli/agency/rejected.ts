/** What the hub refused and why, kept with the draft it was about: the officer who comes back tomorrow is told again. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { recordId } from '../../record/record.js'
import { jsonDigest } from '../../trust/digest.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'
import type { Candidate } from './difference.js'
import type { Published } from './published-file.js'

/** Rules about the member's other records: any change of those may lift such a refusal. */
const ABOUT_OTHERS: readonly string[] = ['presupposed-mark-missing', 'presence-taken']

const keptRejection = z.strictObject({
  /** Content digest of the draft that was refused. */
  draft: z.string(),
  code: z.string(),
  detail: z.string(),
  source: z.string().optional(),
  /** Log index of the member's admission, whose definition holds the rules. */
  admission: z.int(),
  /** Digest of the member's records after the push. */
  records: z.string(),
})
const rejectedFile = z.strictObject({ hub: z.string(), rejected: z.record(recordId, keptRejection) })
export type KeptRejection = z.infer<typeof keptRejection>

/** A statement that the hub refused, with the spreadsheet rows its record was made of. */
export interface RejectedRecord {
  id: string
  rows: number[]
  code: string
  detail: string
  source?: string
}

/** What a refusal depended on, beside the draft. */
export interface HubState {
  admission: number
  published: Published
}

type OwnWorkspace = Workspace & { hub: string }

/** By record id; empty for another hub, or when nothing was refused. @throws ConfigError */
export function readRejected({ folder, hub }: OwnWorkspace): Map<string, KeptRejection> {
  const file = join(folder, FILES.rejected)
  if (!existsSync(file)) return new Map()
  const stored = readJson(file, rejectedFile)
  return new Map(stored.hub === hub ? Object.entries(stored.rejected) : [])
}

/**
 * Takes in the outcome of a push: what was refused is kept, what was answered otherwise is forgotten.
 * @param sent content digests of the records that were sent, by id
 * @param refused those of them that the hub refused
 * @param state as it is after the push
 */
export function keepRejected(
  workspace: OwnWorkspace,
  sent: ReadonlyMap<string, string>,
  refused: readonly RejectedRecord[],
  state: HubState,
): void {
  const kept = readRejected(workspace)
  const before = kept.size
  for (const id of sent.keys()) kept.delete(id)
  const records = digestRecords(state.published)
  for (const { id, rows: _rows, ...reason } of refused) {
    const draft = sent.get(id)
    if (draft !== undefined) kept.set(id, { draft, ...reason, admission: state.admission, records })
  }
  if (before + kept.size === 0) return
  writeJson(join(workspace.folder, FILES.rejected), {
    hub: workspace.hub,
    rejected: Object.fromEntries(kept),
  })
}

/** Forgets what was refused of these records, and what a refusal of another says about them. */
export function forgetRejected(workspace: OwnWorkspace, ids: readonly string[]): void {
  const kept = readRejected(workspace)
  const before = kept.size
  for (const [id, { detail }] of kept)
    if (ids.some((gone) => gone === id || detail.includes(gone))) kept.delete(id)
  if (kept.size === before) return
  writeJson(join(workspace.folder, FILES.rejected), {
    hub: workspace.hub,
    rejected: Object.fromEntries(kept),
  })
}

/** The refusals that still stand: the same draft, under the same definition and, where it matters, the same records. */
export function standingRejections(
  workspace: OwnWorkspace,
  candidates: readonly Candidate[],
  { admission, published }: HubState,
): RejectedRecord[] {
  const kept = readRejected(workspace)
  if (kept.size === 0) return []
  const now = digestRecords(published)
  return candidates.flatMap(({ id, digest, draft: { rows } }) => {
    const known = kept.get(id)
    if (!known || known.draft !== digest || known.admission !== admission) return []
    if (ABOUT_OTHERS.includes(known.code) && known.records !== now) return []
    const { code, detail, source } = known
    return { id, rows, code, detail, ...(source !== undefined && { source }) }
  })
}

function digestRecords({ records }: Published): string {
  return jsonDigest([...records].map(([id, { index, status }]) => [id, index, status]).sort())
}
