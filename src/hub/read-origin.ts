/** Reading the public origin from the configuration: the same rules on every runtime (DESIGN 5). */

/** An origin that can't be used; the message says what it must be. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
}

/** Hosts that only this machine reaches, where http is safe. */
export const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The hub's origin: an https origin without a path (http on loopback only); without one the hub is a demo at exactly
 * `http://127.0.0.1:<port>`.
 * @throws OriginError
 */
export function readOrigin(
  configured: string | undefined,
  port: number | string,
): { origin: string; demo: boolean } {
  if (!configured) return { origin: `http://127.0.0.1:${port}`, demo: true }
  const url = URL.canParse(configured) ? new URL(configured) : undefined
  const isSafe =
    url && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname)))
  if (!isSafe || url.origin !== configured.replace(/\/$/, '')) {
    throw new OriginError(
      `HUB_ORIGIN must be an https origin without a path, such as https://hub.example, not "${configured}".`,
    )
  }
  return { origin: url.origin, demo: false }
}
