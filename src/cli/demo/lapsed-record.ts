/**
 * The demo's certificate that has ended: a hub takes in nothing that ended before, so this one is published with its last seconds
 * left, as any record was in force once, and runs out by itself (issue 5, story 1).
 */
import { dayOf } from '../../alliance/days.js'
import { RECORD_TYP } from '../../record/record.js'
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import { buildClaims, formatRecordId } from '../agency/claims.js'
import { syncPublished } from '../agency/published.js'
import { pushRegister, type RegisterSummary } from '../agency/register.js'
import { sendStatements } from '../agency/send.js'
import type { HubClient } from '../hub-client.js'
import type { RecordDraft } from '../import/build-draft.js'
import { importTable } from '../import/import-table.js'
import type { Mapping } from '../import/mapping.js'
import type { Workspace } from '../workspace.js'

/** Its row in `th-dbd.csv`, which ended before the file was written, so that the import refuses it. */
export const LAPSED = { member: 'th-dbd', certificate: 'V-2568-0107' } as const
/** A day on which it was in force (JWT seconds): the file is read as of then. */
const WHEN_IN_FORCE = Date.parse('2026-09-01T04:00:00Z') / 1000
/** How long it has left (s): a slow machine must log it before, and nobody wants to wait for the end. */
const LEFT = 5
/** A clock that stands still, as in tests, is not waited for. */
const MOST_WAITS = 3

type OwnWorkspace = Workspace & { hub: string }

/** The draft of the certificate as the import made it while it was in force. */
export function readLapsed(
  { definition }: Workspace,
  bytes: Uint8Array,
  mapping: Mapping,
): RecordDraft | undefined {
  const today = dayOf(WHEN_IN_FORCE, definition.calendar.timeZone)
  return importTable(bytes, mapping, definition, { today }).drafts.find(
    ({ certificate }) => certificate === LAPSED.certificate,
  )
}

/**
 * Publishes the draft for the few seconds that it has left.
 * @returns when it ends (JWT seconds), or undefined where the hub refused it
 */
export async function publishLapsing(
  workspace: OwnWorkspace,
  client: HubClient,
  draft: RecordDraft,
  signer: Signer,
  now: number,
): Promise<number | undefined> {
  const claims = {
    ...buildClaims(draft, { ...workspace, origin: workspace.hub }, now, createJti()),
    exp: now + LEFT,
  }
  const id = formatRecordId(workspace, draft.certificate)
  const [sent] = await sendStatements(client, [{ id, jws: await signJws(signer, RECORD_TYP, claims) }])
  return sent?.outcome === 'accepted' ? claims.exp : undefined
}

/** Waits for that moment, and signs the register as of then: without the record that has ended. */
export async function registerAfter(
  workspace: OwnWorkspace,
  client: HubClient,
  end: number,
  signer: Signer,
  now: () => number,
): Promise<RegisterSummary> {
  for (let waits = 0; waits < MOST_WAITS && now() < end; waits += 1) await client.sleep((end - now()) * 1000)
  return pushRegister(workspace, client, await syncPublished(workspace, client, -1, now()), signer, now())
}
