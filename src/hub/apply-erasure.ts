/** Accepting an erasure: it must name every entry of one record, and each of them must be the member's own (DESIGN 5). */
import { Refusal } from '../refusal.js'
import type { ErasureClaims } from '../trust/statements.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'
import type { FiledEntry } from './store.js'

/** Kinds of entries that are about a holder. */
const ERASABLE = ['record', 'status']

/**
 * What a copy never received can't be said to be one record's: there an entry without its statement is only required to be
 * the member's, of a kind that can be erased.
 */
export function applyErasure(
  state: BatchState,
  { erasure }: ErasureClaims,
  issuer: string,
  index: number,
): Accepted {
  const falling = erasure.indices.find((at, i) => i > 0 && at <= (erasure.indices[i - 1] ?? 0))
  if (falling !== undefined) throw bad('The indices must rise, each named once.', falling)
  const entries = erasure.indices.map((at) => findOwn(state, at, issuer, index))
  const subjects = new Set(entries.flatMap(({ subject }) => subject ?? []))
  const [subject] = subjects
  if (subjects.size > 1) {
    throw bad('These entries are about several records. Send one erasure for each.', [...subjects].join(', '))
  }
  const named = new Set(erasure.indices)
  const left = subject === undefined ? undefined : state.filedUnder(subject).find((e) => !named.has(e.index))
  if (left) {
    throw bad(
      `Log entry ${left.index} is about the same record and is not named. An erasure names every entry of the record, or it would leave the holder half forgotten.`,
      left.index,
    )
  }
  state.erase(entries, index)
  return { subject: null, country: null }
}

function findOwn(state: BatchState, at: number, issuer: string, index: number): FiledEntry {
  const entry = at < index ? state.filed(at) : undefined
  if (!entry) throw bad(`Log entry ${at} does not exist yet.`, at)
  if (entry.issuer !== issuer || !ERASABLE.includes(entry.kind)) {
    throw bad(
      `Log entry ${at} is a ${entry.kind} of ${entry.issuer}. A member erases its own records and their status changes, nothing else.`,
      at,
    )
  }
  if (entry.erased) throw bad(`The statement of log entry ${at} was erased before.`, at)
  return entry
}

function bad(detail: string, value: string | number): Refusal {
  return new Refusal('bad-erasure', { detail, value, at: 'erasure.indices' })
}
