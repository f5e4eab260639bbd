/** `POST /v1/cases/{ref}/events` and `…/receipts`: a party acts, or an agency confirms that it holds the complaint. */
import type { Context } from 'hono'
import { caseEventPost } from '../dispute/case-event.js'
import { MAX_RECEIPT_BYTES, receiptPost } from '../dispute/case-forms.js'
import { appendCaseEvent } from '../hub/cases/append-event.js'
import { receiveReceipt } from '../hub/cases/receive-receipt.js'
import { answerJson, type CaseApi, enterCase, MAX_CASE_BYTES, readForm } from './case-request.js'

export function postCaseEvents(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    const post = await readForm(c, caseEventPost, MAX_CASE_BYTES)
    return answerJson(c, await appendCaseEvent(api.hub, ref, asker, post))
  })
}

export function postCaseReceipts(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    const { receipt } = await readForm(c, receiptPost, 2 * MAX_RECEIPT_BYTES)
    return answerJson(c, await receiveReceipt(api.hub, ref, asker, receipt))
  })
}
