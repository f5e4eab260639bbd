/** `GET /healthz` and `/readyz`: does the process run, and does the hub answer? */
import type { Context } from 'hono'
import { type Reader, readHead } from '../hub/hub.js'
import { isReady } from '../hub/is-ready.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, TYPES } from './http.js'

export async function getHealth(c: Context): Promise<Response> {
  return answer(c, { body: '{"status":"ok"}', type: TYPES.json, cache: CACHE.never })
}

/** 200 when a look-up can be answered; a demo is ready only once its records are published. */
export async function getReady(c: Context, hub: Reader): Promise<Response> {
  const head = await readHead(hub)
  const waiting = await isReady(hub)
  if (waiting.length > 0) throw new Refusal('not-ready', `Waiting for ${waiting.join(', ')}.`)
  const body = {
    status: 'ready',
    origin: hub.origin,
    size: head.size,
    checkpointAt: new Date(head.at).toISOString(),
    demo: hub.demo,
  }
  return answer(c, { body: JSON.stringify(body), type: TYPES.json, cache: CACHE.never })
}
