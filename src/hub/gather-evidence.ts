/** What a verdict is made from: the records that a question matches, for one question or for many in the same few queries (DESIGN 5). */
import { identifierKeys } from '../record/holder.js'
import { type Reader, readHead } from './hub.js'
import type { Question } from './question.js'
import { type Roster, readRoster } from './roster.js'
import type { FoundRecord, Head, MatchedKey, RegisterRow } from './store.js'
import { type KnownRecord, knowRecord } from './view-record.js'

export interface Evidence {
  roster: Roster
  records: KnownRecord[]
  /** Records at neighbouring addresses that do not cover the one asked about. */
  near: KnownRecord[]
  /** By member: of all whose records were found. */
  registers: ReadonlyMap<string, RegisterRow>
}

/** Reads are repeated when the log grew meanwhile, so that an answer belongs to exactly one size. */
const MAX_READS = 5
/** Ids in one query: at their longest half a megabyte, of the two that D1 takes as a parameter. */
const IDS_AT_ONCE = 5000

/** Reads until the log did not grow meanwhile. @returns what was read, and the head that it belongs to */
export async function readSettled<T>(
  hub: Reader,
  startHead: Head,
  read: (head: Head) => Promise<T>,
): Promise<{ head: Head; found: T }> {
  let head = startHead
  for (let count = 1; ; count += 1) {
    const found = await read(head)
    const latest = await readHead(hub)
    if (latest.size === head.size || count === MAX_READS) return { head, found }
    head = latest
  }
}

/** Evidence for each question, in their order. How many queries that takes does not depend on how many questions there are. */
export async function gatherEvidence(
  hub: Reader,
  questions: readonly Question[],
  head: Head,
): Promise<Evidence[]> {
  const roster = await readRoster(hub, head)
  const publishers = roster.members.filter(({ keys }) => keys).map(({ id }) => id)
  const pool = await readPool(hub, questions, publishers)
  const known = new Map(
    pool.rows.flatMap((row) => {
      const one = knowRecord(row, roster)
      return one ? [[row.id, one]] : []
    }),
  )
  const find = createFinder(known, pool.matched, publishers)
  const found = questions.map(find)
  const members = new Set(found.flatMap(({ records }) => records.map(({ row }) => row.member)))
  const registers = members.size > 0 ? await hub.store.registers([...members]) : []
  const byMember = new Map(registers.map((row) => [row.member, row]))
  return found.map((one) => ({ ...one, roster, registers: byMember }))
}

/** Every record that any of the questions may be about. */
async function readPool(
  { store }: Reader,
  questions: readonly Question[],
  publishers: readonly string[],
): Promise<{ rows: FoundRecord[]; matched: MatchedKey[] }> {
  const ids = [...new Set(questions.flatMap((question) => idsOf(question, publishers).flat()))]
  const identifiers = questions.flatMap((question) => (question.by === 'identifier' ? question.keys : []))
  const presences = questions.flatMap(presencesOf)
  const rows: FoundRecord[] = []
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE)
    rows.push(...(await store.recordsById(ids.slice(start, start + IDS_AT_ONCE))))
  if (identifiers.length + presences.length === 0) return { rows, matched: [] }
  const { records, matched } = await store.recordsByKeys({
    presences: [...new Set(presences)],
    identifiers: [...new Set(identifiers)],
  })
  return { rows: [...rows, ...records], matched }
}

/** For each way of writing what was asked, the first of which counts that any record has. */
function idsOf(question: Question, publishers: readonly string[]): string[][] {
  if (question.by === 'record') return question.keys.map((id) => [id])
  if (question.by !== 'certificate') return []
  return question.keys.map((number) => publishers.map((id) => `${id}:${number}`))
}

function presencesOf(question: Question): string[] {
  return question.by === 'presence' ? [...question.exact, ...question.domain, ...question.near] : []
}

/** Picks for each question its own records, in the order of their ids. */
function createFinder(
  known: ReadonlyMap<string, KnownRecord>,
  matched: readonly MatchedKey[],
  publishers: readonly string[],
): (question: Question) => Pick<Evidence, 'records' | 'near'> {
  const byPresence = group(matched, ({ key }) => key)
  const byIdentifier = group(
    [...known].flatMap(([id, { claims }]) => identifierKeys(claims).map((key) => ({ key, id }))),
    ({ key }) => key,
  )
  const pick = (ids: Iterable<string>): KnownRecord[] =>
    [...new Set(ids)].sort().flatMap((id) => known.get(id) ?? [])
  return (question) => {
    if (question.by === 'identifier') {
      const ids = question.keys.flatMap((key) => byIdentifier.get(key) ?? []).map(({ id }) => id)
      return { records: pick(ids), near: [] }
    }
    if (question.by !== 'presence') {
      const written = idsOf(question, publishers).map(pick)
      return { records: written.find((records) => records.length > 0) ?? [], near: [] }
    }
    const { exact, domain } = question
    const [covering, near] = [new Set<string>(), new Set<string>()]
    for (const { key, scope, record } of presencesOf(question).flatMap((key) => byPresence.get(key) ?? [])) {
      const covers = exact.includes(key) || (scope === 'domain' && domain.includes(key))
      ;(covers ? covering : near).add(record)
    }
    return { records: pick(covering), near: pick([...near].filter((id) => !covering.has(id))) }
  }
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const there = groups.get(key)
    if (there) there.push(item)
    else groups.set(key, [item])
  }
  return groups
}
