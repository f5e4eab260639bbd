/** What went wrong, in the reader's words: told apart are a wrong secret, a busy hub, a broken line, and keys that do not hold. */
import { SealError } from '../../dispute/sealed/seal-error.js'
import { HubError } from '../kit/hub-error.js'
import { fill } from '../kit/words.js'
import type { Words } from './words.js'

/** The hub's own words are English, so they are named as such only where there are no better ones. */
export function describeFault(error: unknown, { t }: Pick<Words, 't'>): string {
  if (error instanceof HubError) return describeHubFault(error, t)
  if (error instanceof SealError) {
    if (error.code === 'wrong-secret') return t.faults.keys
    if (error.code === 'key-unsupported') return t.faults.browser
    return fill(t.faults.unexpected, { detail: error.message })
  }
  return fill(t.faults.unexpected, { detail: error instanceof Error ? error.message : '?' })
}

function describeHubFault({ code, detail, status }: HubError, t: Words['t']): string {
  switch (code) {
    case 'case-unknown':
    case 'not-authorised':
    case 'not-a-party':
      return t.faults.unknown
    case 'too-many-requests':
      return t.faults.busy
    case 'offline':
      return t.faults.network
    case 'case-moved-on':
    case 'event-not-allowed':
      return t.faults.moved
    case 'payload-erased':
      return t.stages.archived.says
    default:
      return status >= 500 ? t.faults.network : fill(t.faults.refused, { detail: detail || code })
  }
}
