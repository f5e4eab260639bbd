/** From evidence to a verdict, as of one log size and one moment (DESIGN 5). */
import { headline, nextChange } from '../record/judge.js'
import type { RecordPresence } from '../record/record.js'
import { VERDICTS, type Verdict, type VerdictQuery } from '../record/verdict.js'
import { MISTYPED_ADVICE, UNRESOLVABLE_ADVICE } from '../record/warning-texts.js'
import { listComplaintBodies } from './complaints.js'
import { isInForce, type SimilarRecord, viewSimilar } from './find-similar.js'
import type { Evidence } from './gather-evidence.js'
import { checkpointOf, type Reader } from './hub.js'
import { listSearched } from './list-searched.js'
import type { Question } from './question.js'
import type { Head, RegisterRow } from './store.js'
import { agreesWithLog, isoTime, type KnownRecord, viewRecord } from './view-record.js'
import { listWarnings, staleAt } from './warnings.js'

/** A verdict is judged anew at least this often (ms), so that windows such as twelve months are noticed. */
const MAX_AGE = 3_600_000

export interface ComposedVerdict {
  verdict: Verdict
  /** Epoch ms at which time alone may change the answer. */
  until: number
}

/** @param resembling records at addresses that resemble the one asked about; undefined where none were looked for */
export function composeVerdict(
  hub: Reader,
  query: VerdictQuery,
  question: Question,
  head: Head,
  evidence: Evidence,
  resembling: readonly SimilarRecord[] | undefined,
): ComposedVerdict {
  const { roster, records, near, registers } = evidence
  const nowMs = hub.now()
  const now = nowMs / 1000
  const similar = resembling?.filter(({ known }) => isInForce(known, now))
  const asker = {
    country: query.for,
    bodies: roster.members
      .filter(
        ({ definition, participation }) =>
          participation !== 'left' &&
          definition.country === query.for &&
          definition.roles.includes('disputes'),
      )
      .map(({ id }) => id),
  }
  const views = records
    .map((known) => viewRecord(known, hub.origin, now, matchedPresence(known, question), asker))
    .sort((a, b) => order(a.verdict) - order(b.verdict) || (a.id < b.id ? -1 : 1))
  const word =
    question.by === 'unresolvable' ? 'unresolvable-link' : headline(views.map((view) => view.verdict))
  const verdict: Verdict = {
    verdict: word,
    query: { ...query, keys: question.keys, display: question.display },
    records: views,
    warnings: listWarnings(
      records,
      near,
      question.by === 'presence' ? question.presence : undefined,
      similar,
      registers,
      now,
    ),
    complaints: listComplaintBodies(roster, {
      asker: query.for,
      merchants: new Set([
        ...records.map(({ claims }) => claims.trustmark.holder.country),
        ...(question.country ? [question.country] : []),
      ]),
      issuers: new Set(records.map(({ row }) => row.member)),
    }),
    ...(word === 'not-found' && { searched: listSearched(roster.members, question.country) }),
    ...(similar && similar.length > 0 && { similar: similar.map((one) => viewSimilar(one, now)) }),
    ...(word === 'unresolvable-link' && { advice: UNRESOLVABLE_ADVICE }),
    ...(word === 'not-found' &&
      question.by === 'certificate' &&
      question.mistyped && { advice: MISTYPED_ADVICE }),
    asOf: {
      size: head.size,
      at: new Date(head.at).toISOString(),
      checkpoint: checkpointOf(head),
      members: Object.fromEntries(
        [...new Set(records.map(({ row }) => row.member))].map((member) => [
          member,
          viewRegister(registers.get(member)),
        ]),
      ),
      ...(hub.restored && { restored: hub.restored }),
    },
    ...(hub.demo && { demo: true as const }),
  }
  const changes = [...records, ...(similar ?? []).map(({ known }) => known)]
    .flatMap((known) => [nextChange(known.judged, now) ?? [], staleAt(known, registers)].flat())
    .filter((at) => at > now)
  return { verdict, until: Math.min(nowMs + MAX_AGE, ...changes.map((at) => at * 1000)) }
}

function order(verdict: Verdict['verdict']): number {
  return VERDICTS.indexOf(verdict)
}

function matchedPresence({ claims }: KnownRecord, question: Question): RecordPresence | undefined {
  if (question.by !== 'presence') return undefined
  return claims.trustmark.presences.find(({ keys, scope }) =>
    keys.some((key) => question.exact.includes(key) || (scope === 'domain' && question.domain.includes(key))),
  )
}

function viewRegister(row: RegisterRow | undefined): Verdict['asOf']['members'][string] {
  return row ? { at: isoTime(row.at), count: row.count, index: row.index, agrees: agreesWithLog(row) } : null
}
