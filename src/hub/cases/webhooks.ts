/** An agency's own webhook, per Standard Webhooks 1.0: where it wants to be told that there is news. */
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { LOOPBACK_HOSTS } from '../read-origin.js'

/** Longest address. */
const MAX_URL = 1000
/** "The secret should be between 24 bytes (192 bits) and 64 bytes (512 bits)" (Standard Webhooks, signature scheme). */
const SECRET_BYTES = 32

/** What Standard Webhooks puts before a symmetric secret. */
export const SECRET_PREFIX = 'whsec_'

/**
 * Registers the member's one webhook; registering again replaces address and secret.
 * @returns the secret, which is shown this once
 * @throws Refusal `bad-webhook`
 */
export async function registerWebhook(
  hub: Hub,
  member: string,
  address: string,
): Promise<{ url: string; secret: string }> {
  const url = checkWebhookUrl(address, hub.demo)
  const random = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  const secret = `${SECRET_PREFIX}${btoa(String.fromCharCode(...random))}`
  await hub.cases.store.putWebhook({ member, url, secret })
  // What happened before is in the inbox; the webhook tells of what comes.
  await hub.cases.notices.startNews(member)
  return { url, secret }
}

/**
 * Checks what can be seen of an address; where its name leads is checked at each sending, for names move.
 * @throws Refusal `bad-webhook`
 */
export function checkWebhookUrl(address: string, demo: boolean): string {
  const url = address.length <= MAX_URL && URL.canParse(address) ? new URL(address) : undefined
  const fault = url ? findFault(url, demo) : `it must be a web address of at most ${MAX_URL} characters`
  if (fault) {
    throw new Refusal('bad-webhook', {
      detail: `The address can't be used: ${fault}.`,
      value: address.slice(0, 200),
      at: 'url',
    })
  }
  return url?.href ?? address
}

function findFault(url: URL, demo: boolean): string | undefined {
  const isLoopback = LOOPBACK_HOSTS.includes(url.hostname)
  // The agencies of a demo run on the same machine.
  const isLocalDemo = demo && isLoopback
  if (url.protocol !== 'https:' && !(isLocalDemo && url.protocol === 'http:'))
    return 'it must begin with https://'
  if (url.username || url.password) return 'it must hold no user name and no password'
  if (isLocalDemo) return undefined
  if (isLoopback || /^\[|^[\d.]+$/.test(url.hostname) || !url.hostname.includes('.'))
    return 'its host must be a public name, not an address and not a name of a local network'
  return undefined
}
