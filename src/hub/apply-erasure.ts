/** Accepting an erasure: it must name every entry of one record, and each of them must be the member's own (DESIGN 5). */
import { Refusal } from '../refusal.js'
import { isPaired } from '../trust/erasure.js'
import type { ErasureClaims } from '../trust/statements.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'
import type { FiledEntry } from './store.js'

/** Kinds of entries that are about a holder. */
export const ERASABLE: readonly string[] = ['record', 'status']

/**
 * What a copy never received can't be said to be one record's: there an entry without its statement is only required to be
 * the member's, of a kind that can be erased, and to have a `jti` that no other entry has.
 */
export function applyErasure(
  state: BatchState,
  { erasure, jti: own }: ErasureClaims,
  issuer: string,
  index: number,
): Accepted {
  if (!isPaired(erasure)) throw bad('Each index needs its jti.', erasure.jtis.length, 'erasure.jtis')
  const falling = erasure.indices.find((at, i) => i > 0 && at <= (erasure.indices[i - 1] ?? 0))
  if (falling !== undefined) throw bad('The indices must rise, each named once.', falling)
  const entries = erasure.indices.map((at) => findOwn(state, at, issuer, index))
  const named = nameJtis(state, entries, erasure.jtis, own)
  assertWhole(state, entries)
  state.erase(named, index)
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

/** A jti that was told wrong would let a copy take the erased statement again, in another signature of the same words. */
function nameJtis(
  state: BatchState,
  entries: readonly FiledEntry[],
  jtis: readonly string[],
  own: string,
): (FiledEntry & { jti: string })[] {
  const learnt = new Set([own])
  return entries.map((entry, i) => {
    const { index, issuer } = entry
    const jti = jtis[i] ?? ''
    if (entry.jti !== null && entry.jti !== jti)
      throw bad(`Log entry ${index} has another jti.`, index, 'erasure.jtis')
    if (entry.jti === null) {
      if (learnt.has(jti) || state.isUsed(issuer, jti)) {
        throw new Refusal('jti-reused', {
          detail: `The jti given for log entry ${index} is that of another entry of ${issuer}.`,
          value: jti,
          at: 'erasure.jtis',
        })
      }
      learnt.add(jti)
    }
    return { ...entry, jti }
  })
}

function assertWhole(state: BatchState, entries: readonly FiledEntry[]): void {
  const subjects = new Set(entries.flatMap(({ subject }) => subject ?? []))
  const [subject] = subjects
  if (subjects.size > 1) {
    throw bad('These entries are about several records. Send one erasure for each.', [...subjects].join(', '))
  }
  const named = new Set(entries.map(({ index }) => index))
  const left = subject === undefined ? undefined : state.filedUnder(subject).find((e) => !named.has(e.index))
  if (left) {
    throw bad(
      `Log entry ${left.index} is about the same record and is not named. An erasure names every entry of the record, or it would leave the holder half forgotten.`,
      left.index,
    )
  }
  // Judged by the log's own line, so that a copy without the statements sees it too: a lone status change can't be hidden.
  const [first] = entries
  if (first && first.kind !== 'record')
    throw bad(
      `Log entry ${first.index} is a ${first.kind}; the first of a record is the record.`,
      first.index,
    )
}

function bad(detail: string, value: string | number, at = 'erasure.indices'): Refusal {
  return new Refusal('bad-erasure', { detail, value, at })
}
