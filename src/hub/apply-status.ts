/** Accepting a status change: only by the issuer, only forward in time, revocation final (DESIGN 4.6). */
import { changeStatus } from '../record/judge.js'
import { findPersonalNumber } from '../record/personal-number.js'
import { memberOf } from '../record/record.js'
import { Refusal } from '../refusal.js'
import type { StatusClaims } from '../trust/statements.js'
import { type Accepted, checkRising } from './apply-record.js'
import type { BatchState } from './batch-state.js'

export function applyStatus(
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
  state.rule(index, () => checkReason(status))
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
  return { subject: status.record, country: known.country || null }
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
