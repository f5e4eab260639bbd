/** What others have seen of a log, held against a copy that is to go on as that log: older, forked, or started anew since. */
import { openCheckpoint, parseCheckpoint } from '../log/checkpoint.js'
import { equalBytes } from '../log/encoding.js'
import { LogError } from '../log/error.js'
import { keysEver, keysInUse, type LogKeyChange } from '../log/key-set.js'
import { formatLogOrigin, parseLogOrigin } from '../log/log-origin.js'
import { parseNote } from '../log/note.js'
import { createNoteVerifier } from '../log/note-key.js'
import { rootHash } from '../log/tree.js'
import { formatAllianceId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { readErasure } from '../trust/erasure.js'
import type { PublicJwk } from '../trust/keys.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import { STATEMENT_TYPES } from '../trust/statements.js'
import { readLogName } from './check-log.js'
import type { Restored } from './hub.js'
import { readKeyChanges } from './log-keys.js'
import { RESTORED_SETTING } from './open-hub.js'
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

/** An erasure that the copy has not seen, as the place tells it: what it names is in the copy again. */
export interface LateErasure {
  index: number
  issuer: string
  /** Epoch ms. */
  at: number
  /** The erased entries that the copy has. */
  indices: number[]
  /** It is what the place says: whether the member signed it shows when the member sends it again. */
  verified: false
}

/**
 * - `known`: the copy has all that was seen there
 * - `newer`: entries were seen that the copy lacks
 * - `forked`: another history was seen under the same name
 * - `restarted`: the log is shown under a later name; true only if `signed`
 */
export interface KnownJudgement {
  name: string
  how: 'known' | 'newer' | 'forked' | 'restarted'
  /** The name of the log there. */
  logOrigin: string
  /** Whether a key of ours signed what it shows. */
  signed: boolean
  size: number
  /** Entries that the copy lacks; for a fork or a restart, those beyond the copy's size. */
  lost: number
  /** What these are, by kind; absent where only a checkpoint is known. */
  kinds?: Record<string, number>
  erasures: LateErasure[]
}

/**
 * Judges what is known elsewhere. A name counts only under a signature of a key of ours: the log's, those that the operator
 * announced, and the one from before its last new start.
 * @param now JWT seconds
 * @throws LogError, Refusal when its checkpoint is not one of this log's
 */
export async function judgeKnown(copy: CheckedCopy, known: KnownLog, now: number): Promise<KnownJudgement> {
  const name = await readLogName(copy.store)
  const there = parseCheckpoint(parseNote(known.checkpoint).text)
  const { logKeys, ...late } = await readLate(copy, known)
  const [own, other] = [name.origin, there.origin].map((origin) => generationOf(copy.origin, origin))
  const isLater = own !== undefined && other !== undefined && other > own
  const isEarlier = own !== undefined && other !== undefined && other < own
  const changes = [...(await readKeyChanges(copy.store)), ...(await changedIn(logKeys, copy, now))]
  // What was signed before a key was retired stands; its newer signatures do not.
  const keysOf = isEarlier || there.size <= copy.size ? keysEver : keysInUse
  const vkeys = keysOf(await readFirstKeys(copy.store), changes, there.origin)
  const seen = {
    name: known.name,
    logOrigin: there.origin,
    size: there.size,
    lost: Math.max(0, there.size - copy.size),
    ...late,
  }
  // The key of a later start is in no backup from before it, so its signature is rarely one of ours: the name is hearsay then.
  if (isLater)
    return { ...seen, how: 'restarted', signed: await isSigned(known.checkpoint, there.origin, vkeys) }
  const verifiers = await Promise.all(vkeys.map(createNoteVerifier))
  await openCheckpoint(known.checkpoint, { origin: isEarlier ? there.origin : name.origin, verifiers })
  // What a log was before its new start is of the past: the start said so to everybody.
  if (isEarlier) return { ...seen, how: 'known', signed: true, lost: 0 }
  return { ...seen, how: await compare(copy, known, there), signed: true }
}

async function isSigned(note: string, origin: string, vkeys: readonly string[]): Promise<boolean> {
  try {
    await openCheckpoint(note, { origin, verifiers: await Promise.all(vkeys.map(createNoteVerifier)) })
    return true
  } catch (error) {
    if (error instanceof LogError) return false
    throw error
  }
}

/** Known without an announcement: the log's first key, and that of the log before its last new start. */
async function readFirstKeys(store: HubStore): Promise<string[]> {
  const [first, restored] = await Promise.all([store.setting('vkey'), store.setting(RESTORED_SETTING)])
  const previous = restored === undefined ? undefined : (JSON.parse(restored) as Restored).previous.vkey
  return [first, previous].filter((vkey) => vkey !== undefined)
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
/** What else a place calls an entry is its own invention. */
const KINDS = new Set<string>(Object.values(STATEMENT_TYPES).map(({ kind }) => kind))

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
    const counted = KINDS.has(kind) ? kind : 'other'
    kinds[counted] = (kinds[counted] ?? 0) + 1
    if (kind === 'erasure' && statement !== null) {
      const named = readErasure(statement)?.indices ?? []
      erasures.push({ index, issuer, at, indices: named.filter((at) => at < copy.size), verified: false })
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

/** What the operator said of the log's keys after the copy was made: a newer checkpoint may be signed by these alone. */
async function changedIn(
  statements: readonly LateStatement[],
  copy: CheckedCopy,
  now: number,
): Promise<LogKeyChange[]> {
  const directory = createRoster([], copy.origin, copy.operator)
  const changes: LogKeyChange[] = []
  for (const { index, statement } of statements) {
    const context = { alliance: formatAllianceId(copy.origin), directory, index, now }
    const verified: Statement = await verifyStatement(statement, context)
    if (verified.kind === 'log-key') changes.push(verified.claims.logKey)
  }
  return changes
}

/** Which start of the hub's log a name is of, from 1; undefined for what is no log of this hub. */
export function generationOf(origin: string, logOrigin: string): number | undefined {
  const parsed = parseLogOrigin(logOrigin)
  return parsed?.first === formatLogOrigin(origin) ? parsed.generation : undefined
}

/** Whether an error says that what was named knows nothing of this log. */
export function isNotThisLog(error: unknown): error is LogError | Refusal {
  return error instanceof LogError || error instanceof Refusal
}
