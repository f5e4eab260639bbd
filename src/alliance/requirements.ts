/** Checks a record's facts against the requirements of its level (DESIGN 4.8). */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { Level, Requirement } from './definition.js'
import { rulesInForce } from './rules-in-force.js'

/** What a requirement is asked of: the record's `facts`, and the kind of its holder under `holderKind`. */
export type RequirementFacts = Readonly<
  Record<string, string | number | boolean> & { holderKind: 'natural' | 'juristic' }
>

/** A requirement that a record does not meet. */
export interface RequirementFault {
  requirement: Requirement
  /** The claim at fault, such as `trustmark.facts.yearsRegistered`. */
  at: string
  /** Its value, `null` where the record is silent. */
  value: string | number | boolean | null
}

/** A failure of one of these only repeats that something below it failed. */
const APPLICATORS = new Set(['properties', 'if', 'allOf', 'anyOf', 'oneOf'])

interface Compiled {
  requirement: Requirement
  validator: Validator
}

/** Compiling costs far more than checking, and a level is checked for every record of a push. */
const compiled = new WeakMap<Level, Compiled[]>()

function compile(level: Level): Compiled[] {
  let list = compiled.get(level)
  if (!list) {
    list = level.requirements.map((requirement) => ({
      requirement,
      validator: new Validator(requirement.schema as Schema, '2020-12', false),
    }))
    compiled.set(level, list)
  }
  return list
}

/** Follows `#/then/required` into the schema. Keywords and fact names hold neither `/` nor `~`, so nothing is escaped. */
function findKeyword(schema: unknown, location: string): unknown {
  return location
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], schema)
}

/** The facts that one failure speaks of; the empty name is the record's facts as a whole. */
function listNames(unit: OutputUnit, schema: unknown, facts: RequirementFacts): string[] {
  if (APPLICATORS.has(unit.keyword)) return []
  if (unit.keyword !== 'required') return [unit.instanceLocation.split('/')[1] ?? '']
  const required = findKeyword(schema, unit.keywordLocation)
  return Array.isArray(required) ? required.filter((name) => !Object.hasOwn(facts, name)) : ['']
}

function formatClaim(name: string): string {
  if (name === '') return 'trustmark.facts'
  return name === 'holderKind' ? 'trustmark.holder.kind' : `trustmark.facts.${name}`
}

/**
 * Every requirement of the level in force on that day which the facts do not meet, once per claim at fault.
 * @param on the day to judge by, `YYYY-MM-DD`: that of the record's `iat`
 */
export function requirementFaults(level: Level, facts: RequirementFacts, on: string): RequirementFault[] {
  const inForce = new Set(rulesInForce(level.requirements, on))
  return compile(level).flatMap(({ requirement, validator }) => {
    if (!inForce.has(requirement)) return []
    const { valid, errors } = validator.validate(facts)
    if (valid) return []
    const names = new Set(errors.flatMap((unit) => listNames(unit, requirement.schema, facts)))
    return [...(names.size > 0 ? names : [''])].map((name) => ({
      requirement,
      at: formatClaim(name),
      value: facts[name] ?? null,
    }))
  })
}
