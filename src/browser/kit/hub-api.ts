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
import { type HubPort, toFeedPage } from '../../follow-log-keys.js'
import type { Verdict, VerdictQuery } from '../../record/verdict.js'
import { HubError, readProblem } from './hub-error.js'
import { upload } from './upload.js'

/** How long an answer may take, and how long it may stand still (ms): a slow line and a hub that waits for its sequencer. */
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
export interface HubApi extends HubPort {
  readonly origin: string
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

/** Sends a request as the global `fetch` does. */
export type SendRequest = (url: string, init: RequestInit) => Response | Promise<Response>

/** An answer that was read whole. */
interface Answer {
  status: number
  headers: Headers
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * A hub at an origin, without a slash at its end.
 * @param options.fetch in place of the browser's; files are sent by it too, without telling how far they are
 */
export function createHubApi(origin: string, options: { fetch?: SendRequest } = {}): HubApi {
  // Not taken from the global here: a browser's own wants to be called on the window.
  const send: SendRequest = options.fetch ?? ((url, init) => fetch(url, init))
  const ask = (path: string, init: RequestInit = {}, again = true): Promise<Answer> =>
    retry(again ? PAUSES : [], () => askOnce(send, origin + path, init))
  const asks = { Accept: 'application/json' }
  const sends = { ...asks, 'Content-Type': 'application/json' }
  const bearer = (access: string) => ({ Authorization: `Bearer ${access}` })
  const casePath = (ref: string): string => `/v1/cases/${encodeURIComponent(ref)}`
  const filePath = (ref: string, id: string): string =>
    `${casePath(ref)}/attachments/${encodeURIComponent(id)}`
  return {
    origin,
    text: async (path) => decode(await ask(path)),
    async feed(path) {
      const answer = await ask(path)
      return toFeedPage(decode(answer), answer.headers)
    },
    async members() {
      const { members } = json(await ask('/v1/members', { headers: asks })) as { members?: MemberLine[] }
      if (!Array.isArray(members)) throw new HubError('not-understood')
      return members
    },
    verify: async (query) =>
      json(
        await ask(`/v1/verify?${new URLSearchParams(query as Record<string, string>)}`, { headers: asks }),
      ) as Verdict,
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
    async putAttachment(ref, id, access, sealed, onProgress) {
      const path = filePath(ref, id)
      if (!options.fetch) {
        await retry(PAUSES, () => upload(origin + path, bearer(access), sealed, onProgress))
        return
      }
      const headers = { ...bearer(access), 'Content-Type': 'application/octet-stream' }
      await ask(path, { method: 'PUT', headers, body: sealed as Uint8Array<ArrayBuffer> })
    },
    getAttachment: async (ref, id, access) =>
      (await ask(filePath(ref, id), { headers: bearer(access) })).bytes,
    requote: async (ref, access) =>
      read(
        routeQuote,
        await ask(`${casePath(ref)}/route-quotes`, {
          method: 'POST',
          headers: { ...asks, ...bearer(access) },
        }),
      ),
    async requestRecovery(ref, consumer) {
      const { code } = json(
        await ask(
          `${casePath(ref)}/recovery`,
          { method: 'POST', headers: sends, body: JSON.stringify({ consumer }) },
          false,
        ),
      ) as { code?: unknown }
      if (typeof code !== 'string') throw new HubError('not-understood')
      return { code }
    },
  }
}

/** One attempt with its body: a line that breaks or stalls in the middle of an answer is a broken line. */
async function askOnce(send: SendRequest, url: string, init: RequestInit): Promise<Answer> {
  const stop = new AbortController()
  let patience: ReturnType<typeof setTimeout> | undefined
  const wait = (time: number): void => {
    clearTimeout(patience)
    patience = setTimeout(() => stop.abort(), time)
  }
  try {
    wait(init.body ? SENDING_PATIENCE : PATIENCE)
    const response = await send(url, {
      ...init,
      signal: stop.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    const bytes = await readBody(response, () => wait(PATIENCE))
    const { status, headers } = response
    if (response.ok) return { status, headers, bytes }
    throw readProblem(status, decode({ bytes }), headers.get('Retry-After'))
  } catch (error) {
    throw error instanceof HubError ? error : new HubError('offline')
  } finally {
    clearTimeout(patience)
  }
}

/** `onChunk` is told whenever something arrives: a large file over a slow line may take long, if only it moves. */
async function readBody(response: Response, onChunk: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    onChunk()
    const next = await reader?.read()
    if (!next || next.done) break
    chunks.push(next.value)
    length += next.value.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
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

function decode({ bytes }: Pick<Answer, 'bytes'>): string {
  return new TextDecoder().decode(bytes)
}

function json(answer: Answer): unknown {
  try {
    return JSON.parse(decode(answer))
  } catch {
    throw new HubError('not-understood', { status: answer.status })
  }
}

function read<T>(schema: z.ZodType<T>, answer: Answer): T {
  const parsed = schema.safeParse(json(answer))
  if (!parsed.success) throw new HubError('not-understood', { detail: parsed.error.issues[0]?.message ?? '' })
  return parsed.data
}
