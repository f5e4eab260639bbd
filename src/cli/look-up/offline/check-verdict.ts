/**
 * What a signed verdict shows of one record, at the verdict's own time. An expired one is no answer any more, but it still
 * shows what the hub said then: the claim is dated, and says whether that time is over.
 */
import { openLogCheckpoint } from '../../../anchor.js'
import { isoTime } from '../../../hub/view-record.js'
import type { RecordClaims } from '../../../record/record.js'
import { POSITIVE_VERDICTS, type Verdict, type VerdictRecord } from '../../../record/verdict.js'
import { Refusal } from '../../../refusal.js'
import { readPayload } from '../../../trust/jws.js'
import {
  type Anchor,
  rebuildRecord,
  type VerifiedMember,
  type VerifiedStatus,
  verifyStatus,
  verifyVerdict,
} from '../../../verify.js'
import { asRefuted, OfflineFault, type StatementFile } from './evidence.js'
import type { ChangeFinding, Finding, LoggedFacts, OfflineItem, VerdictFacts } from './report.js'

/** A verdict whose signature held, with the checkpoint it rests on. */
export interface OpenedVerdict {
  file: string
  verdict: Verdict
  /** JWT seconds. */
  iat: number
  exp: number
}

/**
 * @param now JWT seconds: a verdict that is dated ahead is refused
 * @throws Refusal, LogError
 */
export async function openVerdict(
  { file, jws, payload }: StatementFile,
  anchor: Anchor,
  now: number,
): Promise<OpenedVerdict> {
  const dated = typeof payload.iat === 'number' ? payload.iat : now
  const verdict = await verifyVerdict(jws, anchor, Math.min(now, dated))
  const { checkpoint } = verdict.asOf
  if (checkpoint === null)
    throw new OfflineFault(
      'contradiction',
      'The verdict has no checkpoint: it comes from a copy in the middle of a sync. Get another one from the hub.',
    )
  const { size } = await openLogCheckpoint(checkpoint, anchor)
  if (size !== verdict.asOf.size)
    throw new OfflineFault('contradiction', 'The checkpoint in the verdict is of another size than it says.')
  const { iat, exp } = readPayload<{ iat: number; exp: number }>(jws)
  return { file, verdict, iat, exp }
}

/** The record that the verdict is held against. */
export interface JudgedRecord {
  jws: string
  claims: RecordClaims
  logged: Finding<LoggedFacts>
  /** Where its admission was given and holds. */
  member: VerifiedMember | undefined
  changes: readonly ChangeFinding[]
}

/** @param now JWT seconds, only to say whether the verdict has expired meanwhile */
export async function judgeByVerdict(
  opened: OpenedVerdict,
  record: JudgedRecord,
  anchor: Anchor,
  now: number,
): Promise<OfflineItem['inForce']> {
  // Without a proof its index is nobody's but the verdict's, and a verdict must name this very entry.
  if (record.logged.state !== 'confirmed') return { state: 'unchecked' }
  const { verdict, iat, exp, file } = opened
  try {
    const said = findNamed(verdict, record, record.logged.index)
    await assertFollows(said, opened, record, anchor)
    const facts: VerdictFacts = {
      verdict: said.verdict,
      at: isoTime(iat),
      size: verdict.asOf.size,
      until: isoTime(exp),
      expired: now >= exp,
    }
    return { state: POSITIVE_VERDICTS.includes(said.verdict) ? 'confirmed' : 'denied', ...facts }
  } catch (error) {
    return { state: 'refuted', ...asRefuted(error, file) }
  }
}

/** The verdict must name this very statement at this very index; another of the same id is another statement. */
function findNamed(verdict: Verdict, { jws, claims }: JudgedRecord, index: number): VerdictRecord {
  const { id } = claims.trustmark
  const same = verdict.records.find(({ statement }) => statement === jws)
  if (same?.index === index) return same
  if (same)
    throw new OfflineFault(
      'index-differs',
      `The verdict puts ${id} at log entry ${same.index}, the proof at ${index}.`,
    )
  const other = verdict.records.find((record) => record.id === id)
  if (!other) {
    const named = verdict.records.map((record) => record.id).join(', ') || 'no record'
    throw new OfflineFault('other-record', `The verdict is about ${named}, not about ${id}.`)
  }
  throw new OfflineFault(
    'superseded',
    other.index > index
      ? `The verdict is about a later issue of ${id} (log entry ${other.index}), which replaced this one (${index}).`
      : `The verdict is about an earlier issue of ${id} (log entry ${other.index}), which this one (${index}) replaced: it says nothing of this one.`,
  )
}

/** The verdict's word must follow from what was signed, as far as that is here. */
async function assertFollows(
  said: VerdictRecord,
  { verdict, iat }: OpenedVerdict,
  { claims, member, changes }: JudgedRecord,
  anchor: Anchor,
): Promise<void> {
  const { size } = verdict.asOf
  if (said.index >= size || (said.status && said.status.index >= size))
    throw new OfflineFault('contradiction', `The verdict names entries that its log of size ${size} has not.`)
  const { id } = claims.trustmark
  if (said.id !== id)
    throw new OfflineFault('contradiction', `The verdict calls this record ${said.id}; it is ${id}.`)
  if (member) await assertRebuilt(said, member, anchor, iat)
  if (!POSITIVE_VERDICTS.includes(said.verdict)) return
  if (iat >= claims.exp)
    throw new OfflineFault('contradiction', 'The verdict says in force, but the record had run out by then.')
  if (said.status && said.status.change !== 'reinstated')
    throw new OfflineFault('contradiction', `The verdict says in force and "${said.status.change}" at once.`)
  const lifted = said.status?.index ?? -1
  const kept = changes.find(
    ({ change, logged }) =>
      change !== 'reinstated' &&
      logged.state === 'confirmed' &&
      logged.index < size &&
      (change === 'revoked' || logged.index > lifted),
  )
  if (kept)
    throw new OfflineFault(
      'contradiction',
      `The verdict (log size ${size}) says in force, but ${kept.file} shows that the record was ${kept.change} before. Keep both: the hub answered falsely.`,
    )
}

async function assertRebuilt(
  said: VerdictRecord,
  member: VerifiedMember,
  anchor: Anchor,
  iat: number,
): Promise<void> {
  let status: VerifiedStatus | undefined
  if (said.status) {
    const { statement: jws, change, index } = said.status
    const claims = await verifyStatus(jws, member, anchor)
    if (claims.status.change !== change)
      throw new OfflineFault(
        'contradiction',
        'The status that the verdict names is not the one that was signed.',
      )
    status = { claims, jws, index }
  }
  const record = { jws: said.statement, index: said.index }
  const rebuilt = await rebuildRecord(record, member, status, standingOf(said), anchor, iat)
  if (rebuilt.verdict !== said.verdict)
    throw new Refusal(
      'bad-claims',
      `The verdict says "${said.verdict}", but from what was signed follows "${rebuilt.verdict}".`,
    )
}

/** What the hub alone can tell is believed, for it speaks against the mark. */
function standingOf({ verdict }: VerdictRecord): Parameters<typeof rebuildRecord>[3] {
  const participation =
    verdict === 'issuer-suspended' ? 'suspended' : verdict === 'issuer-left' ? 'left' : 'admitted'
  return { participation, keyCompromised: verdict === 'key-compromised' }
}
