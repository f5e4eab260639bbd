/** The look-up form: one field for anything that can be pasted, and the asker's country (DESIGN 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_SHARED_TEXT } from '../../record/share-text.js'
import { localPath, type Reader } from '../frame/reader.js'

/** Countries and territories offered in the list: those with a trustmark scheme or complaint body in the facts. */
export const ASKER_COUNTRIES = [
  ...[
    'TH',
    'VN',
    'JP',
    'AU',
    'CN',
    'DE',
    'ES',
    'FR',
    'GB',
    'HK',
    'ID',
    'IN',
    'IT',
    'KH',
    'KR',
    'LA',
    'MM',
    'MX',
  ],
  ...['MY', 'NL', 'NZ', 'PH', 'SG', 'TW', 'US'],
]

/**
 * The list of countries. `chosen` is the country with which this page was asked for; without one the list stands at
 * "not stated", whatever the language: a country that is selected but not applied would misstate the answer.
 */
export function CountryChoice({
  id,
  chosen,
  reader,
}: {
  id: string
  chosen?: string
  reader: Reader
}): JSX.Element {
  const codes =
    chosen === undefined || ASKER_COUNTRIES.includes(chosen) ? ASKER_COUNTRIES : [chosen, ...ASKER_COUNTRIES]
  return (
    <select id={id} name="for" aria-describedby={`${id}-hint`}>
      <option value="">{reader.t.search.notStated}</option>
      {codes.map((code) => (
        <option value={code} selected={code === chosen}>
          {reader.country(code)}
        </option>
      ))}
    </select>
  )
}

/**
 * The form; `text` fills the field. It always sends `for`: from its own question about the country, or, where the page
 * has asked that already (`asksCountry` false), as stated there.
 */
export function SearchForm({
  text,
  chosen,
  asksCountry = true,
  reader,
}: {
  text: string
  chosen?: string
  asksCountry?: boolean
  reader: Reader
}): JSX.Element {
  const { search } = reader.t
  return (
    <search>
      <form class="search" action={localPath(reader.lang, '/verify')} method="get">
        <label for="q">{search.label}</label>
        <p class="hint" id="q-hint">
          {search.hint}
        </p>
        <input
          id="q"
          name="q"
          type="text"
          value={text}
          required
          maxlength={MAX_SHARED_TEXT}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          dir="auto"
          aria-describedby="q-hint"
        />
        {asksCountry ? (
          <>
            <label for="for">{search.country}</label>
            <p class="hint" id="for-hint">
              {search.countryHint}
            </p>
            <CountryChoice id="for" chosen={chosen} reader={reader} />
          </>
        ) : (
          <input type="hidden" name="for" value={chosen ?? ''} />
        )}
        <button type="submit">{search.button}</button>
      </form>
    </search>
  )
}

/** Four kinds of thing that can be pasted, each with a specimen. */
export function Examples({ reader }: { reader: Reader }): JSX.Element {
  const { search } = reader.t
  return (
    <section>
      <h2>{search.examples}</h2>
      <dl class="examples">
        <dt>{search.exampleWeb}</dt>
        <dd>
          <code>somjai-silk.example</code>
        </dd>
        <dt>{search.exampleShared}</dt>
        <dd>
          <code>{search.sharedText} https://shopee.co.th/somjai.silk?smtt=0.0</code>
        </dd>
        <dt>{search.exampleNumber}</dt>
        <dd>
          <code>V-2569-0101</code>
        </dd>
        <dt>{search.exampleName}</dt>
        <dd>
          <code lang="th">สมใจผ้าไหม</code>
        </dd>
      </dl>
    </section>
  )
}
