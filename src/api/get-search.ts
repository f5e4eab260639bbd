/** `GET /v1/search`: certified shops by name in any script, and by filters, newest first (DESIGN 5). */
import type { Context } from 'hono'
import { MARK_KINDS, PRESENCE_KINDS } from '../alliance/definition.js'
import { PRINCIPLES } from '../alliance/principles.js'
import { searchDirectory } from '../hub/directory/search.js'
import type { Reader } from '../hub/hub.js'
import {
  type DirectoryQuery,
  directoryQuery,
  MAX_DIRECTORY_PAGE,
  MAX_SEARCH_TEXT,
} from '../record/directory.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, readInteger, TYPES } from './http.js'

const TEXT = `a text of at most ${MAX_SEARCH_TEXT} characters`
const COUNTRY = 'the ISO 3166-1 code of a country, such as TH'

/** What each parameter takes, in words. */
const TAKES: Record<keyof DirectoryQuery, string> = {
  q: TEXT,
  country: COUNTRY,
  member: 'the id of a member, such as th-dbd',
  mark: 'a member and its mark, such as th-dbd/verified',
  level: 'a member, its mark and a level of it, such as th-dbd/verified/gold',
  kind: `one of ${MARK_KINDS.join(', ')}`,
  principle: `one of ${PRINCIPLES.join(', ')}`,
  language: 'a BCP 47 language tag, such as th or zh-Hant',
  shipsTo: COUNTRY,
  sector: TEXT,
  platform: `one of ${PRESENCE_KINDS.join(', ')}`,
  after: 'the next of the page before',
  limit: `a whole number from 1 to ${MAX_DIRECTORY_PAGE}`,
}

/** @throws Refusal `bad-query`, and those of {@link searchDirectory} */
export async function getSearch(c: Context, hub: Reader): Promise<Response> {
  const page = await searchDirectory(hub, readQuery(c))
  // A path: on a copy it leads back to the copy (RFC 8288 section 3.1).
  const next = page.next === null ? undefined : `/v1/search?${formatQuery(c, page.next)}`
  return answer(c, {
    body: JSON.stringify(page),
    type: TYPES.json,
    cache: CACHE.lookup,
    headers: {
      'Checkpoint-Size': String(page.asOf.size),
      ...(next && { Link: `<${next}>; rel="next"` }),
    },
  })
}

/** A filter that is misspelt or passed over would show shops that nobody asked for. @throws Refusal `bad-query`, `bad-cursor` */
function readQuery(c: Context): DirectoryQuery {
  const given = c.req.queries()
  const query: Record<string, string | number> = {}
  for (const [name, values] of Object.entries(given)) {
    if (!Object.hasOwn(TAKES, name)) {
      throw new Refusal('bad-query', {
        detail: `There is no such parameter; there are ${Object.keys(TAKES).join(', ')}.`,
        value: name.slice(0, 40),
        at: name.slice(0, 40),
      })
    }
    if (values.length > 1) throw new Refusal('bad-query', { detail: `${name} may be given once.`, at: name })
    query[name] = values[0] ?? ''
  }
  if (query.limit !== undefined)
    query.limit = readInteger(c, 'limit', { min: 1, max: MAX_DIRECTORY_PAGE, fallback: 1 })
  const read = directoryQuery.safeParse(query)
  if (read.success) return read.data
  const name = String(read.error.issues[0]?.path[0]) as keyof DirectoryQuery
  throw new Refusal(name === 'after' ? 'bad-cursor' : 'bad-query', {
    detail: `${name} is ${TAKES[name]}.`,
    value: String(query[name]).slice(0, 40),
    at: name,
  })
}

function formatQuery(c: Context, after: string): string {
  const parameters = Object.entries(c.req.query()).filter(([name]) => name !== 'after')
  // A slash may stand in a query as it is (RFC 3986 section 3.4), and reads better.
  return new URLSearchParams([...parameters, ['after', after]]).toString().replaceAll('%2F', '/')
}
