/** The one message that agencies get by webhook: that there is news in a case (Standard Webhooks 1.0). */
import { Webhook } from 'standardwebhooks'
import { sha256Hex } from '../../trust/digest.js'
import type { Hub } from '../hub.js'
import type { WebhookRow } from './case-store.js'

/** Hex digits of a message's id: it only has to tell messages apart. */
const ID_LENGTH = 32
/** "410 Gone … the sender should disable the endpoint" (Standard Webhooks, operational considerations). */
const GONE = 410

export interface News {
  /** Case reference. It names nobody and opens nothing. */
  case: string
  /** What the message is about: the same subject, told again, has the same id, so that the receiver can pass over it. */
  subject: string
  /** Epoch ms. */
  at: number
}

/**
 * Tells an agency's webhook of news. It says nothing of the case but its reference: the rest is fetched with a key.
 * @returns why it failed, in a few words without content; null when the agency has it
 */
export async function sendNews(
  hub: Hub,
  { member, url, secret }: WebhookRow,
  { case: ref, subject, at }: News,
): Promise<string | null> {
  const body = JSON.stringify({
    type: 'case.news',
    timestamp: new Date(at).toISOString(),
    data: { case: ref },
  })
  const id = `msg_${sha256Hex(`${hub.origin} ${member} ${ref} ${subject}`).slice(0, ID_LENGTH)}`
  const sentAt = new Date(hub.now())
  const result = await hub.cases.sendWebhook(
    url,
    {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
    body,
  )
  if ('error' in result) return result.error
  if (result.status === GONE) await hub.cases.store.removeWebhook(member, url)
  return result.status >= 200 && result.status < 300 ? null : `answered ${result.status}`
}
