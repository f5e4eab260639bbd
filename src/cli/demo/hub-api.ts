/** The hub as a consumer's browser asks it, over the command line's own client: for the demo's and the tests' consumer. */

import type { HubApi, MemberLine } from '../../browser/kit/hub-api.js'
import { HubError, readProblem } from '../../browser/kit/hub-error.js'
import { type HubClient, HubClientError, type HubResponse } from '../hub-client.js'

const JSON_TYPE = 'application/json'
/** Most bytes of a sealed file. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/** Everything throws {@link HubError}, as in a browser. */
export function hubApiOver(client: HubClient): HubApi {
  const bearer = (access: string): Record<string, string> => ({ Authorization: `Bearer ${access}` })
  const casePath = (ref: string): string => `/v1/cases/${encodeURIComponent(ref)}`
  const get = async (path: string, access?: string, maxBytes?: number): Promise<string> =>
    (await accept(client.get(path, access === undefined ? {} : bearer(access), maxBytes))).text
  const post = async <T>(path: string, body: string, access?: string): Promise<T> =>
    JSON.parse(
      (await accept(client.post(path, body, JSON_TYPE, access === undefined ? {} : bearer(access)))).text,
    ) as T
  return {
    origin: client.origin,
    text: (path) => get(path),
    members: async () => (JSON.parse(await get('/v1/members')) as { members: MemberLine[] }).members,
    verify: async (query) =>
      JSON.parse(await get(`/v1/verify?${new URLSearchParams(query as Record<string, string>)}`)),
    routeQuote: (question) => post('/v1/route-quotes', JSON.stringify(question)),
    file: (filing) => post('/v1/complaints', filing),
    readCase: async (ref, access) => JSON.parse(await get(casePath(ref), access)),
    postEvent: (ref, access, event) => post(`${casePath(ref)}/events`, JSON.stringify(event), access),
    async putAttachment(ref, id, access, sealed) {
      await accept(
        client.put(
          `${casePath(ref)}/attachments/${id}`,
          sealed as Uint8Array<ArrayBuffer>,
          'application/octet-stream',
          bearer(access),
        ),
      )
    },
    getAttachment: async (ref, id, access) =>
      new TextEncoder().encode(
        await get(`${casePath(ref)}/attachments/${id}`, access, MAX_FILE_BYTES),
      ) as Uint8Array<ArrayBuffer>,
    requote: (ref, access) => post(`${casePath(ref)}/route-quotes`, '{}', access),
    requestRecovery: (ref, consumer) => post(`${casePath(ref)}/recovery`, JSON.stringify({ consumer })),
  }
}

async function accept(answer: Promise<HubResponse>): Promise<HubResponse> {
  const response = await answer.catch((error: unknown) => {
    if (error instanceof HubClientError) throw new HubError('offline', { detail: error.message })
    throw error
  })
  if (response.status >= 200 && response.status < 300) return response
  throw readProblem(response.status, response.text, response.headers.get('Retry-After'))
}
