/** What the hub says of a member before the operator signs something about it, so that nothing is signed twice. */
import * as z from 'zod'
import { jsonDigest } from '../../trust/digest.js'
import { readPayload } from '../../trust/jws.js'
import { KEY_ROLES, type KeySet } from '../../trust/keys.js'
import { applicationClaims } from '../../trust/statements.js'
import { expectStatus, type HubClient, readAnswer, requireOrigin } from '../hub-client.js'
import type { ApplicationFile } from './sign-admission.js'

const memberPage = z.looseObject({
  participation: z.string(),
  records: z.int(),
  definition: z.unknown(),
  definitionSigned: z.boolean(),
  keys: z.record(z.string(), z.array(z.looseObject({ kid: z.string() }))).nullable(),
  admission: z.looseObject({ index: z.int() }),
})
export type KnownMember = z.infer<typeof memberPage>

/**
 * A member as the hub has it; undefined when it has none of this id.
 * @throws HubClientError when the hub can't be used, or calls itself by another origin
 */
export async function readKnownMember(client: HubClient, member: string): Promise<KnownMember | undefined> {
  await requireOrigin(client)
  const response = await client.get(`/v1/members/${encodeURIComponent(member)}`)
  if (response.status === 404) return undefined
  return readAnswer(expectStatus(response, 200), memberPage, 'a member’s page')
}

/** Whether an admission of this application would say nothing new. */
export function isAdmittedSo(
  known: KnownMember,
  { definition, keys, application }: ApplicationFile,
): boolean {
  const claims = applicationClaims.safeParse(readPayload(application))
  const signed = claims.success && claims.data.application.definition !== null
  return (
    known.participation === 'admitted' &&
    known.definitionSigned === signed &&
    isSameDefinition(known, definition) &&
    KEY_ROLES.every((role) => listKids(known.keys?.[role] ?? []) === listKids(keys[role]))
  )
}

export function isSameDefinition(known: KnownMember, definition: object): boolean {
  return jsonDigest(known.definition as object) === jsonDigest(definition)
}

/** A kid is the key's thumbprint, so equal kids are equal keys. */
function listKids(keys: KeySet['issue'] | readonly { kid: string }[]): string {
  return keys
    .map(({ kid }) => kid)
    .sort()
    .join()
}
