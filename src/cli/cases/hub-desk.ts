/** The hub as a party of a case reaches it: every request carries a client assertion of its own (RFC 7523, DESIGN 5). */
import { signAssertion } from '../../dispute/sealed/sign-case.js'
import { formatAllianceId } from '../../record/record.js'
import type { Signer } from '../../trust/signer.js'
import { type HubClient, HubClientError, type HubResponse } from '../hub-client.js'

export interface HubDesk {
  client: HubClient
  get(path: string, maxBytes?: number): Promise<HubResponse>
  /** Posts JSON; use it only where sending twice is safe. */
  post(path: string, body: object): Promise<HubResponse>
  put(path: string, body: Uint8Array<ArrayBuffer> | object): Promise<HubResponse>
  remove(path: string): Promise<HubResponse>
}

export interface DeskIdentity {
  /** Entity identifier of the member, or of the alliance for its operator. */
  entity: string
  signer: Signer
  /** JWT seconds. */
  now: () => number
}

/** An authenticated client: assertions are signed for each attempt, for the hub takes each only once. */
export function createHubDesk(client: HubClient, { entity, signer, now }: DeskIdentity): HubDesk {
  const alliance = formatAllianceId(client.origin)
  const headers = async (): Promise<Record<string, string>> => ({
    Authorization: `Bearer ${await signAssertion(signer, { entity, alliance, iat: now() })}`,
  })
  const json = 'application/json'
  return {
    client,
    get: async (path, maxBytes) => authorised(await client.get(path, headers, maxBytes)),
    post: async (path, body) => authorised(await client.post(path, JSON.stringify(body), json, headers)),
    put: async (path, body) =>
      authorised(
        await (body instanceof Uint8Array
          ? client.put(path, body, 'application/jose', headers)
          : client.put(path, JSON.stringify(body), json, headers)),
      ),
    remove: async (path) => authorised(await client.remove(path, headers)),
  }
}

/** Said once for all commands: what to do when the hub does not know who asks. */
function authorised(response: HubResponse): HubResponse {
  if (response.status !== 401) return response
  throw new HubClientError(
    'refused',
    `The hub does not accept that this is you. Check this machine's clock, and that the auth key in keys/ is one that you were admitted with. The hub says: ${response.text.slice(0, 400)}`,
    'not-authorised',
  )
}
