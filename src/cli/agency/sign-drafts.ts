/** Signing what is new or changed, and nothing else, into the outbox. */
import { RECORD_TYP } from '../../record/record.js'
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import type { Workspace } from '../workspace.js'
import { buildClaims, contentDigest } from './claims.js'
import { compareDrafts, type Difference, orderForPublishing } from './difference.js'
import { readDrafts } from './drafts.js'
import { readErased } from './erased.js'
import { loadSigner } from './keys.js'
import { type OutboxRecord, readOutbox, writeOutbox } from './outbox.js'
import { isSendable } from './plan-push.js'
import { type Published, readPublished } from './published-file.js'
import { nextIat } from './status-claims.js'

export interface SignOptions {
  /** JWT seconds. */
  now: number
  /** By default the workspace's own issue key. */
  signer?: Signer | undefined
  /** What is published; by default what the folder knows, without asking the hub. */
  published?: Published
  /** Records to be signed or kept; by default every new or changed one. */
  only?: ReadonlySet<string> | undefined
  onProgress?: ((done: number, total: number) => void) | undefined
}

export interface SignSummary {
  difference: Difference
  /** Records signed now. */
  signed: string[]
  /** Records signed earlier and still waiting, unchanged. */
  kept: string[]
  /** Records signed earlier that the last import no longer asks for; they left the outbox. */
  dropped: string[]
}

/**
 * Signs every record of the last import that the hub does not have in this form. The outbox then holds exactly
 * these, in the order in which they must be sent. Signing twice signs nothing the second time.
 * @throws ConfigError
 */
export async function signDrafts(
  workspace: Workspace & { hub: string },
  options: SignOptions,
): Promise<SignSummary> {
  const { now, published = readPublished(workspace, options.now), only, onProgress } = options
  const { definition, hub: origin } = workspace
  const { timeZone } = definition.calendar
  const difference = compareDrafts(
    readDrafts(workspace),
    published,
    { origin, definition },
    now,
    readErased(workspace),
  )
  const wanted = orderForPublishing(difference, definition, now).filter(({ id }) => only?.has(id) ?? true)
  const waiting = new Map(readOutbox(workspace).map((record) => [record.id, record]))
  const summary: SignSummary = { difference, signed: [], kept: [], dropped: [] }
  const outbox: OutboxRecord[] = []
  let signer = options.signer
  for (const candidate of wanted) {
    const { id, draft } = candidate
    const known = waiting.get(id)
    if (known && isSendable(known, candidate, published)) {
      outbox.push(known)
      summary.kept.push(id)
    } else {
      signer ??= await loadSigner(workspace)
      const iat = nextIat(published.records.get(id), now)
      const claims = buildClaims(draft, { origin, definition }, iat, createJti())
      outbox.push({
        jws: await signJws(signer, RECORD_TYP, claims),
        id,
        claims,
        digest: contentDigest(claims, timeZone),
      })
      summary.signed.push(id)
    }
    onProgress?.(outbox.length, wanted.length)
  }
  const kept = new Set(outbox.map(({ id }) => id))
  summary.dropped = [...waiting.keys()].filter((id) => !kept.has(id))
  writeOutbox(workspace, outbox)
  return summary
}
