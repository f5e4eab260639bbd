/**
 * The trustmark record: the claims of a trust mark JWT (OpenID Federation 1.0, section 7) with ours under
 * `trustmark` (DESIGN 5).
 */
import * as z from 'zod'
import { memberId, presenceKind } from '../alliance/definition.js'
import { principleCoverage } from '../alliance/principles.js'
import {
  countryCode,
  languageTag,
  localText,
  plainText,
  secureAddress,
  webAddress,
} from '../alliance/text.js'

export const RECORD_TYP = 'trust-mark+jwt'

/** Most presences one certificate can cover: no scheme read names more than a handful; the cap bounds index rows. */
export const MAX_PRESENCES = 20
/** Most identifiers of one holder: one per register it stands in. */
export const MAX_IDENTIFIERS = 8
/** Most facts in one record; requirements read by name, so a record never needs more. */
export const MAX_FACTS = 40

/** `<member>:<the member's own certificate number>`, never a personal number. */
export const recordId = z
  .string()
  .regex(
    /^[a-z]{2}-[a-z0-9]{2,20}:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'a record id such as th-dbd:V-2026-0001',
  )

/**
 * A record id as people type it: the member in either case, for ids of members have none.
 * @returns undefined for what is no record id
 */
export function readRecordId(text: string): string | undefined {
  const id = text.replace(/^[^:]*:/, (member) => member.toLowerCase())
  return recordId.safeParse(id).success ? id : undefined
}

/** Seconds since 1970 (RFC 7519 NumericDate), whole. */
export const numericDate = z.int().min(0).max(253402300799)

/** 128 random bits, base64url without padding (DESIGN 4.6). */
export const jwtId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, '128 random bits in base64url (22 characters)')

export const holder = z.strictObject({
  kind: z.enum(['natural', 'juristic']),
  name: localText,
  /** Registers the holder stands in; always empty for a natural person, whose legal number is never published. */
  identifiers: z
    .array(z.strictObject({ scheme: z.string().max(40), value: z.string().max(40) }))
    .max(MAX_IDENTIFIERS),
  country: countryCode,
  contact: z
    .array(
      z.strictObject({
        kind: z.enum(['email', 'phone', 'web', 'address']),
        value: plainText.max(300),
      }),
    )
    .max(10),
  languages: z.array(languageTag).max(20),
  sector: plainText.max(100).optional(),
  shipsTo: z.array(countryCode).max(250).optional(),
})
export type Holder = z.infer<typeof holder>

export const recordPresence = z.strictObject({
  kind: presenceKind,
  keys: z.array(z.string().min(1).max(300)).min(1).max(4),
  url: z.string().max(400),
  scope: z.enum(['host', 'domain']),
  /** When the member last saw that the holder runs it (YYYY-MM-DD). */
  confirmedAt: z.iso.date(),
})
export type RecordPresence = z.infer<typeof recordPresence>

export const facts = z
  .record(
    z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/),
    z.union([plainText.max(200), z.number(), z.boolean()]),
  )
  .refine((f) => Object.keys(f).length <= MAX_FACTS, `at most ${MAX_FACTS} facts`)

/** Our own claims; strict, so that a misspelt or stray member is refused rather than published. */
export const trustmarkClaim = z.strictObject({
  id: recordId,
  holder,
  presences: z.array(recordPresence).min(1).max(MAX_PRESENCES),
  facts,
  principles: principleCoverage,
  criteriaVersion: z.string().regex(/^[a-z0-9.-]{1,40}$/),
  evidence: z
    .array(z.strictObject({ kind: z.string().min(1).max(60), url: secureAddress }))
    .max(10)
    .optional(),
})
export type TrustmarkClaim = z.infer<typeof trustmarkClaim>

/** The payload of a record. Extra top-level claims are legal in OpenID Federation and are kept, unread. */
export const recordClaims = z.looseObject({
  iss: z.string().max(400),
  sub: z.string().max(400),
  trust_mark_type: z.string().max(400),
  iat: numericDate,
  exp: numericDate,
  jti: jwtId,
  ref: z.string().max(400),
  logo_uri: webAddress.optional(),
  delegation: z.string().max(4000).optional(),
  trustmark: trustmarkClaim,
})
export type RecordClaims = z.infer<typeof recordClaims>

/** The member part of a record id. */
export function memberOf(id: string): string {
  return id.slice(0, id.indexOf(':'))
}

/** The certificate number part of a record id. */
export function certificateOf(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}

/** The address of a mark's level, which is also its OpenID Federation trust mark type (DESIGN 4.4). */
export function formatMarkType(origin: string, member: string, mark: string, level: string): string {
  return `${origin}/marks/${member}/${mark}/${level}`
}

/** Splits a trust mark type of this origin; undefined for any other string. */
export function parseMarkType(
  origin: string,
  type: string,
): { member: string; mark: string; level: string } | undefined {
  const prefix = `${origin}/marks/`
  if (!type.startsWith(prefix)) return undefined
  const [member, mark, level, ...rest] = type.slice(prefix.length).split('/')
  if (!member || !mark || !level || rest.length > 0 || !memberId.safeParse(member).success) return undefined
  return { member, mark, level }
}

/** A member's entity identifier when the hub hosts it. */
export function formatEntityId(origin: string, member: string): string {
  return `${origin}/members/${member}`
}

/** The alliance's entity identifier, which is the `aud` of our own statement types. */
export function formatAllianceId(origin: string): string {
  return `${origin}/alliance`
}
