/** Statements that a source does not show: each must be named by an erasure that its own issuer signed and logged (DESIGN 5). */
import { formatAllianceId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { readErasure } from '../../trust/erasure.js'
import { verifyStatement } from '../../trust/statement.js'
import { ERASABLE } from '../apply-erasure.js'
import type { Reader } from '../hub.js'
import { REPLAY_PAGE } from '../replay.js'
import { readRoster } from '../roster.js'
import { MirrorError } from './mirror-error.js'
import type { LogSource, SourceLine } from './source.js'

/** An erasure is logged behind the checkpoint that is gone to: only a later one can show it. */
export class ErasedLater extends Error {
  override readonly name = 'ErasedLater'
  /** Of the entry whose statement is missing. */
  readonly index: number

  constructor(index: number) {
    super(`the erasure of entry ${index} is newer than the checkpoint`)
    this.index = index
  }
}

export interface AbsentStatements {
  /** @throws MirrorError `withheld`, `entry-differs`; ErasedLater */
  explain(line: SourceLine): Promise<void>
}

/** Erasures behind the checkpoint that are read at most: no tree holds them yet, so a source could make them up without end. */
const MAX_LATER = 10_000

/** Codes of a signer that a roster does not have, or not yet. */
const UNKNOWN_SIGNER = ['unknown-issuer', 'unknown-key']

interface Erasure extends Pick<SourceLine, 'index' | 'issuer' | 'at'> {
  /** Until its signature was verified. */
  statement: string | undefined
}

/**
 * @param from entries before it are in the copy, and what they erased is too
 * @param size of the checkpoint that is gone to
 * @param check holds a line below that size against its leaf
 */
export function createAbsentStatements(
  copy: Reader,
  source: LogSource,
  from: number,
  size: number,
  check: (line: SourceLine) => void,
): AbsentStatements {
  const erasures = new Map<number, Erasure>()
  let after = from - 1
  let later = 0
  const take = ({ index, issuer, at, kind, statement }: SourceLine): void => {
    if (kind !== 'erasure' || statement === undefined) return
    const erasure = { index, issuer, at, statement }
    for (const named of readErasure(statement)?.indices ?? []) erasures.set(named, erasure)
  }
  /** Reads on where it ended: while a long sync runs, members go on erasing. */
  const readOn = async (): Promise<void> => {
    while (later < MAX_LATER) {
      const lines = await source.changes(after, REPLAY_PAGE, 'erasure')
      if (lines.length === 0) return
      for (const line of lines) {
        if (line.index <= after) throw outOfOrder(line)
        after = line.index
        if (line.index < size) check(line)
        else later += 1
        take(line)
      }
    }
  }
  return {
    async explain({ index, issuer, kind }) {
      // Nothing else can be erased: an admission or a change of standing that is kept back is no holder's.
      if (!ERASABLE.includes(kind)) throw withheld(index)
      if (!erasures.has(index)) await readOn()
      const erasure = erasures.get(index)
      if (!erasure || erasure.issuer !== issuer || erasure.index <= index) throw withheld(index)
      if (!(await isSigned(copy, erasure))) throw withheld(index)
      if (erasure.index >= size) throw new ErasedLater(index)
    },
  }
}

/**
 * Whether the member signed it, by the keys that the copy knows so far. Where the roster changes on the way, the key may be one
 * that is admitted later: then it is taken until the replay judges it, and a copy that holds such an entry answers no look-ups.
 */
async function isSigned(copy: Reader, erasure: Erasure): Promise<boolean> {
  const { index, issuer, at, statement } = erasure
  if (statement === undefined) return true
  const context = {
    alliance: formatAllianceId(copy.origin),
    directory: await readRoster(copy),
    index,
    now: at / 1000,
  }
  try {
    const verified = await verifyStatement(statement, context)
    if (verified.kind !== 'erasure' || verified.issuer !== issuer) return false
    erasure.statement = undefined
    return true
  } catch (error) {
    if (error instanceof Refusal) return UNKNOWN_SIGNER.includes(error.code)
    throw error
  }
}

export function withheld(index: number): MirrorError {
  return new MirrorError(
    'withheld',
    `The statement of log entry ${index} is not shown, and no erasure that its member signed names it. The copy keeps what it has; ask the operator for the statement, and tell the member.`,
    index,
  )
}

function outOfOrder({ index }: SourceLine): MirrorError {
  return new MirrorError(
    'entry-differs',
    `The hub's list of erasures is out of order at entry ${index}. Nothing was taken from it.`,
    index,
  )
}
