/** Keeping a copy up to date: waits at the hub's feed, and syncs when something came. */
import { readHead } from '../../hub/hub.js'
import { type HubClient, HubClientError, type HubClientOptions } from '../hub-client.js'
import type { Terminal } from '../terminal.js'
import type { OpenedCopy } from './open-copy-folder.js'

/** How long one request waits for news (s): below the time after which the client gives an answer up. */
const WAIT = 25
/** The least time between two syncs that brought nothing (ms): checkpoints are cached for 5 s. */
const PAUSE = 5000
/** How long a hub that can't be reached is left alone (ms). */
const TROUBLE_PAUSE = 30_000

/** Ways to reach hubs that end at once when the signal aborts: a request that waits for news would hold the process. */
export function stoppable(http: HubClientOptions, signal: AbortSignal): HubClientOptions {
  const send = http.fetch ?? ((url, init) => fetch(url, init))
  return {
    fetch: (url, init) =>
      send(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, signal]) : signal }),
    sleep: http.sleep ?? ((milliseconds) => pause(milliseconds, signal)),
  }
}

/**
 * Calls `sync` again and again until the signal aborts. A hub that can't be reached is tried again; a log that can't be
 * trusted ends it.
 * @param client one that is {@link stoppable} by the same signal
 * @throws MirrorError, and whatever else `sync` throws
 */
export async function follow(
  { copy }: OpenedCopy,
  client: HubClient,
  terminal: Terminal,
  sync: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { size } = await readHead(copy)
    try {
      const asked = performance.now()
      await waitForNews(client, size)
      if (signal.aborted) return
      await sync()
      const grown = (await readHead(copy)).size > size
      // A hub that does not wait, or shows what it has not signed yet, must not be asked without pause.
      if (!grown && performance.now() - asked < PAUSE) await pause(PAUSE, signal)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof HubClientError) || !['unreachable', 'busy'].includes(error.code)) throw error
      terminal.note(`${error.message} Trying again in ${TROUBLE_PAUSE / 1000} s.`)
      await pause(TROUBLE_PAUSE, signal)
    }
  }
}

async function waitForNews(client: HubClient, size: number): Promise<void> {
  const after = size > 0 ? `after=${size - 1}&` : ''
  await client.get(`/v1/changes?${after}limit=1&wait=${WAIT}`)
}

/** Waits (ms), no longer than until the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}
