/**
 * Deciding one statement against the state of the log: the refusals that need state, then what it changes
 * (DESIGN 4.3, 4.6, 4.8). Each rule reads the batch state and nothing else.
 */
import { Refusal } from '../refusal.js'
import { chooseKey } from '../trust/authority.js'
import type { Statement } from '../trust/statement.js'
import { STATEMENT_TYPES } from '../trust/statements.js'
import { type Accepted, applyRecord } from './apply-record.js'
import { applyRegister } from './apply-register.js'
import { applyAdmission, applyStanding } from './apply-roster.js'
import { applyStatus } from './apply-status.js'
import type { BatchState } from './batch-state.js'

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
