/** What can go wrong between a browser and a hub: refusals of the hub by their code, and a line that breaks. */
import { REFUSALS, type RefusalCode } from '../../refusal.js'

/**
 * A refusal's code, or what no hub said. `offline`: no answer came. `not-understood`: an answer that this script does not
 * know, so that it is older than the hub.
 */
export type HubErrorCode = RefusalCode | 'offline' | 'not-understood'

/** Thrown by everything that asks a hub. `detail` is English, from the problem details (RFC 9457), or empty. */
export class HubError extends Error {
  override readonly name = 'HubError'
  readonly code: HubErrorCode
  readonly status: number
  readonly detail: string
  /** Seconds after which the hub wants to be asked again; undefined when it did not say. */
  readonly retryAfter: number | undefined

  constructor(
    code: HubErrorCode,
    { status = 0, detail = '', retryAfter }: { status?: number; detail?: string; retryAfter?: number } = {},
  ) {
    super(`${code}: ${detail}`)
    this.code = code
    this.status = status
    this.detail = detail
    this.retryAfter = retryAfter
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.code === 'offline' || this.status === 429 || this.status >= 500
  }
}

/** Reads an answer that is no success. Its body may come from a proxy that knows nothing of problem details. */
export function readProblem(status: number, body: string, retryAfter: string | null): HubError {
  const seconds = /^\d{1,5}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
  const shared = { status, retryAfter: seconds }
  try {
    const { code, detail } = JSON.parse(body) as { code?: unknown; detail?: unknown }
    if (typeof code === 'string' && Object.hasOwn(REFUSALS, code))
      return new HubError(code as RefusalCode, {
        ...shared,
        detail: typeof detail === 'string' ? detail : '',
      })
  } catch {
    // Not JSON: judged by its status below.
  }
  if (status === 429) return new HubError('too-many-requests', shared)
  return new HubError(status >= 500 ? 'internal-error' : 'not-understood', shared)
}
