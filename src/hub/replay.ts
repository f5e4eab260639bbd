/**
 * Replaying the log: entries that a hub accepted before are verified and decided again, and give the same views. A mirror does
 * it with what a hub shows, an audit in memory, a rebuild with the hub's own statements.
 *
 * Replayed are the rules that the log itself can answer: each signature, its signer's authority at that index, order, finality.
 * Rules judged by the clock or by what may be erased since are not judged again; rules of content come back as findings.
 */
import { formatAllianceId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { sha256Hex } from '../trust/digest.js'
import { encodeBase64url } from '../trust/json.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import type { Accepted } from './apply-record.js'
import { type BatchState, type Finding, loadBatchState } from './batch-state.js'
import { decide } from './decide.js'
import { growTree, ROSTER_KINDS, rosterSizeOf } from './grow-tree.js'
import { type Reader, readHead } from './hub.js'
import { type Roster, readRoster } from './roster.js'
import { scrub } from './scrub.js'
import type { Head, LoggedStatement, SequencedBatch } from './store.js'

/** Entries replayed at once: one transaction each, of a few MB. */
export const REPLAY_PAGE = 1000

/** An entry to replay; one without its statement must be named by an erasure that is yet to come, which tells its jti. */
export type ReplayedEntry = Omit<LoggedStatement, 'erasedBy'>

/** Why the log can't be what it claims to be: `gap` and `time` are of its order, the others of one statement. */
export type ReplayCode = 'gap' | 'time' | 'statement-altered' | 'statement-mislabelled' | 'statement-invalid'

/** An entry that no honest log holds. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError'
  readonly code: ReplayCode
  /** Log index. */
  readonly index: number
  /** Which rule it breaks, for `statement-invalid`. */
  readonly refusal: Refusal | undefined

  constructor(code: ReplayCode, index: number, message: string, refusal?: Refusal) {
    super(`Log entry ${index}: ${message}`)
    this.code = code
    this.index = index
    this.refusal = refusal
  }
}

/**
 * Verifies the entries that follow the head, decides them and commits them with their views. Each commit ends where a member
 * changed, for a signature can be verified only by the keys of its day.
 * @param page in log order, from the head on; at most {@link REPLAY_PAGE}
 * @param note a signed checkpoint of this size or a later one, of whose tree the caller knows that it begins with these entries
 * @returns rules of content that logged statements break
 * @throws ReplayError at the first entry that does not hold; it is not written, nor what comes after it
 */
export async function replay(hub: Reader, page: readonly ReplayedEntry[], note: string): Promise<Finding[]> {
  const findings: Finding[] = []
  let start = 0
  for (const [i, { kind }] of page.entries()) {
    if (!ROSTER_KINDS.includes(kind) && i < page.length - 1) continue
    findings.push(...(await replayRun(hub, page.slice(start, i + 1), note)))
    start = i + 1
  }
  return findings
}

/** Entries that were signed under one roster. */
async function replayRun(hub: Reader, run: readonly ReplayedEntry[], note: string): Promise<Finding[]> {
  const previous = await readHead(hub)
  const at = checkOrder(run, previous)
  const roster = await readRoster(hub, previous)
  const statements = await Promise.all(run.map((entry) => verifyEntry(hub.origin, roster, entry)))
  const present = statements.flatMap((statement) => statement ?? [])
  const state = await loadBatchState(hub, previous, present, { now: at / 1000, replaying: true })
  const logged = await readLogged(hub, run)
  judgeTime(state, run, hub.now())
  const entries: SequencedBatch['entries'] = []
  for (const [i, { statement: jws, ...entry }] of run.entries()) {
    if (logged.has(entry.sha256)) throw playedAgain(entry.index)
    logged.add(entry.sha256)
    const statement = statements[i]
    const filed = statement ? await decideEntry(state, statement, entry.index) : fileAbsent(state, entry)
    entries.push({ ...entry, ...filed, jti: statement?.claims.jti ?? null, jws })
  }
  const { size, root, tiles } = await growTree(hub.store, previous.size, run)
  const next: Head = {
    size,
    root: encodeBase64url(root),
    note,
    at,
    rosterSize: rosterSizeOf(run, previous),
  }
  const changes = state.changes()
  if (!(await hub.store.commit({ previous, next, entries, tiles, refused: [], ...changes }))) {
    throw new Error('another process writes this copy too; let only one of them run')
  }
  if (changes.erased.entries.length > 0) await scrub(hub)
  return [...state.findings]
}

function fileAbsent(state: BatchState, { index, issuer, kind }: Omit<ReplayedEntry, 'statement'>): Accepted {
  state.file({ index, issuer, kind, subject: null, jti: null, erased: false })
  return { subject: null, country: null }
}

/** Which of these statements the log has already: of an erased one its hash alone tells. */
async function readLogged({ store }: Reader, run: readonly ReplayedEntry[]): Promise<Set<string>> {
  const outcomes = await store.outcomes(run.map(({ sha256 }) => sha256))
  return new Set([...outcomes].flatMap(([sha256, outcome]) => ('index' in outcome ? sha256 : [])))
}

function playedAgain(index: number): ReplayError {
  const refusal = new Refusal('jti-reused', 'The same statement stands in the log before; it is logged once.')
  return new ReplayError('statement-invalid', index, `${refusal.message} (${refusal.code})`, refusal)
}

/** The last moment that a date can name (ECMA-262, time values): anything later can't be written as one. */
const LAST_DATE = 8.64e15
/** How far (ms) a log may be ahead of the reader's clock without a word: clocks of both may be wrong by hours. */
const AHEAD = 86_400_000

/** Once is enough: time never falls, so all that follows is ahead too. */
function judgeTime(state: BatchState, run: readonly ReplayedEntry[], now: number): void {
  const early = run.find(({ at }) => at > now + AHEAD)
  if (!early) return
  state.rule(early.index, () => {
    throw new Refusal('issued-in-future', {
      detail: `The log dates it ${new Date(early.at).toISOString()}, more than a day ahead of this machine's clock. One of the two is wrong; rules of time were judged by the log's.`,
      value: early.at,
      at: 'at',
    })
  })
}

/** @returns the time of the last one (epoch ms) */
function checkOrder(page: readonly ReplayedEntry[], previous: Head): number {
  let at = previous.size === 0 ? 0 : previous.at
  for (const [i, entry] of page.entries()) {
    const expected = previous.size + i
    if (entry.index !== expected)
      throw new ReplayError('gap', expected, `is missing; the next one shown is ${entry.index}.`)
    if (!Number.isSafeInteger(entry.at) || entry.at > LAST_DATE)
      throw new ReplayError('time', entry.index, 'has no possible date.')
    if (entry.at < at)
      throw new ReplayError('time', entry.index, 'is dated before the entry that it follows.')
    at = entry.at
  }
  return at
}

async function verifyEntry(
  origin: string,
  directory: Roster,
  { index, at, issuer, kind, sha256, statement }: ReplayedEntry,
): Promise<Statement | undefined> {
  if (statement === null) return undefined
  if (sha256Hex(statement) !== sha256) {
    throw new ReplayError('statement-altered', index, 'its statement is not the one whose hash was logged.')
  }
  const context = { alliance: formatAllianceId(origin), directory, index, now: at / 1000 }
  const verified = await refuseAt(index, () => verifyStatement(statement, context))
  if (verified.issuer !== issuer || verified.kind !== kind) {
    throw new ReplayError(
      'statement-mislabelled',
      index,
      `was logged as a ${kind} of ${issuer}, but is a ${verified.kind} of ${verified.issuer}.`,
    )
  }
  return verified
}

function decideEntry(state: BatchState, statement: Statement, index: number) {
  return refuseAt(index, () => decide(state, statement, index))
}

async function refuseAt<T>(index: number, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ReplayError('statement-invalid', index, `${error.message} (${error.code})`, error)
  }
}
