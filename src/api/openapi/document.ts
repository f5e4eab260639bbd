/** The OpenAPI 3.1 document: the operations written down as data, with the published schemas as components. */
import { type Problem, REFUSALS, type RefusalCode } from '../../refusal.js'
import { TYPES } from '../http.js'
import { ABOUT_OPERATIONS } from './about-operations.js'
import { CASE_OPERATIONS } from './case-operations.js'
import { ROUTE_OPERATIONS } from './complaint-operations.js'
import { EXAMPLE_NAME, EXAMPLE_ORIGIN, problemExample } from './examples.js'
import { type JsonSchema, listComponents } from './json-schema.js'
import { LOG_OPERATIONS } from './log-operations.js'
import { LOOK_UP_OPERATIONS } from './look-up-operations.js'
import { MEMBER_OPERATIONS } from './member-operations.js'
import { OFFICE_OPERATIONS } from './office-operations.js'
import { AREAS, type HeaderName, type Operation, type OperationAnswer, ref } from './operation.js'
import { PUBLISH_OPERATIONS } from './publish-operations.js'

/** Version of the contract, not of the software: its first number is that of the paths. */
const API_VERSION = '1.0.0'

const OPERATIONS = [
  ...LOOK_UP_OPERATIONS,
  ...PUBLISH_OPERATIONS,
  ...MEMBER_OPERATIONS,
  ...ROUTE_OPERATIONS,
  ...CASE_OPERATIONS,
  ...OFFICE_OPERATIONS,
  ...LOG_OPERATIONS,
  ...ABOUT_OPERATIONS,
]

const ABOUT = `National trustmark agencies publish signed records of certified online shops here; anyone, in any country, asks whether the mark on a shop is genuine. Every fact is a statement signed by the one who has the right to say it, and every accepted statement is in a public append-only log.

- No account or key is needed to look up. To publish, the statement's own signature is the credential. Cases of complaints open to their parties' keys only, and none of them is in the log.
- Whatever is refused answers \`application/problem+json\` (RFC 9457) with a stable \`code\`, the offending value and the remedy. Any address answers 405 with \`Allow\` to a method it does not have.
- Times are ISO 8601 in UTC; within signed statements, whole seconds since 1970; in log entries, milliseconds.
- Answers may gain members within version 1: pass over those you don't know.`

const DEMO = `

**This hub is a demo.** Its shops are fictional, its keys were made for it, and the agencies it names take no part in it. Every answer about them says \`"demo": true\`.`

const HEADERS: Record<HeaderName | 'ETag' | 'Cache-Control', JsonSchema> = {
  ETag: { description: 'Entity tag of the answer, for `If-None-Match`.', schema: { type: 'string' } },
  'Cache-Control': { description: 'For how long the answer may be kept.', schema: { type: 'string' } },
  'Checkpoint-Size': {
    description: 'Size of the log on which the answer rests.',
    schema: { type: 'integer', minimum: 0 },
  },
  'Next-After': {
    description:
      'What to send as `after` next time, also when nothing was found; absent while the log is empty.',
    schema: { type: 'integer', minimum: 0 },
  },
  Link: {
    description: 'The next page, as `<path>; rel="next"`, with the same filters; absent on the last.',
    schema: { type: 'string' },
  },
  Vary: { description: 'The answer depends on these headers of the request.', schema: { type: 'string' } },
  'Content-Disposition': { description: 'A file name for the answer.', schema: { type: 'string' } },
  Location: { description: 'Where to go.', schema: { type: 'string' } },
  'Preference-Applied': {
    description: 'Which preference of `Prefer` was followed (RFC 7240).',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'In how many seconds it may be tried again.',
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': { description: 'What it would take: `Bearer`.', schema: { type: 'string' } },
}

/** The document as JSON text. Examples name this hub. */
export function formatOpenApi({ origin, demo }: { origin: string; demo: boolean }): string {
  const document = {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: demo ? 'Trustmark Hub (demo)' : 'Trustmark Hub',
      version: API_VERSION,
      summary: 'Is the trustmark on this shop genuine?',
      description: demo ? ABOUT + DEMO : ABOUT,
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: EXAMPLE_ORIGIN, description: demo ? 'This demo' : 'This hub' }],
    security: [],
    tags: Object.entries(AREAS).map(([name, description]) => ({ name, description })),
    paths: formatPaths(),
    components: {
      schemas: listComponents(),
      headers: HEADERS,
      parameters: {
        'If-None-Match': {
          name: 'If-None-Match',
          in: 'header',
          description: 'Entity tag of the answer already held.',
          schema: { type: 'string' },
        },
      },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A consumer sends the access key of her case: 43 characters that her browser derives from her secret. An agency, and the secretariat, sign a client assertion (RFC 7523) for each request: a JWT with typ `client-authentication+jwt`, `iss` = `sub` = its entity identifier, `aud` the alliance’s, `exp` at most 300 s after `iat` and a fresh `jti`, by an auth key (the operator’s).',
        },
      },
      responses: {
        'Not-Modified': {
          description: 'The answer already held is still right.',
          headers: formatHeaders(['ETag', 'Cache-Control']),
        },
        Failure: {
          description: 'The hub failed. Nothing that was acknowledged is lost.',
          content: formatProblems(['internal-error']),
        },
      },
    },
  }
  const host = new URL(origin).host
  return JSON.stringify(document).replace(EXAMPLE_NAME, (name) => (name === EXAMPLE_ORIGIN ? origin : host))
}

function formatPaths(): Record<string, JsonSchema> {
  const paths: Record<string, JsonSchema> = {}
  for (const operation of OPERATIONS)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: formatOperation(operation) }
  return paths
}

function formatOperation({
  id,
  area,
  summary,
  description,
  parameters = [],
  body,
  answers,
  refusals = [],
  bearer,
}: Operation): JsonSchema {
  const tagged = Object.values(answers).some((answer) => answer.tagged)
  return {
    operationId: id,
    tags: [area],
    summary,
    ...(description && { description }),
    ...(bearer && { security: [{ bearer: [] }] }),
    parameters: [
      ...parameters.map((parameter) => ({ required: parameter.in === 'path', ...parameter })),
      ...(tagged ? [{ $ref: '#/components/parameters/If-None-Match' }] : []),
    ],
    ...(body && { requestBody: { ...body, required: true } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, formatAnswer(answer)]),
      ),
      ...(tagged && { 304: { $ref: '#/components/responses/Not-Modified' } }),
      ...formatRefusals(refusals),
      default: { $ref: '#/components/responses/Failure' },
    },
  }
}

function formatAnswer({ description, content, headers = [], tagged }: OperationAnswer): JsonSchema {
  const names = [...(tagged ? (['ETag', 'Cache-Control'] as const) : []), ...headers]
  return {
    description,
    ...(names.length > 0 && { headers: formatHeaders(names) }),
    ...(content && { content }),
  }
}

function formatHeaders(names: readonly (keyof typeof HEADERS)[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const REFUSAL_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
}

/** One response for each status, with the problems that share it. */
function formatRefusals(codes: readonly RefusalCode[]): Record<number, JsonSchema> {
  const statuses = [...new Set(codes.map((code) => REFUSALS[code][0]))]
  return Object.fromEntries(
    statuses.map((status) => {
      const shared = codes.filter((code) => REFUSALS[code][0] === status)
      const description = shared.map((code) => `\`${code}\`: ${REFUSALS[code][1]}.`).join(' ')
      const headers = REFUSAL_HEADERS[status]
      return [
        status,
        { description, ...(headers && { headers: formatHeaders(headers) }), content: formatProblems(shared) },
      ]
    }),
  )
}

function formatProblems(codes: readonly RefusalCode[]): JsonSchema {
  const examples = codes.map((code): [string, { summary: string; value: Problem }] => [
    code,
    { summary: REFUSALS[code][1], value: problemExample(code) },
  ])
  return { [TYPES.problem]: { schema: ref('Problem'), examples: Object.fromEntries(examples) } }
}
