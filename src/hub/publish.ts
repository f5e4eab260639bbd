/** Publishing: statements come in, each is verified, sequenced and answered; a bad one never blocks its neighbours. */
import { checkRecord } from '../record/check-record.js'
import { formatAllianceId } from '../record/record.js'
import { formatProblem, type Problem, Refusal } from '../refusal.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import { type Hub, readHead } from './hub.js'
import { type Roster, readRoster } from './roster.js'
import { sequence } from './sequence.js'
import type { Outcome } from './store.js'

/** How long a caller waits for its place in the log (ms); a full batch takes well under a second on one core. */
export const MAX_WAIT = 10_000

/** How long a refusal can be asked for again (ms): a day covers a nightly push and somebody reading its report. */
export const KEEP_REFUSALS = 86_400_000

/** What a line of the request became. `pending` only when the wait ran out: the statement is kept and will be decided. */
export type LineResult =
  | { line: number; outcome: 'accepted'; index: number; sha256: string; warnings?: Problem[] }
  | { line: number; outcome: 'duplicate'; index: number; sha256: string }
  | { line: number; outcome: 'pending'; sha256: string; statement: string }
  | { line: number; outcome: 'rejected'; sha256?: string; problem: Problem }

/** A line of the request: a compact JWS, or why it could not even be read as text. */
export interface Line {
  /** From 1, as the caller counts. */
  line: number
  text: string | Refusal
}

/**
 * Verifies, stores and sequences statements. Sending again is safe: what is in the log already is answered as
 * `duplicate` with its index. Once `accepted` is answered, the statement is committed and survives any crash.
 * @param wait how long the caller waits for its place in the log (ms), at most {@link MAX_WAIT}; what waits is `pending`
 */
export async function publish(
  hub: Hub,
  lines: readonly Line[],
  wait: number = MAX_WAIT,
): Promise<LineResult[]> {
  const head = await readHead(hub)
  const roster = await readRoster(hub, head)
  const context = {
    alliance: formatAllianceId(hub.origin),
    directory: roster,
    index: head.size,
    now: hub.now() / 1000,
  }
  const verified = await Promise.all(
    lines.map(async ({ line, text }) => ({ line, ...(await attempt(text, context)) })),
  )
  const statements = verified.flatMap((item) => item.statement ?? [])
  const before = await hub.store.outcomes(statements.map(({ sha256 }) => sha256))
  const fresh = statements.filter(({ sha256 }) => !isLogged(before.get(sha256)))
  if (fresh.length > 0) await submit(hub, fresh, Math.min(wait, MAX_WAIT))
  const after = fresh.length > 0 ? await hub.store.outcomes(fresh.map(({ sha256 }) => sha256)) : before
  const seen = new Set<string>()
  return verified.map(({ line, statement, refusal }): LineResult => {
    if (!statement) return { line, outcome: 'rejected', problem: formatProblem(refusal, hub.origin) }
    const { sha256 } = statement
    const known = before.get(sha256)
    const again = seen.has(sha256)
    seen.add(sha256)
    const outcome = isLogged(known) ? known : after.get(sha256)
    if (!outcome)
      return { line, outcome: 'pending', sha256, statement: `${hub.origin}/v1/statements/${sha256}` }
    if ('problem' in outcome) return { line, outcome: 'rejected', sha256, problem: outcome.problem }
    if (isLogged(known) || again) return { line, outcome: 'duplicate', index: outcome.index, sha256 }
    const warnings = warningsFor(hub, roster, statement)
    return {
      line,
      outcome: 'accepted',
      index: outcome.index,
      sha256,
      ...(warnings.length > 0 && { warnings }),
    }
  })
}

async function attempt(
  text: string | Refusal,
  context: Parameters<typeof verifyStatement>[1],
): Promise<{ statement: Statement; refusal?: undefined } | { statement?: undefined; refusal: Refusal }> {
  if (text instanceof Refusal) return { refusal: text }
  try {
    return { statement: await verifyStatement(text, context) }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error }
    throw error
  }
}

/** Stores the statements and sequences until all of them are decided, or the wait runs out. */
async function submit(hub: Hub, statements: readonly Statement[], wait: number): Promise<void> {
  await hub.store.receive(statements, hub.now(), hub.now() - KEEP_REFUSALS)
  for (const statement of statements) hub.memory.verified.set(statement.sha256, statement)
  const deadline = hub.now() + wait
  const patience = createPatience(wait)
  try {
    do {
      // The rounds of others may go on for long; this caller then gets the address to ask at.
      const ended = await Promise.race([sequence(hub).then(() => true), patience.over])
      if (!ended) break
      // A round that was already running may have read the inbox before these arrived; it has ended now.
    } while (
      statements.some(({ sha256 }) => hub.memory.verified.has(sha256)) &&
      hub.now() < deadline &&
      (await isWaiting(hub, statements))
    )
  } finally {
    patience.stop()
    // What still waits may be sequenced by another process, which does not tell this one; it is verified anew if not.
    for (const { sha256 } of statements) hub.memory.verified.delete(sha256)
  }
}

/** A wait in real time: `over` comes true as false when it runs out. */
function createPatience(milliseconds: number): { over: Promise<boolean>; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  return { over, stop: () => clearTimeout(timer) }
}

async function isWaiting(hub: Hub, statements: readonly Statement[]): Promise<boolean> {
  const outcomes = await hub.store.outcomes(statements.map(({ sha256 }) => sha256))
  for (const sha256 of outcomes.keys()) hub.memory.verified.delete(sha256)
  return outcomes.size < new Set(statements.map(({ sha256 }) => sha256)).size
}

function isLogged(outcome: Outcome | undefined): outcome is { index: number } {
  return outcome !== undefined && 'index' in outcome
}

/** Rules of a definition that the member has not signed are reported with the acceptance (DESIGN 4.8). */
function warningsFor(hub: Hub, roster: Roster, statement: Statement): Problem[] {
  if (statement.kind !== 'record') return []
  const member = roster.find(statement.issuer)
  if (!member || member.definitionSigned) return []
  const { warnings } = checkRecord(statement.claims, {
    origin: hub.origin,
    member: member.id,
    definition: member.definition,
    definitionSigned: false,
  })
  return warnings.map((warning) => formatProblem(warning, hub.origin))
}
