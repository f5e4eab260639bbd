/** From what is asked of the directory to what SQLite's FTS5 understands, which no text can break out of. */
import type { DirectoryQuery } from '../../record/directory.js'
import { matchPhrases } from '../../record/search-terms.js'
import { Refusal } from '../../refusal.js'
import { type Facet, facet } from './facet.js'

const FACETS = ['country', 'member', 'mark', 'level', 'principle', 'language', 'shipsTo', 'platform'] as const

/** What a question is narrowed to beside what it says. */
export interface Narrowed {
  /** `member/mark` of each mark of the kind that is asked for, at least one; absent for all kinds. */
  marks?: readonly string[]
  /** Ids of those whose records may be listed, at least one; absent where no others have any. */
  members?: readonly string[]
}

/**
 * @returns undefined when everybody is asked for
 * @throws Refusal `bad-query` for a text with neither letter nor digit
 */
export function matchQuery(query: DirectoryQuery, { marks, members }: Narrowed = {}): string | undefined {
  const exact = FACETS.flatMap((name) => (query[name] === undefined ? [] : [quoted(name, query[name])]))
  const parts = [
    ...textPart('{name place}', 'q', query.q),
    ...textPart('sector', 'sector', query.sector),
    ...exact.map((term) => `facets : ${term}`),
    ...(marks ? [anyOf('mark', marks)] : []),
    ...(members ? [anyOf('member', members)] : []),
  ]
  return parts.length > 0 ? parts.join(' AND ') : undefined
}

function anyOf(name: Facet, values: readonly string[]): string {
  return `facets : (${values.map((value) => quoted(name, value)).join(' OR ')})`
}

function quoted(name: Facet, value: string): string {
  // A quote would end the term; no facet has anything but these.
  return `"${facet(name, value).replace(/[^a-z0-9:/-]/g, '')}"`
}

/** A form sends empty fields too: they ask for nothing. */
function textPart(columns: string, name: 'q' | 'sector', text = ''): string[] {
  if (text.trim() === '') return []
  const phrases = matchPhrases(text)
  if (phrases.length > 0) return phrases.map((phrase) => `${columns} : ${phrase}`)
  throw new Refusal('bad-query', {
    detail: `${name} has neither letter nor digit, so there is nothing to look for.`,
    value: text,
    at: name,
  })
}
