/** What went wrong, in the groups that people can do something about. */
import type { HubErrorGroup } from '../../pages/languages/complaint-codes.js'
import { HubError } from '../kit/hub-error.js'

export interface Trouble {
  group: HubErrorGroup
  /** The hub's own English words, or empty. */
  detail: string
  minutes: string
}

/** Minutes to wait where the hub did not say: its counts are by the hour. */
const UNKNOWN_WAIT = 10

/** Everything that is thrown gets a group; what nobody foresaw counts as a failure of the page. */
export function troubleOf(error: unknown): Trouble {
  const detail = error instanceof Error ? error.message : String(error)
  if (!(error instanceof HubError)) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'SealError' || name === 'NotSupportedError') return trouble('browser', detail)
    // Refusals and errors of the log come from checking what the hub said.
    return trouble(name === 'Refusal' || name === 'LogError' ? 'untrusted' : 'failed', detail)
  }
  if (error.code === 'offline') return trouble('offline')
  if (error.code === 'not-understood') return trouble('outdated', error.detail)
  if (error.status === 429) {
    const minutes = error.retryAfter === undefined ? UNKNOWN_WAIT : Math.ceil(error.retryAfter / 60)
    return { ...trouble('busy'), minutes: String(Math.max(1, minutes)) }
  }
  return trouble(error.status >= 500 ? 'failed' : 'refused', error.detail)
}

function trouble(group: HubErrorGroup, detail = ''): Trouble {
  return { group, detail, minutes: '' }
}
