/** Accepting a record: its own rules, then those that need the log's state (DESIGN 4.6, 4.8). */
import type { Level } from '../alliance/definition.js'
import { presupposedMarks } from '../alliance/members.js'
import { checkRecord, findOwnType } from '../record/check-record.js'
import { sameHolder } from '../record/holder.js'
import { memberOf, parseMarkType, type RecordClaims } from '../record/record.js'
import { Refusal } from '../refusal.js'
import type { Statement } from '../trust/statement.js'
import type { BatchState } from './batch-state.js'

/** How the entry of an accepted statement is filed. */
export interface Accepted {
  /** The record it is about, if any; of an admission, the member. */
  subject: string | null
  /** Of the record's holder or of the member; null where it concerns all. */
  country: string | null
}

export function applyRecord(
  state: BatchState,
  claims: RecordClaims,
  { issuer, kid }: Statement,
  index: number,
): Accepted {
  const member = state.roster.find(issuer)
  if (!member) throw new Refusal('member-unknown', { detail: 'The issuer is not a member.', value: issuer })
  const { definition, definitionSigned } = member
  const context = { origin: state.origin, member: issuer, definition, definitionSigned }
  const { mark, level } = findOwnType(claims, context)
  state.rule(index, () => checkRecord(claims, context))
  const { id, holder } = claims.trustmark
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
  state.timely(() => {
    checkPresences(state, claims, mark.id)
    checkPresupposed(state, claims, level, definitionSigned)
  })
  state.putRecord(
    {
      id,
      member: issuer,
      mark: mark.id,
      level: level.id,
      country: holder.country,
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
  return { subject: id, country: holder.country }
}

/**
 * Most records in force of one mark that may share a presence: a renewal overlaps with what it renews, and some
 * schemes certify branches apart. Without a bound one member could bury a shop's other marks under its own.
 */
const MAX_RECORDS_OF_PRESENCE = 20

/** A presence may carry one mark for one holder only, unless the other's certificate has lapsed or was revoked. */
function checkPresences(state: BatchState, claims: RecordClaims, mark: string): void {
  const member = memberOf(claims.trustmark.id)
  const { now } = state
  const others = state
    .sharingPresence(claims)
    .filter(({ row }) => row.id !== claims.trustmark.id && row.member === member && row.mark === mark)
    .filter(({ row }) => row.status !== 'revoked' && row.exp > now)
  if (others.length >= MAX_RECORDS_OF_PRESENCE) {
    throw new Refusal('presence-crowded', {
      detail: `${others.length} records of ${mark} in force name a presence of this one. Revoke those that it replaces.`,
      value: claims.trustmark.id,
      at: 'trustmark.presences',
    })
  }
  for (const other of others) {
    if (sameHolder(claims, other.claims)) continue
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

function checkPresupposed(state: BatchState, claims: RecordClaims, level: Level, signed: boolean): void {
  if (!signed) return
  const { now } = state
  const member = memberOf(claims.trustmark.id)
  for (const needed of presupposedMarks(level, new Date(claims.iat * 1000))) {
    const held = state
      .sharingHolder(claims)
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

/** Per record the claimed time must rise, so that of two statements it is always clear which is the newer. */
export function checkRising(iat: number, latest: number, id: string): void {
  if (iat <= latest) {
    throw new Refusal('older-than-known', {
      detail: `A statement about ${id} with iat ${latest} is known; a new one needs a later iat.`,
      value: iat,
      at: 'iat',
    })
  }
}
