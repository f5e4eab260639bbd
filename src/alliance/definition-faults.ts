/** What must hold across a member's definition and can't be said in its schema (DESIGN 4.7). */
import { findItemPrinciple } from './code-chapters.js'
import type { Criterion, MemberDefinition, Requirement } from './definition.js'
import { factsOf } from './fact-domain.js'
import { requirementSchemaFaults } from './requirement-schema.js'

/** Every `source` key below a node that the definition's `sources` do not have, with its path. */
function listDanglingSources(node: unknown, path: string, known: MemberDefinition['sources']): string[] {
  if (Array.isArray(node)) return node.flatMap((item, i) => listDanglingSources(item, `${path}[${i}]`, known))
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([key, value]) => {
    // a requirement's schema may speak of a fact called "source"
    if (key === 'schema') return []
    if (key === 'source' && typeof value === 'string')
      return Object.hasOwn(known, value) ? [] : [`${path}.source names "${value}", which is not in sources`]
    return listDanglingSources(value, `${path}.${key}`, known)
  })
}

function listRepeated(ids: string[], what: string): string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map(
    (id) => `${what} "${id}" stands twice`,
  )
}

/** A rule that ends before it begins is in force on no day: always a slip of the pen. */
function listEmptySpans(node: unknown, path: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item, i) => listEmptySpans(item, `${path}[${i}]`))
  if (node === null || typeof node !== 'object') return []
  const { validFrom, validUntil, unsettled } = node as {
    validFrom?: unknown
    validUntil?: unknown
    unsettled?: { since?: unknown }
  }
  const ends = typeof validUntil === 'string'
  const empty = ends && typeof validFrom === 'string' && validUntil <= validFrom
  const since = unsettled?.since
  const late = ends && typeof since === 'string' && validUntil <= since
  return [
    ...(empty ? [`${path} is in force on no day: ${validFrom} to ${validUntil}`] : []),
    ...(late ? [`${path} is unsettled since ${since}, when it is no longer in force`] : []),
    ...Object.entries(node).flatMap(([key, value]) =>
      key === 'schema' ? [] : listEmptySpans(value, `${path}.${key}`),
    ),
  ]
}

/** An item under another chapter's principle would fill a gap that the coverage beside it still shows. */
function listItemFaults(markId: string, { id, principle, items = [] }: Criterion): string[] {
  const where = `criterion ${id} of ${markId}`
  return [
    ...listRepeated(items, `item of ${where}`),
    ...items.flatMap((itemId) => {
      const known = findItemPrinciple(itemId)
      if (!known) return [`${where} names item "${itemId}", which the WTA Code of Conduct does not have`]
      if (known === principle) return []
      return [`${where} is of ${principle}, its item "${itemId}" of ${known}: make it two criteria`]
    }),
  ]
}

/** A schema with faults is not searched for facts: nothing bounds how deep it goes. */
function listRequirementFaults(requirement: Requirement): string[] {
  const { schema, facts = {} } = requirement
  const faults = requirementSchemaFaults(schema)
  if (faults.length > 0) return faults
  const named = factsOf(requirement).map(({ name }) => name)
  return Object.keys(facts).flatMap((name) =>
    named.includes(name) ? [] : [`facts explains "${name}", of which its schema does not speak`],
  )
}

function listMarkFaults(definition: MemberDefinition): string[] {
  return definition.marks.flatMap((mark) => [
    ...listRepeated(
      mark.levels.map((l) => l.id),
      `level of ${mark.id}`,
    ),
    ...listRepeated(
      mark.criteria.map((c) => c.id),
      `criterion of ${mark.id}`,
    ),
    ...mark.criteria.flatMap((c) => listItemFaults(mark.id, c)),
    ...(mark.processingTime?.business && !mark.processingTime.period.endsWith('D')
      ? [`${mark.id}, processingTime: only days can be working days, not ${mark.processingTime.period}`]
      : []),
    ...mark.levels.flatMap((level) => [
      ...level.presupposes.flatMap((p) => {
        const target = definition.marks.find((m) => m.id === p.mark)
        const found = target && (p.level === undefined || target.levels.some((l) => l.id === p.level))
        const wanted = p.level === undefined ? p.mark : `${p.mark}/${p.level}`
        return found ? [] : [`${mark.id}/${level.id} presupposes ${wanted}, which is not defined`]
      }),
      ...level.requirements.flatMap((r) =>
        listRequirementFaults(r).map((fault) => `${mark.id}/${level.id}, requirement ${r.id}: ${fault}`),
      ),
    ]),
  ])
}

function listComplaintFaults({ roles, complaints }: MemberDefinition): string[] {
  if (!complaints) return roles.includes('disputes') ? ['the role disputes needs complaints'] : []
  const based = complaints.basis?.map((b) => b.takes)
  return [
    ...listRepeated(complaints.takes, 'competence'),
    ...(based ? complaints.takes.filter((t) => !based.includes(t)) : []).map((t) => `"${t}" has no basis`),
    ...(based?.filter((t) => !complaints.takes.includes(t)) ?? []).map(
      (t) => `"${t}" has a basis and is not taken`,
    ),
  ]
}

/**
 * Checks what a schema can't say: every source key resolves, ids are unique, rules are in force on some day and
 * unsettled only while they are, explained facts are asked for, working days are days,
 * a criterion's items stand in the WTA Code under its principle, presupposed marks exist, requirement schemas keep
 * to the allowed keywords, a member with the role `issuer` has marks, one with `disputes` says what complaints it
 * takes and on what basis.
 * @returns every fault found, empty when the definition holds together
 */
export function definitionFaults(definition: MemberDefinition): string[] {
  const { id, country, roles, marks } = definition
  return [
    ...(id.startsWith(`${country.toLowerCase()}-`) ? [] : [`id ${id} does not begin with the country`]),
    ...listDanglingSources({ ...definition, sources: {} }, id, definition.sources),
    ...listEmptySpans({ ...definition, sources: {} }, id),
    ...listRepeated(
      marks.map((m) => m.id),
      'mark',
    ),
    ...listMarkFaults(definition),
    ...(roles.includes('issuer') === marks.length > 0 ? [] : ['the role issuer and marks go together']),
    ...listComplaintFaults(definition),
  ]
}
