/** What a push will do, decided before anything is signed or sent. */
import { ConfigError } from '../../node.js'
import type { Workspace } from '../workspace.js'
import { type Candidate, compareDrafts, type Difference } from './difference.js'
import { readDrafts } from './drafts.js'
import { readErased } from './erased.js'
import { type OutboxRecord, readOutbox } from './outbox.js'
import type { Published } from './published-file.js'
import { type RejectedRecord, standingRejections } from './rejected.js'

/** What a push is about to do; records by id. */
export interface PushPlan {
  difference: Difference
  /** Records that will be sent. */
  records: string[]
  /** Records that will be revoked. */
  revocations: string[]
  /** New or changed ones that are not signed, so stay behind. */
  unsigned: string[]
  /** Of `unsigned`, those that the hub refused in this very form: signing them again would change nothing. */
  refusedBefore: RejectedRecord[]
  /** Of `records`, those that are signed (again) first. */
  toSign: string[]
}

/**
 * @param admission log index of the member's admission
 * @param sign whether what is not signed yet is signed by the push
 * @param now JWT seconds
 * @throws ConfigError when `revokeMissing` is asked for and it is not certain what is missing
 */
export function planPush(
  workspace: Workspace & { hub: string },
  published: Published,
  {
    now,
    admission,
    sign = false,
    revokeMissing = false,
  }: { now: number; admission: number; sign?: boolean | undefined; revokeMissing?: boolean | undefined },
): PushPlan {
  const drafts = readDrafts(workspace)
  const isErased = readErased(workspace)
  const difference = compareDrafts(
    drafts,
    published,
    { origin: workspace.hub, definition: workspace.definition },
    now,
    isErased,
  )
  const revocations = revokeMissing ? requireCertain(difference) : []
  const waiting = readOutbox(workspace)
  if (!drafts) {
    // Without an import to compare with, what was signed is what is wanted.
    const records = waiting
      .filter((record) => !isErased(record.id) && isLacking(record, published))
      .map(({ id }) => id)
    return { difference, records, revocations, unsigned: [], refusedBefore: [], toSign: [] }
  }
  const plan: PushPlan = {
    difference,
    records: [],
    revocations,
    unsigned: [],
    refusedBefore: [],
    toSign: [],
  }
  const signed = new Map(waiting.map((record) => [record.id, record]))
  const candidates = [...difference.changed, ...difference.new]
  for (const candidate of candidates) {
    const { id, digest } = candidate
    const record = signed.get(id)
    // The same content with an iat that the hub has passed is signed anew: the officer has signed for it already.
    if (!sign && record?.digest !== digest) plan.unsigned.push(id)
    else {
      plan.records.push(id)
      if (!record || !isSendable(record, candidate, published)) plan.toSign.push(id)
    }
  }
  plan.refusedBefore = standingRejections(
    workspace,
    candidates.filter(({ id }) => plan.unsigned.includes(id)),
    { admission, published },
  )
  return plan
}

/** Whether a waiting record says what the draft says, and is newer than everything the hub knows of it. */
export function isSendable(
  record: OutboxRecord,
  candidate: Pick<Candidate, 'digest'>,
  published: Published,
): boolean {
  return record.digest === candidate.digest && isLacking(record, published)
}

/** Whether the hub neither has this content nor something newer. */
function isLacking({ id, digest, claims }: OutboxRecord, { records }: Published): boolean {
  const known = records.get(id)
  return known === undefined || (known.digest !== digest && claims.iat > known.latestIat)
}

/** How many rows a message names. */
const MAX_ROWS_SHOWN = 20

/** Revocation is final, so a row that can't be read must not count as a row that is gone. @throws ConfigError */
function requireCertain({ missing, unidentified }: Difference): string[] {
  if (missing.length === 0 || unidentified.length === 0) return missing
  const rows = unidentified.slice(0, MAX_ROWS_SHOWN).join(', ')
  throw new ConfigError(
    `The certificate numbers of rejected rows can't be read (row ${rows}), so it is not certain which records are gone from the file. Correct these rows and import again before --revoke-missing. Nothing was sent.`,
  )
}
