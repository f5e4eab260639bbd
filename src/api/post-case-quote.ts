/** `POST /v1/cases/{ref}/route-quotes`: where a case can go that its agency does not answer; for its consumer (DESIGN 4.9). */
import type { Context } from 'hono'
import { countRequest } from '../hub/cases/request-limits.js'
import { requoteCase } from '../hub/cases/requote-case.js'
import { answerJson, type CaseApi, enterCase, networkOf } from './case-request.js'

/** Without a body: the facts are those of the case. */
export function postCaseQuote(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    await countRequest(api.hub, 'quote', await networkOf(c, api))
    return answerJson(c, await requoteCase(api.hub, ref, asker))
  })
}
