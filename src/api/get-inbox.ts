/** `GET /v1/inbox`: what is new for an agency, with a long poll for those that can't be called by a webhook. */
import type { Context } from 'hono'
import { listInbox } from '../hub/cases/list-inbox.js'
import { answerJson, type CaseApi, readMember } from './case-request.js'
import { readInteger } from './http.js'

/** Most lines of one page. */
const MAX_PAGE = 200

/**
 * `after` is exclusive; 0, or none, is the start. With `wait` (s) an empty inbox is answered only when something comes, or
 * the time is over; a longer time than the hub allows is cut.
 */
export async function getInbox(c: Context, api: CaseApi): Promise<Response> {
  const member = await readMember(c, api)
  const after = readInteger(c, 'after', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 })
  const limit = readInteger(c, 'limit', { min: 1, max: MAX_PAGE, fallback: 50 })
  const wait = readInteger(c, 'wait', { min: 0, max: 3600, fallback: 0 })
  const parked = readInteger(c, 'parked', { min: 0, max: 1, fallback: 0 }) === 1
  const look = () => listInbox(api.hub, member, { after, limit, parked })
  // The caller's leaving ends the wait, and so does the hub's.
  const signal = api.closing ? AbortSignal.any([c.req.raw.signal, api.closing]) : c.req.raw.signal
  let page = await look()
  const looks = (Math.min(wait, api.longestWait) * 1000) / api.lookInterval
  for (let i = 0; page.items.length === 0 && i < looks; i += 1) {
    if (!(await pause(api.lookInterval, signal))) break
    page = await look()
  }
  return answerJson(c, page)
}

/** @returns false as soon as nobody waits any more */
function pause(time: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave)
      resolve(true)
    }, time)
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}
