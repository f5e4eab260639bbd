/** Serving look-ups from a copy in a folder, which another process may bring up to date meanwhile. */
import { fillDirectory } from '../../hub/directory/fill.js'
import { readHead } from '../../hub/hub.js'
import { createMirrorApp } from '../../mirror-app.js'
import { listen } from '../../node/listen.js'
import { ConfigError } from '../../node.js'
import { openCopyToRead, readSynced } from './open-copy-folder.js'

/** How long the file that says when the copy was synced is believed (ms): one look a second, however many requests. */
const SYNCED_AGE = 1000

export interface ServedCopy {
  /** The hub it is a copy of. */
  hub: string
  port: number
  /** Log entries at the start. */
  size: number
  close(): Promise<void>
}

/**
 * @param log told of failures that are no refusals
 * @throws ConfigError when there is no copy, or none that was ever brought up to date, or the port is taken
 */
export async function serveCopy(
  folder: string,
  { port, host, now, log }: { port: number; host: string; now: () => number; log: (line: object) => void },
): Promise<ServedCopy> {
  const report = (error: unknown, about: object): void =>
    log({ level: 'error', ...about, error: error instanceof Error ? error.stack : String(error) })
  const opened = await openCopyToRead(folder, { now, report })
  const closing = new AbortController()
  try {
    const { size, note } = await readHead(opened.copy)
    if (note === '')
      throw new ConfigError(
        `The copy in ${folder} holds nothing yet. Run "trustmark mirror --data ${folder}" first.`,
      )
    const app = createMirrorApp({
      copy: opened.copy,
      synced: syncedTime(opened.folder, now),
      report,
      closing: closing.signal,
    })
    const server = await listen(app, port, host)
    // Of a copy of an earlier version; look-ups are answered meanwhile.
    const filling = fillDirectory(opened.copy, { signal: closing.signal }).catch((error: unknown) =>
      report(error, { job: 'directory' }),
    )
    return {
      hub: opened.copy.origin,
      port: server.port,
      size,
      async close() {
        closing.abort()
        await server.close()
        await filling
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

function syncedTime(folder: string, now: () => number): () => number | undefined {
  let kept: { at: number | undefined; readAt: number } | undefined
  return () => {
    if (!kept || now() - kept.readAt >= SYNCED_AGE) kept = { at: readSynced(folder)?.at, readAt: now() }
    return kept.at
  }
}
