/** Which keys of the log an anchor trusts after what the alliance's operator said of them: its word alone changes them (DESIGN 4.5). */
import { type Anchor, listLogKeys } from './anchor.js'
import { createRoster } from './hub/roster.js'
import { keysInUse, keysRetired, type LogKeyChange } from './log/key-set.js'
import { Refusal } from './refusal.js'
import { verifyStatement } from './trust/statement.js'

/**
 * Learns from the operator's statements which keys sign the log now. Pure: nothing is fetched, and nothing but the anchor's
 * operator keys is believed. Their order does not matter: a key that was retired, here or in the anchor, stays so.
 * That they were logged is not shown by this: where a proof can be had, check it with `verifyLogged` first.
 * @param statements compact JWS, `trustmark-log-key+jwt`
 * @throws Refusal for what the pinned operator did not sign for this alliance; `unknown-log-key` when no key would be left
 */
export async function extendAnchor(anchor: Anchor, statements: readonly string[]): Promise<Anchor> {
  return applyLogKeys(anchor, await Promise.all(statements.map((jws) => readLogKeyChange(anchor, jws))))
}

/** Verifies one statement of the operator about a key of the log. @throws Refusal */
export async function readLogKeyChange(anchor: Anchor, jws: string): Promise<LogKeyChange> {
  const statement = await verifyStatement(jws, {
    alliance: anchor.alliance,
    directory: createRoster([], anchor.origin, anchor.operator),
    index: 0,
    now: Number.POSITIVE_INFINITY,
  })
  if (statement.kind !== 'log-key')
    throw new Refusal('unknown-type', 'This statement is not about a key of the log.')
  return statement.claims.logKey
}

/** @throws Refusal `unknown-log-key` when every key was retired */
export function applyLogKeys(anchor: Anchor, said: readonly LogKeyChange[]): Anchor {
  const { origin, vkey, vkeys = [], retired: before = [] } = anchor.log
  const changes = [...before.map((line): LogKeyChange => ({ change: 'retired', vkey: line })), ...said]
  const retired = keysRetired(changes, origin)
  const [first = vkey, ...others] = keysInUse([vkey, ...vkeys], changes, origin)
  const log = { origin, vkey: first, vkeys: [first, ...others], ...(retired.length > 0 && { retired }) }
  const applied = { ...anchor, log }
  listLogKeys(applied)
  return applied
}
