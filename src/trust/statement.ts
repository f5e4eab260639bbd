/** Reading a statement: from compact text to verified claims of a known type by a known issuer (DESIGN 4.5, 4.6). */
import type * as z from 'zod'
import { Refusal } from '../refusal.js'
import { chooseKey, type KeyDirectory, type KnownIssuer } from './authority.js'
import { sha256Hex } from './digest.js'
import { type DecodedJws, decodeJws, verifyJws } from './jws.js'
import { type SignerRole, STATEMENT_TYPES, type StatementBody, type StatementTyp } from './statements.js'

/** Clock leeway in seconds: members' servers are set by NTP; a minute covers those that are not set well. */
export const CLOCK_LEEWAY = 60

/** A statement whose signature and claims' shape have been verified. */
export type Statement = StatementBody & {
  jws: string
  /** Lower hex SHA-256 of the compact text: the statement's name in the log. */
  sha256: string
  kid: string
  issuer: string
}

export interface StatementContext {
  /** The alliance's entity identifier: the `aud` that our own types must carry. */
  alliance: string
  directory: KeyDirectory
  /** Log index the statement would get at the earliest. */
  index: number
  /** Unix seconds. */
  now: number
  /** Accepts issuers of any standing: for what was signed earlier, not for what comes in. */
  anyStanding?: boolean
}

/**
 * Verifies one statement on its own: everything that can be said without the rest of the log.
 * @throws Refusal with the first rule that fails; the order is that of DESIGN 6 (typ, alg, key, role, signature, claims)
 */
export async function verifyStatement(text: string, context: StatementContext): Promise<Statement> {
  const decoded = decodeJws(text, STATEMENT_TYPES)
  const typ = decoded.header.typ as StatementTyp
  const { signer, anyStanding }: { signer: SignerRole; anyStanding?: true } = STATEMENT_TYPES[typ]
  const { issuer, key } = chooseKey(
    { iss: (decoded.payload as { iss?: unknown } | null)?.iss, kid: decoded.header.kid },
    signer,
    context.directory,
    context.index,
    context.anyStanding ?? anyStanding,
  )
  await verifyJws(decoded, key.jwk)
  return readStatement(decoded, issuer, context)
}

/** The claims' part of {@link verifyStatement}, after its signature. */
function readStatement(decoded: DecodedJws, issuer: KnownIssuer, context: StatementContext): Statement {
  const typ = decoded.header.typ as StatementTyp
  const { kind, claims: schema } = STATEMENT_TYPES[typ]
  const parsed = (schema as z.ZodType).safeParse(decoded.payload)
  if (!parsed.success) throw badClaims(parsed.error)
  const claims = parsed.data as { aud?: unknown; iat: number }
  if (kind !== 'record' && claims.aud !== context.alliance) {
    throw new Refusal('wrong-audience', {
      detail: `aud must be ${context.alliance}: what was said to another alliance, or to a sandbox, does not count here.`,
      value: String(claims.aud).slice(0, 200),
      at: 'aud',
    })
  }
  if (claims.iat > context.now + CLOCK_LEEWAY) {
    throw new Refusal('issued-in-future', {
      detail: `iat lies more than ${CLOCK_LEEWAY} s ahead of the hub's clock. Set the signing machine's clock.`,
      value: claims.iat,
      at: 'iat',
    })
  }
  return {
    typ,
    kind,
    claims: parsed.data,
    jws: decoded.jws,
    sha256: sha256Hex(decoded.jws),
    kid: decoded.header.kid,
    issuer: issuer.id,
  } as Statement
}

/** Names the first claim that does not fit, with its path. Personal numbers are never echoed: no value is. */
export function badClaims(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  const at = (issue?.path ?? []).reduce<string>(
    (path, step) =>
      typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${String(step)}` : String(step),
    '',
  )
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : ''
  return new Refusal('bad-claims', {
    detail: `${at || 'The payload'}: ${issue?.message ?? 'does not fit its schema'}${more}. See /schemas for the form.`,
    at,
  })
}
