/**
 * Fills a demo hub through its public API, as real agencies would: each demo member gets keys made on the spot,
 * applies, is admitted by the demo's operator, imports its spreadsheet, signs and pushes; further organisations are
 * only described (DESIGN 4.14).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { LocalText } from '../../alliance/text.js'
import { DEMO_MEMBERS } from '../../hub/is-ready.js'
import { packageRoot } from '../../node.js'
import { changeStatus } from '../agency/change-status.js'
import { readDrafts, writeDrafts } from '../agency/drafts.js'
import { importFile } from '../agency/import-file.js'
import { loadSigner } from '../agency/keys.js'
import { pushOutbox } from '../agency/push.js'
import type { HubClient } from '../hub-client.js'
import type { RecordDraft } from '../import/build-draft.js'
import { type Mapping, parseMapping } from '../import/mapping.js'
import { loadOperator } from '../operator/operator-workspace.js'
import { chooseHub, openWorkspace, type Workspace } from '../workspace.js'
import { admitDemoMember } from './admit-demo-member.js'
import { describeDemoMembers } from './describe-members.js'
import { LAPSED, publishLapsing, readLapsed, registerAfter } from './lapsed-record.js'

/** Bodies that take complaints. They publish no register; their folders open the inbox of the demo's cases. */
export const DISPUTE_MEMBERS = ['jp-ccj', 'th-ocpb', 'vn-vcc'] as const

/** When the demo's spreadsheets were written (JWT seconds); all their dates are moved on with the calendar. */
const WRITTEN = Date.parse('2026-11-22T04:00:00Z') / 1000

/** Changes that show how a lost mark looks. */
const CHANGES: { member: string; certificate: string; change: 'suspended' | 'revoked'; reason: LocalText }[] =
  [
    {
      member: 'th-dbd',
      certificate: 'V-2569-0106',
      change: 'suspended',
      reason: {
        en: 'The shop’s contact details could not be confirmed.',
        th: 'ไม่สามารถยืนยันข้อมูลการติดต่อของร้านได้',
      },
    },
    {
      member: 'vn-ecomviet',
      certificate: 'SW-2026-0010',
      change: 'revoked',
      reason: { en: 'The shop has closed.', vi: 'Cửa hàng đã ngừng hoạt động.' },
    },
  ]

export interface SeededMember {
  member: string
  /** Records published now; none when an earlier start did it. */
  published: number
  /** Certificates in the spreadsheet. */
  certificates: number
  rejectedRows: number
  kid: string
}

/** Where the demo keeps its operator and its agencies below the data folder. */
export function demoFolders(data: string): { operator: string; member: (id: string) => string } {
  return { operator: join(data, 'operator'), member: (id) => join(data, 'agencies', id) }
}

/** Publishes what the hub does not have yet; running it again publishes nothing. */
export async function seedDemo(
  client: HubClient,
  data: string,
  now: () => number,
  tell: (line: string) => void,
): Promise<SeededMember[]> {
  const { signer: operator } = await loadOperator(demoFolders(data).operator)
  const known = await listKnown(client)
  for (const id of DISPUTE_MEMBERS) {
    // An older demo only described them: the operator's newer admission then replaces that.
    if (known.get(id)?.admitted) continue
    const { folder } = await admitDemoMember(client, operator, demoFolders(data).member(id), id, now())
    tell(`${id}: admitted with keys made on the spot; its inbox: trustmark inbox -C ${folder}`)
  }
  const seeded: SeededMember[] = []
  let lapsing: (() => Promise<unknown>) | undefined
  for (const id of DEMO_MEMBERS) {
    const folder = demoFolders(data).member(id)
    const workspace = known.get(id)?.admitted
      ? openWorkspace(folder)
      : await admitDemoMember(client, operator, folder, id, now())
    const before = known.get(id)?.published === true
    const done = await publishMember(client, workspace, before, now)
    if (id === LAPSED.member && !before) lapsing = await startLapsing(client, workspace, now)
    tell(
      `${id}: ${done.published > 0 ? `${done.published} records signed by key ${done.kid.slice(0, 8)}… and published` : 'published already'}`,
    )
    seeded.push(done)
  }
  const described = await describeDemoMembers(client, operator, new Set(known.keys()), now())
  if (described.length > 0) tell(`described, without keys: ${described.join(', ')}`)
  // Last, for most of its few seconds have passed by now.
  await lapsing?.()
  return seeded
}

/** Members of the hub: whether each was admitted, and whether it has published a register. */
async function listKnown(client: HubClient): Promise<Map<string, { admitted: boolean; published: boolean }>> {
  const { text } = await client.get('/v1/members')
  const { members } = z
    .object({
      members: z.array(z.object({ id: z.string(), participation: z.string(), register: z.unknown() })),
    })
    .parse(JSON.parse(text))
  return new Map(
    members.map(({ id, participation, register }) => [
      id,
      { admitted: participation !== 'described', published: register !== null },
    ]),
  )
}

async function publishMember(
  client: HubClient,
  workspace: Workspace,
  done: boolean,
  now: () => number,
): Promise<SeededMember> {
  const { member } = workspace
  const signer = await loadSigner(workspace)
  if (done) return { member, published: 0, certificates: 0, rejectedRows: 0, kid: signer.kid }
  const { mapping, bytes, file } = readSheet(member)
  const result = importFile(workspace, bytes, mapping, { file, now: WRITTEN })
  moveDrafts(workspace, daysSince(now()))
  const pushed = await pushOutbox(workspace, client, { now, sign: true })
  for (const change of CHANGES.filter((item) => item.member === member))
    await changeStatus(workspace, client, { ...change, now })
  return {
    member,
    published: pushed.published.length,
    certificates: result.drafts.length,
    rejectedRows: result.rejected.length,
    kid: signer.kid,
  }
}

/** @returns what is left to do once the record has ended; undefined where the hub did not take it */
async function startLapsing(
  client: HubClient,
  workspace: Workspace,
  now: () => number,
): Promise<(() => Promise<unknown>) | undefined> {
  const own = chooseHub(workspace, client.origin)
  const { mapping, bytes } = readSheet(own.member)
  const draft = readLapsed(own, bytes, mapping)
  if (!draft) return undefined
  const signer = await loadSigner(own)
  const end = await publishLapsing(own, client, moveDraft(draft, daysSince(now())), signer, now())
  return end === undefined ? undefined : () => registerAfter(own, client, end, signer, now)
}

function readSheet(member: string): { mapping: Mapping; bytes: Uint8Array; file: string } {
  const folder = join(packageRoot(), 'src/cli/demo')
  const file = `${member}.csv`
  return {
    mapping: parseMapping(readFileSync(join(folder, `${member}.mapping.json`), 'utf8')),
    bytes: readFileSync(join(folder, file)),
    file,
  }
}

function daysSince(now: number): number {
  return Math.max(0, Math.floor((now - WRITTEN) / 86_400))
}

/** Moves every date of the last import by whole days, so that a demo started next year shows marks in force. */
function moveDrafts(workspace: Workspace, days: number): void {
  const drafts = readDrafts(workspace)
  if (!drafts || days === 0) return
  writeDrafts(workspace, { ...drafts, drafts: drafts.drafts.map((draft) => moveDraft(draft, days)) })
}

function moveDraft(draft: RecordDraft, days: number): RecordDraft {
  const move = (day: string): string =>
    new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
  return {
    ...draft,
    exp: move(draft.exp),
    ...(draft.validFrom && { validFrom: move(draft.validFrom) }),
    presences: draft.presences.map((presence) => ({
      ...presence,
      confirmedAt: move(presence.confirmedAt),
    })),
  }
}
