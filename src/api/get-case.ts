/** `GET /v1/cases/{ref}` and `…/envelope`: a case as its parties may see it, and the sealed complaint alone. */
import type { Context } from 'hono'
import { readCase } from '../hub/cases/read-case.js'
import { Refusal } from '../refusal.js'
import { answerJson, type CaseApi, enterCase } from './case-request.js'

export function getCase(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => answerJson(c, await readCase(api.hub, ref, asker)))
}

/** What an agency fetches, keeps, and then signs a receipt over. @throws Refusal `not-a-party` */
export function getCaseEnvelope(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    const view = await readCase(api.hub, ref, asker)
    if (view.envelope === null) {
      throw new Refusal('not-a-party', {
        detail:
          'The complaint is for the consumer, the agency that leads, and its partner once the lead has shared the case.',
        value: view.role,
      })
    }
    const { revision, quote, envelope, envelopeSha256, attachments } = view
    return answerJson(c, { case: view.case, revision, quote, envelope, envelopeSha256, attachments })
  })
}
