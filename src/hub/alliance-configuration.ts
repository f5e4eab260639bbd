/**
 * The alliance's entity configuration (OpenID Federation 1.0 sections 3 and 9): what a verifier pins once and
 * checks everything else against. Our own entity type carries the operator's keys and the log's verifier key.
 */
import { formatAllianceId } from '../record/record.js'
import { ALLIANCE_ENTITY_TYPE, ENTITY_STATEMENT_TYP } from '../trust/entity-statement.js'
import { signJws } from '../trust/signer.js'
import type { Hub } from './hub.js'
import { readKeySet } from './log-keys.js'
import { readRoster } from './roster.js'

/** Life of the configuration in seconds; short, so that a derecognised type is soon unknown everywhere. */
export const CONFIGURATION_LIFETIME = 86_400

/** The signed configuration, made anew for each log size and day. */
export async function signAllianceConfiguration(hub: Hub): Promise<string> {
  const { members } = await readRoster(hub)
  const [signing] = hub.keys.vkeys
  // Only keys that the operator answers for: one that merely signs along already is not to be pinned yet.
  const { trusted, retired } = await readKeySet(hub.store)
  const [current = signing, ...others] = [...trusted].sort(
    (a, b) => Number(b === signing) - Number(a === signing),
  )
  const now = Math.floor(hub.now() / 1000)
  const id = formatAllianceId(hub.origin)
  const issuing = members.filter(({ participation }) => participation === 'admitted')
  const types = issuing.flatMap((member) =>
    member.definition.marks.flatMap((mark) =>
      mark.levels.map(
        (level) => [`${hub.origin}/marks/${member.id}/${mark.id}/${level.id}`, [member.entity]] as const,
      ),
    ),
  )
  return signJws(hub.keys.federation, ENTITY_STATEMENT_TYP, {
    iss: id,
    sub: id,
    iat: now,
    exp: now + CONFIGURATION_LIFETIME,
    jwks: { keys: [hub.keys.federationPublic] },
    metadata: {
      federation_entity: { organization_name: hub.demo ? 'Trustmark Hub (demo)' : 'Trustmark Hub' },
      [ALLIANCE_ENTITY_TYPE]: {
        operator_jwks: { keys: hub.keys.operator },
        log: {
          origin: hub.keys.logOrigin,
          vkey: current,
          vkeys: [current, ...others],
          ...(retired.length > 0 && { retired }),
        },
        ...(hub.restored && { restored: hub.restored }),
        ...(hub.demo && { demo: true }),
      },
    },
    ...(types.length > 0 && { trust_mark_issuers: Object.fromEntries(types) }),
  })
}
