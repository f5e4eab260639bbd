/** The form of the directory: one field for names and addresses, all other filters folded away on a telephone. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Scheme } from '../../hub/read-schemes.js'
import { type DirectoryQuery, MAX_SEARCH_TEXT } from '../../record/directory.js'
import type { Sector } from '../../record/sector.js'
import { plain } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { setFilters } from './asked-list.js'
import {
  type Choice,
  chosenMark,
  type ListedFilter,
  listChoices,
  markChoices,
  type Named,
} from './choices.js'

/** The directory's address without its language. */
export const DIRECTORY_PATH = '/directory'
/** Anchor of the answer: on a telephone the form stands before it, and whoever has filled that in wants to see this. */
export const FOUND_ID = 'found'

interface Parts {
  query: DirectoryQuery
  members: readonly Scheme[]
  reader: Reader
}

/** Suggestions of one page: further ones nobody reads through, and they weigh on every page. */
const MAX_SUGGESTED = 40

export function FilterForm({
  query,
  members,
  sectors,
  reader,
}: Parts & { sectors: readonly Sector[] }): JSX.Element {
  const { form, filters } = reader.texts.directory
  const folded = setFilters(query).some((filter) => filter !== 'q')
  const parts = { query, members, reader }
  return (
    <search aria-label={form.label}>
      <form
        class="search filters"
        action={`${localPath(reader.lang, DIRECTORY_PATH)}#${FOUND_ID}`}
        method="get"
      >
        <label for="q">{form.q}</label>
        <p class="hint" id="q-hint">
          {form.hint}
        </p>
        <TextField name="q" value={query.q} describedBy="q-hint" type="search" />
        <button type="submit">{form.button}</button>
        <details class="more" open={folded}>
          <summary>{form.more}</summary>
          <div>
            <ListField name="country" {...parts} />
            <MarkField {...parts} />
            <ListField name="kind" {...parts} />
            <ListField name="principle" {...parts} />
            <ListField name="language" {...parts} />
            <ListField name="shipsTo" {...parts} />
            <label for="sector">{filters.sector}</label>
            <p class="hint" id="sector-hint">
              {form.sectorHint}
            </p>
            <TextField
              name="sector"
              value={query.sector}
              type="text"
              describedBy="sector-hint"
              list="sectors"
            />
            <datalist id="sectors">
              {sectors.slice(0, MAX_SUGGESTED).map((sector) => (
                <option value={plain(sector.text)} {...langOf(foreign(sector, reader))} />
              ))}
            </datalist>
            <ListField name="platform" {...parts} />
            <button type="submit">{form.button}</button>
          </div>
        </details>
      </form>
    </search>
  )
}

function TextField({
  name,
  value,
  type,
  describedBy,
  list,
}: {
  name: 'q' | 'sector'
  value: string | undefined
  type: 'search' | 'text'
  describedBy?: string
  list?: string
}): JSX.Element {
  return (
    <input
      id={name}
      name={name}
      type={type}
      value={value ?? ''}
      maxlength={MAX_SEARCH_TEXT}
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      dir="auto"
      {...(describedBy && { 'aria-describedby': describedBy })}
      {...(list && { list })}
    />
  )
}

function ListField({ name, query, members, reader }: Parts & { name: ListedFilter }): JSX.Element {
  const { form, filters } = reader.texts.directory
  return (
    <>
      <label for={name}>{filters[name]}</label>
      <select id={name} name={name}>
        <option value="">{form.any}</option>
        {listChoices(name, query, members, reader).map((choice) => (
          <Option choice={choice} chosen={query[name] ?? ''} />
        ))}
      </select>
    </>
  )
}

function MarkField({ query, members, reader }: Parts): JSX.Element {
  const { form, filters } = reader.texts.directory
  const chosen = chosenMark(query)
  return (
    <>
      <label for="mark">{filters.mark}</label>
      <select id="mark" name="mark">
        <option value="">{form.any}</option>
        {markChoices(query, members, reader).map(({ heading, choices }) => (
          <optgroup label={heading.text} {...langOf(heading)}>
            {choices.map((choice) => (
              <Option choice={choice} chosen={chosen} />
            ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}

function Option({ choice, chosen }: { choice: Choice; chosen: string }): JSX.Element {
  return (
    <option value={choice.value} selected={choice.value === chosen} {...langOf(choice)}>
      {choice.text}
    </option>
  )
}

/** A text without its language where that is the reader's. */
export function foreign({ text, lang }: Named, { lang: own }: Reader): Named {
  return lang === undefined || lang === own ? { text } : { text, lang }
}

/** The language attribute of a name that is not in the reader's own. */
export function langOf({ lang }: Pick<Named, 'lang'>): { lang?: string } {
  return lang === undefined ? {} : { lang }
}
