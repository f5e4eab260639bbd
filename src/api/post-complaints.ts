/** `POST /v1/complaints`: a sealed complaint comes in. The quote and the work on it are its ticket; there is no account. */
import type { Context } from 'hono'
import { complaintFiling } from '../dispute/envelope.js'
import { fileComplaint } from '../hub/cases/file-complaint.js'
import { type CaseApi, MAX_CASE_BYTES, networkOf, readForm } from './case-request.js'
import { answer, CACHE, TYPES } from './http.js'

/** Answers 201 for a new case, and the same for the same filing sent again. */
export async function postComplaints(c: Context, api: CaseApi): Promise<Response> {
  const filing = await readForm(c, complaintFiling, MAX_CASE_BYTES)
  const accepted = await fileComplaint(api.hub, filing, { network: await networkOf(c, api) })
  return answer(c, {
    body: JSON.stringify(accepted),
    type: TYPES.json,
    cache: CACHE.never,
    status: 201,
    headers: { Location: `${api.hub.origin}/v1/cases/${accepted.case}` },
  })
}
