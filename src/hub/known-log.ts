/** What others have seen of a log, held against a copy that is to go on as that log: older, forked, or started anew since. */
import { openCheckpoint, parseCheckpoint } from '../log/checkpoint.js'
import { equalBytes } from '../log/encoding.js'
import { LogError } from '../log/error.js'
import { formatLogOrigin } from '../log/log-origin.js'
import { parseNote } from '../log/note.js'
import { createNoteVerifier } from '../log/note-key.js'
import { rootHash } from '../log/tree.js'
import { formatAllianceId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { readPayload } from '../trust/jws.js'
import type { PublicJwk } from '../trust/keys.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import type { ErasureClaims } from '../trust/statements.js'
import { readLogName } from './check-log.js'
import { createRoster } from './roster.js'
import type { HubStore, LoggedStatement } from './store.js'

/** An entry that somebody else has. */
export type KnownEntry = Pick<LoggedStatement, 'index' | 'kind' | 'issuer' | 'at' | 'statement'>

/** A place that has seen the log. */
export interface KnownLog {
  /** As it was named. */
  name: string
  /** Its newest checkpoint: a signed note. */
  checkpoint: string
  /** Whether its tree begins with that tree; undefined where it can't tell. */
  beginsWith?(tree: { size: number; root: Uint8Array }): Promise<boolean | undefined>
  /** Entries after an index (exclusive); absent where it has checkpoints only. */
  entriesAfter?(index: number): AsyncIterable<KnownEntry>
}

/** A copy of a log whose store was checked. */
export interface CheckedCopy {
  origin: string
  store: HubStore
  operator: readonly PublicJwk[]
  size: number
  root: Uint8Array
}

/** An erasure that the copy has not seen: what it names is in the copy again. */
export interface LateErasure {
  index: number
  issuer: string
  /** Epoch ms. */
  at: number
  /** The erased entries that the copy has. */
  indices: number[]
}

/**
 * - `known`: the copy has all that was seen there
 * - `newer`: entries were seen that the copy lacks
 * - `forked`: another history was seen under the same name
 * - `restarted`: the log was seen under a later name
 */
export interface KnownJudgement {
  name: string
  how: 'known' | 'newer' | 'forked' | 'restarted'
  /** The name of the log there. */
  logOrigin: string
  size: number
  /** Entries that the copy lacks; for a fork or a restart, those beyond the copy's size. */
  lost: number
  /** What these are, by kind; absent where only a checkpoint is known. */
  kinds?: Record<string, number>
  erasures: LateErasure[]
}

/**
 * Judges what is known elsewhere.
 * @param now JWT seconds
 * @throws LogError, Refusal when its checkpoint is not one of this log's
 */
export async function judgeKnown(copy: CheckedCopy, known: KnownLog, now: number): Promise<KnownJudgement> {
  const name = await readLogName(copy.store)
  const there = parseCheckpoint(parseNote(known.checkpoint).text)
  const { logKeys, ...late } = await readLate(copy, known)
  const seen = {
    name: known.name,
    logOrigin: there.origin,
    size: there.size,
    lost: Math.max(0, there.size - copy.size),
    ...late,
  }
  const [own, other] = [name.origin, there.origin].map((origin) => generationOf(copy.origin, origin))
  if (own !== undefined && other !== undefined && other !== own) {
    // What a log was before its new start is of the past: the start said so to everybody.
    return { ...seen, how: other > own ? 'restarted' : 'known', ...(other < own && { lost: 0 }) }
  }
  const vkeys = [...name.vkeys, ...(await announcedIn(logKeys, copy, now))]
  const verifiers = await Promise.all([...new Set(vkeys)].map(createNoteVerifier))
  await openCheckpoint(known.checkpoint, { origin: name.origin, verifiers })
  return { ...seen, how: await compare(copy, known, there) }
}

async function compare(
  copy: CheckedCopy,
  known: KnownLog,
  there: { size: number; root: Uint8Array },
): Promise<'known' | 'newer' | 'forked'> {
  if (there.size <= copy.size) {
    return equalBytes(await rootHash(there.size, copy.store), there.root) ? 'known' : 'forked'
  }
  return (await known.beginsWith?.(copy)) === false ? 'forked' : 'newer'
}

/** Counted at most: the kinds of more entries than this tell nobody more. */
const MAX_LATE = 100_000

async function readLate(
  copy: CheckedCopy,
  known: KnownLog,
): Promise<Pick<KnownJudgement, 'kinds' | 'erasures'> & { logKeys: LateStatement[] }> {
  if (!known.entriesAfter) return { erasures: [], logKeys: [] }
  const kinds: Record<string, number> = {}
  const erasures: LateErasure[] = []
  const logKeys: LateStatement[] = []
  let count = 0
  for await (const { kind, statement, index, issuer, at } of known.entriesAfter(copy.size - 1)) {
    kinds[kind] = (kinds[kind] ?? 0) + 1
    if (kind === 'erasure' && statement !== null) {
      const named = readPayload<ErasureClaims>(statement).erasure.indices
      erasures.push({ index, issuer, at, indices: named.filter((entry) => entry < copy.size) })
    }
    if (kind === 'log-key' && statement !== null) logKeys.push({ index, statement })
    count += 1
    if (count >= MAX_LATE) break
  }
  return { kinds, erasures: erasures.filter(({ indices }) => indices.length > 0), logKeys }
}

interface LateStatement {
  index: number
  statement: string
}

/** Keys that the operator announced after the copy was made: a newer checkpoint may be signed by these alone. */
async function announcedIn(
  statements: readonly LateStatement[],
  copy: CheckedCopy,
  now: number,
): Promise<string[]> {
  const directory = createRoster([], copy.origin, copy.operator)
  const vkeys: string[] = []
  for (const { index, statement } of statements) {
    const context = { alliance: formatAllianceId(copy.origin), directory, index, now }
    const verified: Statement = await verifyStatement(statement, context)
    if (verified.kind === 'log-key' && verified.claims.logKey.change === 'announced')
      vkeys.push(verified.claims.logKey.vkey)
  }
  return vkeys
}

/** Which start of the hub's log a name is of, from 1; undefined for another hub's log. */
export function generationOf(origin: string, logOrigin: string): number | undefined {
  const first = formatLogOrigin(origin)
  if (logOrigin === first) return 1
  const [, digits] =
    /^-([1-9][0-9]{0,8})$/.exec(logOrigin.startsWith(first) ? logOrigin.slice(first.length) : '') ?? []
  return digits === undefined || Number(digits) < 2 ? undefined : Number(digits)
}

/** Whether an error says that what was named knows nothing of this log. */
export function isNotThisLog(error: unknown): error is LogError | Refusal {
  return error instanceof LogError || error instanceof Refusal
}
