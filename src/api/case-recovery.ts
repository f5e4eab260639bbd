/** `POST` and `GET /v1/cases/{ref}/recovery`: a consumer lost her secret (DESIGN 4.9). */
import type { Context } from 'hono'
import { recoveryPost } from '../dispute/case-forms.js'
import { readRecovery, requestRecovery } from '../hub/cases/recovery.js'
import { countRequest } from '../hub/cases/request-limits.js'
import { answerJson, type CaseApi, enterCase, networkOf, readForm, readReference } from './case-request.js'

/** Two public keys and two sealed private ones. */
const MAX_RECOVERY_BYTES = 16_384

/** Open to anyone who knows the reference, hence limited: what is kept opens nothing until the lead decides. */
export async function postRecovery(c: Context, api: CaseApi): Promise<Response> {
  const ref = readReference(c)
  const { consumer } = await readForm(c, recoveryPost, MAX_RECOVERY_BYTES)
  await countRequest(api.hub, 'recovery', await networkOf(c, api))
  return answerJson(c, { case: ref, ...(await requestRecovery(api.hub, ref, consumer)) })
}

export function getRecovery(c: Context, api: CaseApi): Promise<Response> {
  return enterCase(c, api, async (ref, asker) => {
    const { code, consumer, at } = await readRecovery(api.hub, ref, asker, c.req.query('code') ?? '')
    return answerJson(c, { case: ref, code, consumer, requestedAt: new Date(at).toISOString() })
  })
}
