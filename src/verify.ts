/**
 * `trustmark-hub/verify`: what a third party needs to check records, status changes, verdicts and log proofs by
 * itself. It runs in a browser, a Worker and Node, asks no server and keeps no state: the caller fetches, and pins
 * an {@link Anchor} once.
 */
import { decodeProtectedHeader } from 'jose'
import * as z from 'zod'
import type { MemberDefinition } from './alliance/definition.js'
import { type Anchor, createLogVerifiers, explainLogError, verifyWithOneOf } from './anchor.js'
import { checkAdmission } from './hub/admit-member.js'
import { createRoster, type RosterMember } from './hub/roster.js'
import { VERDICT_LIFETIME } from './hub/sign-verdict.js'
import { type SignedRecord, viewSigned } from './hub/view-signed.js'
import { parseEntry } from './log/entry.js'
import { parseTlogProof, verifyTlogProof } from './log/tlog-proof.js'
import { checkRecord } from './record/check-record.js'
import { isCovered, parsePresence } from './record/presence.js'
import { formatEntityId, memberOf, type RecordClaims } from './record/record.js'
import { type Verdict, type VerdictRecord, verdict as verdictSchema } from './record/verdict.js'
import { Refusal } from './refusal.js'
import { ALLIANCE } from './trust/authority.js'
import { sha256Hex } from './trust/digest.js'
import { decodeJws, readPayload } from './trust/jws.js'
import type { KeySet, PublicJwk } from './trust/keys.js'
import { badClaims, CLOCK_LEEWAY, type Statement, verifyStatement } from './trust/statement.js'
import { type ApplicationClaims, type StatusClaims, VERDICT_TYP } from './trust/statements.js'

export { type Anchor, createLogVerifiers, listLogKeys, readAnchor } from './anchor.js'
export { extendAnchor } from './extend-anchor.js'
export { judgeRecord } from './record/judge.js'
export { parsePresence } from './record/presence.js'
export { Refusal, type RefusalCode } from './refusal.js'
export type { KeySet, MemberDefinition, PublicJwk, RecordClaims, StatusClaims, Verdict }

/** Largest signed verdict in bytes: a shop with twenty records, each with its statements. */
const MAX_VERDICT_BYTES = 1_048_576

/** A member as its admission, signed by the operator, shows it. */
export interface VerifiedMember {
  id: string
  entity: string
  definition: MemberDefinition
  definitionSigned: boolean
  keys: KeySet
}

/**
 * Verifies an admission: the operator's signature, the member's own application, and the proof of every key.
 * @throws Refusal
 */
export async function verifyAdmission(jws: string, anchor: Anchor): Promise<VerifiedMember> {
  const statement = await verifyStatement(jws, context(anchor, []))
  if (statement.kind !== 'admission') throw wrongKind('an admission')
  await checkAdmission(statement.claims, anchor.origin, createRoster([], anchor.origin, anchor.operator))
  const { admission } = statement.claims
  if (admission.participation !== 'admitted')
    throw new Refusal(
      'issuer-not-admitted',
      `${admission.definition.id} is only described: it signs nothing.`,
    )
  return {
    id: admission.definition.id,
    entity: admission.entity,
    definition: admission.definition,
    definitionSigned: readPayload<ApplicationClaims>(admission.application).application.definition !== null,
    keys: admission.keys,
  }
}

/** Verifies a record's signature by its issuer. It says nothing of the record's status today. @throws Refusal */
export async function verifyRecord(
  jws: string,
  member: VerifiedMember,
  anchor: Anchor,
): Promise<RecordClaims> {
  const statement = await verifyStatement(jws, context(anchor, [member]))
  if (statement.kind !== 'record') throw wrongKind('a record')
  // A member's signature is worth something for its own marks only, and for shops that the record shows.
  checkRecord(statement.claims, {
    origin: anchor.origin,
    member: member.id,
    definition: member.definition,
    definitionSigned: false,
  })
  return statement.claims
}

/** Verifies a status change's signature by the record's issuer. @throws Refusal */
export async function verifyStatus(
  jws: string,
  member: VerifiedMember,
  anchor: Anchor,
): Promise<StatusClaims> {
  const statement: Statement = await verifyStatement(jws, context(anchor, [member]))
  if (statement.kind !== 'status') throw wrongKind('a status change')
  if (memberOf(statement.claims.status.record) !== member.id)
    throw new Refusal('id-not-own', `${member.id} signed a change of another member's record.`)
  return statement.claims
}

/**
 * Verifies a signed verdict (`application/jwt` of a look-up).
 * @param now JWT seconds
 * @throws Refusal also when the verdict has expired
 */
export async function verifyVerdict(jwt: string, anchor: Anchor, now: number): Promise<Verdict> {
  const decoded = decodeJws(jwt, { [VERDICT_TYP]: { maxBytes: MAX_VERDICT_BYTES } })
  await verifyWithOneOf(decoded, anchor.federation)
  const parsed = z
    .looseObject({ iss: z.string(), iat: z.number(), exp: z.number(), verdict: verdictSchema })
    .safeParse(decoded.payload)
  if (!parsed.success) throw badClaims(parsed.error)
  if (parsed.data.iss !== anchor.alliance)
    throw new Refusal('unknown-issuer', {
      detail: 'The verdict is another alliance’s.',
      value: parsed.data.iss.slice(0, 200),
      at: 'iss',
    })
  const { iat, exp } = parsed.data
  if (exp - iat > VERDICT_LIFETIME || iat > now + CLOCK_LEEWAY)
    throw new Refusal('bad-claims', {
      detail: `A verdict is dated now and holds for at most ${VERDICT_LIFETIME} s.`,
      value: exp,
      at: 'exp',
    })
  if (now > exp + CLOCK_LEEWAY)
    throw new Refusal('bad-claims', {
      detail: 'The verdict has expired. Ask again.',
      value: parsed.data.exp,
      at: 'exp',
    })
  return parsed.data.verdict
}

/**
 * Verifies that a statement was logged: the proof's entry names exactly these bytes, and the entry is in the tree
 * of a checkpoint signed by the log.
 * @param proof a `.tlog-proof` whose extra data is the log entry's text
 * @throws Refusal, LogError
 */
export async function verifyLogged(
  proof: string,
  jws: string,
  anchor: Anchor,
): Promise<{ index: number; size: number; at: number }> {
  const { extra, checkpoint } = parseTlogProof(proof)
  if (!extra) throw new Refusal('bad-claims', 'The proof carries no log entry.')
  const entry = parseEntry(extra)
  const issuer = readPayload<{ iss?: unknown }>(jws).iss
  if (entry.sha256 !== sha256Hex(jws) || issuer !== issuerEntity(entry.issuer, anchor))
    throw new Refusal('bad-claims', 'The proof is about another statement.')
  const { index, size } = await verifyTlogProof(proof, {
    entry: extra,
    origin: anchor.log.origin,
    verifiers: await createLogVerifiers(anchor),
  }).catch((error) => {
    throw explainLogError(error, checkpoint, anchor)
  })
  return { index, size, at: entry.at }
}

/** A verified status change, with its log index as the hub gives it. */
export interface VerifiedStatus {
  claims: StatusClaims
  jws: string
  index: number
}

/**
 * Rebuilds what a verdict may say of a record from what was signed: mark, level, holder, presences, validity,
 * principles, status. Compare it with the hub's own words, or show it in their place.
 * @param standing what only the hub can tell (see SignedRecord): its word counts for the worse only
 * @param now JWT seconds
 * @throws Refusal when the member may not issue this record
 */
export async function rebuildRecord(
  record: { jws: string; index: number },
  member: VerifiedMember,
  status: VerifiedStatus | undefined,
  standing: SignedRecord['standing'],
  anchor: Anchor,
  now: number,
): Promise<VerdictRecord> {
  const claims = await verifyRecord(record.jws, member, anchor)
  if (status && status.claims.status.record !== claims.trustmark.id)
    throw new Refusal('bad-claims', 'The status change is about another record.')
  return viewSigned(
    {
      claims,
      jws: record.jws,
      kid: decodeProtectedHeader(record.jws).kid ?? '',
      index: record.index,
      member: asRosterMember(member),
      ...(status && { status: { claims: status.claims.status, jws: status.jws, index: status.index } }),
      standing,
    },
    anchor.origin,
    now,
  )
}

/** Whether a record covers the address somebody stands on. @throws PresenceError for what is no address */
export function coversAddress(claims: RecordClaims, address: string): boolean {
  const asked = parsePresence(address)
  return claims.trustmark.presences.some((presence) => isCovered(presence, asked))
}

function context(anchor: Anchor, members: readonly VerifiedMember[]): Parameters<typeof verifyStatement>[1] {
  return {
    alliance: anchor.alliance,
    directory: createRoster(members.map(asRosterMember), anchor.origin, anchor.operator),
    index: 0,
    // What was signed earlier is checked, so a time limit would only refuse what a slow clock dates ahead.
    now: Number.POSITIVE_INFINITY,
    anyStanding: true,
  }
}

function asRosterMember(member: VerifiedMember): RosterMember {
  return { ...member, participation: 'admitted', participationIndex: 0, index: 0 }
}

/** The `iss` of statements that a log entry files under an issuer. */
function issuerEntity(issuer: string, { alliance, origin }: Anchor): string {
  return issuer === ALLIANCE ? alliance : formatEntityId(origin, issuer)
}

function wrongKind(wanted: string): Refusal {
  return new Refusal('unknown-type', `This statement is not ${wanted}.`)
}
