/**
 * Which facts a requirement speaks of, and which answers to each of them could make a difference (DESIGN 4.8). Read from
 * the requirement's own schema, so that a questionnaire asks what the hub will judge.
 */
import type { Requirement } from './definition.js'

/** An answer to a question about a fact; `null`: it is known that there is none. */
export type FactAnswer = string | number | boolean | null

/** How a fact is asked for. */
export interface FactShape {
  name: string
  /** `unclear`: the schema allows several types, or hints at none, or wants more of a text than that there is one. */
  type: 'boolean' | 'count' | 'text' | 'unclear'
  /** Rising whole numbers at which the judgement of a count may change. */
  bounds: readonly number[]
  /** Every answer that can be judged differently from the others, `null` first. */
  answers: readonly FactAnswer[]
}

/** The record's `holder.kind` beside its facts: asked once, for all marks. */
export const HOLDER_KIND_FACT = 'holderKind'

/** Longest text made up to stand for an answer; a schema that asks for a longer one is beyond a questionnaire. */
const MAX_STAND_IN = 1000
/** Largest number that is asked for: years or months of a business. */
export const MAX_COUNT = 999

interface Hints {
  types: Set<string>
  bounds: Set<number>
  lengths: Set<number>
  values: Set<string | number | boolean>
}

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The schemas one level down that speak of the same thing. */
function listBranches(schema: Node): Node[] {
  const one = ['if', 'then', 'else', 'not'].map((keyword) => schema[keyword])
  const many = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schema[keyword] ?? [])
  return [...one, ...many].filter(isNode)
}

function gather(schema: Node, hints: Hints): void {
  const { type, const: only, enum: several } = schema
  if (typeof type === 'string') hints.types.add(type)
  if (Array.isArray(type)) for (const one of type) if (typeof one === 'string') hints.types.add(one)
  for (const value of [only, ...(Array.isArray(several) ? several : [])]) {
    if (typeof value === 'string' || typeof value === 'boolean') hints.values.add(value)
    if (typeof value === 'number') for (const bound of [value, value + 1]) hints.bounds.add(bound)
  }
  const number = (keyword: string, more: number, into: Set<number>): void => {
    const value = schema[keyword]
    if (typeof value === 'number') into.add(Math.ceil(value) + more)
  }
  number('minimum', 0, hints.bounds)
  number('exclusiveMaximum', 0, hints.bounds)
  number('exclusiveMinimum', 1, hints.bounds)
  number('maximum', 1, hints.bounds)
  number('minLength', 0, hints.lengths)
  number('maxLength', 1, hints.lengths)
  for (const branch of listBranches(schema)) gather(branch, hints)
}

function collect(schema: Node, byName: Map<string, Hints>): void {
  const of = (name: string): Hints => {
    const known = byName.get(name) ?? {
      types: new Set(),
      bounds: new Set(),
      lengths: new Set(),
      values: new Set(),
    }
    byName.set(name, known)
    return known
  }
  if (Array.isArray(schema.required))
    for (const name of schema.required) if (typeof name === 'string') of(name)
  if (isNode(schema.properties))
    for (const [name, inner] of Object.entries(schema.properties)) if (isNode(inner)) gather(inner, of(name))
  for (const branch of listBranches(schema)) collect(branch, byName)
}

function typeOf({ types, bounds, lengths, values }: Hints): FactShape['type'] {
  const kinds = new Set<FactShape['type']>()
  if (types.has('boolean')) kinds.add('boolean')
  if (types.has('integer') || types.has('number')) kinds.add('count')
  if (types.has('string')) kinds.add('text')
  if (kinds.size === 0) {
    for (const value of values) kinds.add(typeof value === 'boolean' ? 'boolean' : 'text')
    if (bounds.size > 0) kinds.add('count')
    if (lengths.size > 0) kinds.add('text')
  }
  const [kind = 'unclear', ...others] = kinds
  const wantsWords =
    [...values].some((value) => typeof value === 'string') || [...lengths].some((length) => length > 1)
  return others.length > 0 || wantsWords ? 'unclear' : kind
}

function shapeOf(name: string, hints: Hints): FactShape {
  const type = typeOf(hints)
  const bounds = [...hints.bounds].filter((n) => n >= 0 && n <= MAX_COUNT).sort((a, b) => a - b)
  const booleans = type === 'boolean' || type === 'unclear' ? [true, false] : []
  const counts = type === 'count' || type === 'unclear' ? [...new Set([0, ...bounds])] : []
  const lengths = [1, ...hints.lengths, ...[...hints.lengths].map((n) => n - 1)]
  const texts =
    type === 'text' || type === 'unclear'
      ? [
          ...[...hints.values].filter((value) => typeof value === 'string'),
          ...[...new Set(lengths)].filter((n) => n > 0 && n <= MAX_STAND_IN).map((n) => 'x'.repeat(n)),
        ]
      : []
  return { name, type, bounds, answers: [null, ...booleans, ...counts, ...new Set(texts)] }
}

/** Compiled once: a definition is read far more often than it changes. */
const known = new WeakMap<Requirement, readonly FactShape[]>()

/** The facts that a requirement names, in the order in which it does; the holder's kind is not among them. */
export function factsOf(requirement: Requirement): readonly FactShape[] {
  const kept = known.get(requirement)
  if (kept) return kept
  const byName = new Map<string, Hints>()
  collect(requirement.schema, byName)
  byName.delete(HOLDER_KIND_FACT)
  const shapes = [...byName].map(([name, hints]) => shapeOf(name, hints))
  known.set(requirement, shapes)
  return shapes
}

/**
 * One question for a fact that several requirements name: all bounds together. Requirements that take it for different
 * types make it unclear.
 */
export function mergeFacts(shapes: readonly FactShape[]): FactShape[] {
  const byName = new Map<string, FactShape>()
  for (const shape of shapes) {
    const before = byName.get(shape.name)
    byName.set(
      shape.name,
      before
        ? {
            name: shape.name,
            type: before.type === shape.type ? shape.type : 'unclear',
            bounds: [...new Set([...before.bounds, ...shape.bounds])].sort((a, b) => a - b),
            answers: [...new Set([...before.answers, ...shape.answers])],
          }
        : shape,
    )
  }
  return [...byName.values()]
}
