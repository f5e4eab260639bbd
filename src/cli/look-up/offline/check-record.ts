/** One record with all that was brought about it: logged, signed, in force then, and changed (DESIGN 4.5). */
import { isoTime } from '../../../hub/view-record.js'
import type { RecordClaims } from '../../../record/record.js'
import { badClaims } from '../../../trust/statement.js'
import { statusClaims } from '../../../trust/statements.js'
import { type Anchor, type VerifiedMember, verifyRecord, verifyStatus } from '../../../verify.js'
import type { LogDesk } from './check-logged.js'
import { judgeByVerdict, type OpenedVerdict } from './check-verdict.js'
import { asRefuted, type StatementFile } from './evidence.js'
import type { ChangeFinding, Finding, LoggedFacts, NotConfirmed, OfflineItem, SignedFacts } from './report.js'

/** An admission that the operator signed. */
export interface KnownMember {
  file: string
  member: VerifiedMember
  logged: Finding<LoggedFacts>
}

/** What records are checked against. */
export interface OfflineDesk {
  anchor: Anchor
  log: LogDesk
  members: readonly KnownMember[]
  verdict: OpenedVerdict | undefined
  /** JWT seconds. */
  now: number
}

/** @param statuses those about this record */
export async function checkRecordFile(
  file: StatementFile,
  claims: RecordClaims,
  statuses: readonly StatementFile[],
  desk: OfflineDesk,
): Promise<OfflineItem> {
  const { anchor, log, members, verdict, now } = desk
  const logged = await log.checkStatement(file, 'record')
  const known = members.find(({ member }) => member.entity === claims.iss)
  const signedBy = await checkSigner(file, known, anchor)
  const changes: ChangeFinding[] = []
  for (const status of statuses) changes.push(await checkChange(status, known, desk))
  const member = signedBy.state === 'confirmed' ? known?.member : undefined
  const inForce = verdict
    ? await judgeByVerdict(verdict, { jws: file.jws, claims, logged, member, changes }, anchor, now)
    : ({ state: 'unchecked' } as const)
  const entry = log.findEntry(file.sha256)
  const { id, holder, presences } = claims.trustmark
  return {
    record: {
      id,
      holder: holder.name,
      presences: presences.map(({ url }) => url),
      validity: { from: isoTime(claims.iat), until: isoTime(claims.exp) },
    },
    ...(entry && { entry }),
    logged,
    signedBy,
    inForce,
    changes,
    speaksAgainst:
      inForce.state === 'denied' || changes.some((change) => isAgainst(change, changes, inForce)),
    notConfirmed: listNotConfirmed(logged, signedBy, inForce),
  }
}

/** What stays open, beginning with what another file could still show. */
export function listNotConfirmed(
  logged: OfflineItem['logged'],
  signedBy: OfflineItem['signedBy'],
  inForce: OfflineItem['inForce'],
): NotConfirmed[] {
  const dated = inForce.state === 'confirmed' || inForce.state === 'denied'
  return [
    ...(logged.state === 'confirmed' ? [] : ['logged' as const]),
    ...(signedBy.state === 'confirmed' ? [] : ['signer' as const]),
    ...(signedBy.state === 'confirmed' && signedBy.admission.state !== 'confirmed'
      ? ['admission-logged' as const]
      : []),
    ...(dated ? [] : ['revoked-later' as const]),
    'status-today',
    'after-checkpoint',
  ]
}

async function checkSigner(
  { jws, kid, file }: StatementFile,
  known: KnownMember | undefined,
  anchor: Anchor,
): Promise<Finding<SignedFacts>> {
  if (!known) return { state: 'unchecked' }
  const { member, logged } = known
  try {
    await verifyRecord(jws, member, anchor)
    return { state: 'confirmed', member: member.id, name: member.definition.name, kid, admission: logged }
  } catch (error) {
    return { state: 'refuted', ...asRefuted(error, file) }
  }
}

async function checkChange(
  file: StatementFile,
  known: KnownMember | undefined,
  { anchor, log }: OfflineDesk,
): Promise<ChangeFinding> {
  const parsed = statusClaims.safeParse(file.payload)
  if (!parsed.success) throw badClaims(parsed.error)
  const { change, reason, effective } = parsed.data.status
  const logged = await log.checkStatement(file, 'status')
  let signed: ChangeFinding['signed'] = { state: 'unchecked' }
  if (known) {
    try {
      await verifyStatus(file.jws, known.member, anchor)
      signed = { state: 'confirmed', member: known.member.id }
    } catch (error) {
      signed = { state: 'refuted', ...asRefuted(error, file.file) }
    }
  }
  return { file: file.file, change, reason, effective: isoTime(effective), signed, logged }
}

/**
 * A suspension counts until it is shown that it was lifted: by a reinstatement that the log holds, for anybody can write one. A
 * revocation counts always.
 */
function isAgainst(
  one: ChangeFinding,
  changes: readonly ChangeFinding[],
  inForce: OfflineItem['inForce'],
): boolean {
  if (one.change === 'reinstated') return false
  if (one.change === 'revoked') return true
  const liftedBy = (other: ChangeFinding) =>
    other.change === 'reinstated' &&
    other.logged.state === 'confirmed' &&
    other.signed.state !== 'refuted' &&
    isAfter(other, one)
  const liftedThen =
    inForce.state === 'confirmed' && one.logged.state === 'confirmed' && one.logged.index < inForce.size
  return !liftedThen && !changes.some(liftedBy)
}

function isAfter(a: ChangeFinding, b: ChangeFinding): boolean {
  if (a.logged.state === 'confirmed' && b.logged.state === 'confirmed') return a.logged.index > b.logged.index
  return a.effective > b.effective
}
