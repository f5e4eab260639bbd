/** Sending one statement and insisting on its acceptance. */

import type { LineResult } from '../../hub/publish.js'
import { Refusal, type RefusalCode } from '../../refusal.js'
import { type HubClient, HubClientError } from '../hub-client.js'

/** @throws Refusal with the hub's own problem, HubClientError when the hub can't be used */
export async function sendStatement(
  client: HubClient,
  jws: string,
): Promise<{ outcome: 'accepted' | 'duplicate'; index: number }> {
  const response = await client.post('/v1/statements', jws, 'application/x-ndjson')
  const [result] = (JSON.parse(response.text) as { results?: LineResult[] }).results ?? []
  if (result?.outcome === 'accepted' || result?.outcome === 'duplicate')
    return { outcome: result.outcome, index: result.index }
  if (result?.outcome === 'rejected')
    throw new Refusal(result.problem.code as RefusalCode, result.problem.detail)
  if (result?.outcome === 'pending')
    throw new HubClientError(
      'busy',
      `The hub has received the statement and will decide it later: ${result.statement}`,
    )
  throw new HubClientError('refused', `The hub answered ${response.status}: ${response.text.slice(0, 300)}`)
}
