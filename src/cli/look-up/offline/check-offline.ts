/**
 * Checking a record with nothing but files and the pinned keys of the alliance: no network, no clock, nobody's word. Each
 * claim is confirmed, refuted or left unchecked on its own, and never more is said than was shown.
 */
import { type RecordClaims, recordClaims } from '../../../record/record.js'
import { badClaims } from '../../../trust/statement.js'
import { type Anchor, verifyAdmission } from '../../../verify.js'
import { LogDesk } from './check-logged.js'
import { checkRecordFile, type KnownMember, listNotConfirmed, type OfflineDesk } from './check-record.js'
import { type OpenedVerdict, openVerdict } from './check-verdict.js'
import { asRefuted, type Evidence, type GivenFile, type StatementFile, sortEvidence } from './evidence.js'
import { followKeys } from './follow-keys.js'
import { listRefuted, type OfflineItem, type OfflineReport, type Refuted } from './report.js'

/**
 * @param files whatever was brought; what they are is read from them
 * @param pinned keys of the alliance, the only thing that is believed
 * @param now JWT seconds: tells whether a verdict has expired, and refuses one that is dated ahead
 */
export async function checkOffline(
  files: readonly GivenFile[],
  pinned: Anchor,
  now: number,
): Promise<OfflineReport> {
  const evidence = sortEvidence(files)
  const findings = new Findings(evidence.refuted)
  const log = new LogDesk(pinned, evidence.proofs)
  findings.refuted.push(...(await followKeys(evidence.logKeys, log)))
  const { anchor } = log
  const members = await readMembers(evidence, anchor, log, findings)
  const [given, second] = evidence.verdicts
  if (second) findings.add('wrong-file', 'Only one verdict can be checked at a time.', second.file)
  const verdict = given && (await findings.try(given.file, () => openVerdict(given, anchor, now)))
  const checkpoint = verdict?.verdict.asOf.checkpoint
  if (verdict && checkpoint) log.remember(verdict.file, checkpoint)
  const desk: OfflineDesk = { anchor, log, members, verdict, now }

  const items: OfflineItem[] = []
  const records = await readRecords(evidence, verdict, findings)
  for (const { file, claims } of records) {
    const statuses = evidence.statuses.filter((status) => recordOf(status) === claims.trustmark.id)
    const item = await findings.try(file.file, () => checkRecordFile(file, claims, statuses, desk))
    if (item) items.push(item)
  }
  if (evidence.records.length === 0 && records.length === 0) items.push(...(await checkProofsAlone(log)))
  addStrangers(evidence, desk, records, findings)
  const fork = log.findFork()
  if (fork) findings.refuted.push(fork)
  const { refuted } = findings
  return {
    offline: true,
    confirmed:
      listRefuted({ refuted, items }).length === 0 && !items.some(({ speaksAgainst }) => speaksAgainst),
    anchor: { alliance: anchor.alliance, origin: anchor.origin, log: anchor.log.origin },
    demo: anchor.demo || verdict?.verdict.demo === true,
    items,
    refuted,
  }
}

/** Collects what does not hold. */
class Findings {
  readonly refuted: Refuted[]

  constructor(refuted: readonly Refuted[]) {
    this.refuted = [...refuted]
  }

  add(code: string, detail: string, file?: string): void {
    this.refuted.push({ code, detail, ...(file !== undefined && { file }) })
  }

  async try<T>(file: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.refuted.push(asRefuted(error, file))
      return undefined
    }
  }
}

async function readMembers(
  { admissions }: Evidence,
  anchor: Anchor,
  log: LogDesk,
  findings: Findings,
): Promise<KnownMember[]> {
  const members: KnownMember[] = []
  for (const statement of admissions) {
    const member = await findings.try(statement.file, () => verifyAdmission(statement.jws, anchor))
    const logged = await log.checkStatement(statement, 'admission')
    if (member) members.push({ file: statement.file, member, logged })
  }
  return members
}

interface ReadRecord {
  file: StatementFile
  claims: RecordClaims
}

async function readRecords(
  { records, proofs }: Evidence,
  verdict: OpenedVerdict | undefined,
  findings: Findings,
): Promise<ReadRecord[]> {
  const files = new Map(records.map((file) => [file.sha256, file]))
  // A verdict holds the records it is about: with a proof alone, the one that the proof names is taken from there.
  if (records.length === 0 && verdict) {
    const bytes = verdict.verdict.records.map(({ statement }) => new TextEncoder().encode(statement))
    for (const file of sortEvidence(bytes.map((b) => ({ name: verdict.file, bytes: b }))).records)
      if (proofs.some(({ entry }) => entry.sha256 === file.sha256)) files.set(file.sha256, file)
  }
  const read: ReadRecord[] = []
  for (const file of files.values()) {
    const parsed = recordClaims.safeParse(file.payload)
    if (parsed.success) read.push({ file, claims: parsed.data })
    else findings.refuted.push(asRefuted(badClaims(parsed.error), file.file))
  }
  return read
}

/** Without the statement a proof still shows that something of this kind, by this issuer, was logged. */
async function checkProofsAlone(log: LogDesk): Promise<OfflineItem[]> {
  const unchecked = { state: 'unchecked' } as const
  const items: OfflineItem[] = []
  for (const proof of log.listUnused()) {
    const logged = await log.checkEntry(proof)
    items.push({
      entry: log.findEntry(proof.entry.sha256),
      logged,
      signedBy: unchecked,
      inForce: unchecked,
      changes: [],
      speaksAgainst: false,
      notConfirmed: listNotConfirmed(logged, unchecked, unchecked),
    })
  }
  return items
}

/** A file that belongs to none of the records is not passed over: whoever brought it took it for theirs. */
function addStrangers(
  { statuses }: Evidence,
  { log, members, verdict }: OfflineDesk,
  records: readonly ReadRecord[],
  findings: Findings,
): void {
  for (const { file, entry } of log.listUnused())
    findings.add(
      'other-statement',
      `The proof is about another statement than those given: one of kind "${entry.kind}" by ${entry.issuer} with SHA-256 ${entry.sha256}.`,
      file,
    )
  for (const { file, member } of members)
    if (!records.some(({ claims }) => claims.iss === member.entity))
      findings.add('other-statement', `It admits ${member.id}, which issued none of the records given.`, file)
  for (const status of statuses)
    if (!records.some(({ claims }) => claims.trustmark.id === recordOf(status)))
      findings.add('other-record', 'The status change is about none of the records given.', status.file)
  if (verdict && records.length === 0)
    findings.add('other-record', 'The verdict names no record that the proof is about.', verdict.file)
}

function recordOf({ payload }: StatementFile): unknown {
  return (payload.status as { record?: unknown } | null | undefined)?.record
}
