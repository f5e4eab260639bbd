/** For an answer without a record: which schemes were searched, and whether the country publishes here (DESIGN 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Searched } from '../../hub/list-searched.js'
import type { Verdict } from '../../record/verdict.js'
import { Local, phrase } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'

/** The list of marks whose absence the answer states. */
export function SearchedSchemes({
  verdict,
  reader,
}: {
  verdict: Verdict
  reader: Reader
}): JSX.Element | null {
  return verdict.searched ? <SearchedList searched={verdict.searched} reader={reader} /> : null
}

/** The same for an answer that is no verdict. */
export function SearchedList({ searched, reader }: { searched: Searched; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <section>
      <h2>{t.searched.title}</h2>
      {searched.country && (
        <p>
          {phrase(searched.country.publishes ? t.searched.publishes : t.searched.notPublishes, {
            country: reader.country(searched.country.code),
          })}
        </p>
      )}
      {searched.schemes.length === 0 ? (
        <p>{t.searched.none}</p>
      ) : (
        <ul>
          {searched.schemes.map((scheme) => (
            <li>
              <Local text={scheme.name} reader={reader} />{' '}
              <small>({reader.country(scheme.member.slice(0, 2).toUpperCase())})</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
