/** Erasing records at the hub and in the agency's own folder: final, and only on the agency's own reading of the feed (DESIGN 5). */
import { ConfigError } from '../../node.js'
import { recordId } from '../../record/record.js'
import { type Signer, signJws } from '../../trust/signer.js'
import { ERASURE_TYP, MAX_ERASED_ENTRIES } from '../../trust/statements.js'
import { type HubClient, HubClientError } from '../hub-client.js'
import { chooseHub, type Workspace } from '../workspace.js'
import { formatRecordId } from './claims.js'
import { keepErased } from './erased.js'
import { buildErasure, type RecordEntries } from './erasure-claims.js'
import { forgetRecords, listHeld, listSameHolder } from './forget-record.js'
import { loadSigner } from './keys.js'
import { syncPublished } from './published.js'
import type { Published, PublishedRecord } from './published-file.js'
import { pushRegister, type RegisterSummary } from './register.js'
import { type Decided, sendStatements } from './send.js'
import { requireKnownKey } from './standing.js'

/** A record that is to be erased; one without `published` stands only in the folder. */
export interface ToErase {
  id: string
  published?: PublishedRecord
}

export interface EraseOptions {
  /** Certificate numbers, or whole record ids. */
  certificates: readonly string[]
  /** JWT seconds, asked for anew at each signature. */
  now: () => number
  signer?: Signer | undefined
  /** Told what will be erased, and what else the last import has about the same holders, before anything is done; false stops. */
  confirm?: ((records: readonly ToErase[], sameHolder: readonly string[]) => Promise<boolean>) | undefined
}

export interface EraseSummary {
  ended: 'erased' | 'cancelled'
  /** Gone from the hub; `index` is that of the erasure, absent where another machine erased it meanwhile. */
  erased: { id: string; entries: readonly number[]; index?: number }[]
  /** Were never published, and are gone from the folder. */
  removed: string[]
  rejected: { id: string; code: string; detail: string }[]
  /** The hub has the erasure and has not decided it yet. */
  pending: string[]
  /** Absent where the member is not admitted, so that its register is not accepted. */
  register?: RegisterSummary
  /** Name of the spreadsheet that was imported last: it still holds the rows. */
  file?: string
}

type OwnWorkspace = Workspace & { hub: string }

/**
 * Erases records. Which log entries are about each is what this folder has read and verified in the feed, never what the
 * hub says. Running it again after a failure goes on where it was.
 * @throws ConfigError for a record that neither the hub nor the folder has; HubClientError
 */
export async function eraseRecords(
  workspace: Workspace,
  client: HubClient,
  options: EraseOptions,
): Promise<EraseSummary> {
  const { now, confirm } = options
  const own = chooseHub(workspace, client.origin)
  const ids = parseIds(own, options.certificates)
  const signer = options.signer ?? (await loadSigner(own))
  const { participation } = await requireKnownKey(own, client, signer.kid)
  const published = await syncPublished(own, client, -1, now())
  const records = findRecords(own, published, ids)
  const summary: EraseSummary = { ended: 'cancelled', erased: [], removed: [], rejected: [], pending: [] }
  if (confirm && !(await confirm(records, listSameHolder(own, ids)))) return summary
  // Before anything is sent: were this cut off afterwards, tonight's push would publish the rows again.
  keepErased(own, ids, true)
  const onHub = records.flatMap(({ id, published: known }) => (known ? [entriesOf(id, known)] : []))
  const after = await eraseAtHub({ own, client, signer, now }, onHub, published, summary)
  keepErased(
    own,
    summary.rejected.map(({ id }) => id),
    false,
  )
  summary.removed = records.filter((record) => !record.published).map(({ id }) => id)
  const gone = [...summary.erased.map(({ id }) => id), ...summary.removed]
  const file = forgetRecords(own, gone)
  if (file !== undefined) summary.file = file
  summary.ended = 'erased'
  if (onHub.length > 0 && participation === 'admitted') {
    summary.register = await pushRegister(own, client, after, signer, now())
    const { result } = summary.register
    if ('index' in result) await syncPublished(own, client, result.index, now())
  }
  return summary
}

function parseIds(own: OwnWorkspace, certificates: readonly string[]): string[] {
  const ids = certificates.map((text) => (text.includes(':') ? text : formatRecordId(own, text)))
  for (const [i, id] of ids.entries()) {
    if (!recordId.safeParse(id).success)
      throw new ConfigError(
        `"${certificates[i]}" is no certificate number or record id such as ${own.member}:V-2026-0001.`,
      )
  }
  return [...new Set(ids)]
}

function findRecords(own: OwnWorkspace, { records }: Published, ids: readonly string[]): ToErase[] {
  const held = listHeld(own)
  return ids.map((id) => {
    const known = records.get(id)
    if (known && known.indices.length > MAX_ERASED_ENTRIES)
      throw new ConfigError(
        `${id} has ${known.indices.length} log entries, and an erasure names ${MAX_ERASED_ENTRIES} at most. Ask the operator.`,
      )
    if (known) return { id, published: known }
    if (held.has(id)) return { id }
    throw new ConfigError(
      `${own.member} has no record ${id} at ${own.hub}, and this folder holds nothing about it: it was never published, or it is erased already. Nothing was erased. Check the certificate number.`,
    )
  })
}

interface Sending {
  own: OwnWorkspace
  client: HubClient
  signer: Signer
  now: () => number
}

interface Entries extends RecordEntries {
  id: string
}

function entriesOf(id: string, { indices, jtis }: PublishedRecord): Entries {
  return { id, indices, jtis }
}

/** @returns what is published after it */
async function eraseAtHub(
  sending: Sending,
  records: readonly Entries[],
  published: Published,
  summary: EraseSummary,
): Promise<Published> {
  if (records.length === 0) return published
  const { own, client, now } = sending
  const first = await send(sending, records)
  let last = take(first, records, summary)
  const incomplete = first.filter((one) => one.outcome === 'rejected' && one.problem.code === 'bad-erasure')
  let after = await syncPublished(own, client, last, now())
  if (incomplete.length > 0) {
    // Something about the record was published after it was read, on another machine perhaps: read now, so once more.
    const again: Entries[] = []
    for (const { id } of incomplete) {
      const known = after.records.get(id)
      const before = records.find((record) => record.id === id)?.indices ?? []
      if (!known) summary.erased.push({ id, entries: before })
      if (known && known.indices.join() !== before.join()) again.push(entriesOf(id, known))
      if (!known || known.indices.join() !== before.join())
        summary.rejected = summary.rejected.filter((one) => one.id !== id)
    }
    if (again.length > 0) {
      last = take(await send(sending, again), again, summary)
      after = await syncPublished(own, client, last, now())
    }
  }
  const kept = summary.erased.find(({ id }) => after.records.has(id))
  if (kept)
    throw new HubClientError(
      'bad-feed',
      `The hub acknowledged the erasure of ${kept.id}, but its feed still has the record. Tell the operator.`,
    )
  return after
}

async function send({ own, client, signer, now }: Sending, records: readonly Entries[]): Promise<Decided[]> {
  const outgoing = []
  for (const record of records)
    outgoing.push({
      id: record.id,
      jws: await signJws(signer, ERASURE_TYP, buildErasure(own, record, now())),
    })
  return sendStatements(client, outgoing)
}

/** @returns the highest log index that was acknowledged, -1 for none */
function take(decided: readonly Decided[], records: readonly Entries[], summary: EraseSummary): number {
  let last = -1
  for (const one of decided) {
    const { id } = one
    if (one.outcome === 'pending') summary.pending.push(id)
    else if (one.outcome === 'rejected')
      summary.rejected.push({ id, code: one.problem.code, detail: one.problem.detail })
    else {
      last = Math.max(last, one.index)
      const entries = records.find((record) => record.id === id)?.indices ?? []
      summary.erased.push({ id, entries, index: one.index })
    }
  }
  return last
}
