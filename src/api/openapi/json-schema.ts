/** JSON Schemas (2020-12) out of the zod types: as files of their own, and as the components of the OpenAPI document. */
import * as z from 'zod'
import { MEMBER_TEXTS } from './member-texts.js'
import { DOCUMENT_IDS, published } from './registry.js'

/** The media type of a published schema. */
export const SCHEMA_TYPE = 'application/schema+json'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
const DEFS = '#/$defs/'
const COMPONENTS = '#/components/schemas/'

/** A JSON Schema or a part of one. */
export type JsonSchema = { [keyword: string]: unknown }

/**
 * Zod's patterns for dates count the days of February in 250 characters. `format` says the same; the short pattern
 * keeps validators honest that take `format` as a remark, and bars other offsets than UTC.
 */
const TIME_PATTERNS: Record<string, string> = {
  date: String.raw`^\d{4}-\d{2}-\d{2}$`,
  'date-time': String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(\.\d+)?Z$`,
}

function override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const pattern = TIME_PATTERNS[jsonSchema.format ?? '']
  if (pattern) jsonSchema.pattern = pattern
}

let components: Record<string, JsonSchema> | undefined

/** Every published schema by component name, referring to each other below `#/$defs/`. */
function convert(): Record<string, JsonSchema> {
  if (components) return components
  const { schemas } = z.toJSONSchema(published, {
    target: 'draft-2020-12',
    metadata: published,
    uri: (id) => `${DEFS}${id}`,
    override,
  })
  components = Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, id: _name, ...schema }]) => [
      name,
      describeMembers(name, schema as JsonSchema),
    ]),
  )
  return components
}

/** Adds the members' texts here rather than in the registry, where one type used twice could have one text only. */
function describeMembers(name: string, schema: JsonSchema): JsonSchema {
  const texts = MEMBER_TEXTS[name]
  const properties = schema.properties as Record<string, JsonSchema> | undefined
  if (!texts || !properties) return schema
  const described = Object.entries(properties).map(([key, member]) => [
    key,
    { ...member, ...(texts[key] && { description: texts[key] }) },
  ])
  return { ...schema, properties: Object.fromEntries(described) }
}

/** The components of the OpenAPI document. */
export function listComponents(): Record<string, JsonSchema> {
  return JSON.parse(JSON.stringify(convert()).replaceAll(`"${DEFS}`, `"${COMPONENTS}`)) as Record<
    string,
    JsonSchema
  >
}

/** Names of the published documents, each served at `/schemas/<name>.json`. */
export function listSchemaNames(): { name: string; title: string }[] {
  return [...DOCUMENT_IDS].map(([name, id]) => ({ name, title: String(convert()[id]?.title) }))
}

/**
 * A published document as text, exactly as it lies in schemas/. Self-contained: what it refers to stands in its
 * `$defs`. Its `$id` is a path, so that it resolves at whichever hub serves it.
 * @param name without `.json` @returns undefined for an unknown name
 */
export function formatSchema(name: string): string | undefined {
  const all = convert()
  const root = all[DOCUMENT_IDS.get(name) ?? '']
  if (!root) return undefined
  const $defs = Object.fromEntries([...collectRefs(root, all)].sort().map((id) => [id, all[id]]))
  const { title, description, ...keywords } = root
  const document = {
    $comment: 'Generated from the zod types by `npm run schemas`; edits are overwritten.',
    $schema: DIALECT,
    $id: `/schemas/${name}.json`,
    title,
    description,
    ...keywords,
    ...(Object.keys($defs).length > 0 && { $defs }),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The names that a schema refers to, through any number of steps. */
function collectRefs(
  schema: unknown,
  all: Record<string, JsonSchema>,
  found = new Set<string>(),
): Set<string> {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([A-Za-z0-9]+)"/g)) {
    if (found.has(name)) continue
    found.add(name)
    collectRefs(all[name], all, found)
  }
  return found
}
