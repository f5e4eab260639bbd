/** Removing a record from the agency's own folder: draft, signed copy and what the hub said of it (DESIGN 5, erasure). */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FILES, type Workspace } from '../workspace.js'
import { formatRecordId } from './claims.js'
import { readDrafts, writeDrafts } from './drafts.js'
import { readOutbox, writeOutbox } from './outbox.js'
import { forgetRejected } from './rejected.js'

type OwnWorkspace = Workspace & { hub: string }

/** What a write that was cut off leaves beside the file it was to replace; see writeText. */
const LEFT_OVER = new RegExp(
  `^(?:${[FILES.drafts, FILES.outbox, FILES.rejected, FILES.published].join('|').replaceAll('.', '\\.')})\\.\\d+\\.new$`,
)

/** A file younger than this (ms) may be one that another command is writing just now. */
const LEFT_OVER_AGE = 60_000

/** Ids of records that a draft, a signed copy or a kept refusal in the folder is about. @throws ConfigError */
export function listHeld(workspace: OwnWorkspace): Set<string> {
  const drafts = readDrafts(workspace)
  return new Set([
    ...(drafts?.drafts ?? []).map(({ certificate }) => formatRecordId(workspace, certificate)),
    ...(drafts?.rejected.certificates ?? []).map((certificate) => formatRecordId(workspace, certificate)),
    ...readOutbox(workspace).map(({ id }) => id),
  ])
}

/** Ids of further drafts about holders of these records, by number or name: who asks to be forgotten means all of them. */
export function listSameHolder(workspace: OwnWorkspace, ids: readonly string[]): string[] {
  const drafts = (readDrafts(workspace)?.drafts ?? []).map(({ certificate, holder }) => ({
    id: formatRecordId(workspace, certificate),
    marks: [
      ...holder.identifiers.map(({ scheme, value }) => `${scheme} ${value}`),
      ...Object.values(holder.name).map((name) => `name ${name}`),
    ],
  }))
  const known = new Set(drafts.filter(({ id }) => ids.includes(id)).flatMap(({ marks }) => marks))
  return drafts
    .filter(({ id, marks }) => !ids.includes(id) && marks.some((mark) => known.has(mark)))
    .map(({ id }) => id)
}

/**
 * Removes all that the folder's own files hold about these records. What `published.json` says goes when the feed's
 * erasure is read; reading it never needs what is removed here.
 * @returns the name of the imported file, which this program does not touch
 */
export function forgetRecords(workspace: OwnWorkspace, ids: readonly string[]): string | undefined {
  const gone = new Set(ids)
  const drafts = readDrafts(workspace)
  if (drafts) {
    const stays = (certificate: string): boolean => !gone.has(formatRecordId(workspace, certificate))
    writeDrafts(workspace, {
      ...drafts,
      drafts: drafts.drafts.filter(({ certificate }) => stays(certificate)),
      rejected: { ...drafts.rejected, certificates: drafts.rejected.certificates.filter(stays) },
    })
  }
  if (existsSync(join(workspace.folder, FILES.outbox)))
    writeOutbox(
      workspace,
      readOutbox(workspace).filter(({ id }) => !gone.has(id)),
    )
  forgetRejected(workspace, ids)
  removeLeftOvers(workspace)
  return drafts?.file
}

function removeLeftOvers({ folder }: OwnWorkspace): void {
  for (const name of readdirSync(folder).filter((one) => LEFT_OVER.test(one))) {
    const file = join(folder, name)
    if (Date.now() - statSync(file).mtimeMs > LEFT_OVER_AGE) rmSync(file)
  }
}
