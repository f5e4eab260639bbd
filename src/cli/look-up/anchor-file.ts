/** The alliance's keys in a file: pinned at first use, or got by another way and named with `--anchor`. */
import { existsSync } from 'node:fs'
import * as z from 'zod'
import { isSameAnchor, isStartedAnewAs, logTrust } from '../../anchor.js'
import { followLogKeys, type HubPort } from '../../follow-log-keys.js'
import { ConfigError } from '../../node.js'
import { publicJwk } from '../../trust/keys.js'
import type { Anchor } from '../../verify.js'
import { readJson, writeJson } from '../workspace.js'

const anchorFile = z.object({
  alliance: z.string(),
  origin: z.string(),
  federation: z.array(publicJwk).min(1),
  operator: z.array(publicJwk).min(1),
  log: logTrust,
  demo: z.boolean(),
})

/** @throws ConfigError for keys of another hub: they would refuse every answer of this one */
export function readAnchorFile(file: string, origin: string): Anchor {
  const anchor = readJson(file, anchorFile)
  if (anchor.origin === origin) return anchor
  throw new ConfigError(
    `${file} holds the keys of ${anchor.origin}, not of ${origin}. Ask ${anchor.origin}, or name another file of keys or, for a copy that is kept, another folder.`,
  )
}

/**
 * Pins keys once. Keys of the log that the pinned operator announced or retired since are no conflict: they are verified against
 * what is pinned, and pinned too.
 * @param hub asked only when the log's keys differ
 * @throws ConfigError when other keys are pinned there: replacing them must be a decision
 */
export async function pinAnchor(file: string, anchor: Anchor, hub: Pick<HubPort, 'feed'>): Promise<void> {
  if (existsSync(file)) {
    const held = readJson(file, anchorFile)
    if (isSameAnchor(held, anchor)) return
    if (!isSameAnchor({ ...held, log: anchor.log }, anchor)) throw conflict(file)
    if (isStartedAnewAs(held.log.origin, anchor.log.origin)) throw restarted(file, held, anchor)
    // Either may be the older of the two: what counts is that the operator's word leads from both to the same keys.
    const [ours, theirs] = await Promise.all([followLogKeys(hub, held), followLogKeys(hub, anchor)])
    if (!isSameAnchor(ours.anchor, theirs.anchor)) throw conflict(file)
    writeJson(file, ours.anchor)
    return
  }
  writeJson(file, anchor)
}

function conflict(file: string): ConfigError {
  return new ConfigError(
    `${file} holds other keys. Either this hub is false, or the alliance changed its keys: ask it by telephone, and remove the file yourself before you pin the new ones.`,
  )
}

function restarted(file: string, held: Anchor, anchor: Anchor): ConfigError {
  return new ConfigError(
    `${file} holds the keys of the log ${held.log.origin}, which the hub says it gave up: it restored a backup and started ${anchor.log.origin}, so entries may be missing. Ask the alliance by telephone whether that is so, compare the new log's key with it, and remove the file yourself before you pin the new one.`,
  )
}
