/** What the filters of the directory offer, and how their values are called, in the reader's language (DESIGN 4.13). */
import { findLevel, MARK_KINDS, PRESENCE_KINDS } from '../../alliance/definition.js'
import { languageName } from '../../alliance/language-name.js'
import { PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { LANGUAGES, type LocalText, pickText } from '../../alliance/text.js'
import type { Scheme } from '../../hub/read-schemes.js'
import type { DirectoryQuery } from '../../record/directory.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import type { Reader } from '../frame/reader.js'
import { ASKER_COUNTRIES } from '../look-up/search-form.js'
import type { Filter } from './asked-list.js'

/** A name, and its language where that is not the reader's. */
export interface Named {
  text: string
  lang?: string
}
/** One line of a list to choose from. */
export interface Choice extends Named {
  value: string
}
/** Lines under one heading. */
export interface ChoiceGroup {
  heading: Named
  choices: Choice[]
}

/** Filters that offer a plain list. */
export type ListedFilter = Exclude<Filter, 'q' | 'sector' | 'member' | 'mark' | 'level'>

/** The values offered for a filter; the one that is set is always among them. */
export function listChoices(
  filter: ListedFilter,
  query: DirectoryQuery,
  members: readonly Scheme[],
  reader: Reader,
): Choice[] {
  const values: Record<ListedFilter, readonly string[]> = {
    country: publishers(members).map(({ definition }) => definition.country),
    kind: MARK_KINDS,
    principle: PRINCIPLES,
    language: [...LANGUAGES, ...members.flatMap(({ definition }) => definition.languages)],
    shipsTo: [...ASKER_COUNTRIES, ...members.map(({ definition }) => definition.country)],
    platform: PRESENCE_KINDS,
  }
  const set = query[filter]
  const choices = [...new Set([...values[filter], ...(set === undefined ? [] : [set])])].map((value) => ({
    value,
    ...nameValue(filter, value, members, reader),
  }))
  const isOrdered = filter === 'kind' || filter === 'principle' || filter === 'platform'
  return isOrdered ? choices : choices.sort((a, b) => a.text.localeCompare(b.text, reader.lang))
}

/** Marks and levels by member; each member's own line stands for all its marks. */
export function markChoices(
  query: DirectoryQuery,
  members: readonly Scheme[],
  reader: Reader,
): ChoiceGroup[] {
  const chosen = [query.member, query.mark?.split('/')[0], query.level?.split('/')[0]]
  const offered = members.filter((member) => isPublisher(member) || chosen.includes(member.id))
  return offered
    .map(({ id, definition }) => ({
      heading: named(definition.name, reader),
      choices: [
        { value: id, text: reader.texts.directory.form.whole },
        ...definition.marks.flatMap((mark) => {
          const path = `${id}/${mark.id}`
          const levels = mark.levels.length > 1 || query.level?.startsWith(`${path}/`) ? mark.levels : []
          return [path, ...levels.map((level) => `${path}/${level.id}`)].map((value) => ({
            value,
            ...nameValue(value === path ? 'mark' : 'level', value, members, reader),
          }))
        }),
      ],
    }))
    .sort((a, b) => a.heading.text.localeCompare(b.heading.text, reader.lang))
}

/** The line of that list which is set: the narrowest of the three filters that it stands for. */
export function chosenMark({ member, mark, level }: DirectoryQuery): string {
  return level ?? mark ?? member ?? ''
}

/** What a value of a filter is called. */
export function nameValue(filter: Filter, value: string, members: readonly Scheme[], reader: Reader): Named {
  const { t, lang } = reader
  const [member = '', markId = '', levelId] = value.split('/')
  const definition = members.find(({ id }) => id === member)?.definition
  const mark = definition?.marks.find(({ id }) => id === markId)
  switch (filter) {
    case 'country':
    case 'shipsTo':
      return { text: reader.country(value) }
    case 'language':
      return { text: languageName(reader.language(value), lang, 'alone') }
    case 'kind':
      return { text: t.kinds[value as keyof typeof t.kinds].title }
    case 'platform':
      return { text: t.presences[value as keyof typeof t.presences] }
    case 'principle':
      return named(PRINCIPLE_TEXTS[value as keyof typeof PRINCIPLE_TEXTS].name, reader)
    case 'member':
      return definition ? named(definition.name, reader) : { text: value }
    case 'mark':
      return mark ? named(mark.name, reader) : { text: value }
    case 'level': {
      const level = definition && findLevel(definition, markId, levelId ?? '')?.level
      if (!mark || !level) return { text: value }
      const name = named(mark.name, reader)
      if (!hasOwnLevelName({ name: mark.name, levelName: level.name }, lang)) return name
      return { ...name, text: `${name.text} · ${pickText(level.name, lang).text}` }
    }
    default:
      return { text: value }
  }
}

function named(text: LocalText, reader: Reader): Named {
  const picked = pickText(text, reader.lang)
  return picked.lang === reader.lang ? { text: picked.text } : picked
}

function isPublisher({ participation, definition }: Scheme): boolean {
  return participation === 'admitted' && definition.marks.length > 0
}

/** Members whose certificates can stand in the directory. */
export function publishers(members: readonly Scheme[]): Scheme[] {
  return members.filter(isPublisher)
}
