/** The records of a copy as their verdicts show them, page by page: however many there are, one page is held. */
import type { MarkKind } from '../../alliance/definition.js'
import { type Reader, readHead } from '../../hub/hub.js'
import { readRoster } from '../../hub/roster.js'
import { knowRecord, viewRecord } from '../../hub/view-record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'

/** Records read at once: some 2 MB. */
const PAGE = 500

/** Which records are wanted; those of each list that is not empty. */
export interface RecordFilter {
  members: readonly string[]
  /** Of the holder. */
  countries: readonly string[]
  /** `<mark>`, `<member>/<mark>` or `<member>/<mark>/<level>`. */
  marks: readonly string[]
  kinds: readonly MarkKind[]
  /** Those that are not in force too. */
  all: boolean
  /** Member whose own records are left out. */
  without: string | undefined
}

/** Records passed over, by why. */
export interface PassedOver {
  own: number
  notInForce: number
  /** Of a mark that its member's definition no longer has: look-ups do not show them either. */
  withoutMark: number
}

/**
 * Records in order of their ids, as of one moment.
 * @param at epoch ms
 */
export async function* listRecords(
  copy: Reader,
  filter: RecordFilter,
  at: number,
  passed: PassedOver,
): AsyncGenerator<VerdictRecord[]> {
  const roster = await readRoster(copy, await readHead(copy))
  for (let after = ''; ; ) {
    const rows = await copy.store.recordsPage(after, PAGE)
    const page: VerdictRecord[] = []
    for (const row of rows) {
      const known = knowRecord(row, roster)
      if (!known) {
        passed.withoutMark += 1
        continue
      }
      const record = viewRecord(known, copy.origin, at / 1000, undefined, { bodies: [] })
      if (!isWanted(record, filter)) continue
      if (record.member.id === filter.without) passed.own += 1
      else if (!filter.all && !POSITIVE_VERDICTS.includes(record.verdict)) passed.notInForce += 1
      else page.push(record)
    }
    if (page.length > 0) yield page
    after = rows.at(-1)?.id ?? ''
    if (rows.length < PAGE) return
  }
}

function isWanted({ member, mark, holder }: VerdictRecord, filter: RecordFilter): boolean {
  const { members, countries, marks, kinds } = filter
  const names = [mark.id, `${member.id}/${mark.id}`, `${member.id}/${mark.id}/${mark.level}`]
  return (
    (members.length === 0 || members.includes(member.id)) &&
    (countries.length === 0 || countries.includes(holder.country)) &&
    (marks.length === 0 || names.some((name) => marks.includes(name))) &&
    (kinds.length === 0 || kinds.includes(mark.kind))
  )
}
