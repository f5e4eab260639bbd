/** Whose signatures a page believes: the alliance's keys that it pins, else those that the hub shows at first use (DESIGN 4.9). */
import type { HubPort } from '../../follow-log-keys.js'
import { type Anchor, readAnchor } from '../../verify.js'

const CONFIGURATION = '/alliance/.well-known/openid-federation'

/**
 * @param api how the hub is asked
 * @param now JWT seconds
 * @throws Refusal when what the hub shows are no keys of its alliance; whatever `api.text` throws
 */
export async function readTrusted(
  api: { readonly origin: string } & Pick<HubPort, 'text'>,
  pinned: Anchor | undefined,
  now: number,
): Promise<Anchor> {
  return pinned ?? readAnchor(await api.text(CONFIGURATION), api.origin, now)
}
