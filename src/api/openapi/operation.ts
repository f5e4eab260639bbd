/** How an operation of the API is written down, before it becomes OpenAPI. */
import type { RefusalCode } from '../../refusal.js'
import type { JsonSchema } from './json-schema.js'

/** Areas in which operations are shown together, in this order. */
export const AREAS = {
  'Looking up': 'Is the mark on this shop genuine, and what does it promise?',
  Publishing:
    'How members’ signed statements come in. The signature is the credential; there are no accounts.',
  Members: 'Who publishes here, which marks, and how they map onto the five common principles.',
  Complaints:
    'Where a complaint goes, and its case from filing to close. What is written is encrypted by the consumer’s browser; the hub never reads it.',
  Log: 'The public append-only log (C2SP tlog) from which everything shown here can be made again.',
  Federation: 'OpenID Federation 1.0: the alliance as trust anchor.',
  About: 'This description, the schemas, the problems, and whether the hub runs.',
} as const

/** Response headers beyond the common ones; described once in the document’s components. */
export type HeaderName =
  | 'Checkpoint-Size'
  | 'Next-After'
  | 'Link'
  | 'Vary'
  | 'Content-Disposition'
  | 'Location'
  | 'Preference-Applied'
  | 'Retry-After'
  | 'WWW-Authenticate'

interface Media {
  schema: JsonSchema
  examples?: Readonly<Record<string, { summary: string; value: unknown }>>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  description: string
  schema: JsonSchema
  /** A query parameter that can't be left out. */
  required?: true
  example?: string | number
}

export interface OperationAnswer {
  description: string
  content?: Readonly<Record<string, Media>>
  headers?: readonly HeaderName[]
  /** It carries an entity tag, so that it can be asked for conditionally. */
  tagged?: boolean
}

export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  id: string
  area: keyof typeof AREAS
  summary: string
  description?: string
  /** It takes a key in `Authorization: Bearer`; which, the description says. */
  bearer?: true
  parameters?: readonly Parameter[]
  body?: { description: string; content: Readonly<Record<string, Media>> }
  answers: Readonly<Record<number, OperationAnswer>>
  /** Every problem it may answer, apart from a failure of the hub itself. */
  refusals?: readonly RefusalCode[]
}

/** Refers to a published schema by its component name. */
export function ref(component: string): JsonSchema {
  return { $ref: `#/components/schemas/${component}` }
}

/** A signed answer: to whoever reads schemas it is a string, within which the payload has a shape (2020-12 section 8.5). */
export function jwt(mediaType: string, typ: string, payload: JsonSchema): JsonSchema {
  const text = { type: 'string' }
  const header = {
    type: 'object',
    properties: { alg: text, kid: text, typ: { const: typ } },
    required: ['alg', 'kid', 'typ'],
  }
  return {
    type: 'string',
    contentMediaType: mediaType,
    contentSchema: { type: 'array', minItems: 2, prefixItems: [header, payload] },
  }
}

/** Lines of JSON; OpenAPI 3.1 has no word for the schema of one line. */
export function lines(line: JsonSchema): JsonSchema {
  return { type: 'string', 'x-line-schema': line }
}
