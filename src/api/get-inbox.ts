/** `GET /v1/inbox`: what is new for an agency, with a long poll for those that can't be called by a webhook. */
import type { Context } from 'hono'
import { listInbox } from '../hub/cases/list-inbox.js'
import { answerJson, type CaseApi, readMember } from './case-request.js'
import { readInteger } from './http.js'
import { readWait, waitForNews } from './long-poll.js'

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
  const wait = readWait(c, api)
  const parked = readInteger(c, 'parked', { min: 0, max: 1, fallback: 0 }) === 1
  const page = await waitForNews(c, api, {
    wait,
    look: () => listInbox(api.hub, member, { after, limit, parked }),
    isNews: ({ items }) => items.length > 0,
  })
  return answerJson(c, page)
}
