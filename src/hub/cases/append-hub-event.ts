/** Events of the hub's own: what was delivered, what could not be, which clock is over, what was erased. */
import type { CaseEvent } from '../../dispute/case-event.js'
import { signCaseEvent } from '../../dispute/sealed/sign-case.js'
import { applyEvent } from '../../dispute/transition.js'
import { formatAllianceId } from '../../record/record.js'
import type { Hub } from '../hub.js'
import { readRoster } from '../roster.js'
import { momentOf } from './case-clock.js'
import type { CaseRow } from './case-store.js'
import { type CaseChanges, composeWrite } from './next-write.js'

/**
 * Signs an event of a case with the hub's federation key.
 * @param at when the hub says that it happened (epoch ms): readers hold `iat` against it
 */
export function signHubEvent(
  hub: Hub,
  { at, ...place }: { ref: string; seq: number; prev: string | null; at: number },
  event: CaseEvent,
): Promise<string> {
  const alliance = formatAllianceId(hub.origin)
  return signCaseEvent(hub.keys.federation, {
    iss: alliance,
    aud: alliance,
    iat: Math.floor(at / 1000),
    ...place,
    event,
  })
}

/** A clock that was set back must not make an event older than the one before it: readers would refuse the whole case. */
export function notBefore({ head }: Pick<CaseRow, 'head'>, now: number): number {
  return Math.max(head.at, now)
}

/**
 * Appends an event of the hub to a case as it was read. `payload_erased` erases the case; remove its files' bytes first.
 * @param changes deliveries among them outweigh those that follow from the event
 * @returns the case afterwards; undefined when it had moved on: read it again and judge anew
 * @throws Refusal `event-not-allowed`
 */
export async function appendHubEvent(
  hub: Hub,
  row: CaseRow,
  event: CaseEvent,
  changes: CaseChanges = {},
): Promise<CaseRow | undefined> {
  const now = notBefore(row, hub.now())
  const roster = await readRoster(hub)
  const status = applyEvent(row.status, 'hub', event, momentOf(roster, row, now))
  const [jws, known] = await Promise.all([
    signHubEvent(hub, { ref: row.ref, seq: row.head.seq + 1, prev: row.head.sha256, at: now }, event),
    hub.cases.store.deliveries(row.ref),
  ])
  const write = composeWrite(
    roster,
    row,
    { actor: 'hub', member: null, event, jws, status, at: now },
    known,
    changes,
  )
  const { store } = hub.cases
  const written =
    event.type === 'payload_erased'
      ? await store.erase(row.head.seq, write)
      : await store.append(row.head.seq, write)
  return written ? write.row : undefined
}
