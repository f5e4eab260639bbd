/** The log as lines: every part of the snapshot, and pages of the feed, hold exactly the entries of the log. */

import { judgeCheckpoints } from '../../hub/audit/judge-checkpoints.js'
import type { AuditCheckName, AuditCode } from '../../hub/audit/report.js'
import { chooseNumbers } from '../../hub/audit/sample.js'
import type { SourceLine } from '../../hub/mirror/source.js'
import { readRoster } from '../../hub/roster.js'
import type { LoggedStatement } from '../../hub/store.js'
import { STATEMENT_TYPES } from '../../trust/statements.js'
import { comparePaths } from './answer.js'
import { type Audit, follow, foundOf, runCheck, sizeOf } from './audit.js'

/** Parts of a snapshot read whole: a million entries; of a larger one so many are chosen at random. */
const WHOLE_PARTS = 100
/** Pages of the feed read: as many entries. */
const MAX_PAGES = 100
const PAGE = 1000
/** Lines asked for of each filtered feed. */
const FILTERED = 200

export async function checkSnapshot(audit: Audit): Promise<void> {
  const { source, copy, report } = audit
  await runCheck(audit, 'snapshot', async () => {
    const { size, checkpoint, parts } = await source.snapshot()
    if (size > (await sizeOf(copy))) await follow(audit)
    const { signed, findings } = await judgeCheckpoints(copy, [{ note: checkpoint, from: '/v1/snapshot' }])
    for (const finding of findings) report.found({ ...finding, check: 'snapshot' })
    if (findings.length === 0 && signed[0]?.size !== size)
      found(
        audit,
        'snapshot',
        'checkpoint-invalid',
        size,
        `says ${size} entries, and its checkpoint signs ${signed[0]?.size}`,
      )
    const known = Math.min(size, await sizeOf(copy))
    const sorted = [...parts].sort((a, b) => a.from - b.from)
    let at = 0
    for (const { from, to } of sorted) if (from <= at) at = Math.max(at, to)
    if (at < known) found(audit, 'snapshot', 'snapshot-truncated', at, `has no part with entry ${at}`)
    const chosen = chooseNumbers(sorted.length, audit.sample ?? WHOLE_PARTS, audit.random)
    report.sampled('snapshot', 'parts', chosen.length, sorted.length)
    const progress = audit.progress('snapshot', chosen.length)
    for (const [i, place] of chosen.entries()) {
      const part = sorted[place]
      if (!part) continue
      const to = Math.min(part.to, known)
      await compareLines(audit, 'snapshot', part.from, to, source.part(part))
      progress.update(i + 1)
    }
    progress.stop()
  }).catch((error: unknown) => foundOf(audit, 'snapshot', error))
}

export async function checkFeed(audit: Audit): Promise<void> {
  const { source, copy, report, random } = audit
  const size = await sizeOf(copy)
  const pages = Math.ceil(size / PAGE)
  const chosen = chooseNumbers(pages, audit.sample ?? MAX_PAGES, random)
  report.sampled('feed', 'pages', chosen.length, pages)
  for (const page of chosen) {
    const from = page * PAGE
    const to = Math.min(from + PAGE, size)
    await runCheck(audit, 'feed', async () => {
      const lines = await source.changes(from - 1, to - from)
      await compareLines(audit, 'feed', from, to, lines)
    }).catch((error: unknown) => foundOf(audit, 'feed', error))
  }
  const filters = await filteredFeeds(audit, size)
  const asked = chooseNumbers(filters.length, audit.sample ?? filters.length, random)
  report.sampled('feed', 'filters', asked.length, filters.length)
  await comparePaths(
    audit,
    'feed',
    asked.flatMap((i) => filters[i] ?? []),
  )
}

/**
 * What an agency reads that follows one member or kind: from the start, and from somewhere. Countries are left out: a hub lets
 * what it logged before it kept them pass through every such filter.
 */
async function filteredFeeds({ copy, random }: Audit, size: number) {
  const { members } = await readRoster(copy)
  const kinds = new Set(Object.values(STATEMENT_TYPES).map(({ kind }) => kind))
  const filters = [
    ...members.map(({ id }) => `member=${id}`),
    ...[...kinds].map((kind) => `kind=${kind}`),
    'state=current',
  ]
  const about = { index: null }
  return filters.flatMap((filter) => [
    { path: `/v1/changes?${filter}&limit=${FILTERED}`, about },
    ...(size > FILTERED
      ? [{ path: `/v1/changes?${filter}&limit=${FILTERED}&after=${random(size)}`, about }]
      : []),
  ])
}

/** Holds lines against entries `from` to `to` of the copy; further ones are of a log that grew. */
async function compareLines(
  audit: Audit,
  check: AuditCheckName,
  from: number,
  to: number,
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
): Promise<void> {
  let at = from
  let page: LoggedStatement[] = []
  for await (const line of lines) {
    if (at >= to) break
    if (page.length === 0) page = await audit.copy.store.changes(at - 1, to, PAGE)
    const entry = page.shift()
    if (!entry) break
    const wrong = judgeLine(line, entry)
    if (wrong) found(audit, check, wrong.code, at, wrong.detail)
    if (line.index !== at) return
    at += 1
  }
  audit.report.look(check, { lines: at - from })
  if (at < to)
    found(audit, check, 'snapshot-truncated', at, `ends before entry ${at}, and ${to} were promised`)
}

function judgeLine(
  line: SourceLine,
  entry: LoggedStatement,
): { code: AuditCode; detail: string } | undefined {
  const differs = (['index', 'kind', 'issuer', 'at', 'sha256'] as const).find(
    (name) => line[name] !== entry[name],
  )
  if (differs) {
    return {
      code: 'entry-differs',
      detail: `says "${String(line[differs]).slice(0, 80)}" as ${differs} of entry ${entry.index}, and the log "${entry[differs]}"`,
    }
  }
  if (line.statement !== undefined && entry.statement === null) {
    return {
      code: 'erased-shown',
      detail: `still shows the statement of entry ${entry.index}, which entry ${entry.erasedBy} erased`,
    }
  }
  if (line.statement !== undefined && line.statement !== entry.statement)
    return {
      code: 'entry-differs',
      detail: `shows another statement as entry ${entry.index} than was logged`,
    }
  if (line.statement === undefined && entry.statement !== null)
    return {
      code: 'withheld',
      detail: `keeps back the statement of entry ${entry.index}, which nobody erased`,
    }
  if (line.statement === undefined && line.erasedBy !== (entry.erasedBy ?? undefined)) {
    return {
      code: 'entry-differs',
      detail: `says that entry ${line.erasedBy} erased entry ${entry.index}, and it was ${entry.erasedBy}`,
    }
  }
  return undefined
}

function found({ report }: Audit, check: AuditCheckName, code: AuditCode, index: number, what: string): void {
  report.found({ check, code, index, detail: `The ${check} ${what}.` })
}
