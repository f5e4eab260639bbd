/** Names of marks, levels and members as links to their pages. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Level } from '../../alliance/definition.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { AgencyName } from '../frame/agency.js'
import { Local } from '../frame/phrase.js'
import { localPath, MARK_PATH } from '../frame/reader.js'
import type { SchemeMark, View } from './view.js'

/** Where all members stand. */
export const MEMBERS_PATH = '/members'

export function memberPath(id: string): string {
  return `${MEMBERS_PATH}/${id}`
}

/** The page of a mark's level, without the language. */
export function levelPath(
  { definition, mark }: Omit<SchemeMark, 'member'>,
  level: Pick<Level, 'id'>,
): string {
  return `${MARK_PATH}${definition.id}/${mark.id}/${level.id}`
}

/** The mark with all its levels, on the page of its member. */
export function MarkLink({ one, view }: { one: Omit<SchemeMark, 'member'>; view: View }): JSX.Element {
  const { reader } = view
  const path = localPath(reader.lang, memberPath(one.definition.id))
  return (
    <a href={`${path}#${one.mark.id}`}>
      <Local text={one.mark.name} reader={reader} />
    </a>
  )
}

export function MemberLink({
  member,
  view,
}: {
  member: Pick<Scheme, 'id' | 'definition'>
  view: View
}): JSX.Element {
  return (
    <a href={localPath(view.reader.lang, memberPath(member.id))}>
      <AgencyName name={member.definition.name} reader={view.reader} />
    </a>
  )
}

/** The member's short name, as where space is scarce. */
export function ShortName({ one, view }: { one: Omit<SchemeMark, 'member'>; view: View }): JSX.Element {
  return <Local text={one.definition.shortName} reader={view.reader} />
}
