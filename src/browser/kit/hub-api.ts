/** A hub as a browser asks it (DESIGN 5): JSON with its errors, files with their progress, and trying again where that is safe. */
import type * as z from 'zod'
import type { CaseEventPost } from '../../dispute/case-event.js'
import {
  type CaseAccepted,
  type CaseView,
  caseAccepted,
  caseView,
  type EventAccepted,
  eventAccepted,
} from '../../dispute/case-view.js'
import type { ConsumerKeys } from '../../dispute/envelope.js'
import { type RouteQuestion, type RouteQuote, routeQuote } from '../../dispute/route-question.js'
import type { Verdict, VerdictQuery } from '../../record/verdict.js'
import { HubError, readProblem } from './hub-error.js'
import { upload } from './upload.js'

/** How long an answer may take (ms): a slow line and a hub that waits for its sequencer. */
const PATIENCE = 45_000
/** How long sending may take (ms): 150 kB over a line of 2 kB a second. */
const SENDING_PATIENCE = 120_000
/** Pauses before a request is tried again (ms): a lift, a change from Wi-Fi to mobile data. */
const PAUSES = [1000, 4000]

/** A member as lists show it. */
export interface MemberLine {
  id: string
  name: Record<string, string>
  country: string
  roles: readonly string[]
  marks: readonly { id: string; name: Record<string, string> }[]
}

/** Everything throws {@link HubError}. `access` is the consumer's access key of a case. */
export interface HubApi {
  readonly origin: string
  /** The text at a path. */
  text(path: string): Promise<string>
  members(): Promise<readonly MemberLine[]>
  verify(query: VerdictQuery): Promise<Verdict>
  routeQuote(question: RouteQuestion): Promise<RouteQuote>
  /** Sends a filing as it was written once: the same bytes again are answered as before. */
  file(filing: string): Promise<CaseAccepted>
  readCase(ref: string, access: string): Promise<CaseView>
  /** Not tried again by itself: read the case first, for the event may have arrived. */
  postEvent(ref: string, access: string, event: CaseEventPost): Promise<EventAccepted>
  /** `onProgress` gets the part sent, 0 to 1. */
  putAttachment(
    ref: string,
    id: string,
    access: string,
    sealed: Uint8Array,
    onProgress?: (part: number) => void,
  ): Promise<void>
  getAttachment(ref: string, id: string, access: string): Promise<Uint8Array<ArrayBuffer>>
  /** A fresh quote for a case whose agency does not answer, by the case's own facts. */
  requote(ref: string, access: string): Promise<RouteQuote>
  /** Leaves new keys after the secret was lost. @returns the code that she tells the agency */
  requestRecovery(ref: string, consumer: ConsumerKeys): Promise<{ code: string }>
}

/** A hub at an origin, without a slash at its end. */
export function createHubApi(origin: string): HubApi {
  const ask = (path: string, init: RequestInit = {}, again = true): Promise<Response> =>
    retry(again ? PAUSES : [], () => askOnce(origin + path, init))
  const asks = { Accept: 'application/json' }
  const sends = { ...asks, 'Content-Type': 'application/json' }
  const bearer = (access: string) => ({ Authorization: `Bearer ${access}` })
  const casePath = (ref: string): string => `/v1/cases/${encodeURIComponent(ref)}`
  return {
    origin,
    text: async (path) => (await ask(path)).text(),
    async members() {
      const { members } = (await json(await ask('/v1/members', { headers: asks }))) as {
        members?: MemberLine[]
      }
      if (!Array.isArray(members)) throw new HubError('not-understood')
      return members
    },
    verify: async (query) =>
      (await json(
        await ask(`/v1/verify?${new URLSearchParams(query as Record<string, string>)}`, { headers: asks }),
      )) as Verdict,
    routeQuote: async (question) =>
      read(
        routeQuote,
        await ask('/v1/route-quotes', { method: 'POST', headers: sends, body: JSON.stringify(question) }),
      ),
    file: async (filing) =>
      read(caseAccepted, await ask('/v1/complaints', { method: 'POST', headers: sends, body: filing })),
    readCase: async (ref, access) =>
      read(caseView, await ask(casePath(ref), { headers: { ...asks, ...bearer(access) } })),
    postEvent: async (ref, access, event) =>
      read(
        eventAccepted,
        await ask(
          `${casePath(ref)}/events`,
          { method: 'POST', headers: { ...sends, ...bearer(access) }, body: JSON.stringify(event) },
          false,
        ),
      ),
    putAttachment: (ref, id, access, sealed, onProgress) =>
      retry(PAUSES, () =>
        upload(
          `${origin}${casePath(ref)}/attachments/${encodeURIComponent(id)}`,
          bearer(access),
          sealed,
          onProgress,
        ),
      ),
    getAttachment: async (ref, id, access) =>
      new Uint8Array(
        await (
          await ask(`${casePath(ref)}/attachments/${encodeURIComponent(id)}`, { headers: bearer(access) })
        ).arrayBuffer(),
      ),
    requote: async (ref, access) =>
      read(
        routeQuote,
        await ask(`${casePath(ref)}/route-quotes`, {
          method: 'POST',
          headers: { ...asks, ...bearer(access) },
        }),
      ),
    async requestRecovery(ref, consumer) {
      const { code } = (await json(
        await ask(
          `${casePath(ref)}/recovery`,
          { method: 'POST', headers: sends, body: JSON.stringify({ consumer }) },
          false,
        ),
      )) as { code?: unknown }
      if (typeof code !== 'string') throw new HubError('not-understood')
      return { code }
    },
  }
}

async function askOnce(url: string, init: RequestInit): Promise<Response> {
  const stop = new AbortController()
  const patience = setTimeout(() => stop.abort(), init.body ? SENDING_PATIENCE : PATIENCE)
  const response = await fetch(url, {
    ...init,
    signal: stop.signal,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  })
    .catch(() => {
      throw new HubError('offline')
    })
    .finally(() => clearTimeout(patience))
  if (response.ok) return response
  throw readProblem(
    response.status,
    await response.text().catch(() => ''),
    response.headers.get('Retry-After'),
  )
}

/** Tries again after each pause while the failure may pass by itself. A hub that counts requests is not pressed. */
async function retry<T>(pauses: readonly number[], attempt: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof HubError) || !error.isPassing || error.status === 429) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return attempt()
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new HubError('not-understood', { status: response.status })
  }
}

async function read<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await json(response))
  if (!parsed.success) throw new HubError('not-understood', { detail: parsed.error.issues[0]?.message ?? '' })
  return parsed.data
}
