/**
 * The sequencer (DESIGN 4.3): takes what waits in the inbox, decides it against the state of the log, and commits
 * entries, tiles, views, outcomes and a signed checkpoint at once. Nothing is kept in memory that another process
 * could not rebuild, so any number of hubs may do this on one database: of two that append to one head, one
 * commits and the other reads again.
 */
import { formatCheckpoint } from '../log/checkpoint.js'
import { signNote } from '../log/note.js'
import { formatAllianceId } from '../record/record.js'
import { formatProblem, Refusal } from '../refusal.js'
import { encodeBase64url } from '../trust/json.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import { loadBatchState } from './batch-state.js'
import { decide } from './decide.js'
import { growTree, rosterSizeOf } from './grow-tree.js'
import { type Hub, readHead } from './hub.js'
import { readRoster } from './roster.js'
import { scrub } from './scrub.js'
import type { Head, SequencedBatch } from './store.js'

/** Statements decided in one round: the most one request may carry, so that a full push is one commit. */
export const MAX_BATCH = 1000
/** Rounds lost to other processes before giving up for now: each loss means that another one won. */
const MAX_LOST_ROUNDS = 100
/** Rounds with one statement alone that fail before it is put aside: a database out of reach for once is not its fault. */
const MAX_FAILED_ROUNDS = 3
/** Before such a round is tried again (ms). */
const RETRY_WAIT = 50

/**
 * Sequences until the inbox is empty. Calls in one process share the running round; a caller whose statements
 * arrived after that round had read the inbox simply calls again.
 */
export function sequence(hub: Hub): Promise<void> {
  if (hub.ownRounds) return sequenceAll(hub)
  hub.memory.sequencing ??= sequenceAll(hub).finally(() => {
    hub.memory.sequencing = undefined
  })
  return hub.memory.sequencing
}

async function sequenceAll(hub: Hub): Promise<void> {
  let lost = 0
  let failed = 0
  let limit = MAX_BATCH
  for (;;) {
    const pending = await hub.store.pending(limit)
    if (pending.length === 0) return
    try {
      if (await sequenceBatch(hub, pending)) lost = 0
      else if (++lost > MAX_LOST_ROUNDS) return
      limit = MAX_BATCH
      failed = 0
    } catch (error) {
      // Something in this round is more than the hub can bear: find it by halves, so that it stops nobody else.
      const [first] = pending
      if (pending.length === 1 && first && ++failed >= MAX_FAILED_ROUNDS) {
        await putAside(hub, first.sha256, error)
        failed = 0
      } else await new Promise((resolve) => setTimeout(resolve, RETRY_WAIT))
      limit = Math.max(1, Math.floor(pending.length / 2))
    }
    // Look-ups that arrived during the round are answered before the next one.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

/** Gives one statement the outcome of a failure. @throws Error when the database itself fails */
async function putAside(hub: Hub, sha256: string, error: unknown): Promise<void> {
  const previous = await readHead(hub)
  const refused = [{ sha256, problem: formatProblem(asRefusal(hub, sha256, error), hub.origin) }]
  const nothing = {
    entries: [],
    tiles: [],
    members: [],
    standings: [],
    issued: [],
    changed: [],
    registers: [],
    erased: { entries: [], records: [] },
    logKeys: [],
  }
  await hub.store.commit({ previous, next: previous, refused, ...nothing })
}

/** One round. @returns false when another process moved the head first; nothing was written then */
async function sequenceBatch(
  hub: Hub,
  pending: readonly { sha256: string; jws: string }[],
): Promise<boolean> {
  const previous = await readHead(hub)
  // Time never runs backward in the log, even when the clocks of two hubs differ; rules are judged by the clock.
  const at = Math.max(hub.now(), previous.at)
  const now = hub.now() / 1000
  const refused: SequencedBatch['refused'] = []
  const refuse = (sha256: string, error: unknown): void => {
    refused.push({ sha256, problem: formatProblem(asRefusal(hub, sha256, error), hub.origin) })
  }
  const statements: Statement[] = []
  for (const row of await readPending(hub, previous, pending, now)) {
    if (row.statement) statements.push(row.statement)
    else refuse(row.sha256, row.error)
  }
  const state = await loadBatchState(hub, previous, statements, { now })
  const entries: SequencedBatch['entries'] = []
  for (const statement of statements) {
    const index = previous.size + entries.length
    try {
      const filed = await decide(state, statement, index)
      const { issuer, kind, sha256, jws, claims } = statement
      entries.push({ index, at, issuer, kind, sha256, jti: claims.jti, ...filed, jws })
    } catch (error) {
      refuse(statement.sha256, error)
    }
  }
  const { next, tiles } = await appendEntries(hub, previous, entries, at)
  const changes = state.changes()
  const committed = await hub.store.commit({ previous, next, entries, tiles, refused, ...changes })
  if (!committed) return false
  for (const { sha256 } of pending) hub.memory.verified.delete(sha256)
  if (changes.erased.entries.length > 0) await scrub(hub)
  return true
}

/**
 * A statement on which the hub itself fails is put aside with that as its outcome. Left waiting, it would fail every
 * round to come, and one poisoned statement would stop the whole alliance's log.
 */
function asRefusal(hub: Hub, sha256: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error
  hub.report?.(error, { statement: sha256 })
  return new Refusal(
    'internal-error',
    'The hub failed on this statement, which was not logged. Sending it again is safe.',
  )
}

/** The statements of inbox rows: from this process's memory, else verified anew; another process's word is not taken. */
async function readPending(
  hub: Hub,
  head: Head,
  pending: readonly { sha256: string; jws: string }[],
  now: number,
) {
  const context = {
    alliance: formatAllianceId(hub.origin),
    directory: await readRoster(hub, head),
    index: head.size,
    now,
  }
  return Promise.all(
    pending.map(
      async ({ sha256, jws }): Promise<{ sha256: string; statement?: Statement; error?: unknown }> => {
        const statement = hub.memory.verified.get(sha256)
        if (statement) return { sha256, statement }
        try {
          return { sha256, statement: await verifyStatement(jws, context) }
        } catch (error) {
          return { sha256, error }
        }
      },
    ),
  )
}

/** Grows the tree by these entries and signs its checkpoint; nothing is written yet. */
export async function appendEntries(
  hub: Hub,
  previous: Head,
  entries: SequencedBatch['entries'],
  at: number,
): Promise<Pick<SequencedBatch, 'next' | 'tiles'>> {
  if (entries.length === 0) return { next: previous, tiles: [] }
  const { size, root, tiles } = await growTree(hub.store, previous.size, entries)
  const checkpoint = formatCheckpoint({ origin: hub.keys.logOrigin, size, root })
  const note = await signNote(checkpoint, ...hub.keys.log)
  return {
    next: { size, root: encodeBase64url(root), note, at, rosterSize: rosterSizeOf(entries, previous) },
    tiles,
  }
}
