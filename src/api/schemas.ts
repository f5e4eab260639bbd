/**
 * What the API answers, as zod types: the half of the published contract that no other room states. Each is tied to
 * the TypeScript type that the endpoint really answers with (DESIGN 5).
 */
import * as z from 'zod'
import { criterion, level, mark, memberDefinition, memberId, source } from '../alliance/definition.js'
import { PARTICIPATIONS } from '../alliance/participation.js'
import { MONITORING, PRINCIPLES, principleCoverage } from '../alliance/principles.js'
import { countryCode, localText } from '../alliance/text.js'
import type { FoundMark } from '../hub/check-found.js'
import type { MemberSummary } from '../hub/list-members.js'
import type { ConsistencyProof, InclusionProof } from '../hub/prove-tree.js'
import type { LineResult } from '../hub/publish.js'
import { MAX_PROOF_HASHES } from '../log/tlog-proof.js'
import { jwtId, numericDate, recordId } from '../record/record.js'
import { asOf, verdict, verdictRecord } from '../record/verdict.js'
import { type Problem, REFUSALS, type RefusalCode } from '../refusal.js'
import { keySet } from '../trust/keys.js'
import { MAX_EARLIER_ADMISSIONS, STATEMENT_TYPES, type StatementKind } from '../trust/statements.js'

const isoTime = z.iso.datetime()
/** SHA-256 of a statement's exact bytes. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')
export const logIndex = z.int().min(0)
/** Present and true on a demo. */
const demo = { demo: z.literal(true).optional() }

/** The log as an answer rests on it, without members. */
export const head = asOf.omit({ members: true })

/** RFC 9457 with `code`, `value`, `at` and `source` of our own. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]),
  detail: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullable().optional(),
  at: z.string().optional(),
  source: z.string().optional(),
}) satisfies z.ZodType<Problem>

/** The page behind a problem's `type`. */
export const problemType = problem.pick({ type: true, code: true, status: true, title: true })
export const problemTypes = z.strictObject({ problems: z.array(problemType) })

const line = z.int().min(1)

/** What a line of a push became. */
export const lineResult = z.union([
  z.strictObject({
    line,
    outcome: z.literal('accepted'),
    index: logIndex,
    sha256,
    warnings: z.array(problem).optional(),
  }),
  z.strictObject({ line, outcome: z.literal('duplicate'), index: logIndex, sha256 }),
  z.strictObject({ line, outcome: z.literal('pending'), sha256, statement: z.string() }),
  z.strictObject({ line, outcome: z.literal('rejected'), sha256: sha256.optional(), problem }),
]) satisfies z.ZodType<LineResult>

export const publishResponse = z.strictObject({ results: z.array(lineResult) })

/** What became of one statement that was sent. */
export const statementOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ sha256, outcome: z.literal('accepted'), index: logIndex }),
  z.strictObject({ sha256, outcome: z.literal('rejected'), problem }),
  z.strictObject({ sha256, outcome: z.literal('pending') }),
])

/** What a trust mark found in the wild is worth by itself. */
export const foundMark = z.strictObject({
  genuine: z.boolean(),
  index: logIndex.optional(),
  current: z.boolean(),
  problem: problem.optional(),
}) satisfies z.ZodType<FoundMark>

export const verifyResponse = z.union([
  z.strictObject({ results: z.array(z.union([verdict, z.strictObject({ problem })])) }),
  z.strictObject({ trustMark: foundMark, verdict: verdict.optional() }),
])

/** The payload of a signed verdict. */
export const signedVerdict = z.strictObject({
  iss: z.string(),
  iat: numericDate,
  exp: numericDate,
  jti: jwtId,
  verdict,
})

export const recordAnswer = z.strictObject({ record: verdictRecord, asOf, ...demo })

const kinds = Object.values(STATEMENT_TYPES).map(({ kind }) => kind)
const entry = {
  index: logIndex,
  kind: z.enum(kinds as [StatementKind, ...StatementKind[]]),
  /** A member id, or `alliance`. */
  issuer: z.string(),
  sha256,
}

export const recordHistory = z.strictObject({
  record: recordId,
  /** Oldest first; a statement is null once erased. */
  history: z.array(z.strictObject({ ...entry, at: isoTime, statement: z.string().nullable() })),
  asOf: head,
  ...demo,
})

/** A line of the feed. `at` is in epoch ms, as in the log entry, so that its leaf can be made again from the line. */
export const change = z.union([
  z.strictObject({ ...entry, at: z.int().min(0), statement: z.string() }),
  z.strictObject({ ...entry, at: z.int().min(0), erased: z.literal(true), erasedBy: logIndex }),
  z.strictObject({ ...entry, at: z.int().min(0), withheld: z.literal(true) }),
])

/** The manifest of a snapshot. The edition changes with every erasure; parts of an older one are gone. */
export const snapshot = z.strictObject({
  size: z.int().min(0),
  at: isoTime,
  checkpoint: z.string(),
  edition: z.string(),
  parts: z.array(z.strictObject({ url: z.string(), from: logIndex, to: z.int().min(1) })),
  ...demo,
})

/** Standard base64, as everywhere in C2SP tlog formats. */
const proofHashes = z
  .array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in standard base64'))
  .max(MAX_PROOF_HASHES)

export const inclusion = z.strictObject({
  index: logIndex,
  size: z.int().min(1),
  hashes: proofHashes,
}) satisfies z.ZodType<InclusionProof>

export const consistency = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(0),
  hashes: proofHashes,
}) satisfies z.ZodType<ConsistencyProof>

export const registerAsOf = z.strictObject({
  at: isoTime,
  count: z.int(),
  index: logIndex,
  agrees: z.boolean().nullable(),
})

export const memberSummary = z.strictObject({
  id: memberId,
  entity: z.string(),
  name: localText,
  country: countryCode,
  roles: memberDefinition.shape.roles,
  participation: z.enum(PARTICIPATIONS),
  languages: memberDefinition.shape.languages,
  marks: z.array(
    z.strictObject({
      id: mark.shape.id,
      name: localText,
      kind: mark.shape.kind,
      state: mark.shape.status.shape.state,
      principles: principleCoverage,
      levels: z.array(z.strictObject({ id: level.shape.id, name: localText, type: z.string() })),
    }),
  ),
  records: z.int().min(0),
  register: registerAsOf.nullable(),
}) satisfies z.ZodType<MemberSummary>

export const memberList = z.strictObject({ members: z.array(memberSummary), asOf: head, ...demo })

export const memberPage = z.strictObject({
  ...memberSummary.shape,
  definition: memberDefinition,
  definitionSigned: z.boolean(),
  keys: keySet.nullable(),
  admission: z.strictObject({ index: logIndex, statement: z.string().nullable() }),
  earlierAdmissions: z
    .array(z.strictObject({ index: logIndex, statement: z.string() }))
    .max(MAX_EARLIER_ADMISSIONS),
  asOf: head,
  ...demo,
})

export const principleList = z.strictObject({
  principles: z.array(
    z.strictObject({
      id: z.enum([...PRINCIPLES, MONITORING]),
      chapter: z.int(),
      name: localText,
      description: localText,
    }),
  ),
  marks: z.array(
    z.strictObject({
      member: memberId,
      mark: mark.shape.id,
      name: localText,
      kind: mark.shape.kind,
      criteriaVersion: mark.shape.criteriaVersion,
      criteria: z.array(
        z.strictObject({ ...criterion.omit({ source: true }).shape, source: source.nullable() }),
      ),
    }),
  ),
  ...demo,
})

/** The document at a trust mark type's own address. */
export const markPage = z.strictObject({
  type: z.string(),
  member: z.strictObject({
    id: memberId,
    name: localText,
    country: countryCode,
    participation: z.enum(PARTICIPATIONS),
  }),
  mark: mark.omit({ levels: true, criteria: true }),
  level,
  principles: principleCoverage,
  criteria: mark.shape.criteria,
  sources: memberDefinition.shape.sources,
  definition: z.strictObject({ index: logIndex, signed: z.boolean() }),
  ...demo,
})

export const schemaList = z.strictObject({
  schemas: z.array(z.strictObject({ name: z.string(), title: z.string(), url: z.string() })),
})
export const health = z.strictObject({ status: z.literal('ok') })
export const readiness = z.strictObject({
  status: z.literal('ready'),
  origin: z.string(),
  size: z.int().min(0),
  checkpointAt: isoTime,
  demo: z.boolean(),
})
