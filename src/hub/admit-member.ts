/** Admitting a member: the operator's statement must carry a sound definition, key set, and proof of every key (DESIGN 4.7). */
import { findLevel, type MemberDefinition } from '../alliance/definition.js'
import { definitionFaults } from '../alliance/definition-faults.js'
import { formatAllianceId, formatEntityId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { jsonDigest, sha256Hex } from '../trust/digest.js'
import { decodeJws, verifyJws } from '../trust/jws.js'
import { keySetFaults } from '../trust/keys.js'
import {
  type AdmissionClaims,
  APPLICATION_TYP,
  applicationClaims,
  MAX_STATEMENT_BYTES,
  POSSESSION_TYP,
  possessionClaims,
} from '../trust/statements.js'
import type { Roster } from './roster.js'

const EMBEDDED = {
  [APPLICATION_TYP]: { maxBytes: MAX_STATEMENT_BYTES },
  [POSSESSION_TYP]: { maxBytes: MAX_STATEMENT_BYTES },
}

/**
 * Checks an admission beyond its own signature: the definition holds together, the entity identifier is the
 * member's, no key belongs to anybody else, the member applied with exactly this key set (and definition), and
 * every signing key proved its possession.
 * @throws Refusal `bad-admission`, or what a JWS inside it fails with
 */
export async function checkAdmission(
  { admission }: AdmissionClaims,
  origin: string,
  roster: Roster,
): Promise<void> {
  const { definition } = admission
  const fault = definitionFaults(definition)[0]
  if (fault) throw bad(`The definition does not hold together: ${fault}.`, 'admission.definition')
  if (admission.participation === 'described') {
    if (roster.find(definition.id)?.keys)
      throw bad(
        `${definition.id} is a member with keys; use a standing statement to let it leave.`,
        'admission.participation',
      )
    return
  }
  const { keys, entity } = admission
  if (entity !== formatEntityId(origin, definition.id)) {
    throw bad(`entity must be ${formatEntityId(origin, definition.id)}.`, 'admission.entity')
  }
  const keyFault = (await keySetFaults(keys))[0]
  if (keyFault) throw bad(keyFault, 'admission.keys')
  const all = Object.values(keys).flat()
  const taken = all
    .map((jwk) => roster.findKey(jwk.kid))
    .find((known) => known && known.issuer !== definition.id)
  if (taken) throw bad(`Key ${taken.jwk.kid} belongs to ${taken.issuer} already.`, 'admission.keys')
  // Records signed earlier must stay verifiable: a member's issue keys may grow here, never shrink.
  const kept = new Set(keys.issue.map((jwk) => jwk.kid))
  const dropped = roster.find(definition.id)?.keys?.issue.find((jwk) => !kept.has(jwk.kid))
  if (dropped)
    throw bad(
      `Issue key ${dropped.kid} is missing; keep it while records signed with it are in force.`,
      'admission.keys',
    )
  checkMarksKept(definition, roster.find(definition.id)?.definition)
  await checkApplication(admission, origin)
}

/** A look-up reads a record by its mark's definition: were one dropped, its records would be answered with not-found. */
function checkMarksKept(definition: MemberDefinition, previous: MemberDefinition | undefined): void {
  for (const mark of previous?.marks ?? []) {
    const gone = mark.levels.find((level) => !findLevel(definition, mark.id, level.id))
    if (gone)
      throw bad(
        `The level ${mark.id}/${gone.id} is missing; keep it, with the status "ended" when it is no longer awarded.`,
        'admission.definition',
      )
  }
}

async function checkApplication(
  admission: Extract<AdmissionClaims['admission'], { participation: 'admitted' }>,
  origin: string,
): Promise<void> {
  const { definition, keys, entity } = admission
  const decoded = decodeJws(admission.application, EMBEDDED)
  const issueKey = keys.issue.find((jwk) => jwk.kid === decoded.header.kid)
  if (decoded.header.typ !== APPLICATION_TYP || !issueKey) {
    throw bad(
      'application must be a JWS of its own type, signed by one of the issue keys.',
      'admission.application',
    )
  }
  await verifyJws(decoded, issueKey)
  const parsed = applicationClaims.safeParse(decoded.payload)
  if (!parsed.success) throw bad(`application: ${parsed.error.issues[0]?.message}.`, 'admission.application')
  const { application, iss, aud } = parsed.data
  if (iss !== entity || aud !== formatAllianceId(origin) || application.member !== definition.id) {
    throw bad('application names another member or another alliance.', 'admission.application')
  }
  if (jsonDigest(application.keys) !== jsonDigest(keys))
    throw bad('application was signed over another key set.', 'admission.keys')
  if (application.definition !== null && application.definition !== jsonDigest(definition)) {
    throw bad(
      'application was signed over another definition. Let the member apply again with this one.',
      'admission.definition',
    )
  }
  await checkPossession(admission, iss)
}

/** Keys for receiving can't sign; they are vouched for by the application that lists them. */
async function checkPossession(
  { keys, possession, application }: Extract<AdmissionClaims['admission'], { participation: 'admitted' }>,
  entity: string,
): Promise<void> {
  const unproven = new Map([...keys.issue, ...keys.auth, ...keys.recovery].map((jwk) => [jwk.kid, jwk]))
  for (const proof of possession) {
    const decoded = decodeJws(proof, EMBEDDED)
    const jwk = unproven.get(decoded.header.kid)
    if (decoded.header.typ !== POSSESSION_TYP || !jwk)
      throw bad(
        'possession holds something else than one proof for each signing key.',
        'admission.possession',
      )
    await verifyJws(decoded, jwk)
    const parsed = possessionClaims.safeParse(decoded.payload)
    if (
      !parsed.success ||
      parsed.data.iss !== entity ||
      parsed.data.possession.application !== sha256Hex(application)
    ) {
      throw bad('A proof of possession belongs to another application.', 'admission.possession')
    }
    unproven.delete(jwk.kid)
  }
  const [missing] = unproven.keys()
  if (missing) throw bad(`No proof of possession for key ${missing}.`, 'admission.possession')
}

function bad(detail: string, at: string): Refusal {
  return new Refusal('bad-admission', { detail, at })
}
