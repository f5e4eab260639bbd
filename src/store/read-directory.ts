/** A page of the directory, and how many there are: in one query where the page is among the newest (DESIGN 5, `GET /v1/search`). */
import type { DirectoryQuestion, FoundDirectory, FoundRecord } from '../hub/store.js'
import type { Database } from './database.js'
import { type Match, matchesQuery } from './directory-queries.js'

interface Looked {
  matches: Match[]
  /** Where it stopped before the end; undefined where all that were wanted, or all there are, were found. */
  reached?: number
}

export async function readDirectory(
  database: Database,
  question: DirectoryQuestion,
  read: (ids: readonly string[]) => Promise<FoundRecord[]>,
): Promise<FoundDirectory> {
  const { before = Number.POSITIVE_INFINITY, limit, countTo } = question
  const newest = countTo === undefined ? undefined : await look(database, question, { limit: countTo })
  const known = newest?.matches.filter(({ idx }) => idx < before) ?? []
  const isKnown =
    newest !== undefined &&
    (known.length >= limit || newest.matches.length < (countTo ?? 0)) &&
    (newest.reached ?? 0) < before
  const page: Looked = isKnown
    ? {
        matches: known.slice(0, limit),
        ...(known.length < limit && newest.reached !== undefined && { reached: newest.reached }),
      }
    : await look(database, question, { before: question.before, limit })
  const records = await read(page.matches.map(({ id }) => id))
  return {
    records: records.sort((a, b) => b.index - a.index),
    count: newest?.matches.length ?? 0,
    countedAll: newest?.reached === undefined,
    ...(page.reached !== undefined && { reached: page.reached }),
  }
}

async function look(
  database: Database,
  question: DirectoryQuestion,
  range: { before?: number | undefined; limit: number },
): Promise<Looked> {
  const rows = await database.read(matchesQuery(database.kysely, question, range))
  const matches = rows.filter(({ fits }) => fits)
  const last = rows.at(-1)
  const isCut = matches.length < range.limit && last?.n === question.reach
  return { matches, ...(isCut && { reached: last.idx }) }
}
