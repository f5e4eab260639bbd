/** What publishing the last import would change, compared with what the hub has. */

import { dayOf } from '../../alliance/days.js'
import { findLevel, type MemberDefinition } from '../../alliance/definition.js'
import { presupposedMarks } from '../../alliance/members.js'
import type { RecordDraft } from '../import/build-draft.js'
import { buildClaims, contentDigest, formatRecordId, type Issuer } from './claims.js'
import type { Drafts } from './drafts.js'
import type { Published } from './published-file.js'

/** A draft with its record id and {@link contentDigest}. */
export interface Candidate {
  id: string
  draft: RecordDraft
  digest: string
}

/** Every draft stands in exactly one of the lists of candidates. */
export interface Difference {
  new: Candidate[]
  changed: Candidate[]
  unchanged: Candidate[]
  /** Revoked earlier, which is final: a changed row needs a new certificate number. */
  revoked: Candidate[]
  /** Erased at the holder's wish: not published again until that is asked for. */
  erased: Candidate[]
  /** First day of validity still to come: a record is valid from the moment it is signed. */
  notYet: Candidate[]
  /** Ended since the import. */
  ended: Candidate[]
  /** Ids in force (or suspended) at the hub whose rows were rejected: they stay as they are. */
  rejected: string[]
  /** Ids in force (or suspended) at the hub that the file no longer holds. */
  missing: string[]
  /** Rejected rows without a readable certificate number: any missing record may be one of them. */
  unidentified: number[]
}

/**
 * Compares the last import with what is published.
 * @param drafts undefined when nothing was imported in this folder: then nothing is missing either
 * @param now JWT seconds
 * @param isErased whether this folder erased the record with that id
 */
export function compareDrafts(
  drafts: Drafts | undefined,
  published: Published,
  issuer: Issuer,
  now: number,
  isErased: (id: string) => boolean = () => false,
): Difference {
  const difference: Difference = {
    new: [],
    changed: [],
    unchanged: [],
    revoked: [],
    erased: [],
    notYet: [],
    ended: [],
    rejected: [],
    missing: [],
    unidentified: [],
  }
  if (!drafts) return difference
  const { timeZone } = issuer.definition.calendar
  const today = dayOf(now, timeZone)
  const inFile = new Set<string>()
  for (const draft of drafts.drafts) {
    const id = formatRecordId(issuer, draft.certificate)
    const digest = contentDigest(buildClaims(draft, issuer, 0, ''), timeZone)
    inFile.add(id)
    const judged = isErased(id) ? 'erased' : judge(draft, digest, published.records.get(id), today)
    difference[judged].push({ id, draft, digest })
  }
  const rejected = new Set(
    drafts.rejected.certificates.map((certificate) => formatRecordId(issuer, certificate)),
  )
  for (const [id, { status, exp }] of published.records) {
    if (inFile.has(id) || status === 'revoked' || exp <= now) continue
    difference[rejected.has(id) ? 'rejected' : 'missing'].push(id)
  }
  difference.unidentified = drafts.rejected.unidentified
  return difference
}

function judge(
  draft: RecordDraft,
  digest: string,
  known: { digest: string; status: string } | undefined,
  today: string,
): 'new' | 'changed' | 'unchanged' | 'revoked' | 'notYet' | 'ended' {
  if (known?.status === 'revoked') return 'revoked'
  if (known?.digest === digest) return 'unchanged'
  if (draft.exp < today) return 'ended'
  if (draft.validFrom !== undefined && draft.validFrom > today) return 'notYet'
  return known ? 'changed' : 'new'
}

/**
 * The order in which records must be sent: a mark that another presupposes comes before it, and a changed record
 * before a new one, for the change may free the shop that the new one is about.
 */
export function orderForPublishing(
  difference: Pick<Difference, 'new' | 'changed'>,
  definition: MemberDefinition,
  now: number,
): Candidate[] {
  const depths = new Map<string, number>()
  const day = new Date(now * 1000)
  const depthOf = (markId: string, levelId: string, above: readonly string[]): number => {
    const name = `${markId}/${levelId}`
    const known = depths.get(name)
    const level = findLevel(definition, markId, levelId)?.level
    if (known !== undefined || !level || above.includes(name)) return known ?? 0
    const needed = presupposedMarks(level, day).flatMap((one) =>
      (definition.marks.find(({ id }) => id === one.mark)?.levels ?? [])
        .filter(({ id }) => one.level === undefined || one.level === id)
        .map(({ id }) => depthOf(one.mark, id, [...above, name]) + 1),
    )
    const depth = Math.max(0, ...needed)
    depths.set(name, depth)
    return depth
  }
  // The sort is stable: within one depth, changed ones stay first and rows in their order.
  return [...difference.changed, ...difference.new]
    .map((candidate) => ({ candidate, depth: depthOf(candidate.draft.mark, candidate.draft.level, []) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ candidate }) => candidate)
}

/**
 * The difference in one line, and a line for each thing that is left as it is.
 * @param revoking whether what is no longer in the file is about to be revoked
 * @param named whether new and changed records are named with their rows, for whoever is about to publish them
 */
export function formatDifference(
  difference: Difference,
  { revoking = false, named = false }: { revoking?: boolean; named?: boolean } = {},
): string[] {
  const { new: added, changed, unchanged, missing, rejected, revoked, erased, notYet, ended } = difference
  const counts = `${added.length} new, ${changed.length} changed, ${unchanged.length} unchanged, ${missing.length} no longer in the file`
  const mercy = revoking
    ? ': REVOKED with this push'
    : ': nothing is revoked unless you say so (--revoke-missing)'
  const lines = [missing.length > 0 ? counts + mercy : counts]
  if (named && added.length > 0) lines.push(`  new: ${listSome(added.map(nameWithRows))}`)
  if (named && changed.length > 0) lines.push(`  changed: ${listSome(changed.map(nameWithRows))}`)
  if (missing.length > 0) lines.push(`  no longer in the file: ${listSome(missing)}`)
  if (rejected.length > 0)
    lines.push(`  in the file but rejected, so left as published: ${listSome(rejected)}`)
  if (revoked.length > 0)
    lines.push(`  revoked earlier, which is final: ${listSome(revoked.map(nameWithRows))}`)
  if (erased.length > 0) {
    lines.push(
      `  erased at the holder's wish, so not published again: ${listSome(erased.map(nameWithRows))}`,
      '    Remove these rows from the spreadsheet. Should a holder want the mark again: trustmark erase <record id> --allow-again',
    )
  }
  if (notYet.length > 0)
    lines.push(`  not valid yet, sign on their first day: ${listSome(notYet.map(nameWithRows))}`)
  if (ended.length > 0) lines.push(`  ended since the import: ${listSome(ended.map(nameWithRows))}`)
  return lines
}

/** More names than this say no more on a screen. */
const MAX_SHOWN = 20

function listSome(names: readonly string[]): string {
  const more = names.length - MAX_SHOWN
  return names.slice(0, MAX_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function nameWithRows({ id, draft }: Candidate): string {
  return `${id} (row ${draft.rows.join(', ')})`
}
