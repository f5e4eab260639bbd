/** Accepting a register as of: a member's word on its whole register, later than its last (DESIGN 5). */
import { Refusal } from '../refusal.js'
import type { RegisterClaims } from '../trust/statements.js'
import type { Accepted } from './apply-record.js'
import type { BatchState } from './batch-state.js'

export function applyRegister(
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
    counted: state.countInForce(issuer, register.at),
  })
  return { subject: null, country: state.roster.find(issuer)?.definition.country ?? null }
}
