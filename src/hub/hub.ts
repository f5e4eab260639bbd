/** The hub as its use cases see it: one alliance, its store, its keys and a clock. */
import type * as z from 'zod'
import type { NoteSigner } from '../log/note-key.js'
import { formatAllianceId } from '../record/record.js'
import type { Sector } from '../record/sector.js'
import type { restored } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import type { PublicJwk } from '../trust/keys.js'
import type { Signer } from '../trust/signer.js'
import type { Statement } from '../trust/statement.js'
import type { CaseParts } from './cases/ports.js'
import type { Roster } from './roster.js'
import type { Head, HubStore } from './store.js'
import type { VerdictCache } from './verify.js'

/** What answering questions takes: a hub has it, and so has a mirror, which holds no private key. */
export interface Reader {
  /** Public origin, without a trailing slash; fixed for a database at its first use. */
  origin: string
  /** Whether the hub is a demo, in which the named agencies take no part. */
  demo: boolean
  store: HubStore
  keys: PublicKeys
  /** Where the log was started anew, without what came after its backup; absent for a log that lost nothing. */
  restored?: Restored
  /** Epoch ms. */
  now: () => number
  /** Told of failures that no request can answer for. */
  report?: (error: unknown, about: { statement: string } | { job: string }) => void
  /** Memory of this process; losing it costs time, never correctness. */
  memory: Memory
}

/** What everybody may know of a hub's keys. */
export interface PublicKeys {
  /** The log's origin line. */
  logOrigin: string
  /**
   * Signed-note verifier lines of the log. On a hub those that it signs with, the current one first and then the next, announced or
   * not; on a copy those that it trusts, oldest first. What others may pin is `readLogKeys`.
   */
  vkeys: readonly [string, ...string[]]
  /** Of a copy: what its anchor knows to be retired, whatever the log says. */
  retired?: readonly string[]
  /** Public keys of the operator, which sign admissions and standing outside the running hub. */
  operator: readonly PublicJwk[]
}

/** Keys of the running hub; members' private keys are never here (DESIGN 4.5). */
export interface HubKeys extends PublicKeys {
  /** Signs verdicts and, as trust anchor, entity statements. */
  federation: Signer
  federationPublic: PublicJwk
  /** Every one of these signs each checkpoint under the log's origin. */
  log: readonly NoteSigner[]
}

/** A log that was started anew from a backup says so to every reader: when, with how many entries, and what it was before. */
export type Restored = z.infer<typeof restored>

export interface Hub extends Reader {
  /** Complaints: apart from the log, for none of them is public. */
  cases: CaseParts
  keys: HubKeys
  /** Each caller sequences for itself. On Workers a promise dies with the request that made it, and whoever shares it hangs. */
  ownRounds?: boolean
}

/** What a process keeps so as not to do things twice. */
export interface Memory {
  roster?: { size: number; roster: Roster }
  /** Statements this process verified and has not sequenced yet, by SHA-256. */
  verified: Map<string, Statement>
  /** Rendered verdicts; see verify.ts. */
  verdicts: VerdictCache
  /** Records in force by member, counted at one size and a moment (epoch ms). */
  counts?: { size: number; at: number; byMember: Map<string, number> }
  /** What shops sell, as the directory suggests it; see directory/list-sectors.ts. */
  sectors?: { size: number; list: readonly Sector[] }
  /** What is wrong with the members as routing sees them, judged at one size. */
  directory?: { size: number; faults: readonly string[] }
  /** Something was erased and could not be scrubbed from the files yet. */
  unscrubbed?: boolean
  /** The round of sequencing that runs, so that only one does here. */
  sequencing?: Promise<void>
}

export function createHub(parts: Omit<Hub, 'memory'>): Hub {
  return { ...parts, memory: createMemory() }
}

export function createMemory(): Memory {
  return { verified: new Map(), verdicts: { byName: new Map(), bytes: 0 } }
}

/** The newest checkpoint. @throws Error when the database was never opened with openHub or openCopy */
export async function readHead(hub: Pick<Reader, 'store' | 'origin'>): Promise<Head> {
  const head = await hub.store.head()
  if (!head) throw new Error(`no checkpoint yet for ${formatAllianceId(hub.origin)}; open the hub first`)
  return head
}

/** A copy commits page by page under a checkpoint that is ahead of it: whether it has got there. Always so for a hub. */
export function isWhole({ note, size }: Pick<Head, 'note' | 'size'>): boolean {
  return note.split('\n')[1] === String(size)
}

/** The signed note of a head's own size; null on a copy in the middle of a sync, which holds only one of a larger size. */
export function checkpointOf(head: Pick<Head, 'note' | 'size'>): string | null {
  return isWhole(head) ? head.note : null
}

/** What belongs to a signed tree is not given out before a copy has all of it. @throws Refusal `not-ready` */
export function assertWhole(head: Pick<Head, 'note' | 'size'>): void {
  if (!isWhole(head)) throw beingBroughtUp()
}

/** What a copy says that can't answer before it is brought further. */
export function beingBroughtUp(): Refusal {
  return new Refusal('not-ready', {
    detail: 'This copy is being brought up to date. Ask again in a while.',
    retryAfter: 10,
  })
}
