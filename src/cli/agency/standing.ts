/** Before anything is sent: is this the hub, is the member admitted there, and does it know the key? */
import * as z from 'zod'
import { expectStatus, type HubClient, HubClientError, readAnswer, requireOrigin } from '../hub-client.js'
import { FILES, type Workspace } from '../workspace.js'

const memberPage = z.looseObject({
  participation: z.string(),
  admission: z.looseObject({ index: z.int() }),
  keys: z.looseObject({ issue: z.array(z.looseObject({ kid: z.string() })) }).nullable(),
})

/**
 * Asks once for what would otherwise come back as one refusal for each record.
 * @param kid of the key that signs
 * @returns the log index of the admission, whose definition the hub holds records against
 * @throws HubClientError `not-a-hub`, `other-origin`, `not-admitted`, `key-unknown`
 */
export async function requireStanding(workspace: Workspace, client: HubClient, kid: string): Promise<number> {
  const { participation, admission } = await requireKnownKey(workspace, client, kid)
  if (participation === 'admitted') return admission
  throw new HubClientError(
    'not-admitted',
    `${workspace.member} is "${participation}" at ${client.origin}, so nothing it signs is accepted now. Ask the operator.`,
  )
}

/**
 * As {@link requireStanding}, for what a member may say whatever its standing is.
 * @throws HubClientError `not-a-hub`, `other-origin`, `not-admitted` for one that never was, `key-unknown`
 */
export async function requireKnownKey(
  workspace: Workspace,
  client: HubClient,
  kid: string,
): Promise<{ participation: string; admission: number }> {
  await requireOrigin(client)
  const { member } = workspace
  const response = await client.get(`/v1/members/${member}`)
  const page =
    response.status === 404
      ? undefined
      : readAnswer(expectStatus(response, 200), memberPage, 'a member’s page')
  if (!page?.keys) {
    throw new HubClientError(
      'not-admitted',
      `${member} is not admitted at ${client.origin} yet. Send ${FILES.application} to the operator; when it is admitted, push again.`,
    )
  }
  if (!page.keys.issue.some((key) => key.kid === kid)) {
    throw new HubClientError(
      'key-unknown',
      `${member} was admitted with other keys than ${kid}. Use the folder with its keys, or send ${FILES.application} to the operator again.`,
    )
  }
  return { participation: page.participation, admission: page.admission.index }
}
