/** What a seal can say in large letters: the verdicts on a record, and what only a seal has to say (issue 5, story 3). */
import type { VerdictWord } from '../../record/verdict.js'

/** A seal asks about a record, never about a link; `elsewhere` and `unavailable` are said of the seal, not of the mark. */
export type SealWord = Exclude<VerdictWord, 'unresolvable-link'> | 'elsewhere' | 'unavailable'
