/** The log's key files on the hub's own machine, and making the next one current (DESIGN 4.5). */
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readLogKeys } from '../../hub/log-keys.js'
import { encodeHex } from '../../log/encoding.js'
import { formatLogOrigin } from '../../log/log-origin.js'
import { ED25519, formatVerifierKey, keyId } from '../../log/note-key.js'
import { DATABASE_FILE, openForReading } from '../../node/database-file.js'
import { ConfigError } from '../../node.js'
import { Refusal } from '../../refusal.js'
import { decodeBase64url } from '../../trust/json.js'
import { generateLogKey } from '../../trust/key-file.js'
import { KEY_FOLDER, makeKeyFolder, readJson, writeSecret } from '../workspace.js'

/** A private log key as it is stored. */
export const logKeyFile = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  generation: z.int().min(1).optional(),
})

/** A log key on disk. */
export interface LogKeyFile {
  file: string
  /** Its signed-note verifier line. */
  vkey: string
}

/**
 * Makes the key that will follow. Called again it changes nothing and tells the key that was made.
 * @param data the hub's data folder
 * @throws ConfigError when no hub has its data there
 */
export async function beginLogKey(data: string): Promise<LogKeyFile & { made: boolean }> {
  const { origin } = await readHub(data)
  const [current, next] = filesOf(data)
  const { generation } = readJson(current, logKeyFile)
  const made = !existsSync(next)
  if (made) {
    makeKeyFolder(data)
    const beside = `${next}.${process.pid}.new`
    rmSync(beside, { force: true })
    writeSecret(beside, await generateLogKey(generation))
    // A hub that starts in this moment meets no file or a whole one.
    renameSync(beside, next)
  }
  return { file: next, vkey: readVerifierLine(next, origin, generation).vkey, made }
}

/**
 * Makes the next key the current one. It may be killed at any moment and called again: the hub's key is replaced in one step, and the
 * old one was copied before.
 * @throws ConfigError without a next key, Refusal `unknown-log-key` while the log does not hold its announcement
 */
export async function finishLogKey(data: string): Promise<{ current: LogKeyFile; retired: LogKeyFile }> {
  const { origin, trusted } = await readHub(data)
  const [current, next] = filesOf(data)
  if (!existsSync(next))
    throw new ConfigError(
      `There is no ${next}. Make the next key with "trustmark rotate log-key begin"; if you have finished already, start the hub again.`,
    )
  const { generation } = readJson(current, logKeyFile)
  const follows = readVerifierLine(next, origin, generation)
  const leaves = readVerifierLine(current, origin, generation)
  if (!trusted.includes(follows.vkey)) throw notAnnounced(follows.vkey)
  const kept = `${current}.retired-${leaves.id}`
  // A run that was killed before may have left half a copy.
  rmSync(kept, { force: true })
  copyFileSync(current, kept)
  chmodSync(kept, 0o600)
  renameSync(next, current)
  return { current: { file: current, vkey: follows.vkey }, retired: { file: kept, vkey: leaves.vkey } }
}

function filesOf(data: string): [current: string, next: string] {
  return [join(data, KEY_FOLDER, 'log.jwk.json'), join(data, KEY_FOLDER, 'log-next.jwk.json')]
}

/** The name that the hub's data are bound to, and the keys that its log trusts; a hub that runs is not disturbed. */
async function readHub(data: string): Promise<{ origin: string; trusted: string[] }> {
  const opened = openForReading(join(data, DATABASE_FILE))
  try {
    const origin = await opened.store.setting('origin')
    if (origin === undefined) throw new ConfigError(`${data} holds no hub's data yet. Start the hub once.`)
    return { origin, trusted: await readLogKeys(opened.store) }
  } finally {
    opened.close()
  }
}

function readVerifierLine(
  file: string,
  origin: string,
  generation: number | undefined,
): { vkey: string; id: string } {
  return verifierLine(readJson(file, logKeyFile), origin, generation)
}

/** A key's verifier line in a log of that generation, and its key ID in hex. */
export function verifierLine(
  { x }: z.infer<typeof logKeyFile>,
  origin: string,
  generation: number | undefined,
): { vkey: string; id: string } {
  const publicKey = decodeBase64url(x, 'The log key')
  const name = formatLogOrigin(origin, generation)
  return {
    vkey: formatVerifierKey({ name, type: ED25519, publicKey }),
    id: encodeHex(keyId(name, ED25519, publicKey)),
  }
}

/** That a next key may not become the current one yet, and what comes first. */
export function notAnnounced(vkey: string): Refusal {
  return new Refusal('unknown-log-key', {
    detail: `The operator has not announced the next key in the log, or retired it there: every verifier would refuse what it signs alone. Start the hub again, so that it signs with both keys, and have the operator run: trustmark rotate log-key announce ${vkey}`,
    value: vkey,
  })
}
