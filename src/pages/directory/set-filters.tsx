/** Which filters an answer stands under, each with the way to be rid of it; and what was left out of the request. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { languageName } from '../../alliance/language-name.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { type DirectoryQuery, MAX_SEARCH_TEXT } from '../../record/directory.js'
import { fill, phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { WarningSign } from '../frame/signs.js'
import { FILTERS, type Filter, formatList, type LeftOut, setFilters, without } from './asked-list.js'
import { nameValue } from './choices.js'
import { DIRECTORY_PATH, FOUND_ID, langOf } from './filter-form.js'

interface Parts {
  query: DirectoryQuery
  members: readonly Scheme[]
  reader: Reader
}

/** "Country of the shop: Thailand", as plain text. */
export function formatFilter(
  filter: Filter,
  { query, members, reader }: Parts,
): { label: string; text: string; lang?: string } {
  const { filters } = reader.texts.directory
  return { label: filters[filter], ...nameValue(filter, query[filter] ?? '', members, reader) }
}

/** What a filter is set to, as it stands in a sentence. */
export function sayValue(filter: Filter, { query, members, reader }: Parts): string {
  const value = query[filter] ?? ''
  if (filter === 'language') return languageName(reader.language(value), reader.lang, 'sentence')
  return nameValue(filter, value, members, reader).text
}

/** Every filter as a link to the list without it. */
export function SetFilters(parts: Parts): JSX.Element | null {
  const { query, reader } = parts
  const { set } = reader.texts.directory
  const filters = setFilters(query)
  if (filters.length === 0) return null
  return (
    <div class="set">
      <h3 id="set">{set.title}</h3>
      <FilterLinks {...parts} />
      {filters.length > 1 && (
        <p>
          <a class="channel" href={address(reader, {})}>
            {set.all}
          </a>
        </p>
      )}
    </div>
  )
}

function FilterLinks(parts: Parts): JSX.Element {
  const { query, reader } = parts
  const { set, pair } = reader.texts.directory
  return (
    <ul class="chips" aria-labelledby="set">
      {setFilters(query).map((filter) => {
        const { label, text, lang } = formatFilter(filter, parts)
        return (
          <li>
            <a href={address(reader, without(query, [filter]))}>
              <span class="unseen">{set.remove} </span>
              <span>
                {phrase(pair, {
                  label,
                  value: (
                    <bdi class="address" {...langOf({ lang })}>
                      {text}
                    </bdi>
                  ),
                })}
              </span>
              <svg class="cross" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
                <path d="M12 12l24 24M36 12 12 36" />
              </svg>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** What of the address is not in the answer: a list that is wider than was asked for must say so. */
export function LeftOutNotice({
  leftOut,
  reader,
}: {
  leftOut: readonly LeftOut[]
  reader: Reader
}): JSX.Element | null {
  if (leftOut.length === 0) return null
  return (
    <section class="warning">
      <WarningSign />
      <div>
        <h2>{reader.texts.directory.leftOut.title}</h2>
        {leftOut.slice(0, MAX_TOLD).map((one) => (
          <p>{tell(one, reader)}</p>
        ))}
      </div>
    </section>
  )
}

/** A link can carry any number of unknown parameters; the first ones show what is wrong with it. */
const MAX_TOLD = 5

function tell({ why, name, value }: LeftOut, reader: Reader): ReturnType<typeof phrase> | string {
  const { leftOut, filters } = reader.texts.directory
  const filter = FILTERS.find((known) => known === name)
  const label = filter ? filters[filter] : name
  if (why === 'personal') return reader.t.refusal.personal
  if (why === 'place') return leftOut.place
  if (why === 'long') return fill(reader.count(leftOut.long, MAX_SEARCH_TEXT), { filter: label })
  return phrase(leftOut[why], { filter: label, value: <bdi class="address">{value}</bdi> })
}

/** The address of a list in the reader's language, leading to its answer. */
export function address(reader: Reader, query: DirectoryQuery): string {
  return `${localPath(reader.lang, DIRECTORY_PATH)}${formatList(query)}#${FOUND_ID}`
}
