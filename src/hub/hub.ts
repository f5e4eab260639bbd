/** The hub as its use cases see it: one alliance, its store, its keys and a clock. */
import type { NoteSigner } from '../log/note-key.js'
import { formatAllianceId } from '../record/record.js'
import type { PublicJwk } from '../trust/keys.js'
import type { Signer } from '../trust/signer.js'
import type { Statement } from '../trust/statement.js'
import type { CaseParts } from './cases/ports.js'
import type { Roster } from './roster.js'
import type { Head, HubStore } from './store.js'
import type { VerdictCache } from './verify.js'

/** Keys of the running hub, and the operator's public keys; members' private keys are never here (DESIGN 4.5). */
export interface HubKeys {
  /** Signs verdicts and, as trust anchor, entity statements. */
  federation: Signer
  federationPublic: PublicJwk
  /** Signs checkpoints under the log's origin. */
  log: NoteSigner
  /** The log's signed-note verifier line. */
  vkey: string
  /** Public keys of the operator, which sign admissions and standing outside the running hub. */
  operator: readonly PublicJwk[]
}

export interface Hub {
  /** Public origin, without a trailing slash; fixed for a database at its first use. */
  origin: string
  /** Whether the hub is a demo, in which the named agencies take no part. */
  demo: boolean
  store: HubStore
  /** Complaints: apart from the log, for none of them is public. */
  cases: CaseParts
  keys: HubKeys
  /** Epoch ms. */
  now: () => number
  /** Told of failures that no request can answer for. */
  report?: (error: unknown, about: { statement: string } | { job: string }) => void
  /** Memory of this process; losing it costs time, never correctness. */
  memory: Memory
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
  /** What is wrong with the members as routing sees them, judged at one size. */
  directory?: { size: number; faults: readonly string[] }
  /** The round of sequencing that runs, so that only one does here. */
  sequencing?: Promise<void>
}

export function createHub(parts: Omit<Hub, 'memory'>): Hub {
  return { ...parts, memory: { verified: new Map(), verdicts: { byName: new Map(), bytes: 0 } } }
}

/** The log's origin line: the alliance's name without a scheme, as C2SP tlog-checkpoint advises. */
export function formatLogOrigin(origin: string): string {
  return `${origin.replace(/^https?:\/\//, '')}/log`
}

/** The newest checkpoint. @throws Error when the database was never opened with openHub */
export async function readHead(hub: Hub): Promise<Head> {
  const head = await hub.store.head()
  if (!head) throw new Error(`no checkpoint yet for ${formatAllianceId(hub.origin)}; open the hub first`)
  return head
}
