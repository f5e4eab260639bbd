/** The form that asks for two marks to compare; plain GET parameters, so that an answer can be linked. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { markPath } from '../../alliance/compare-schemes.js'
import { localPath } from '../frame/reader.js'
import type { SchemeMark, View } from './view.js'
import { plainName } from './words.js'

export const PAIR_PATH = '/principles/compare'

/** The address at which two marks stand side by side, without the language. */
export function pairAddress(a: string, b: string): string {
  return `${PAIR_PATH}?a=${a}&b=${b}`
}

export function PairForm({
  marks,
  chosen,
  view,
}: {
  marks: readonly SchemeMark[]
  chosen: { a?: string | undefined; b?: string | undefined }
  view: View
}): JSX.Element {
  const { pair } = view.reader.texts.schemes
  return (
    <form class="search" action={localPath(view.reader.lang, PAIR_PATH)} method="get">
      <label for="mark-a">{pair.first}</label>
      <MarkChoice id="mark-a" name="a" chosen={chosen.a} marks={marks} view={view} />
      <label for="mark-b">{pair.second}</label>
      <MarkChoice id="mark-b" name="b" chosen={chosen.b} marks={marks} view={view} />
      <button type="submit">{pair.button}</button>
    </form>
  )
}

/** One choice, the marks of a country together. */
function MarkChoice({
  id,
  name,
  chosen,
  marks,
  view,
}: {
  id: string
  name: string
  chosen: string | undefined
  marks: readonly SchemeMark[]
  view: View
}): JSX.Element {
  const { reader } = view
  const countries = [...new Set(marks.map(({ definition }) => definition.country))]
  return (
    <select id={id} name={name} required>
      <option value="">{reader.texts.schemes.pair.choose}</option>
      {countries.map((country) => (
        <optgroup label={reader.country(country)}>
          {marks
            .filter(({ definition }) => definition.country === country)
            .map((one) => (
              <option value={markPath(one)} selected={markPath(one) === chosen}>
                {plainName(one.mark.name, reader)} ({plainName(one.definition.shortName, reader)})
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}
