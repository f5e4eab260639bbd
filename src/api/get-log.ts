/** `GET /log/vkey` and `/log/checkpoint`: what a verifier pins, and what it checks (C2SP signed-note, tlog-checkpoint). */
import type { Context } from 'hono'
import { type Reader, readHead } from '../hub/hub.js'
import { answer, CACHE, TYPES } from './http.js'

export async function getLogKey(c: Context, hub: Reader): Promise<Response> {
  return answer(c, { body: `${hub.keys.vkeys.join('\n')}\n`, type: TYPES.text, cache: CACHE.fixed })
}

export async function getCheckpoint(c: Context, hub: Reader): Promise<Response> {
  return answer(c, { body: (await readHead(hub)).note, type: TYPES.text, cache: CACHE.checkpoint })
}
