/** From a draft to the claims of a record, and the digest by which a record is known to be unchanged (DESIGN 5). */

import { dayOf, endOfDay } from '../../alliance/days.js'
import { findLevel, type MemberDefinition } from '../../alliance/definition.js'
import { coverageOf } from '../../alliance/principles.js'
import { ConfigError } from '../../node.js'
import { formatEntityId, formatMarkType, type RecordClaims } from '../../record/record.js'
import { jsonDigest } from '../../trust/digest.js'
import type { RecordDraft } from '../import/build-draft.js'

/** Whose records are made, and for which hub. */
export interface Issuer {
  origin: string
  definition: MemberDefinition
}

export function formatRecordId(issuer: Pick<Issuer, 'definition'>, certificate: string): string {
  return `${issuer.definition.id}:${certificate}`
}

/**
 * The claims of a draft. They depend on nothing but their arguments, so that a file imported again, on any
 * machine, gives the same record.
 * @throws ConfigError when the definition has no such mark any more
 */
export function buildClaims(
  draft: RecordDraft,
  { origin, definition }: Issuer,
  iat: number,
  jti: string,
): RecordClaims {
  const { certificate, mark: markId, level: levelId, holder, presences, facts, evidence } = draft
  const mark = findLevel(definition, markId, levelId)?.mark
  const [main] = presences
  if (!mark || !main) {
    throw new ConfigError(
      `The draft of ${certificate} does not fit the definition (${markId}/${levelId}). Import the file again.`,
    )
  }
  const id = formatRecordId({ definition }, certificate)
  return {
    iss: formatEntityId(origin, definition.id),
    sub: main.url,
    trust_mark_type: formatMarkType(origin, definition.id, markId, levelId),
    iat,
    exp: endOfDay(draft.exp, definition.calendar.timeZone),
    jti,
    ref: `${origin}/r/${id}`,
    trustmark: {
      id,
      holder,
      presences,
      facts,
      principles: coverageOf(mark.criteria),
      criteriaVersion: mark.criteriaVersion,
      ...(evidence && { evidence }),
    },
  }
}

/**
 * SHA-256 (lower hex) of what a record says. Signing it again changes `iat` and `jti` and nothing else; `exp`
 * counts as the day it names, so that another program's 23:59:59 is no change.
 */
export function contentDigest(claims: RecordClaims, timeZone: string): string {
  const { iat: _iat, jti: _jti, exp, ...content } = claims
  return jsonDigest({ ...content, lastDay: dayOf(exp - 1, timeZone) })
}
