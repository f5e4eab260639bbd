/**
 * What a requirement's JSON Schema may say (DESIGN 4.8). A definition comes from another organisation and runs
 * in the hub on every record, so only keywords that cost next to nothing are let in: no `pattern` (a regular
 * expression that never ends), no `$ref` (loops), and nothing unknown (a misspelt `minumum` would let all pass).
 */

type Json = unknown

const APPLICATORS_OF_ONE = ['if', 'then', 'else', 'not'] as const
const APPLICATORS_OF_MANY = ['allOf', 'anyOf', 'oneOf'] as const
const ASSERTIONS = [
  'type',
  'required',
  'const',
  'enum',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
] as const

export const REQUIREMENT_KEYWORDS: readonly string[] = [
  ...ASSERTIONS,
  'properties',
  ...APPLICATORS_OF_ONE,
  ...APPLICATORS_OF_MANY,
]

/** Deepest nesting: an `if` with its `then`, with room; a rule that needs more should be two rules. */
export const MAX_REQUIREMENT_DEPTH = 8

/** The names a record's facts can have, `holderKind` among them. */
export const FACT_NAME = /^[a-zA-Z][a-zA-Z0-9]{0,39}$/

function isObject(value: Json): value is Record<string, Json> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isFactList(value: Json): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && FACT_NAME.test(name))
}

function walk(schema: Json, path: string, depth: number): string[] {
  if (!isObject(schema)) return [`${path} is not an object schema`]
  if (depth > MAX_REQUIREMENT_DEPTH) return [`${path} is nested deeper than ${MAX_REQUIREMENT_DEPTH}`]
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const at = `${path}/${keyword}`
    if (!REQUIREMENT_KEYWORDS.includes(keyword)) return [`${at} is not an allowed keyword`]
    if (keyword === 'required') return isFactList(value) ? [] : [`${at} is not a list of names of facts`]
    if (keyword === 'properties') {
      if (!isObject(value)) return [`${at} is not an object`]
      return Object.entries(value).flatMap(([name, inner]) =>
        FACT_NAME.test(name)
          ? walk(inner, `${at}/${name}`, depth + 1)
          : [`${at}/${name} is not a name of a fact`],
      )
    }
    if ((APPLICATORS_OF_ONE as readonly string[]).includes(keyword)) return walk(value, at, depth + 1)
    if ((APPLICATORS_OF_MANY as readonly string[]).includes(keyword)) {
      if (!Array.isArray(value) || value.length === 0) return [`${at} is not a list of schemas`]
      return value.flatMap((inner, i) => walk(inner, `${at}/${i}`, depth + 1))
    }
    return []
  })
}

/**
 * Checks a requirement's schema.
 * @returns every fault found, empty when the schema may be used
 */
export function requirementSchemaFaults(schema: Readonly<Record<string, Json>>): string[] {
  const faults = walk(schema, '#', 1)
  if (schema.type !== 'object') faults.push('# is not of type object')
  return faults
}
