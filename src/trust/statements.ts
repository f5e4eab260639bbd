/** The statements the hub accepts: one `typ`, one log kind, one claims schema and one signer's role each (DESIGN 5). */
import * as z from 'zod'
import { memberDefinition, memberId } from '../alliance/definition.js'
import { localText } from '../alliance/text.js'
import { jwtId, numericDate, RECORD_TYP, recordClaims, recordId } from '../record/record.js'
import { keySet } from './keys.js'

/** Claims that every statement type of our own carries; `aud` is `<origin>/alliance`, which bars replay elsewhere. */
const own = {
  iss: z.string().max(400),
  aud: z.string().max(400),
  iat: numericDate,
  jti: jwtId,
}

export const STATUS_CHANGES = ['suspended', 'revoked', 'reinstated'] as const

/** A change of a record's status, signed by the member that issued the record. */
export const statusClaims = z.strictObject({
  ...own,
  status: z.strictObject({
    record: recordId,
    change: z.enum(STATUS_CHANGES),
    reason: localText,
    /** Since when it holds (seconds); not later than `iat`. */
    effective: numericDate,
  }),
})
export type StatusClaims = z.infer<typeof statusClaims>

/** A member's word on its whole register: how many records are in force, and which (DESIGN 5, register as of). */
export const registerClaims = z.strictObject({
  ...own,
  register: z.strictObject({
    count: z.int().min(0),
    /** SHA-256 (lower hex) of the ids in force, sorted by code point, each followed by a line feed. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    at: numericDate,
  }),
})
export type RegisterClaims = z.infer<typeof registerClaims>

/**
 * What an applicant signs with its `issue` key: the definition's digest and the key set. It is embedded in the
 * admission as the member's own signature over its definition.
 */
export const applicationClaims = z.strictObject({
  ...own,
  application: z.strictObject({
    member: memberId,
    /** SHA-256 (lower hex) of the definition's JCS text; `null` applies with keys but leaves the definition unsigned. */
    definition: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    keys: keySet,
  }),
})
export type ApplicationClaims = z.infer<typeof applicationClaims>

/** Proof that the applicant holds one of its signing keys: a JWS by that key over the application's digest. */
export const possessionClaims = z.strictObject({
  ...own,
  possession: z.strictObject({ application: z.string().regex(/^[0-9a-f]{64}$/) }),
})

/** The operator admits a member, or describes an organisation that takes no part (then without keys). */
export const admissionClaims = z.strictObject({
  ...own,
  admission: z.discriminatedUnion('participation', [
    z.strictObject({ participation: z.literal('described'), definition: memberDefinition }),
    z.strictObject({
      participation: z.literal('admitted'),
      definition: memberDefinition,
      entity: z.string().max(400),
      keys: keySet,
      application: z.string(),
      possession: z.array(z.string()).max(40),
    }),
  ]),
})
export type AdmissionClaims = z.infer<typeof admissionClaims>

/** The operator changes a member's standing. */
export const standingClaims = z.strictObject({
  ...own,
  standing: z.strictObject({
    member: memberId,
    participation: z.enum(['admitted', 'suspended', 'left']),
    reason: localText,
  }),
})
export type StandingClaims = z.infer<typeof standingClaims>

/** Most entries that one record may have and still be erased at once: a status change a week for as long as a century. */
export const MAX_ERASED_ENTRIES = 5000

/**
 * A member erases a record: the statements of these log entries are forgotten, all that were ever logged about it. It names
 * no record, for this statement stays (DESIGN 5).
 */
export const erasureClaims = z.strictObject({
  ...own,
  erasure: z.strictObject({
    /** Log indices, rising. */
    indices: z.array(z.int().min(0)).min(1).max(MAX_ERASED_ENTRIES),
    /** The `jti` of each, in the same order: who never saw the statements must know what may not be used again. */
    jtis: z.array(jwtId).min(1).max(MAX_ERASED_ENTRIES),
  }),
})
export type ErasureClaims = z.infer<typeof erasureClaims>

/** Keys of one log that are in use at once: two while one is replaced; more only where old ones were never retired. */
export const MAX_LOG_KEYS = 32

/** What the operator may say of a key of the log. */
export const LOG_KEY_CHANGES = ['announced', 'retired'] as const

/** The operator announces a key that signs checkpoints from now on too, or retires one that no longer counts (DESIGN 4.5). */
export const logKeyClaims = z.strictObject({
  ...own,
  logKey: z.strictObject({
    /** Signed-note verifier line. */
    vkey: z.string().max(300),
    change: z.enum(LOG_KEY_CHANGES),
  }),
})
export type LogKeyClaims = z.infer<typeof logKeyClaims>

/** Largest record or member statement in bytes: ten times a record with every field filled in two scripts. */
export const MAX_STATEMENT_BYTES = 16_384
/** Largest erasure in bytes: so many indices of nine digits, each with its jti, in base64url, and the largest signature. */
const MAX_ERASURE_BYTES = 245_760
/** Largest admission in bytes: a definition with every text in four languages is some 60 kB, base64url adds a third. */
export const MAX_ADMISSION_BYTES = 262_144
/** Most earlier admissions on a member's page: a key replaced each month for a year; with the newest they stay below 4 MiB. */
export const MAX_EARLIER_ADMISSIONS = 12

/** Which key signs a type: a member's key role, or the alliance operator's key. */
export type SignerRole = 'issue' | 'operator'

/**
 * Every accepted `typ`. The log's `kind` is the short word; sizes are those of the compact JWS. `anyStanding`: a member signs
 * it whatever its standing, for a holder may ask to be forgotten after the member has left.
 */
export const STATEMENT_TYPES = {
  [RECORD_TYP]: { kind: 'record', signer: 'issue', claims: recordClaims, maxBytes: MAX_STATEMENT_BYTES },
  'trustmark-status+jwt': {
    kind: 'status',
    signer: 'issue',
    claims: statusClaims,
    maxBytes: MAX_STATEMENT_BYTES,
  },
  'trustmark-register+jwt': {
    kind: 'register',
    signer: 'issue',
    claims: registerClaims,
    maxBytes: MAX_STATEMENT_BYTES,
  },
  'trustmark-admission+jwt': {
    kind: 'admission',
    signer: 'operator',
    claims: admissionClaims,
    maxBytes: MAX_ADMISSION_BYTES,
  },
  'trustmark-standing+jwt': {
    kind: 'standing',
    signer: 'operator',
    claims: standingClaims,
    maxBytes: MAX_STATEMENT_BYTES,
  },
  'trustmark-erasure+jwt': {
    kind: 'erasure',
    signer: 'issue',
    claims: erasureClaims,
    maxBytes: MAX_ERASURE_BYTES,
    anyStanding: true,
  },
  'trustmark-log-key+jwt': {
    kind: 'log-key',
    signer: 'operator',
    claims: logKeyClaims,
    maxBytes: MAX_STATEMENT_BYTES,
  },
} as const satisfies Record<
  string,
  { kind: string; signer: SignerRole; claims: z.ZodType; maxBytes: number; anyStanding?: true }
>

export type StatementTyp = keyof typeof STATEMENT_TYPES
export type StatementKind = (typeof STATEMENT_TYPES)[StatementTyp]['kind']

/** The claims of a statement, told apart by its log kind. */
export type StatementBody = {
  [T in StatementTyp]: {
    typ: T
    kind: (typeof STATEMENT_TYPES)[T]['kind']
    claims: z.infer<(typeof STATEMENT_TYPES)[T]['claims']>
  }
}[StatementTyp]

/** Types that are embedded in others or kept at the member, never pushed on their own. */
export const APPLICATION_TYP = 'trustmark-application+jwt'
export const POSSESSION_TYP = 'trustmark-key-possession+jwt'
export const STATUS_TYP = 'trustmark-status+jwt'
export const REGISTER_TYP = 'trustmark-register+jwt'
export const ADMISSION_TYP = 'trustmark-admission+jwt'
export const STANDING_TYP = 'trustmark-standing+jwt'
export const ERASURE_TYP = 'trustmark-erasure+jwt'
export const LOG_KEY_TYP = 'trustmark-log-key+jwt'
export const VERDICT_TYP = 'trustmark-verdict+jwt'
