/**
 * Deciding one statement against the state of the log: the refusals that need state, then what it changes
 * (DESIGN 4.3, 4.6, 4.8). Each rule reads the batch state and nothing else.
 */
import { presupposedMarks } from '../alliance/members.js'
import { checkRecord } from '../record/check-record.js'
import { sameHolder } from '../record/holder.js'
import { changeStatus } from '../record/judge.js'
import { findPersonalNumber } from '../record/personal-number.js'
import { memberOf, parseMarkType, type RecordClaims } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { chooseKey } from '../trust/authority.js'
import type { Statement } from '../trust/statement.js'
import {
  type AdmissionClaims,
  type RegisterClaims,
  STATEMENT_TYPES,
  type StandingClaims,
  type StatusClaims,
} from '../trust/statements.js'
import { checkAdmission } from './admit-member.js'
import type { BatchState } from './batch-state.js'
import type { RosterMember } from './roster.js'

/** How the entry of an accepted statement is filed: the record it is about, if any. */
export interface Accepted {
  subject: string | null
}

/**
 * Applies one statement to the state, as the entry with log index `index`.
 * @throws Refusal; the state is then unchanged
 */
export async function decide(state: BatchState, statement: Statement, index: number): Promise<Accepted> {
  if (state.isUsed(statement.issuer, statement.claims.jti)) {
    throw new Refusal('jti-reused', {
      detail:
        'A different statement with this jti was accepted before. Every statement needs 128 fresh random bits.',
      value: statement.claims.jti,
      at: 'jti',
    })
  }
  // The signature was verified on arrival; since then the member or its key may have lost their standing.
  chooseKey(
    { iss: statement.claims.iss, kid: statement.kid },
    STATEMENT_TYPES[statement.typ].signer,
    state.roster,
    index,
  )
  const accepted = await apply(state, statement, index)
  state.use(statement.issuer, statement.claims.jti)
  return accepted
}

async function apply(state: BatchState, statement: Statement, index: number): Promise<Accepted> {
  switch (statement.kind) {
    case 'record':
      return applyRecord(state, statement.claims, statement, index)
    case 'status':
      return applyStatus(state, statement.claims, statement.issuer, index)
    case 'register':
      return applyRegister(state, statement.claims, statement.issuer, index)
    case 'admission':
      return applyAdmission(state, statement.claims, index)
    case 'standing':
      return applyStanding(state, statement.claims, index)
  }
}

function applyRecord(
  state: BatchState,
  claims: RecordClaims,
  { issuer, kid }: Statement,
  index: number,
): Accepted {
  const member = state.roster.find(issuer)
  if (!member) throw new Refusal('member-unknown', { detail: 'The issuer is not a member.', value: issuer })
  const { mark, level } = checkRecord(claims, {
    origin: state.origin,
    member: issuer,
    definition: member.definition,
    definitionSigned: member.definitionSigned,
  })
  const { id } = claims.trustmark
  const known = state.record(id)
  if (known) {
    if (known.status === 'revoked') {
      throw new Refusal('record-revoked', {
        detail: 'Revocation is final. Issue a record with a new certificate number.',
        value: id,
        at: 'trustmark.id',
      })
    }
    if (known.mark !== mark.id) {
      throw new Refusal('mark-changed', {
        detail: `${id} was issued for ${known.mark}; revoke it and issue the other mark under its own certificate number.`,
        value: claims.trust_mark_type,
        at: 'trust_mark_type',
      })
    }
    checkRising(claims.iat, known.latestIat, id)
  }
  checkPresences(state, claims, mark.id)
  checkPresupposed(state, claims, level, member.definitionSigned)
  state.putRecord(
    {
      id,
      member: issuer,
      mark: mark.id,
      level: level.id,
      index,
      kid,
      iat: claims.iat,
      exp: claims.exp,
      latestIat: claims.iat,
      // Issuing again never lifts a suspension (DESIGN 4.6).
      status: known?.status ?? 'active',
      statusIndex: known?.statusIndex ?? null,
    },
    claims,
  )
  return { subject: id }
}

/** A presence may carry one mark for one holder only, unless the other's certificate has lapsed or was revoked. */
function checkPresences(state: BatchState, claims: RecordClaims, mark: string): void {
  const member = memberOf(claims.trustmark.id)
  const now = state.at / 1000
  for (const other of state.related(claims)) {
    if (other.row.id === claims.trustmark.id || other.row.member !== member || other.row.mark !== mark)
      continue
    if (other.row.status === 'revoked' || other.row.exp <= now || sameHolder(claims, other.claims)) continue
    const keys = new Set(other.claims.trustmark.presences.flatMap((presence) => presence.keys))
    const shared = claims.trustmark.presences
      .flatMap((presence) => presence.keys)
      .find((key) => keys.has(key))
    if (shared) {
      throw new Refusal('presence-taken', {
        detail: `${shared} is certified under ${other.row.id} for another holder. Revoke that record first if the shop has changed hands.`,
        value: shared,
        at: 'trustmark.presences',
      })
    }
  }
}

function checkPresupposed(
  state: BatchState,
  claims: RecordClaims,
  level: Parameters<typeof presupposedMarks>[0],
  signed: boolean,
): void {
  if (!signed) return
  const now = state.at / 1000
  const member = memberOf(claims.trustmark.id)
  for (const needed of presupposedMarks(level, new Date(claims.iat * 1000))) {
    const held = state
      .related(claims)
      .some(
        ({ row, claims: other }) =>
          row.member === member &&
          row.mark === needed.mark &&
          (!needed.level || row.level === needed.level) &&
          row.status === 'active' &&
          row.exp > now &&
          sameHolder(claims, other),
      )
    if (!held) {
      throw new Refusal('presupposed-mark-missing', {
        detail:
          `${needed.text.en ?? ''} No record of ${needed.mark}${needed.level ? `/${needed.level}` : ''} in force for this holder is known. Publish that one first.`.trim(),
        value: `${parseMarkType(state.origin, claims.trust_mark_type)?.mark}/${level.id}`,
        at: 'trust_mark_type',
        source: needed.source,
      })
    }
  }
}

function applyStatus(
  state: BatchState,
  { iat, status }: StatusClaims,
  issuer: string,
  index: number,
): Accepted {
  if (memberOf(status.record) !== issuer) {
    throw new Refusal('id-not-own', {
      detail: 'Only the member that issued a record may change its status.',
      value: status.record,
      at: 'status.record',
    })
  }
  const known = state.record(status.record)
  if (!known)
    throw new Refusal('record-unknown', {
      detail: 'Publish the record before changing its status.',
      value: status.record,
      at: 'status.record',
    })
  if (status.effective > iat) {
    throw new Refusal('bad-claims', {
      detail: 'effective may not lie after iat; send the change when it takes effect.',
      value: status.effective,
      at: 'status.effective',
    })
  }
  checkRising(iat, known.latestIat, status.record)
  checkReason(status)
  const next = changeStatus(known.status, status.change)
  if (!next) {
    if (known.status === 'revoked')
      throw new Refusal('record-revoked', {
        detail: 'The record was revoked, which is final.',
        value: status.record,
        at: 'status.record',
      })
    throw new Refusal('status-unchanged', {
      detail: `The record is ${known.status}; "${status.change}" changes nothing.`,
      value: status.change,
      at: 'status.change',
    })
  }
  state.putRecord({ ...known, status: next, statusIndex: index, latestIat: iat })
  return { subject: status.record }
}

/** The reason is published for good, like the record: no citizen's number in it either. */
function checkReason({ record, reason }: StatusClaims['status']): void {
  const country = record.slice(0, 2).toUpperCase()
  for (const [lang, text] of Object.entries(reason)) {
    const found = findPersonalNumber(text, country)
    if (found)
      throw new Refusal('personal-number', {
        detail: `The reason seems to hold a ${found.name}. Say it without.`,
        at: `status.reason.${lang}`,
      })
  }
}

function applyRegister(
  state: BatchState,
  { iat, register }: RegisterClaims,
  issuer: string,
  index: number,
): Accepted {
  // A register as of a time to come would hide the member's silence until then, and bar every true one before it.
  if (register.at > iat)
    throw new Refusal('bad-claims', {
      detail: 'at may not lie after iat: a register says what was in force.',
      value: register.at,
      at: 'register.at',
    })
  const known = state.register(issuer)
  if (known && register.at <= known.at) {
    throw new Refusal('older-than-known', {
      detail: 'A register as of a later time is known.',
      value: register.at,
      at: 'register.at',
    })
  }
  state.putRegister({
    member: issuer,
    index,
    at: register.at,
    count: register.count,
    digest: register.digest,
  })
  return { subject: null }
}

async function applyAdmission(state: BatchState, claims: AdmissionClaims, index: number): Promise<Accepted> {
  await checkAdmission(claims, state.origin, state.roster)
  const { admission, iat } = claims
  const { id } = admission.definition
  checkNotWithdrawn(iat, state.roster.find(id))
  state.putMember({
    id,
    index,
    entity: `${state.origin}/members/${id}`,
    participation: admission.participation,
    participationIndex: index,
    admission: JSON.stringify(admission),
    latestIat: iat,
  })
  return { subject: null }
}

function applyStanding(state: BatchState, { iat, standing }: StandingClaims, index: number): Accepted {
  const member = state.roster.find(standing.member)
  if (!member)
    throw new Refusal('member-unknown', {
      detail: 'No member has this id.',
      value: standing.member,
      at: 'standing.member',
    })
  if (!member.keys)
    throw new Refusal('status-unchanged', {
      detail: `${standing.member} is only described; admit it first.`,
      value: standing.member,
      at: 'standing.member',
    })
  if (member.participation === standing.participation) {
    throw new Refusal('status-unchanged', {
      detail: `${standing.member} is ${standing.participation} already.`,
      value: standing.participation,
      at: 'standing.participation',
    })
  }
  checkNotWithdrawn(iat, member)
  state.putStanding({ member: standing.member, participation: standing.participation, index, latestIat: iat })
  return { subject: null }
}

/** An order that the operator signed and never sent must not undo a later one when somebody finds it. */
function checkNotWithdrawn(iat: number, member: RosterMember | undefined): void {
  if (member?.latestIat !== undefined && iat < member.latestIat) {
    throw new Refusal('older-than-known', {
      detail: `A statement of the operator about ${member.id} with iat ${member.latestIat} is known; an older one no longer counts.`,
      value: iat,
      at: 'iat',
    })
  }
}

/** Per record the claimed time must rise, so that of two statements it is always clear which is the newer. */
function checkRising(iat: number, latest: number, id: string): void {
  if (iat <= latest) {
    throw new Refusal('older-than-known', {
      detail: `A statement about ${id} with iat ${latest} is known; a new one needs a later iat.`,
      value: iat,
      at: 'iat',
    })
  }
}
