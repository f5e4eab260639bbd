/** The secretariat's addresses: its queue, the limits of intake, and the figures that anyone may see. */
import type { Context } from 'hono'
import { intakeLimit, queueDecision } from '../dispute/case-forms.js'
import { overrideIntake } from '../hub/cases/intake-limits.js'
import { listQueue, releaseCase } from '../hub/cases/queue.js'
import { answerJson, assertOperator, type CaseApi, readForm, readReference } from './case-request.js'

/** A word or two in JSON. */
const MAX_DECISION_BYTES = 4096
export async function getQueue(c: Context, api: CaseApi): Promise<Response> {
  await assertOperator(c, api)
  return answerJson(c, await listQueue(api.hub))
}

/** A parked case goes on as if it had just been filed. */
export async function postQueue(c: Context, api: CaseApi): Promise<Response> {
  await assertOperator(c, api)
  const ref = readReference(c)
  await readForm(c, queueDecision, MAX_DECISION_BYTES)
  await releaseCase(api.hub, ref)
  return answerJson(c, { case: ref, parked: false })
}

/** Answers every limit that the operator has set and that lasts. */
export async function putIntakeLimits(c: Context, api: CaseApi): Promise<Response> {
  await assertOperator(c, api)
  const { bucket, limit, until } = await readForm(c, intakeLimit, MAX_DECISION_BYTES)
  const limits = await overrideIntake(api.hub, bucket, limit, Date.parse(until))
  return answerJson(c, {
    limits: [...limits].map(([name, set]) => ({
      bucket: name,
      limit: set.limit,
      until: new Date(set.until).toISOString(),
    })),
  })
}

/** Open to anyone: how many complaints found no agency, and how many are kept back. */
export async function getComplaintFigures(c: Context, api: CaseApi): Promise<Response> {
  return answerJson(c, await api.hub.cases.store.figures())
}
