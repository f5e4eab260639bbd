/**
 * Deciding one statement against the state of the log: the refusals that need state, then what it changes
 * (DESIGN 4.3, 4.6, 4.8). Each rule reads the batch state and nothing else.
 */
import { Refusal } from '../refusal.js'
import { chooseKey } from '../trust/authority.js'
import type { Statement } from '../trust/statement.js'
import { type SignerRole, STATEMENT_TYPES } from '../trust/statements.js'
import { applyErasure } from './apply-erasure.js'
import { applyLogKey } from './apply-log-key.js'
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
  const { issuer, kind, claims, kid } = statement
  if (state.isUsed(issuer, claims.jti)) {
    throw new Refusal('jti-reused', {
      detail:
        'A different statement with this jti was accepted before. Every statement needs 128 fresh random bits.',
      value: claims.jti,
      at: 'jti',
    })
  }
  // The signature was verified on arrival; since then the member or its key may have lost their standing.
  const { signer, anyStanding }: { signer: SignerRole; anyStanding?: true } = STATEMENT_TYPES[statement.typ]
  chooseKey({ iss: claims.iss, kid }, signer, state.roster, index, anyStanding)
  const accepted = await apply(state, statement, index)
  state.use(issuer, claims.jti)
  state.file({ index, issuer, kind, subject: accepted.subject, jti: claims.jti, erased: false })
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
    case 'erasure':
      return applyErasure(state, statement.claims, statement.issuer, index)
    case 'log-key':
      return applyLogKey(state, statement.claims, index)
  }
}
