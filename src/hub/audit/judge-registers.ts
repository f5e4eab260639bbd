/** Whether the log holds what each member signed of its whole register: count and digest (decision 0006). */
import { digestIds } from '../../trust/register-digest.js'
import { type Reader, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import { isoTime } from '../view-record.js'
import type { AuditFinding } from './report.js'

/** Records read at once. */
const PAGE = 1000

export interface JudgedRegisters {
  /** Members whose newest register was held against the copy. */
  compared: number
  /** Those that signed something after it, an erasure perhaps, so that the copy does not know what was in force then. */
  notComparable: number
  /** `register-differs` */
  findings: AuditFinding[]
}

/**
 * Holds each member's newest register against the records that the copy has. Only one that is the member's newest entry can be
 * compared: the copy knows what is in force after all entries, not after each. Its count stands in every answer beside the
 * hub's own; its digest is checked here alone.
 */
export async function judgeRegisters(copy: Reader): Promise<JudgedRegisters> {
  const head = await readHead(copy)
  const { members } = await readRoster(copy, head)
  const registers = await copy.store.registers(members.map(({ id }) => id))
  const judged: JudgedRegisters = { compared: 0, notComparable: 0, findings: [] }
  for (const { member, index, at, count, digest, counted } of registers) {
    const [later] = await copy.store.changes(index, head.size, 1, { members: [member] })
    if (later || counted === null) {
      judged.notComparable += 1
      continue
    }
    judged.compared += 1
    const ids = await listInForce(copy, member, at)
    const own = digestIds(ids)
    if (ids.length === count && own === digest) continue
    judged.findings.push({
      check: 'registers',
      code: 'register-differs',
      index,
      member,
      detail: `${member} signed that ${count} of its records were in force at ${isoTime(at)} (digest ${digest}), and the log has ${ids.length} (digest ${own}). The member's own word and the log differ: ask the member; entries may have been withheld from the log.`,
    })
  }
  return judged
}

/** Ids of a member's records that are active and not expired at a time (JWT seconds). */
async function listInForce({ store }: Reader, member: string, at: number): Promise<string[]> {
  const ids: string[] = []
  // In order of ids, those of one member stand together.
  for (let after = `${member}:`; ; ) {
    const page = await store.recordsPage(after, PAGE)
    for (const row of page) {
      if (row.member !== member) return ids
      if (row.status === 'active' && row.exp > at) ids.push(row.id)
    }
    after = page.at(-1)?.id ?? after
    if (page.length < PAGE) return ids
  }
}
