/** Questions to a member's definition: its marks, what they presuppose, which rules apply (DESIGN 4.7, 4.8). */
import type { Level, Mark, MemberDefinition, Presupposition } from './definition.js'
import { rulesInForce } from './rules-in-force.js'

export { type RequirementFacts, type RequirementFault, requirementFaults } from './requirements.js'
export { rulesInForce } from './rules-in-force.js'
export { longestValidity } from './validity.js'

/** Finds a mark by id; undefined when the member awards none such. */
export function markOf(definition: MemberDefinition, markId: string): Mark | undefined {
  return definition.marks.find((mark) => mark.id === markId)
}

/**
 * The marks that must be in force for the same holder before the level is awarded.
 * @param on the day to judge by, as in {@link rulesInForce}
 */
export function presupposedMarks(level: Level, on: Date | string): Presupposition[] {
  return rulesInForce(level.presupposes, on)
}
