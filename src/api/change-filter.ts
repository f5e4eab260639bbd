/** Reading which entries of the feed are wanted: `member`, `kind`, `country` and `state` of a query. */
import type { Context } from 'hono'
import { COUNTRY_CODES } from '../alliance/country-codes.js'
import type { Reader } from '../hub/hub.js'
import { readRoster } from '../hub/roster.js'
import type { ChangeFilter } from '../hub/store.js'
import { Refusal } from '../refusal.js'
import { ALLIANCE } from '../trust/authority.js'
import { STATEMENT_TYPES } from '../trust/statements.js'

const KINDS: readonly string[] = Object.values(STATEMENT_TYPES).map(({ kind }) => kind)

/** A filter, and the query parameters that ask for it once more. */
export interface AskedFilter {
  /** Absent when everything is wanted. */
  filter?: ChangeFilter
  parameters: [name: string, value: string][]
}

/**
 * Each of `member`, `kind` and `country` may be repeated, or hold several values between commas.
 * @throws Refusal `bad-query` naming the value that nothing can have
 */
export async function readFilter(c: Context, reader: Reader): Promise<AskedFilter> {
  const members = readValues(c, 'member')
  const kinds = readValues(c, 'kind')
  const countries = readValues(c, 'country')
  const current = readState(c)
  if (members) {
    const roster = await readRoster(reader)
    const isKnown = (id: string) => id === ALLIANCE || roster.find(id) !== undefined
    assertEach('member', members, isKnown, `is ${ALLIANCE}, or a member's id as /v1/members lists it`)
  }
  if (kinds) assertEach('kind', kinds, (kind) => KINDS.includes(kind), `is one of ${KINDS.join(', ')}`)
  if (countries) {
    const isCode = (code: string) => COUNTRY_CODES.includes(code)
    assertEach('country', countries, isCode, 'is an ISO 3166-1 code in capitals, such as TH')
  }
  const named = { member: members, kind: kinds, country: countries }
  const parameters = Object.entries(named).flatMap(([name, values]): [string, string][] =>
    values ? [[name, values.join(',')]] : [],
  )
  if (current) parameters.push(['state', 'current'])
  if (parameters.length === 0) return { parameters }
  return {
    filter: {
      ...(members && { members }),
      ...(kinds && { kinds }),
      ...(countries && { countries }),
      ...(current && { current }),
    },
    parameters,
  }
}

/** Whether `state=current` is asked for. @throws Refusal `bad-query` for any other state */
export function readState(c: Context): boolean {
  const states = readValues(c, 'state')
  if (!states) return false
  assertEach('state', states, (state) => state === 'current', 'is current, or absent for every entry')
  return true
}

function readValues(c: Context, name: string): string[] | undefined {
  const given = c.req.queries(name)
  return given && [...new Set(given.flatMap((text) => text.split(',')))]
}

function assertEach(
  name: string,
  values: readonly string[],
  isKnown: (value: string) => boolean,
  rule: string,
): void {
  const unknown = values.find((value) => !isKnown(value))
  if (unknown !== undefined)
    throw new Refusal('bad-query', { detail: `${name} ${rule}.`, value: unknown.slice(0, 64), at: name })
}
