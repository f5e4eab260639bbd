/** The operator's statements: admissions, descriptions and standing, signed outside the running hub (DESIGN 4.5, 4.7). */
import * as z from 'zod'
import { type MemberDefinition, memberDefinition, memberId } from '../../alliance/definition.js'
import type { LocalText } from '../../alliance/text.js'
import { checkAdmission } from '../../hub/admit-member.js'
import { createRoster } from '../../hub/roster.js'
import { formatAllianceId } from '../../record/record.js'
import { keySet } from '../../trust/keys.js'
import { createJti, type Signer, signJws } from '../../trust/signer.js'
import { ADMISSION_TYP, type AdmissionClaims, STANDING_TYP } from '../../trust/statements.js'

/** What an applicant hands to the operator: `application.json` of an agency's workspace. */
export const applicationFile = z.strictObject({
  member: memberId,
  entity: z.string(),
  definition: memberDefinition,
  keys: keySet,
  application: z.string(),
  possession: z.array(z.string()),
})
export type ApplicationFile = z.infer<typeof applicationFile>

/**
 * Signs an admission, after the same checks that the hub will make: the operator should not sign what can't stand.
 * @param now JWT seconds
 * @throws Refusal
 */
export async function signAdmission(
  file: ApplicationFile,
  operator: Signer,
  origin: string,
  now: number,
): Promise<string> {
  const { definition, entity, keys, application, possession } = file
  const claims = {
    ...ownClaims(origin, now),
    admission: { participation: 'admitted', definition, entity, keys, application, possession },
  } satisfies AdmissionClaims
  await checkAdmission(claims, origin, createRoster([], origin, []))
  return signJws(operator, ADMISSION_TYP, claims)
}

/** Signs a description: an organisation that takes no part, with its facts only. @throws Refusal */
export async function signDescription(
  definition: MemberDefinition,
  operator: Signer,
  origin: string,
  now: number,
): Promise<string> {
  const claims = {
    ...ownClaims(origin, now),
    admission: { participation: 'described', definition },
  } satisfies AdmissionClaims
  await checkAdmission(claims, origin, createRoster([], origin, []))
  return signJws(operator, ADMISSION_TYP, claims)
}

/** Signs a change of a member's standing. */
export function signStanding(
  standing: { member: string; participation: 'admitted' | 'suspended' | 'left'; reason: LocalText },
  operator: Signer,
  origin: string,
  now: number,
): Promise<string> {
  return signJws(operator, STANDING_TYP, { ...ownClaims(origin, now), standing })
}

function ownClaims(origin: string, now: number): { iss: string; aud: string; iat: number; jti: string } {
  return { iss: formatAllianceId(origin), aud: formatAllianceId(origin), iat: now, jti: createJti() }
}
