/** Publishing what was signed: compare with the hub, send what it lacks, end with the register as of (DESIGN 5). */
import { type Signer, signJws } from '../../trust/signer.js'
import { STATUS_TYP } from '../../trust/statements.js'
import { type HubClient, HubClientError } from '../hub-client.js'
import { chooseHub, type Workspace } from '../workspace.js'
import { formatRecordId } from './claims.js'
import { readDrafts } from './drafts.js'
import { loadSigner } from './keys.js'
import { type OutboxRecord, readOutbox, writeOutbox } from './outbox.js'
import { type PushPlan, planPush } from './plan-push.js'
import { syncPublished } from './published.js'
import type { Published } from './published-file.js'
import { pushRegister, type RegisterSummary } from './register.js'
import { keepRejected, type RejectedRecord } from './rejected.js'
import { type Decided, type Outgoing, sendStatements } from './send.js'
import { signDrafts } from './sign-drafts.js'
import { requireStanding } from './standing.js'
import { buildStatus, nextIat } from './status-claims.js'

export interface PushOptions {
  /** JWT seconds, asked for anew at each signature: a push may take long. */
  now: () => number
  /** By default the workspace's own issue key. */
  signer?: Signer | undefined
  /** Signs what is new or changed first, as `signDrafts` does. */
  sign?: boolean | undefined
  /** Compares only: nothing is signed, sent or taken out of the outbox. */
  dryRun?: boolean | undefined
  /** Revokes what the file no longer holds. Revocation is final. */
  revokeMissing?: boolean | undefined
  /** Told the plan before anything is signed or sent; false stops. */
  confirm?: ((plan: PushPlan) => Promise<boolean>) | undefined
  /** Told after each batch how many of the statements are decided. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

export interface PushSummary {
  plan: PushPlan
  /** `compared`: a dry run. `cancelled`: `confirm` said no. */
  ended: 'pushed' | 'compared' | 'cancelled'
  /** Records accepted now; what the hub had already is not counted. */
  published: string[]
  revoked: string[]
  rejected: RejectedRecord[]
  /** Sent, but not decided yet: they stay in the outbox, and the next push asks again. */
  pending: string[]
  /** Signed and sent at the end of every push, also of one that published nothing. */
  register?: RegisterSummary
}

type OwnWorkspace = Workspace & { hub: string }

/**
 * Pushes the outbox. The hub is asked first what it has, so a push that was interrupted, or repeated, or made from
 * another machine, sends exactly what is missing.
 * @throws ConfigError, HubClientError; what was acknowledged until then has left the outbox
 */
export async function pushOutbox(
  workspace: Workspace,
  client: HubClient,
  options: PushOptions,
): Promise<PushSummary> {
  const { now, sign, revokeMissing } = options
  const own = chooseHub(workspace, client.origin)
  const signer = options.signer ?? (await loadSigner(own))
  const admission = await requireStanding(own, client, signer.kid)
  const published = await syncPublished(own, client, -1, options.now())
  const plan = planPush(own, published, { now: now(), admission, sign, revokeMissing })
  const summary: PushSummary = {
    plan,
    ended: 'compared',
    published: [],
    revoked: [],
    rejected: [],
    pending: [],
  }
  if (options.dryRun) return summary
  if (options.confirm && !(await options.confirm(plan))) return { ...summary, ended: 'cancelled' }
  if (plan.toSign.length > 0)
    await signDrafts(own, { now: now(), signer, published, only: new Set(plan.records) })
  const wanted = new Set(plan.records)
  const outbox = readOutbox(own).filter(({ id }) => wanted.has(id))
  const revocations = await signRevocations(own, plan.revocations, published, signer, now())
  const sent = new Map(outbox.map(({ id, digest }) => [id, digest]))
  let after = published
  try {
    const last = await sendAll(own, client, revocations, outbox, summary, options.onProgress)
    after = await syncPublished(own, client, last, options.now())
  } finally {
    // Also of a push that was cut off: what was refused until then has left the outbox.
    keepRejected(own, sent, summary.rejected, { admission, published: after })
  }
  const register = await pushRegister(own, client, after, signer, now())
  if ('index' in register.result) await syncPublished(own, client, register.result.index, options.now())
  return { ...summary, ended: 'pushed', register }
}

async function signRevocations(
  workspace: OwnWorkspace,
  ids: readonly string[],
  published: Published,
  signer: Signer,
  now: number,
): Promise<Outgoing[]> {
  const outgoing: Outgoing[] = []
  for (const record of ids) {
    const change = {
      record,
      change: 'revoked',
      reason: { en: "No longer in the issuer's register." },
    } as const
    const claims = buildStatus(workspace, change, nextIat(published.records.get(record), now))
    outgoing.push({ id: record, jws: await signJws(signer, STATUS_TYP, claims) })
  }
  return outgoing
}

/**
 * Sends revocations, then records: a revocation may free the shop that a new record is about. Revocations are not
 * kept for a later push: each one asks for them anew.
 * @returns the highest log index that was acknowledged, -1 for none
 */
async function sendAll(
  workspace: OwnWorkspace,
  client: HubClient,
  revocations: readonly Outgoing[],
  outbox: readonly OutboxRecord[],
  summary: PushSummary,
  onProgress: PushOptions['onProgress'],
): Promise<number> {
  const statements: Outgoing[] = [...revocations, ...outbox.map(({ id, jws }) => ({ id, jws }))]
  const revoking = new Set(revocations.map(({ jws }) => jws))
  const rows = new Map(
    (readDrafts(workspace)?.drafts ?? []).map((draft) => [
      formatRecordId(workspace, draft.certificate),
      draft.rows,
    ]),
  )
  const settled = new Set<string>()
  let last = -1
  let done = 0
  const take = (one: Decided): void => {
    if (one.outcome === 'pending') {
      summary.pending.push(one.id)
      return
    }
    settled.add(one.jws)
    if (one.outcome === 'rejected') {
      summary.rejected.push({ id: one.id, rows: rows.get(one.id) ?? [], ...one.problem })
      return
    }
    last = Math.max(last, one.index)
    // A duplicate is a repeated request whose first answer was lost on the way: this push did publish it.
    if (revoking.has(one.jws)) summary.revoked.push(one.id)
    else summary.published.push(one.id)
  }
  try {
    await sendStatements(client, statements, (decided) => {
      decided.forEach(take)
      done += decided.length
      onProgress?.(done, statements.length)
    })
  } catch (error) {
    if (!(error instanceof HubClientError) || done === 0) throw error
    const before = `${done} of ${statements.length} statements were acknowledged; the rest is kept, and the next push goes on from there.`
    throw new HubClientError(error.code, `${before} ${error.message}`, error.problem)
  } finally {
    writeOutbox(
      workspace,
      outbox.filter(({ jws }) => !settled.has(jws)),
    )
  }
  return last
}
