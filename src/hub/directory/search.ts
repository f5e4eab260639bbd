/** Searching the directory: certified shops by name and filters, as of one log size (DESIGN 5, `GET /v1/search`). */
import {
  DIRECTORY_PAGE,
  type DirectoryEntry,
  type DirectoryPage,
  type DirectoryQuery,
  MAX_COUNTED,
} from '../../record/directory.js'
import { LEEWAY } from '../../record/judge.js'
import { POSITIVE_VERDICTS } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { checkpointOf, type Reader, readHead } from '../hub.js'
import { type Roster, readRoster } from '../roster.js'
import type { DirectoryQuestion, FoundDirectory, Head } from '../store.js'
import { type KnownRecord, knowRecord, viewRecord } from '../view-record.js'
import { assertListed } from './fill.js'
import { findLosses } from './find-losses.js'
import { matchQuery } from './match-query.js'

/** How often a search begins anew because the log grew meanwhile; after that it is as of the size that it began with. */
const MAX_READS = 3
/** Rows of the index looked at without a pause: some 40 ms where none of them is in force. */
const REACH = 20_000
/** So many times before a page is given as it is: a hub of 200,000 records still fills each. */
const MAX_STRETCHES = 10

/**
 * One page of records in force, newest first.
 * @throws Refusal `bad-query` naming the parameter, `bad-cursor` for an `after` that is none of ours, `not-ready` while the
 *   directory of an older database is being filled
 */
export async function searchDirectory(hub: Reader, query: DirectoryQuery): Promise<DirectoryPage> {
  let [head] = await Promise.all([readHead(hub), assertListed(hub)])
  for (let read = 1; ; read += 1) {
    const page = await readPage(hub, query, head)
    const latest = await readHead(hub)
    // What was revoked while it was searched is not listed.
    if (latest.size === head.size || read === MAX_READS) return page
    head = latest
  }
}

async function readPage(hub: Reader, query: DirectoryQuery, head: Head): Promise<DirectoryPage> {
  const roster = await readRoster(hub, head)
  const now = hub.now() / 1000
  const limit = query.limit ?? DIRECTORY_PAGE
  const before = query.after === undefined ? undefined : readCursor(query.after, head)
  const question = askStore(query, roster, now)
  const { records, count, countedAll, reached } =
    question.levels.length === 0
      ? NOTHING
      : await collect(hub, { ...question, ...(before !== undefined && { before }), limit: limit + 1 })
  const shown = records.slice(0, limit)
  const last = shown.at(-1)
  const known = shown.flatMap((row) => knowRecord(row, roster) ?? [])
  const lossesOf = await findLosses(hub, known, roster, now)
  return {
    results: known.flatMap((record) => viewEntry(record, lossesOf(record), hub.origin, now)),
    found: { count: Math.min(count, MAX_COUNTED), more: count > MAX_COUNTED || !countedAll },
    next: formatNext(records.length > limit ? last?.index : reached),
    asOf: { size: head.size, at: new Date(head.at).toISOString(), checkpoint: checkpointOf(head) },
    ...(hub.demo && { demo: true as const }),
  }
}

const NOTHING: FoundDirectory = { records: [], count: 0, countedAll: true }

/** Goes on where the store stopped among what lapsed, until the page is full; others are let in meanwhile. */
async function collect({ store }: Reader, question: DirectoryQuestion): Promise<FoundDirectory> {
  const found = await store.directory(question)
  const { countTo: _, ...rest } = question
  for (let count = 1; count < MAX_STRETCHES && found.reached !== undefined; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    const limit = question.limit - found.records.length
    const { records, reached } = await store.directory({ ...rest, before: found.reached, limit })
    found.records.push(...records)
    found.reached = reached
  }
  return found
}

/** @param now JWT seconds */
export function askStore(
  query: DirectoryQuery,
  roster: Roster,
  now: number,
): Omit<DirectoryQuestion, 'limit' | 'before'> {
  const levels = listLevels(query, roster)
  const marks =
    query.kind === undefined ? undefined : [...new Set(levels.map(({ member, mark }) => `${member}/${mark}`))]
  const match = matchQuery(query, { marks, members: narrowMembers(levels, roster) })
  return {
    ...(match !== undefined && { match }),
    levels: levels.map(({ member, mark, level }) => `${member}/${mark}/${level}`),
    distrusted: roster.members.flatMap(({ keys }) =>
      (keys?.issue ?? []).flatMap(({ kid }) => {
        const from = roster.findKey(kid)?.compromisedFrom
        return from === undefined ? [] : [{ kid, from }]
      }),
    ),
    // The moments of judgeRecord.
    issuedBy: now + LEEWAY,
    expiringAfter: now,
    reach: REACH,
    countTo: MAX_COUNTED + 1,
  }
}

/**
 * Members whose records may be listed, where others have records too: the whole register of one that was suspended would be looked
 * through else, record by record.
 */
function narrowMembers(
  levels: readonly { member: string }[],
  { members }: Roster,
): readonly string[] | undefined {
  const isPassedOver = members.some(({ participation, keys }) => keys && participation !== 'admitted')
  return isPassedOver && levels.length > 0 ? [...new Set(levels.map(({ member }) => member))] : undefined
}

/** Levels that members in good standing award, as far as they are asked for. What a mark's kind is, its definition of now says. */
function listLevels(
  query: DirectoryQuery,
  roster: Roster,
): { member: string; mark: string; level: string }[] {
  return roster.members
    .filter(({ participation }) => participation === 'admitted')
    .flatMap(({ id, definition }) =>
      definition.marks
        .filter(({ kind }) => query.kind === undefined || kind === query.kind)
        .flatMap((mark) => mark.levels.map((level) => ({ member: id, mark: mark.id, level: level.id }))),
    )
    .filter(
      ({ member, mark, level }) =>
        (query.member === undefined || query.member === member) &&
        (query.mark === undefined || query.mark === `${member}/${mark}`) &&
        (query.level === undefined || query.level === `${member}/${mark}/${level}`),
    )
}

/** Judged once more by the rules of verdicts: whatever the index says, nothing that lapsed is shown as current. */
function viewEntry(
  known: KnownRecord,
  warnings: DirectoryEntry['warnings'],
  origin: string,
  now: number,
): DirectoryEntry[] {
  const { verdict, id, member, mark, holder, presences, validity, index } = viewRecord(
    known,
    origin,
    now,
    undefined,
    { bodies: [] },
  )
  if (!POSITIVE_VERDICTS.includes(verdict)) return []
  const { principles } = known.claims.trustmark
  return [
    {
      id,
      verdict,
      member,
      mark,
      holder,
      presences,
      validity,
      principles,
      warnings,
      index,
      page: `${origin}/r/${id}`,
    },
  ]
}

/** Of the last entry of a page; what is issued later stands before it, so no page shows it again. */
function formatNext(index: number | undefined): string | null {
  return index === undefined ? null : `i${index.toString(36)}`
}

/** @throws Refusal `bad-cursor` */
function readCursor(text: string, { size }: Head): number {
  const index = /^i[0-9a-z]{1,11}$/.test(text) ? Number.parseInt(text.slice(1), 36) : Number.NaN
  if (index < size) return index
  throw new Refusal('bad-cursor', {
    detail:
      '`after` is the `next` of the page before, of this hub or an up-to-date copy of it. Leave it out to begin.',
    value: text,
    at: 'after',
  })
}
