/** Which records a pull is for, as its options say. */
import { MARK_KINDS, type MarkKind, memberId } from '../../alliance/definition.js'
import { countryCode } from '../../alliance/text.js'
import type { RosterMember } from '../../hub/roster.js'
import { ConfigError } from '../../node.js'
import type { RecordFilter } from './list-records.js'

export interface FilterOptions {
  member?: string[]
  country?: string[]
  mark?: string[]
  kind?: string[]
  all?: true
  own?: true
}

/**
 * @param self member of the workspace, whose own records are left out unless asked for
 * @throws ConfigError for what is no member, country, mark or kind
 */
export function readFilter(options: FilterOptions, self: string | undefined): RecordFilter {
  const {
    member: members = [],
    country = [],
    mark: marks = [],
    kind = [],
    all = false,
    own = false,
  } = options
  const countries = country.map((code) => code.toUpperCase())
  const isMark = (mark: string): boolean => /^[a-z0-9-]+(\/[a-z0-9-]+){0,2}$/.test(mark)
  check(members, (id) => memberId.safeParse(id).success, '--member is a member id such as th-dbd')
  check(countries, (code) => countryCode.safeParse(code).success, '--country is a code such as VN')
  check(marks, isMark, '--mark is such as th-dbd/verified')
  check(kind, isKind, `--kind is one of ${MARK_KINDS.join(', ')}`)
  // Who names its own member wants it.
  const wantsOwn = own || (self !== undefined && members.includes(self))
  return { members, countries, marks, kinds: kind.filter(isKind), all, without: wantsOwn ? undefined : self }
}

/**
 * A nightly pull must not replace a spreadsheet by an empty one for a slip of the pen.
 * @throws ConfigError for a member or mark that the alliance does not have
 */
export function assertKnown({ members, marks }: RecordFilter, known: readonly RosterMember[]): void {
  const ids = known.map(({ id }) => id)
  const names = known.flatMap(({ id, definition }) =>
    definition.marks.flatMap((mark) => [
      mark.id,
      `${id}/${mark.id}`,
      ...mark.levels.map((level) => `${id}/${mark.id}/${level.id}`),
    ]),
  )
  check(members, (id) => ids.includes(id), `--member is one of ${ids.join(', ')}`)
  check(
    marks,
    (mark) => names.includes(mark),
    `--mark is one of ${names.filter((name) => name.split('/').length === 2).join(', ')}`,
  )
}

function isKind(value: string): value is MarkKind {
  return MARK_KINDS.some((kind) => kind === value)
}

function check(values: readonly string[], isGood: (value: string) => boolean, what: string): void {
  const wrong = values.find((value) => !isGood(value))
  if (wrong !== undefined) throw new ConfigError(`${what}, not "${wrong}".`)
}
