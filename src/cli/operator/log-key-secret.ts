/** The log's keys where the hub runs on Workers: the file that is set as the secret HUB_KEYS, kept in the safe (DESIGN 4.5, 5). */
import { renameSync, rmSync } from 'node:fs'
import type * as z from 'zod'
import { ConfigError } from '../../node.js'
import { generateLogKey, hubKeyFile } from '../../trust/key-file.js'
import { readJson, writeSecret } from '../workspace.js'
import { type LogKeyFile, logKeyFile, notAnnounced, verifierLine } from './log-key-files.js'

/**
 * Adds the key that will follow. Called again it changes nothing and tells the key that was added.
 * @param origin the hub's
 * @throws ConfigError when the file holds no hub's keys
 */
export async function beginLogKeyInSecret(
  file: string,
  origin: string,
): Promise<LogKeyFile & { made: boolean }> {
  const keys = readSecret(file)
  const { generation } = keys.log
  const logNext = keys.logNext ?? (await generateLogKey(generation))
  const made = keys.logNext === undefined
  if (made) replaceSecret(file, { ...keys, logNext })
  return { file, vkey: verifierLine(logKeyFile.parse(logNext), origin, generation).vkey, made }
}

/**
 * Makes the next key the current one; the file as it was is kept beside.
 * @param trusted verifier lines of the keys that the log trusts
 * @throws ConfigError without a next key, Refusal `unknown-log-key` while the log does not hold its announcement
 */
export function finishLogKeyInSecret(
  file: string,
  origin: string,
  trusted: readonly string[],
): { current: LogKeyFile; retired: LogKeyFile } {
  const { logNext, ...keys } = readSecret(file)
  if (!logNext)
    throw new ConfigError(
      `${file} holds no next key. Make it with "trustmark rotate log-key begin"; if you have finished already, set the secret again.`,
    )
  const { generation } = keys.log
  const follows = verifierLine(logKeyFile.parse(logNext), origin, generation)
  const leaves = verifierLine(logKeyFile.parse(keys.log), origin, generation)
  if (!trusted.includes(follows.vkey)) throw notAnnounced(follows.vkey)
  const kept = `${file}.retired-${leaves.id}`
  replaceSecret(kept, { ...keys, logNext })
  replaceSecret(file, { ...keys, log: { ...logNext, ...(generation && { generation }) } })
  return { current: { file, vkey: follows.vkey }, retired: { file: kept, vkey: leaves.vkey } }
}

function readSecret(file: string): z.infer<typeof hubKeyFile> {
  return readJson(file, hubKeyFile)
}

/** Writes the file whole: a crash leaves the old one or the new one. */
function replaceSecret(file: string, keys: object): void {
  const beside = `${file}.${process.pid}.new`
  rmSync(beside, { force: true })
  writeSecret(beside, keys)
  renameSync(beside, file)
}
