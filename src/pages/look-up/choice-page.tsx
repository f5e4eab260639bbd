/** A text with several addresses: each to be looked up by itself, and a verdict of none, for a text may lead elsewhere than it says. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { findPersonalNumber } from '../../record/personal-number.js'
import type { SharedAddress } from '../../record/shared-addresses.js'
import { Layout } from '../frame/layout.js'
import { phrase, plain } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { WarningSign } from '../frame/signs.js'
import { showPresence } from '../frame/subject.js'
import { tame } from '../frame/tame.js'
import { CodeNote } from './next-steps.js'
import { type AskedPage, formatSearch } from './question.js'
import { SearchForm } from './search-form.js'

/** Addresses shown to choose from: whoever pastes a longer list has none in mind. */
const MAX_CHOICES = 10

export function ChoicePage({
  setting,
  asked,
  choices,
}: {
  setting: Setting
  asked: AskedPage
  choices: readonly SharedAddress[]
}): JSX.Element {
  const { reader } = setting
  const { several, warning } = reader.t
  const { title, description } = several
  return (
    <Layout frame={{ ...setting, title, description, search: asked.search, index: false }}>
      <h1>{title}</h1>
      <section class="warning">
        <WarningSign />
        <div>
          <h2>
            <span class="word">{warning}</span> {several.warning}
          </h2>
          <p>{several.says}</p>
        </div>
      </section>
      <section>
        <h2>{several.found}</h2>
        <ul class="shops">
          {choices.slice(0, MAX_CHOICES).map((choice) => (
            <Choice choice={choice} country={asked.for} setting={setting} />
          ))}
        </ul>
        {choices.length > MAX_CHOICES && <p>{several.more}</p>}
      </section>
      <CodeNote setting={setting} />
      {/* A person's number is never written back. */}
      <SearchForm
        text={findPersonalNumber(asked.text) ? '' : asked.text}
        chosen={asked.for}
        reader={reader}
      />
    </Layout>
  )
}

function Choice({
  choice,
  country,
  setting,
}: {
  choice: SharedAddress
  country: string | undefined
  setting: Setting
}): JSX.Element {
  const { reader } = setting
  const { link, presence, display } = choice
  const { shown, ascii } = presence ? showPresence(presence) : { shown: display }
  const address = tame(plain(shown))
  const search = formatSearch({ q: link, ...(country && { for: country }) })
  return (
    <li class="shop">
      <h3 class="place">
        <bdi class="address">{address}</bdi>
        {ascii !== undefined && <small class="address"> ({ascii})</small>}
      </h3>
      <p>
        <a class="channel" href={`${localPath(reader.lang, '/verify')}${search}`}>
          {phrase(reader.t.names.choose, { address: <bdi class="address">{address}</bdi> })}
        </a>
      </p>
    </li>
  )
}
