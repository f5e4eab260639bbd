/**
 * Believing nothing that a feed says under a member's name: what the member signs next is built on it, so a lying hub
 * would make it sign a register of forged records, or revoke what it never issued (DESIGN 4.6).
 */

import { createRoster } from '../../hub/roster.js'
import { formatAllianceId, formatEntityId, memberOf } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import type { KeyDirectory } from '../../trust/authority.js'
import { readPayload } from '../../trust/jws.js'
import { type Statement, verifyStatement } from '../../trust/statement.js'
import { HubClientError } from '../hub-client.js'
import { KEY_FOLDER, type Workspace } from '../workspace.js'
import { listKeys, toKeySet } from './keys.js'

/** What a member signs about its records. */
export type OwnStatement = Extract<Statement, { kind: 'record' | 'status' | 'register' | 'erasure' }>

/** What an own statement is held against. */
export interface OwnContext {
  origin: string
  member: string
  /** The member alone, with the issue keys that its folder holds. */
  directory: KeyDirectory
  /** JWT seconds of this machine. */
  now: number
}

/** Every refusal of a feed ends alike: what an officer has to know first is that no harm is done. */
const HARMLESS = 'Nothing was signed on the strength of it.'

/** @throws ConfigError for a key file that is none */
export async function createOwnContext(
  workspace: Workspace & { hub: string },
  now: number,
): Promise<OwnContext> {
  const { hub: origin, member: id, definition } = workspace
  const member = {
    id,
    entity: formatEntityId(origin, id),
    participation: 'admitted',
    participationIndex: 0,
    index: 0,
    definition,
    definitionSigned: false,
    keys: toKeySet(await listKeys(workspace)),
  } as const
  return { origin, member: id, directory: createRoster([member], origin, []), now }
}

/** An error about one entry of the feed. */
export function badEntry(index: number, reason: string, remedy = 'Tell the operator.'): HubClientError {
  return new HubClientError('bad-feed', `Entry ${index} of the hub's feed ${reason} ${HARMLESS} ${remedy}`)
}

/** Whether a statement says that the member signed it, whatever the feed's line calls it; false for what can't be read. */
export function claimsToBeOwn(statement: string, { origin, member }: OwnContext): boolean {
  try {
    return (readPayload<{ iss?: unknown } | null>(statement)?.iss ?? '') === formatEntityId(origin, member)
  } catch {
    return false
  }
}

/**
 * Verifies a statement that the feed shows as the member's: by the public halves in the folder, never by keys that
 * the hub names.
 * @throws HubClientError `bad-feed` with the index and the rule
 */
export async function verifyOwn(text: string, index: number, context: OwnContext): Promise<OwnStatement> {
  const { origin, member, directory, now } = context
  let statement: Statement
  try {
    statement = await verifyStatement(text, {
      alliance: formatAllianceId(origin),
      directory,
      index,
      now,
      anyStanding: true,
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw explain(error, index, member)
  }
  if (statement.kind === 'register') {
    const { iat, register } = statement.claims
    if (register.at > iat) throw badEntry(index, `is a register as of ${register.at}, after its iat ${iat}.`)
    return statement
  }
  if (statement.kind === 'erasure') return statement
  if (statement.kind !== 'record' && statement.kind !== 'status')
    throw badEntry(index, `is shown as ${member}'s, but is of the kind "${statement.kind}".`)
  const id = statement.kind === 'record' ? statement.claims.trustmark.id : statement.claims.status.record
  if (memberOf(id) !== member) throw badEntry(index, `is shown as ${member}'s, but is about ${id}.`)
  return statement
}

function explain(refusal: Refusal, index: number, member: string): HubClientError {
  if (refusal.code === 'unknown-key')
    return badEntry(
      index,
      `is shown as ${member}'s, but no issue key in this folder signed it.`,
      `If it was signed on another machine or with an older key, copy that key's file (its public half is enough) into ${KEY_FOLDER}/ and run the command again; otherwise the hub shows a forgery: tell the operator.`,
    )
  if (refusal.code === 'issued-in-future')
    return badEntry(
      index,
      `is dated in the future: ${refusal.message}`,
      "Check this machine's clock, and that of the machine that signed it.",
    )
  return badEntry(index, `is shown as ${member}'s, but does not verify: ${refusal.message}`)
}
