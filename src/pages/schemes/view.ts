/** What the parts of one page about schemes share: who reads, which members there are, which sources are numbered how. */
import { listMarks, type MarkOfMember } from '../../alliance/compare-schemes.js'
import type { Competence, MemberDefinition } from '../../alliance/definition.js'
import type { Scheme, Schemes } from '../../hub/read-schemes.js'
import type { Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import type { Sources } from './sources.js'

export interface View {
  setting: Setting
  reader: Reader
  schemes: Schemes
  sources: Sources
  /** The day by which rules are in force, `YYYY-MM-DD` (UTC, as the hub judges records). */
  today: string
}

/** A mark with the member as the hub has it. */
export interface SchemeMark extends MarkOfMember {
  member: Scheme
}

/** Members in the order in which pages show them: by country as the reader's language sorts it, then by id. */
export function sortMembers(members: readonly Scheme[], reader: Reader): Scheme[] {
  const country = ({ definition }: Scheme): string => reader.country(definition.country)
  return [...members].sort(
    (a, b) => country(a).localeCompare(country(b), reader.lang) || (a.id < b.id ? -1 : 1),
  )
}

/** All marks, in the order of {@link sortMembers}; within a member, as its definition has them. */
export function schemeMarks(members: readonly Scheme[], reader: Reader): SchemeMark[] {
  return sortMembers(members, reader).flatMap((member) =>
    listMarks([member.definition]).map((one) => ({ ...one, member })),
  )
}

/** Keys of every source that a value cites, in the order in which it does. */
export function citedKeys(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(citedKeys)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'source' && typeof inner === 'string' ? [inner] : citedKeys(inner),
  )
}

/** Competences that are not about a body's own mark: nobody takes complaints about the mark of another. */
export function competencesBeside(of: MemberDefinition): Competence[] {
  return (of.complaints?.takes ?? []).filter((takes) => takes !== 'own-mark')
}

/** The bodies that take complaints about shops that hold a member's marks: the member itself, then those of its country. */
export function complaintBodies(schemes: Schemes, definition: MemberDefinition): Scheme[] {
  const bodies = schemes.members.filter(({ definition: { complaints } }) => complaints !== null)
  return [
    ...bodies.filter(({ id }) => id === definition.id),
    ...bodies.filter(
      ({ id, definition: other }) =>
        id !== definition.id && other.country === definition.country && competencesBeside(other).length > 0,
    ),
  ]
}
