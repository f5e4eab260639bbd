/** Statements that a source does not show: each must be named by an erasure that its own issuer logged (DESIGN 5). */
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import { erasureClaims } from '../../trust/statements.js'
import { REPLAY_PAGE } from '../replay.js'
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

interface Erasure {
  index: number
  issuer: string
}

/**
 * @param from entries before it are in the copy, and what they erased is too
 * @param size of the checkpoint that is gone to
 * @param check holds a line below that size against its leaf
 */
export function createAbsentStatements(
  source: LogSource,
  from: number,
  size: number,
  check: (line: SourceLine) => void,
): AbsentStatements {
  const erasures = new Map<number, Erasure>()
  let after = from - 1
  /** Reads on where it ended: while a long sync runs, members go on erasing. */
  const readOn = async (): Promise<void> => {
    for (;;) {
      const lines = await source.changes(after, REPLAY_PAGE, 'erasure')
      if (lines.length === 0) return
      for (const line of lines) {
        if (line.index <= after) throw outOfOrder(line)
        after = line.index
        if (line.kind !== 'erasure' || line.statement === undefined) continue
        if (line.index < size) check(line)
        for (const index of readIndices(line.statement))
          erasures.set(index, { index: line.index, issuer: line.issuer })
      }
    }
  }
  return {
    async explain({ index, issuer }) {
      if (!erasures.has(index)) await readOn()
      const erasure = erasures.get(index)
      if (!erasure || erasure.issuer !== issuer || erasure.index <= index) throw withheld(index)
      if (erasure.index >= size) throw new ErasedLater(index)
    },
  }
}

export function withheld(index: number): MirrorError {
  return new MirrorError(
    'withheld',
    `The statement of log entry ${index} is not shown, and no erasure by its member names it. The copy keeps what it has; ask the operator for the statement, and tell the member.`,
    index,
  )
}

/** What the replay will judge in full when it comes to the erasure. */
function readIndices(statement: string): readonly number[] {
  try {
    const parsed = erasureClaims.safeParse(readPayload(statement))
    return parsed.success ? parsed.data.erasure.indices : []
  } catch (error) {
    if (error instanceof Refusal || error instanceof SyntaxError) return []
    throw error
  }
}

function outOfOrder({ index }: SourceLine): MirrorError {
  return new MirrorError(
    'entry-differs',
    `The hub's list of erasures is out of order at entry ${index}. Nothing was taken from it.`,
    index,
  )
}
