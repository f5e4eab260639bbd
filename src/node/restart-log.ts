/**
 * Starting a log anew: what was logged after its backup is lost, so the log may not go on under its old name, or it would sign
 * two histories. It gets the next name and another key, and says so to every reader.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLogName } from '../hub/check-log.js'
import type { Restored } from '../hub/hub.js'
import { generationOf } from '../hub/known-log.js'
import { RESTORED_SETTING } from '../hub/open-hub.js'
import { formatCheckpoint } from '../log/checkpoint.js'
import { formatLogOrigin } from '../log/log-origin.js'
import { signNote } from '../log/note.js'
import { decodeBase64url } from '../trust/json.js'
import { generateHubKeys, generateLogKey, hubKeyFile, loadHubKeys } from '../trust/key-file.js'
import { DataError } from './data-error.js'
import { checkIntegrity, DATABASE_FILE, openOwn, syncPath } from './database-file.js'
import { readOperatorKeys } from './replay-database.js'

export interface RestartedLog extends Restored {
  /** The log's name and key from now on. */
  logOrigin: string
  vkey: string
}

/**
 * Gives the log in a data folder that no hub serves yet its next name and a new key.
 * @param seen names under which keys of ours signed elsewhere: none may be used twice
 * @param least the start that this is at least, by the operator's word for what nobody signed
 * @param now epoch ms
 * @throws DataError `log-restarted` where no name is left
 */
export async function restartLog(
  folder: string,
  { seen, least = 0 }: { seen: readonly string[]; least?: number | undefined },
  now: number,
): Promise<RestartedLog> {
  const file = join(folder, DATABASE_FILE)
  const opened = openOwn(file)
  try {
    const origin = (await opened.store.setting('origin')) ?? ''
    const previous = await readLogName(opened.store)
    const head = await opened.store.head()
    if (!head) throw new DataError('no-data', `${file} holds no log.`, { file })
    const starts = [previous.origin, ...seen].map((name) => generationOf(origin, name) ?? 1)
    const generation = Math.max(1 + Math.max(...starts), least)
    const name = formatLogOrigin(origin, generation)
    if (generationOf(origin, name) !== generation)
      throw new DataError('log-restarted', `${name} is no name that a log may have.`, { file })
    const log = await generateLogKey(generation)
    // The federation key is not needed to sign a checkpoint, and may not even be here.
    const keys = await loadHubKeys(
      hubKeyFile.parse({ ...(await generateHubKeys()), log, operator: readOperatorKeys(folder) }),
      origin,
    )
    const root = decodeBase64url(head.root, 'The root')
    const note = await signNote(
      formatCheckpoint({ origin: keys.logOrigin, size: head.size, root }),
      ...keys.log,
    )
    const restored: Restored = {
      at: new Date(now).toISOString(),
      size: head.size,
      previous: { origin: previous.origin, vkey: previous.vkeys[0] },
    }
    const { raw } = opened
    raw.transaction(() => {
      const put = raw.prepare(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      put.run('vkey', keys.vkeys[0])
      put.run(RESTORED_SETTING, JSON.stringify(restored))
      // Notes of earlier sizes bear the old name: whoever was served one would take it for another log's.
      raw.prepare('DELETE FROM checkpoints WHERE size < ?').run(head.size)
      raw.prepare('UPDATE checkpoints SET note = ? WHERE size = ?').run(note, head.size)
    })()
    raw.pragma('wal_checkpoint(TRUNCATE)')
    checkIntegrity(opened, file)
    replaceKey(join(folder, 'keys'), log)
    return { ...restored, logOrigin: keys.logOrigin, vkey: keys.vkeys[0] }
  } finally {
    opened.close()
  }
}

/** The old keys stay beside the new one, for whoever must show later what they signed. */
function replaceKey(folder: string, log: { generation?: number | undefined }): void {
  const file = join(folder, 'log.jwk.json')
  const { generation = 1 } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as typeof log) : {}
  for (const name of ['log-next.jwk.json', 'log.jwk.json']) {
    const old = join(folder, name)
    if (existsSync(old)) renameSync(old, `${old}.retired-${generation}`)
  }
  writeFileSync(file, `${JSON.stringify(log)}\n`, { mode: 0o600, flag: 'wx' })
  syncPath(file)
  syncPath(folder)
}
