/** The published schemas: which zod types are part of the contract, under which names, and what they are for. */
import * as z from 'zod'
import {
  criterion,
  level,
  mark,
  memberDefinition,
  memberId,
  presenceKind,
  requirement,
  source,
} from '../../alliance/definition.js'
import { coverage, principleCoverage } from '../../alliance/principles.js'
import { countryCode, languageTag, localText } from '../../alliance/text.js'
import { MAX_BATCH } from '../../hub/sequence.js'
import { directoryEntry, directoryPage } from '../../record/directory.js'
import {
  facts,
  holder,
  jwtId,
  MAX_FACTS,
  numericDate,
  recordId,
  recordPresence,
  trustmarkClaim,
} from '../../record/record.js'
import { coveredPlace, sealData } from '../../record/seal-data.js'
import { asOf, complaintBody, verdict, verdictQuery, verdictRecord, warning } from '../../record/verdict.js'
import { keySet, publicJwk } from '../../trust/keys.js'
import {
  APPLICATION_TYP,
  applicationClaims,
  POSSESSION_TYP,
  possessionClaims,
  STATEMENT_TYPES,
  type StatementKind,
  VERDICT_TYP,
} from '../../trust/statements.js'
import { publishRequest } from '../post-statements.js'
import { verifyRequest } from '../post-verify.js'
import * as answers from '../schemas.js'
import { CASE_DOCUMENTS, CASE_PARTS } from './case-schemas.js'

/** Annotations of a published schema, and the keywords that stand for a zod refinement. */
export interface Published {
  id?: string
  title?: string
  description?: string
  minProperties?: number
  maxProperties?: number
  minItems?: number
  maxItems?: number
}

export const published = z.registry<Published>()

/** What each statement says; a new kind of statement does not compile without its text. */
const STATEMENTS: Record<StatementKind, readonly [title: string, description: string]> = {
  record: [
    'Trustmark record',
    'A member certifies one holder and its presences: a trust mark of OpenID Federation 1.0 with our own claims under `trustmark`. Beyond this schema the hub checks that presences and identifiers are in canonical form, that `sub` is the address of the main presence, that coverage and validity are those of the mark, that the level’s requirements are met, and that no citizen’s personal number stands anywhere.',
  ],
  status: [
    'Status change',
    'A member suspends, reinstates or revokes one of its records. Revocation is final.',
  ],
  register: [
    'Register as of',
    'A member’s word on its whole register: how many of its records are in force, and which. Signed with every push; a member silent for longer than its own rhythm is shown as stale.',
  ],
  admission: [
    'Admission of a member',
    'The operator admits a member with its definition and keys, or describes an organisation that takes no part (then without keys). Beyond this schema the hub checks the member’s application, the proof of each key, and every cross-reference of the definition.',
  ],
  erasure: [
    'Erasure of a record',
    'A member has the statements of one record forgotten: it names every log entry that was ever logged about it, each with its `jti`, and no record, for the erasure itself stays.',
  ],
  'log-key': [
    'Key of the log',
    'The operator announces a key that signs checkpoints from now on too, or retires one that no longer counts.',
  ],
  standing: [
    'Standing of a member',
    'The operator suspends a member, admits it again, or records that it left.',
  ],
}

const PARTS: readonly (readonly [z.ZodType, Published])[] = [
  [
    localText,
    {
      id: 'LocalText',
      title: 'Text in several languages',
      description: 'Texts by BCP 47 language tag, at least one.',
      minProperties: 1,
    },
  ],
  [languageTag, { id: 'LanguageTag', description: 'BCP 47 language tag, such as th or zh-Hant.' }],
  [countryCode, { id: 'CountryCode', description: 'ISO 3166-1 alpha-2 code in capitals.' }],
  [memberId, { id: 'MemberId', description: 'A member’s short name, country first, such as th-dbd.' }],
  [
    recordId,
    {
      id: 'RecordId',
      description: 'The member, a colon, and the member’s own certificate number; never a personal number.',
    },
  ],
  [numericDate, { id: 'NumericDate', description: 'Whole seconds since 1970-01-01T00:00:00Z (RFC 7519).' }],
  [
    jwtId,
    { id: 'JwtId', description: '128 random bits in base64url without padding; accepted once per issuer.' },
  ],
  [answers.sha256, { id: 'Sha256', description: 'SHA-256 in lower-case hex.' }],
  [answers.logIndex, { id: 'LogIndex', description: 'Place in the log, from 0.' }],
  [
    coverage,
    {
      id: 'Coverage',
      description: 'How far a scheme covers a principle. A gap is stated as none, never left out.',
    },
  ],
  [principleCoverage, { id: 'PrincipleCoverage', title: 'Coverage of the five principles' }],
  [presenceKind, { id: 'PresenceKind', description: 'The web, or the platform on which a shop stands.' }],
  [
    holder,
    { id: 'Holder', title: 'Holder', description: 'The natural or juristic person that was certified.' },
  ],
  [
    recordPresence,
    {
      id: 'Presence',
      title: 'Presence',
      description: 'Where the holder trades: a web origin, or a shop on a platform.',
    },
  ],
  [
    facts,
    {
      id: 'Facts',
      title: 'Facts',
      description: 'What the requirements of the level are about, by name.',
      maxProperties: MAX_FACTS,
    },
  ],
  [trustmarkClaim, { id: 'TrustmarkClaim', title: 'Our own claims of a record' }],
  [
    publicJwk,
    {
      id: 'PublicJwk',
      title: 'Public key',
      description: 'A public JWK (RFC 7517); any private member is refused.',
    },
  ],
  [
    keySet,
    {
      id: 'KeySet',
      title: 'Keys of a member',
      description:
        'By role: issue signs records, auth calls the API, enc receives complaints, recovery replaces the set.',
    },
  ],
  [
    requirement,
    {
      id: 'Requirement',
      title: 'Requirement of a level',
      description:
        'A rule over `{holderKind, ...facts}` of a record, as a JSON Schema, with the same in words.',
    },
  ],
  [
    criterion,
    {
      id: 'Criterion',
      title: 'Criterion',
      description: 'A scheme’s own requirement, mapped to a common principle.',
    },
  ],
  [level, { id: 'Level', title: 'Level of a mark' }],
  [mark, { id: 'Mark', title: 'Mark' }],
  [
    source,
    {
      id: 'Source',
      title: 'Source',
      description: 'Where a statement about a scheme stands, and how well it was read.',
    },
  ],
  [
    asOf,
    {
      id: 'AsOf',
      title: 'As of',
      description: 'The state of the log on which an answer rests, and how fresh each member’s register is.',
    },
  ],
  [
    answers.head,
    { id: 'Head', title: 'Log head', description: 'The state of the log on which an answer rests.' },
  ],
  [
    answers.inclusion,
    { id: 'InclusionProof', title: 'Inclusion proof', description: 'RFC 6962 section 2.1.1.' },
  ],
  [
    answers.consistency,
    { id: 'ConsistencyProof', title: 'Consistency proof', description: 'RFC 6962 section 2.1.2.' },
  ],
  [answers.registerAsOf, { id: 'RegisterAsOf', title: 'A member’s last signed register' }],
  [
    verdictQuery,
    {
      id: 'VerdictQuery',
      title: 'Question',
      description: 'Exactly one of url, record and identifier, and the asker’s country in for.',
    },
  ],
  [verdictRecord, { id: 'VerdictRecord', title: 'Record in a verdict' }],
  [warning, { id: 'Warning', title: 'Warning' }],
  [complaintBody, { id: 'ComplaintBody', title: 'Where to complain' }],
  [answers.lineResult, { id: 'LineResult', title: 'What a statement became' }],
  [answers.foundMark, { id: 'FoundMark', title: 'A trust mark found in the wild' }],
  [directoryEntry, { id: 'DirectoryEntry', title: 'Shop in the directory' }],
  [
    coveredPlace,
    {
      id: 'CoveredPlace',
      title: 'Place that a mark covers',
      description:
        'A website by its host as browsers’ location.host has it, where domain includes what is below it on the usual ports; or the address of a shop on a platform.',
    },
  ],
  [answers.memberSummary, { id: 'MemberSummary', title: 'Member in a list' }],
  [answers.memberList, { id: 'MemberList', title: 'Members' }],
  [answers.memberPage, { id: 'MemberPage', title: 'Member with definition and keys' }],
  [answers.principleList, { id: 'PrincipleList', title: 'Principles and criteria' }],
  [answers.markPage, { id: 'MarkPage', title: 'Trust mark type' }],
  [answers.recordAnswer, { id: 'RecordAnswer', title: 'One record' }],
  [answers.recordHistory, { id: 'RecordHistory', title: 'What happened to a record' }],
  [answers.problemType, { id: 'ProblemType', title: 'Kind of problem' }],
  [answers.problemTypes, { id: 'ProblemTypes', title: 'Kinds of problems' }],
  [answers.schemaList, { id: 'SchemaList', title: 'Published schemas' }],
  [answers.health, { id: 'Health', title: 'Health' }],
  [answers.readiness, { id: 'Readiness', title: 'Readiness' }],
  ...CASE_PARTS,
]

/** Those that stand as files of their own in schemas/, by file name without `.json`. */
export const DOCUMENTS: readonly (readonly [
  name: string,
  schema: z.ZodType,
  meta: Published & { id: string },
])[] = [
  ...Object.entries(STATEMENT_TYPES).map(([typ, { kind, claims }]) => {
    const [title, description] = STATEMENTS[kind]
    const id = `${kind[0]?.toUpperCase()}${kind.slice(1)}Claims`
    return [
      kind,
      claims,
      { id, title, description: `${description} Payload of a JWS with typ ${typ}.` },
    ] as const
  }),
  [
    'application',
    applicationClaims,
    {
      id: 'ApplicationClaims',
      title: 'Application of a member',
      description: `The applicant’s signature over its key set and, by digest, its definition; embedded in the admission. Payload of a JWS with typ ${APPLICATION_TYP}.`,
    },
  ],
  [
    'possession',
    possessionClaims,
    {
      id: 'PossessionClaims',
      title: 'Proof of possession',
      description: `By each signing key of an applicant over the application; embedded in the admission. Payload of a JWS with typ ${POSSESSION_TYP}.`,
    },
  ],
  [
    'member',
    memberDefinition,
    {
      id: 'MemberDefinition',
      title: 'Definition of a member',
      description:
        'Who a member is, which marks it awards under which rules, how they map onto the five principles, and for which complaints it is competent. Beyond this schema the hub checks every cross-reference. Web addresses are written in ASCII.',
    },
  ],
  ['verdict', verdict, { id: 'Verdict', title: 'Verdict', description: 'The hub’s answer to a look-up.' }],
  [
    'signed-verdict',
    answers.signedVerdict,
    {
      id: 'SignedVerdict',
      title: 'Signed verdict',
      description: `Payload of a JWS with typ ${VERDICT_TYP}, signed with the hub’s federation key; valid for an hour at most.`,
    },
  ],
  [
    'directory-page',
    directoryPage,
    {
      id: 'DirectoryPage',
      title: 'Page of the directory',
      description:
        'Records in force, newest first. found.count is exact up to 1,000; more says that there are more, or may be where very many lapsed. A page may then be short, or even empty: go on until next is null.',
    },
  ],
  [
    'seal-data',
    sealData,
    {
      id: 'SealData',
      title: 'What a seal says',
      description:
        'For drawing and comparing a seal on pages of others, as seal.js does. It proves nothing: for evidence there is the verdict.',
    },
  ],
  [
    'verify-request',
    verifyRequest,
    {
      id: 'VerifyRequest',
      title: 'Look-ups in bulk, or a trust mark found in the wild',
      description: 'Each query asks with exactly one of url, record and identifier.',
    },
  ],
  [
    'verify-response',
    answers.verifyResponse,
    {
      id: 'VerifyResponse',
      title: 'Answers in bulk, or what a found trust mark is worth',
      description:
        'Results stand in the order of the queries; one that can’t be looked up answers with its own problem. No similar shops are sought.',
    },
  ],
  [
    'publish-request',
    publishRequest,
    {
      id: 'PublishRequest',
      title: 'Statements to publish',
      description: 'Compact JWS, each up to the size its type allows. Their signatures are the credential.',
    },
  ],
  [
    'publish-response',
    answers.publishResponse,
    {
      id: 'PublishResponse',
      title: 'What the statements became',
      description:
        'A result for each line, in the order of the lines. pending: kept, and decided later at the address in statement.',
    },
  ],
  [
    'statement-outcome',
    answers.statementOutcome,
    {
      id: 'StatementOutcome',
      title: 'What one statement became',
      description: 'A refusal can be asked for again for a day. pending: kept, and decided soon.',
    },
  ],
  [
    'change',
    answers.change,
    {
      id: 'Change',
      title: 'Change',
      description:
        'A log entry as a line of the feed or of a snapshot. Of one that was erased only this line is left, and it names the member’s erasure, by its index. `withheld` says that a statement was lost, which no honest hub can explain: copies and audits stop there.',
    },
  ],
  [
    'snapshot',
    answers.snapshot,
    {
      id: 'Snapshot',
      title: 'Snapshot',
      description:
        'The whole log up to one checkpoint, in parts that can be fetched in any order and again: gzipped lines of the feed.',
    },
  ],
  [
    'problem',
    answers.problem,
    {
      id: 'Problem',
      title: 'Problem',
      description:
        'Problem details (RFC 9457): which rule, the offending value, and what to do. Decide by `code`, never by the wording.',
    },
  ],
  ...CASE_DOCUMENTS,
]

for (const [schema, meta] of PARTS) published.add(schema, meta)
for (const [, schema, meta] of DOCUMENTS) published.add(schema, meta)
// The only recursive type; with a name of its own it needs no shared definitions.
published.add(requirement.shape.schema.valueType, { id: 'JsonValue', description: 'Any JSON value.' })
// The endpoint counts NDJSON lines and array members alike, so the limit is its own and not zod's.
published.add(publishRequest.shape.statements, { minItems: 1, maxItems: MAX_BATCH })

/** Component name by file name. */
export const DOCUMENT_IDS: ReadonlyMap<string, string> = new Map(
  DOCUMENTS.map(([name, , { id }]) => [name, id]),
)
