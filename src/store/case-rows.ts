/** Cases between their rows and what the hub works with; and what is left of them when their time is over. */
import type { Actor, CaseEventType } from '../dispute/case-event.js'
import type { CaseStatus, ClockOwner } from '../dispute/case-state.js'
import type { ConsumerKeys, GeneralJwe } from '../dispute/envelope.js'
import type { CaseMeta } from '../dispute/route-question.js'
import type { CaseRow, ChainRow, DeliveryRow, DeliveryState, EventRow } from '../hub/cases/case-store.js'
import type { Tables } from './tables.js'

export function toCaseRow(row: CaseRow): Tables['cases'] {
  return {
    ref: row.ref,
    filing: row.filing,
    quote: row.quote,
    filed_quote: row.filedQuote,
    meta: JSON.stringify(row.meta),
    filed_at: row.filedAt,
    status: JSON.stringify(row.status),
    state: row.status.state,
    is_open: row.status.state === 'closed' || row.status.state === 'archived' ? 0 : 1,
    owner: row.owner,
    since: row.since,
    due: row.due,
    due_at: row.dueAt,
    parked: row.parked ? 1 : 0,
    head_seq: row.head.seq,
    head_sha256: row.head.sha256,
    head_at: row.head.at,
    envelope_sha256: row.envelopeSha256,
    consumer: row.consumer && JSON.stringify(row.consumer),
    erases_at: row.erasesAt,
    unmatched: row.unmatched ? 1 : 0,
  }
}

export function readCaseRow(row: Tables['cases']): CaseRow {
  return {
    ref: row.ref,
    filing: row.filing,
    quote: row.quote,
    filedQuote: row.filed_quote,
    meta: JSON.parse(row.meta) as CaseMeta,
    filedAt: row.filed_at,
    status: JSON.parse(row.status) as CaseStatus,
    owner: row.owner as ClockOwner | null,
    since: row.since,
    due: row.due,
    dueAt: row.due_at,
    parked: row.parked === 1,
    head: { seq: row.head_seq, sha256: row.head_sha256, at: row.head_at },
    envelopeSha256: row.envelope_sha256,
    consumer: row.consumer === null ? null : (JSON.parse(row.consumer) as ConsumerKeys),
    erasesAt: row.erases_at,
    unmatched: row.unmatched === 1,
  }
}

export function readEventRow(row: Tables['case_events'] & { message: string | null }): EventRow {
  return {
    seq: row.seq,
    at: row.at,
    type: row.type as CaseEventType,
    actor: row.actor as Actor,
    member: row.member,
    jws: row.jws,
    sha256: row.sha256,
    message: row.message === null ? null : (JSON.parse(row.message) as GeneralJwe),
  }
}

export function readChainRow(row: Tables['case_events'] & { bytes: number | null }): ChainRow {
  const { message: _message, ...event } = readEventRow({ ...row, message: null })
  return { ...event, messageBytes: row.bytes ?? 0 }
}

export function toDeliveryRow(row: DeliveryRow): Tables['case_deliveries'] {
  return {
    ref: row.ref,
    member: row.member,
    role: row.role,
    state: row.state,
    attempts: row.attempts,
    next_at: row.nextAt,
    since: row.since,
    failure: row.failure,
    receipt: row.receipt,
    receipted_at: row.receiptedAt,
  }
}

export function readDeliveryRow(row: Tables['case_deliveries']): DeliveryRow {
  return {
    ref: row.ref,
    member: row.member,
    role: row.role as DeliveryRow['role'],
    state: row.state as DeliveryState,
    attempts: row.attempts,
    nextAt: row.next_at,
    since: row.since,
    failure: row.failure,
    receipt: row.receipt,
    receiptedAt: row.receipted_at,
  }
}

/** The first moment of a time's month in UTC (epoch ms): as much as figures need. */
export function startOfMonth(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** What stays of a case: who dealt with whom about what kind of thing, how it ended, in which month. */
export function coarsenCase(row: CaseRow): CaseRow {
  return {
    ...row,
    filing: '',
    quote: '',
    filedQuote: '',
    filedAt: startOfMonth(row.filedAt),
    status: { ...row.status, closedOn: row.status.closedOn && `${row.status.closedOn.slice(0, 7)}-01` },
    since: startOfMonth(row.since),
    due: null,
    dueAt: null,
    consumer: null,
    erasesAt: null,
  }
}
