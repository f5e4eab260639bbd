/**
 * The chapters of the WTA Code of Conduct and the numbers of their items, without names (DESIGN 2, principle and criterion):
 * whoever verifies an admission needs them, browsers too.
 */
import { MONITORING, type Principle } from './principles.js'

/** The alliance's name for a chapter. */
export type CodePrinciple = Principle | typeof MONITORING

/**
 * In the Code's own order. An id stands in members' definitions and so in the log: it is never given to another item.
 * Headings over parts (1.3, 2.2) are no items of their own.
 */
export const CODE_CHAPTERS = [
  { principle: 'disclosure', ids: ['1.1', '1.2', '1.3.1', '1.3.2', '1.3.3', '1.3.4', '1.3.5'] },
  { principle: 'communication', ids: ['2.1', '2.2.1', '2.2.2'] },
  { principle: 'security', ids: ['3.1', '3.2', '3.3', '3.4', '3.5', '3.6'] },
  { principle: 'privacy', ids: ['4.1', '4.2', '4.3', '4.4', '4.5', '4.6', '4.7', '4.8', '4.9'] },
  { principle: 'redress', ids: ['5.1', '5.2', '5.3', '5.4'] },
  { principle: MONITORING, ids: ['6.1', '6.2'] },
] as const satisfies readonly { principle: CodePrinciple; ids: readonly string[] }[]

export type CodeItemId = (typeof CODE_CHAPTERS)[number]['ids'][number]

/** The chapter that an item stands in; undefined when the Code has no such item. */
export function findItemPrinciple(id: string): CodePrinciple | undefined {
  return CODE_CHAPTERS.find(({ ids }) => ids.some((known) => known === id))?.principle
}
