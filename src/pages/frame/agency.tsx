/** An agency with its country, where its name does not say the country already (DESIGN 4.13, 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { LANGUAGES, type LocalText, pickText } from '../../alliance/text.js'
import { Local, phrase } from './phrase.js'
import { type Reader, readerOf } from './reader.js'
import { tame } from './tame.js'

/** What is shown of an agency or a complaint body. */
export interface NamedAgency {
  name: LocalText
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** Scripts in which a word ends where its letters do; in Thai, the country stands within a run of letters. */
const WORD_SCRIPTS = '[\\p{Script=Latin}\\p{Script=Katakana}ー]'

/** Whether the agency's name, in the language in which the reader gets it, holds the name of its country. */
export function namesCountry({ name, country }: NamedAgency, reader: Reader): boolean {
  const picked = pickText(name, reader.lang)
  const own = LANGUAGES.find((lang) => lang === picked.lang)
  const written = (own ? readerOf(own) : reader).country(country).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<!${WORD_SCRIPTS})${written}(?!${WORD_SCRIPTS})`, 'iu').test(
    picked.text.normalize('NFC'),
  )
}

/**
 * An agency's name. Thai has no spaces between words, and browsers break lines inside a name ("กรมพัฒนาธุรกิจการ / ค้า"), so
 * each of its parts is kept on one line wherever a line has room for it.
 */
export function AgencyName({ name, reader }: { name: LocalText; reader: Reader }): JSX.Element {
  const { lang, text } = pickText(name, reader.lang)
  if (lang !== 'th') return <Local text={name} reader={reader} />
  const parts = tame(text).split(' ')
  return (
    <bdi class="parts" {...(lang !== reader.lang && { lang })}>
      {parts.map((part, i) => (
        <>
          {i > 0 && ' '}
          <span class="whole">{part}</span>
        </>
      ))}
    </bdi>
  )
}

/** "Department of Business Development, Thailand"; the name alone where it names its country. */
export function Agency({ agency, reader }: { agency: NamedAgency; reader: Reader }): JSX.Element {
  const name = <AgencyName name={agency.name} reader={reader} />
  if (namesCountry(agency, reader)) return name
  return <>{phrase(reader.t.record.agency, { agency: name, country: reader.country(agency.country) })}</>
}
