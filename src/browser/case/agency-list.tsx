/** How to reach the agencies, the reader's own country first. Only what is a plain address becomes a link. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { pickText } from '../../alliance/text.js'
import { fill } from '../kit/words.js'
import { disputeAgencies, type PageAgency } from './agencies.js'
import type { Words } from './words.js'

export function AgencyList({ country, words }: { country: string; words: Words }): JSX.Element {
  const { t } = words
  const { home, others } = disputeAgencies(words.agencies, country)
  return (
    <>
      {home.length > 0 && <h3>{t.lost.agency}</h3>}
      {home.map((agency) => (
        <OneAgency agency={agency} words={words} />
      ))}
      {others.length > 0 && (
        <details>
          <summary>{t.lost.others}</summary>
          {others.map((agency) => (
            <OneAgency agency={agency} words={words} />
          ))}
        </details>
      )}
    </>
  )
}

function OneAgency({ agency, words }: { agency: PageAgency; words: Words }): JSX.Element {
  const { t, lang, format } = words
  const name = pickText(agency.name, lang)
  return (
    <div class="agency">
      <p class="word" lang={name.lang}>
        {name.text}
      </p>
      <ul>
        {agency.channels.map(({ value, link }) => (
          <li>
            {link ? (
              <a href={link} rel="noreferrer">
                {value}
              </a>
            ) : (
              <bdi>{value}</bdi>
            )}
          </li>
        ))}
      </ul>
      {agency.channels.length === 0 && <p class="hint">{t.agencies.noChannel}</p>}
      <p class="hint">
        {fill(t.agencies.languages, { languages: agency.languages.map(format.language).join(', ') })}
      </p>
    </div>
  )
}
