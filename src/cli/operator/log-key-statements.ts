/** What the operator says of the log's keys: announcing one that signs along, retiring one that no longer does (DESIGN 4.5). */
import { type Anchor, listLogKeys } from '../../anchor.js'
import { listLogKeyChanges } from '../../follow-log-keys.js'
import { openCheckpoint } from '../../log/checkpoint.js'
import { LogError } from '../../log/error.js'
import { createNoteVerifier } from '../../log/note-key.js'
import { ConfigError } from '../../node.js'
import { formatAllianceId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import { LOG_KEY_TYP, type LogKeyClaims } from '../../trust/statements.js'
import type { HubClient } from '../hub-client.js'
import { askHub } from '../look-up/ask-hub.js'
import { sendStatement } from './send-statement.js'

export interface LogKeyOperator {
  client: HubClient
  signer: Signer
  /** The alliance's keys as its hub shows them now. */
  anchor: Anchor
  /** JWT seconds. */
  now: () => number
}

export interface LogKeyOutcome {
  outcome: 'accepted' | 'duplicate'
  /** Log index of the statement. */
  index: number
}

/**
 * Announces a key. Called again it changes nothing.
 * @throws ConfigError for no key of this log; Refusal `bad-log-key` when the hub does not sign with it, or it was retired
 */
export async function announceLogKey(operator: LogKeyOperator, vkey: string): Promise<LogKeyOutcome> {
  const { anchor } = operator
  await assertKeyOfLog(anchor, vkey)
  const said = await whatWasSaid(operator, vkey)
  if (said.retired)
    throw refused(`It was retired in entry ${said.retired.index}, and a retired key never comes back.`, vkey)
  if (said.announced) return { outcome: 'duplicate', index: said.announced.index }
  if (listLogKeys(anchor).includes(vkey))
    throw refused('It is the log’s key already, and needs no announcement.', vkey)
  // A line that was mistyped, or made up on the way, would be trusted for good: the hub shows first that it holds the key.
  if (!(await isSignedBy(operator, [vkey])))
    throw refused(
      'The hub’s newest checkpoint is not signed with it. Start the hub again after "begin", compare the line with the one printed there, and try again.',
      vkey,
    )
  return say(operator, { vkey, change: 'announced' })
}

/**
 * Checks whether a key can be retired.
 * @returns the entry that retired it already, if one did
 * @throws ConfigError for no key of this log; Refusal `bad-log-key` when the log could not go on without it
 */
export async function checkRetirement(
  operator: LogKeyOperator,
  vkey: string,
): Promise<LogKeyOutcome | undefined> {
  const { anchor } = operator
  await assertKeyOfLog(anchor, vkey)
  const said = await whatWasSaid(operator, vkey)
  if (said.retired) return { outcome: 'duplicate', index: said.retired.index }
  const known = listLogKeys(anchor)
  if (!known.includes(vkey)) throw refused('It is no key of the log: it was never announced.', vkey)
  if (vkey === anchor.log.vkey)
    throw refused(
      'It is the key that the hub signs with. Run "trustmark rotate log-key finish" on the hub’s machine and start the hub again first.',
      vkey,
    )
  const others = known.filter((line) => line !== vkey)
  if (!(await isSignedBy(operator, others)))
    throw refused(
      'No other key of the log has signed its newest checkpoint. Start the hub with the other key first.',
      vkey,
    )
  return undefined
}

/** Retires a key. @throws as {@link checkRetirement} */
export async function retireLogKey(operator: LogKeyOperator, vkey: string): Promise<LogKeyOutcome> {
  return (await checkRetirement(operator, vkey)) ?? say(operator, { vkey, change: 'retired' })
}

async function say(
  { client, signer, now }: LogKeyOperator,
  logKey: LogKeyClaims['logKey'],
): Promise<LogKeyOutcome> {
  const alliance = formatAllianceId(client.origin)
  const claims = { iss: alliance, aud: alliance, iat: now(), jti: createJti(), logKey } satisfies LogKeyClaims
  return sendStatement(client, await signJws(signer, LOG_KEY_TYP, claims))
}

async function whatWasSaid({ client, anchor }: LogKeyOperator, vkey: string) {
  const changes = (await listLogKeyChanges(askHub(client), anchor)).filter((one) => one.vkey === vkey)
  return {
    announced: changes.find(({ change }) => change === 'announced'),
    retired: changes.find(({ change }) => change === 'retired'),
  }
}

async function assertKeyOfLog({ log }: Anchor, vkey: string): Promise<void> {
  const name = await createNoteVerifier(vkey).then(
    (verifier) => verifier.name,
    (error) => {
      if (!(error instanceof LogError)) throw error
      throw new ConfigError(
        `"${vkey}" is no verifier line of a log key: ${error.message}. Copy it whole from "begin".`,
      )
    },
  )
  if (name !== log.origin) throw new ConfigError(`This is a key of ${name}, not of ${log.origin}.`)
}

async function isSignedBy({ client, anchor }: LogKeyOperator, vkeys: readonly string[]): Promise<boolean> {
  const note = await askHub(client).text('/log/checkpoint')
  const verifiers = await Promise.all(vkeys.map(createNoteVerifier))
  try {
    await openCheckpoint(note, { origin: anchor.log.origin, verifiers })
    return true
  } catch (error) {
    if (error instanceof LogError && error.code === 'signature-missing') return false
    throw error
  }
}

function refused(detail: string, vkey: string): Refusal {
  return new Refusal('bad-log-key', { detail, value: vkey.slice(0, 200) })
}
