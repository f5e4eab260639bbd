/** `GET`, `PUT` and `DELETE /v1/webhook`: where an agency wants to be told that there is news (Standard Webhooks). */
import type { Context } from 'hono'
import { webhookPut } from '../dispute/case-forms.js'
import { registerWebhook } from '../hub/cases/webhooks.js'
import { Refusal } from '../refusal.js'
import { answerJson, type CaseApi, readForm, readMember } from './case-request.js'

/** A web address and its JSON around it. */
const MAX_WEBHOOK_BYTES = 4096

/** Shows the address, never the secret. */
export async function getWebhook(c: Context, api: CaseApi): Promise<Response> {
  const row = await api.hub.cases.store.webhook(await readMember(c, api))
  if (!row)
    throw new Refusal('not-found', 'No webhook is registered. PUT {"url": "https://…"} to register one.')
  return answerJson(c, { url: row.url })
}

/** Answers the secret, this once; registering again makes a new one. */
export async function putWebhook(c: Context, api: CaseApi): Promise<Response> {
  const member = await readMember(c, api)
  const { url } = await readForm(c, webhookPut, MAX_WEBHOOK_BYTES)
  return answerJson(c, await registerWebhook(api.hub, member, url))
}

export async function deleteWebhook(c: Context, api: CaseApi): Promise<Response> {
  await api.hub.cases.store.removeWebhook(await readMember(c, api))
  return answerJson(c, {})
}
