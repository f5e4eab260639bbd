/** The type of a `fact.` column: as the mapping says, or as the requirements of the member's levels say (DESIGN 4.8). */
import type { MemberDefinition } from '../../alliance/definition.js'
import type { FactType, Field } from './fields.js'
import { ImportError } from './import-error.js'

type JsonType = 'string' | 'integer' | 'number' | 'boolean'

const JSON_TYPES: Record<FactType, JsonType> = {
  text: 'string',
  date: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
}

function typeOf(schema: unknown): JsonType | undefined {
  if (schema === null || typeof schema !== 'object') return undefined
  const { type, const: only, enum: choices, minimum } = schema as Record<string, unknown>
  if (type === 'string' || type === 'integer' || type === 'number' || type === 'boolean') return type
  const sample: unknown = only ?? (Array.isArray(choices) ? choices[0] : minimum)
  if (typeof sample === 'number') return Number.isInteger(sample) ? 'integer' : 'number'
  return typeof sample === 'string' || typeof sample === 'boolean' ? (typeof sample as JsonType) : undefined
}

function collect(schema: unknown, found: Map<string, JsonType>): void {
  if (schema === null || typeof schema !== 'object') return
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' && value !== null && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) {
        const type = typeOf(inner)
        if (type && !found.has(name)) found.set(name, type)
      }
    collect(value, found)
  }
}

/** The facts that the requirements of the member's levels ask for, with their JSON types, in order of appearance. */
export function requiredFacts(definition: MemberDefinition): Map<string, JsonType> {
  const found = new Map<string, JsonType>()
  for (const mark of definition.marks)
    for (const level of mark.levels) for (const { schema } of level.requirements) collect(schema, found)
  found.delete('holderKind')
  return found
}

/**
 * How a fact is read; undefined for other fields.
 * @param where the place in the mapping, for the refusal
 * @throws {ImportError} `bad-mapping` when neither says the type, or both say different ones
 */
export function resolveFactType(
  where: string,
  field: Field,
  definition: MemberDefinition,
): FactType | undefined {
  if (field.name !== 'fact') return undefined
  const required = requiredFacts(definition).get(field.fact)
  if (field.type === undefined && required === undefined)
    throw new ImportError(
      'bad-mapping',
      `${where}: no rule of ${definition.id} knows the fact "${field.fact}". Write its type, such as "fact.${field.fact}:text" (integer, number, boolean, date).`,
    )
  if (field.type !== undefined && required !== undefined && JSON_TYPES[field.type] !== required)
    throw new ImportError(
      'bad-mapping',
      `${where}: the rules of ${definition.id} take the fact "${field.fact}" as ${required}, the mapping as ${field.type}. Write "fact.${field.fact}".`,
    )
  return field.type ?? (required === 'string' ? 'text' : required)
}
