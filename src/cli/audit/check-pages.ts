/** What the hub shows of single records and of members: each page, history and proof is the one that the log gives. */
import type { Named } from '../../hub/audit/name-difference.js'
import { chooseNumbers } from '../../hub/audit/sample.js'
import { readHead } from '../../hub/hub.js'
import { readRoster } from '../../hub/roster.js'
import { comparePaths } from './answer.js'
import type { Audit } from './audit.js'

/** Members' pages compared: those of any alliance to be. */
const MAX_MEMBERS = 500
/** Marks' documents compared; an alliance of 40 members has some hundred. */
const MAX_MARKS = 500
/** Paths asked one after the other before what differs is looked into. */
const PATHS = 30

/** @param ids chosen at random */
export async function checkRecords(audit: Audit, ids: readonly string[], total: number): Promise<void> {
  const rows = new Map((await audit.copy.store.recordsById(ids)).map((row) => [row.id, row]))
  const paths = [...ids].sort().flatMap((id) => {
    const row = rows.get(id)
    const about = { index: row ? Math.max(row.index, row.statusIndex ?? 0) : null, record: id }
    const base = `/v1/records/${encodeURIComponent(id)}`
    return ['', '/history', '/proof'].map((part) => ({ path: `${base}${part}`, about }))
  })
  audit.report.sampled('records', 'records', ids.length, total)
  await compareInParts(audit, 'records', paths)
}

export async function checkMembers(audit: Audit): Promise<void> {
  const { members } = await readRoster(audit.copy, await readHead(audit.copy))
  const marks = members.flatMap(({ id, index, definition }) =>
    definition.marks.flatMap((mark) =>
      mark.levels.map((level) => ({
        path: `/marks/${id}/${mark.id}/${level.id}`,
        about: { index, member: id },
      })),
    ),
  )
  const pages = members.map(({ id, participationIndex }) => ({
    path: `/v1/members/${id}`,
    about: { index: participationIndex, member: id },
  }))
  await compareInParts(audit, 'members', [
    { path: '/v1/members', about: { index: null } },
    { path: '/v1/principles', about: { index: null } },
    ...choosePaths(audit, 'members', pages, MAX_MEMBERS),
    ...choosePaths(audit, 'marks', marks, MAX_MARKS),
  ])
}

function choosePaths<T>({ report, random, sample }: Audit, name: string, paths: readonly T[], most: number) {
  const chosen = chooseNumbers(paths.length, sample ?? most, random)
  report.sampled('members', name, chosen.length, paths.length)
  return chosen.flatMap((i) => paths[i] ?? [])
}

async function compareInParts(
  audit: Audit,
  check: 'records' | 'members',
  paths: readonly { path: string; about: Named }[],
): Promise<void> {
  const progress = audit.progress(check, paths.length)
  for (let at = 0; at < paths.length; at += PATHS) {
    await comparePaths(audit, check, paths.slice(at, at + PATHS))
    progress.update(Math.min(at + PATHS, paths.length))
  }
  progress.stop()
}
