/** What members and the operator sign in tests; knows no runtime, so that the same statements go to Node and to Workers. */
import type { JWK } from 'jose'
import { findLevel, type MemberDefinition } from '../src/alliance/definition.js'
import { coverageOf } from '../src/alliance/principles.js'
import { parsePresence } from '../src/record/presence.js'
import {
  formatAllianceId,
  formatEntityId,
  formatMarkType,
  RECORD_TYP,
  type RecordClaims,
} from '../src/record/record.js'
import { jsonDigest, sha256Hex } from '../src/trust/digest.js'
import { generateKey, type KeySet } from '../src/trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../src/trust/signer.js'
import {
  ADMISSION_TYP,
  APPLICATION_TYP,
  ERASURE_TYP,
  LOG_KEY_TYP,
  POSSESSION_TYP,
  REGISTER_TYP,
  STANDING_TYP,
  STATUS_TYP,
} from '../src/trust/statements.js'

export const ORIGIN = 'http://127.0.0.1:8787'
const DAY = 86_400

export interface TestMember {
  id: string
  definition: MemberDefinition
  signer: Signer
  auth: Signer
  recovery: Signer
  /** Opens what is encrypted to the member. */
  encPrivate: JWK
  keys: KeySet
  admission: string
  /** Looks up the jti of log entries at the hub that admitted the member; null for one that it does not have. */
  jtisOf?(indices: readonly number[]): Promise<(string | null)[]>
}

/** Makes a member's keys, its application with proofs, and the operator's admission of it. */
export async function createMember(
  definition: MemberDefinition,
  origin: string,
  operator: Signer,
  iat: number,
  { signed = true, id = definition.id }: { signed?: boolean; id?: string } = {},
): Promise<TestMember> {
  const [issue, auth, enc, recovery] = await Promise.all(
    (['issue', 'auth', 'enc', 'recovery'] as const).map(generateKey),
  )
  const keys: KeySet = {
    issue: [issue!.publicJwk],
    auth: [auth!.publicJwk],
    enc: [enc!.publicJwk],
    recovery: [recovery!.publicJwk],
  }
  const signers = await Promise.all([issue, auth, recovery].map((key) => createSigner(key!.privateJwk)))
  return {
    id,
    definition,
    signer: signers[0]!,
    auth: signers[1]!,
    recovery: signers[2]!,
    encPrivate: enc!.privateJwk,
    keys,
    admission: await signAdmission({ id, definition, keys, signers }, origin, operator, iat, signed),
  }
}

/** The member admitted anew with another `auth` key in place of its own; with the same one, where told. */
export async function readmit(
  member: TestMember,
  origin: string,
  operator: Signer,
  iat: number,
  { keep = false }: { keep?: boolean } = {},
): Promise<TestMember> {
  const made = await generateKey('auth')
  const auth = keep ? member.auth : await createSigner(made.privateJwk)
  const keys = keep ? member.keys : { ...member.keys, auth: [made.publicJwk] }
  const signers = [member.signer, auth, member.recovery]
  const admission = await signAdmission({ ...member, keys, signers }, origin, operator, iat)
  return { ...member, auth, keys, admission }
}

/** The operator's statement over the member's application; `signers` are those of issue, auth and recovery. */
async function signAdmission(
  { id, definition, keys, signers }: Pick<TestMember, 'id' | 'definition' | 'keys'> & { signers: Signer[] },
  origin: string,
  operator: Signer,
  iat: number,
  signed = true,
): Promise<string> {
  const entity = formatEntityId(origin, id)
  const own = () => ({ iss: entity, aud: formatAllianceId(origin), iat, jti: createJti() })
  const application = await signJws(signers[0]!, APPLICATION_TYP, {
    ...own(),
    application: { member: id, definition: signed ? jsonDigest(definition) : null, keys },
  })
  const possession = await Promise.all(
    signers.map((signer) =>
      signJws(signer, POSSESSION_TYP, { ...own(), possession: { application: sha256Hex(application) } }),
    ),
  )
  return signJws(operator, ADMISSION_TYP, {
    iss: formatAllianceId(origin),
    aud: formatAllianceId(origin),
    iat,
    jti: createJti(),
    admission: { participation: 'admitted', definition, entity, keys, application, possession },
  })
}

/** Claims of a sound record of th-dbd's Registered mark (or another level), to be bent by a test. */
export function recordClaims(
  member: TestMember,
  iat: number,
  {
    certificate = 'R-1',
    mark = 'registered',
    level = 'registered',
    url = 'https://somjai-silk.example',
    origin = ORIGIN,
    ...over
  }: Partial<{
    certificate: string
    mark: string
    level: string
    url: string
    origin: string
    exp: number
    holder: Partial<RecordClaims['trustmark']['holder']>
    facts: RecordClaims['trustmark']['facts']
    scope: 'host' | 'domain'
  }> = {},
): RecordClaims {
  const presence = parsePresence(url)
  const found = findLevel(member.definition, mark, level)!
  const id = `${member.id}:${certificate}`
  return {
    iss: formatEntityId(origin, member.id),
    sub: presence.url,
    trust_mark_type: formatMarkType(origin, member.id, mark, level),
    iat,
    exp: over.exp ?? iat + 300 * DAY,
    jti: createJti(),
    ref: `${origin}/r/${id}`,
    trustmark: {
      id,
      holder: {
        kind: 'juristic',
        name: { th: 'บริษัท สมใจผ้าไหม จำกัด', en: 'Somjai Silk Co., Ltd.' },
        identifiers: [{ scheme: 'th-juristic', value: '0105548060561' }],
        country: member.definition.country,
        contact: [{ kind: 'email', value: 'contact@somjai-silk.example' }],
        languages: ['th', 'en'],
        ...over.holder,
      },
      presences: [
        {
          kind: presence.kind,
          keys: presence.keys,
          url: presence.url,
          scope: over.scope ?? 'host',
          confirmedAt: '2026-11-01',
        },
      ],
      facts:
        over.facts ??
        (level === 'registered'
          ? { evidence: 'commercial registration' }
          : { yearsRegistered: 3, financialStatementYears: 3, passedStandard: true }),
      principles: coverageOf(found.mark.criteria),
      criteriaVersion: found.mark.criteriaVersion,
    },
  }
}

export function signRecord(member: TestMember, claims: RecordClaims): Promise<string> {
  return signJws(member.signer, RECORD_TYP, claims)
}

export function signStatus(
  member: TestMember,
  record: string,
  change: string,
  iat: number,
  origin = ORIGIN,
  over: object = {},
): Promise<string> {
  return signJws(member.signer, STATUS_TYP, {
    iss: formatEntityId(origin, member.id),
    aud: formatAllianceId(origin),
    iat,
    jti: createJti(),
    status: { record, change, reason: { en: 'test' }, effective: iat },
    ...over,
  })
}

export function signRegister(
  member: TestMember,
  ids: string[],
  at: number,
  origin = ORIGIN,
): Promise<string> {
  return signJws(member.signer, REGISTER_TYP, {
    iss: formatEntityId(origin, member.id),
    aud: formatAllianceId(origin),
    iat: at,
    jti: createJti(),
    register: {
      count: ids.length,
      digest: sha256Hex(
        [...ids]
          .sort()
          .map((id) => `${id}\n`)
          .join(''),
      ),
      at,
    },
  })
}

export function signStanding(
  operator: Signer,
  member: string,
  participation: string,
  iat: number,
  origin = ORIGIN,
): Promise<string> {
  return signJws(operator, STANDING_TYP, {
    iss: formatAllianceId(origin),
    aud: formatAllianceId(origin),
    iat,
    jti: createJti(),
    standing: { member, participation, reason: { en: 'test' } },
  })
}

/** The member, with jtis looked up in a store. */
export function knowingJtis(
  member: TestMember,
  filed: (indices: readonly number[]) => Promise<readonly { index: number; jti: string | null }[]>,
): TestMember {
  return {
    ...member,
    async jtisOf(indices) {
      const known = new Map((await filed(indices)).map(({ index, jti }) => [index, jti]))
      return indices.map((index) => known.get(index) ?? null)
    },
  }
}

/** @param given jti of each entry; by default the one that the member's hub has, a new one where it has none */
export async function signErasure(
  member: TestMember,
  indices: readonly number[],
  iat: number,
  origin = ORIGIN,
  given?: readonly string[],
): Promise<string> {
  const known = given ?? (await member.jtisOf?.(indices)) ?? []
  const jtis = indices.map((_, i) => known[i] ?? createJti())
  return signJws(member.signer, ERASURE_TYP, {
    iss: formatEntityId(origin, member.id),
    aud: formatAllianceId(origin),
    iat,
    jti: createJti(),
    erasure: { indices, jtis },
  })
}

export function signLogKey(
  operator: Signer,
  vkey: string,
  change: 'announced' | 'retired',
  iat: number,
  origin = ORIGIN,
): Promise<string> {
  return signJws(operator, LOG_KEY_TYP, {
    iss: formatAllianceId(origin),
    aud: formatAllianceId(origin),
    iat,
    jti: createJti(),
    logKey: { vkey, change },
  })
}
