/** Asking a hub for what will be checked: texts, and pages of its feed with where they go on. */
import * as z from 'zod'
import { type HubPort, toFeedPage } from '../../follow-log-keys.js'
import { ConfigError } from '../../node.js'
import { Refusal, type RefusalCode } from '../../refusal.js'
import { type HubClient, HubClientError, type HubResponse, problemDetails } from '../hub-client.js'

/** @throws Refusal for the hub's own refusals, as they are; HubClientError; ConfigError for a mirror */
export function askHub(client: HubClient): HubPort {
  return {
    text: async (path, accept = '*/*') => {
      const response = await client.get(path, { Accept: accept })
      assertNoCopy(client.origin, response)
      return expectAnswer(path, response).text
    },
    async feed(path) {
      const { text, headers } = expectAnswer(path, await client.get(path))
      return toFeedPage(text, headers)
    },
  }
}

/**
 * A mirror signs nothing, and so can't show the alliance's keys: only the hub that it is a copy of can.
 * @throws ConfigError that names the hub
 */
export function assertNoCopy(origin: string, { status, headers, text }: HubResponse): void {
  if (status !== 405 || problemDetails.safeParse(parseJson(text)).data?.code !== 'read-only-copy') return
  const named = headers.get('Mirror-Of') ?? ''
  if (!URL.canParse(named))
    throw new ConfigError(`${origin} is a mirror, and does not say of which hub. Name the hub instead.`)
  const hub = new URL(named).origin
  throw new ConfigError(`${origin} is a mirror of ${hub}. Name ${hub} instead.`)
}

function expectAnswer(path: string, response: HubResponse): HubResponse {
  const { status, text } = response
  if (status === 200) return response
  const problem = z.object({ code: z.string(), detail: z.string() }).safeParse(parseJson(text))
  if (problem.success) throw new Refusal(problem.data.code as RefusalCode, problem.data.detail)
  throw new HubClientError('refused', `The hub answered ${status} to ${path}.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
