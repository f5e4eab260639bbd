/** The tour: one shop's mark from publication to revocation, then a complaint about it; step by step, with who signed what. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import type { LocalText } from '../../alliance/text.js'
import { Refusal } from '../../refusal.js'
import { type Signer, signJws } from '../../trust/signer.js'
import { STATUS_TYP } from '../../trust/statements.js'
import { changeStatus } from '../agency/change-status.js'
import { writeDrafts } from '../agency/drafts.js'
import { loadSigner } from '../agency/keys.js'
import { pushOutbox } from '../agency/push.js'
import { buildStatus } from '../agency/status-claims.js'
import { createHubClient, type HubClient } from '../hub-client.js'
import type { RecordDraft } from '../import/build-draft.js'
import { askHub } from '../look-up/ask-hub.js'
import { checkLookUp } from '../look-up/check-lookup.js'
import { formatLookUp } from '../look-up/format-verdict.js'
import { loadOperator } from '../operator/operator-workspace.js'
import { sendStatement } from '../operator/send-statement.js'
import type { Workspace } from '../workspace.js'
import { admitDemoMember } from './admit-demo-member.js'
import { findFreePort } from './free-port.js'
import { demoFolders } from './seed.js'
import { startDemoHub } from './start-demo-hub.js'
import type { Teller } from './teller.js'
import { tellComplaint } from './tour-complaint.js'

const SHOP = 'https://somjai-silk.example'
const DAY = 86_400

/** Plays the tour on a hub of its own, in a folder that is gone afterwards. */
export async function playTour({ step, say }: Teller): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'trustmark-tour-'))
  const port = await findFreePort()
  const running = await startDemoHub({ data, port }, (line) => say(JSON.stringify(line)))
  try {
    await tell(createHubClient(running.config.origin), data, { step, say })
  } finally {
    await running.close()
    rmSync(data, { recursive: true })
  }
}

async function tell(client: HubClient, data: string, { step, say }: Teller): Promise<void> {
  // Statements about one record need rising times in whole seconds; the story's clock moves on a minute per step.
  let passed = 0
  const now = () => Math.floor(Date.now() / 1000) - 3600 + passed
  const { signer: operator } = await loadOperator(demoFolders(data).operator)
  const lookUp = async (): Promise<void> => {
    const looked = await checkLookUp(
      askHub(client),
      client.origin,
      { url: SHOP, for: 'JP' },
      Date.now() / 1000,
    )
    for (const line of formatLookUp(looked, 'en')) say(`  ${line}`)
  }

  await step('The alliance admits Thailand’s DBD (demo)')
  const { workspace, signer } = await admitMember(client, data, 'th-dbd', operator, now())
  say(
    `DBD made its own keys and applied; its issue key is ${short(signer.kid)}. The hub never sees the private part.`,
  )
  for (const id of ['jp-ccj', 'th-ocpb']) await admitMember(client, data, id, operator, now())
  say(
    `The alliance’s operator signed the admission with key ${short(operator.kid)}, which lies outside the running hub; then those of two bodies that take complaints, Japan’s CCJ and Thailand’s OCPB.`,
  )

  await step('DBD publishes two certificates of one shop')
  passed += 60
  writeDrafts(workspace, drafts(now()))
  const pushed = await pushOutbox(workspace, client, { now, sign: true })
  say(
    `${pushed.published.length} records signed by DBD’s key ${short(signer.kid)} and accepted into the public log, then its register as of now.`,
  )

  await step('A shopper in Japan looks the shop up')
  await lookUp()

  await step('DBD suspends the mark')
  passed += 60
  await change(
    client,
    workspace,
    now,
    'suspended',
    { en: 'The shop’s contact details could not be confirmed.', th: 'ไม่สามารถยืนยันข้อมูลการติดต่อของร้านได้' },
    say,
  )

  await step('She looks again')
  await lookUp()

  await step('DBD revokes the mark, for good')
  passed += 60
  await change(
    client,
    workspace,
    now,
    'revoked',
    { en: 'The shop no longer meets the criteria.', th: 'ร้านไม่ผ่านเกณฑ์อีกต่อไป' },
    say,
  )
  await lookUp()

  await step('Nobody can undo it, and nobody else could have done it')
  passed += 60
  await expectRefusal(
    client,
    await signChange(client, signer, 'th-dbd', now(), 'reinstated', { en: 'by mistake' }),
    'DBD tries to reinstate it',
    say,
  )
  const vietnam = await admitMember(client, data, 'vn-ecomviet', operator, now())
  await expectRefusal(
    client,
    await signChange(client, vietnam.signer, 'vn-ecomviet', now() + 1, 'suspended', { en: 'not ours' }),
    'Vietnam’s key tries to suspend a Thai record',
    say,
  )
  const { text } = await client.get(`/v1/records/${RECORD}/history`)
  const { history } = JSON.parse(text) as {
    history: { index: number; kind: string; issuer: string; statement: string }[]
  }
  say('What the public log says about the certificate:')
  for (const entry of history)
    say(
      `  entry ${entry.index}: ${entry.kind}, signed by ${entry.issuer} with key ${short(decodeProtectedHeader(entry.statement).kid ?? '')}`,
    )
  await tellComplaint(client, data, SHOP, { step, say })
}

const RECORD = 'th-dbd:V-1'

async function admitMember(
  client: HubClient,
  data: string,
  id: string,
  operator: Signer,
  now: number,
): Promise<{ workspace: Workspace; signer: Signer }> {
  const workspace = await admitDemoMember(client, operator, demoFolders(data).member(id), id, now)
  return { workspace, signer: await loadSigner(workspace) }
}

function signChange(
  client: HubClient,
  signer: Signer,
  member: string,
  at: number,
  change: 'suspended' | 'reinstated',
  reason: LocalText,
): Promise<string> {
  return signJws(
    signer,
    STATUS_TYP,
    buildStatus({ hub: client.origin, member }, { record: RECORD, change, reason }, at),
  )
}

async function change(
  client: HubClient,
  workspace: Workspace,
  now: () => number,
  word: 'suspended' | 'revoked',
  reason: LocalText,
  say: Teller['say'],
): Promise<void> {
  const { index } = await changeStatus(workspace, client, { certificate: RECORD, change: word, reason, now })
  say(`"${word}" signed by DBD: log entry ${index}.`)
}

async function expectRefusal(
  client: HubClient,
  jws: string,
  attempt: string,
  say: Teller['say'],
): Promise<void> {
  try {
    await sendStatement(client, jws)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    say(`${attempt}: refused (${error.code}). ${error.message}`)
    return
  }
  throw new Error(`${attempt}: the hub accepted it`)
}

function drafts(now: number): Parameters<typeof writeDrafts>[1] {
  const day = (offset: number) => new Date((now + offset * DAY) * 1000).toISOString().slice(0, 10)
  const shared: Pick<RecordDraft, 'rows' | 'holder' | 'presences'> = {
    rows: [],
    holder: {
      kind: 'juristic',
      name: { th: 'บริษัท สมใจผ้าไหมสาธิต จำกัด', en: 'Somjai Silk Demo Co., Ltd.' },
      identifiers: [{ scheme: 'th-juristic', value: '0999000001015' }],
      country: 'TH',
      contact: [{ kind: 'email', value: 'info@somjai-silk.example' }],
      languages: ['th', 'en'],
    },
    presences: [
      { kind: 'web', keys: ['web:somjai-silk.example'], url: SHOP, scope: 'domain', confirmedAt: day(-7) },
    ],
  }
  return {
    file: 'tour',
    importedAt: new Date(now * 1000).toISOString(),
    rejected: { rows: 0, certificates: [], unidentified: [] },
    drafts: [
      {
        ...shared,
        certificate: 'R-1',
        mark: 'registered',
        level: 'registered',
        exp: day(1500),
        facts: { evidence: 'certificate of incorporation' },
      },
      {
        ...shared,
        certificate: 'V-1',
        mark: 'verified',
        level: 'gold',
        exp: day(300),
        facts: { yearsRegistered: 4, financialStatementYears: 3, passedStandard: true },
      },
    ],
  }
}

function short(kid: string): string {
  return `${kid.slice(0, 8)}…`
}
