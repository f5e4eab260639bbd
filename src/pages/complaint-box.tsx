/** Where to complain: the bodies that an answer names, the asker's own country first (DESIGN 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ComplaintBody, Verdict } from '../record/verdict.js'
import { isNationalNumber } from './channel.js'
import { Local, phrase } from './phrase.js'
import type { AskedPage } from './question.js'
import { localPath, type Reader } from './reader.js'
import { ChannelValue } from './record-card.js'
import { CountryChoice } from './search-form.js'

const ORDER: readonly ComplaintBody['relation'][] = ['your-country', 'issuer', 'merchant-country']

/** The bodies that can act; without the asker's country it asks for that first. */
export function ComplaintBox({
  verdict,
  asked,
  reader,
}: {
  verdict: Verdict
  asked: AskedPage
  reader: Reader
}): JSX.Element {
  const { t } = reader
  const bodies = ORDER.flatMap((relation) => verdict.complaints.filter((one) => one.relation === relation))
  return (
    <section class="complaints" id="complain">
      <h2>{t.complaints.title}</h2>
      {bodies.length > 0 ? <p>{t.complaints.lead}</p> : <p>{t.complaints.none}</p>}
      {bodies.map((body) => (
        <Body body={body} reader={reader} />
      ))}
      {asked.for === undefined && <CountryForm asked={asked} reader={reader} />}
    </section>
  )
}

function Body({ body, reader }: { body: ComplaintBody; reader: Reader }): JSX.Element {
  const { t } = reader
  const abroad =
    body.relation !== 'your-country' && body.channels.some((one) => isNationalNumber(one.kind, one.value))
  return (
    <article>
      <p class="word">{t.complaints[body.relation]}</p>
      <h3>
        {phrase(t.record.agency, {
          agency: <Local text={body.name} reader={reader} />,
          country: reader.country(body.country),
        })}
      </h3>
      <dl class="facts">
        {body.channels.map((one) => (
          <div>
            <dt>{t.complaints[one.kind]}</dt>
            <dd>
              <ChannelValue kind={one.kind} value={one.value} />
            </dd>
          </div>
        ))}
      </dl>
      {abroad && <p class="hint">{t.complaints.abroad}</p>}
      {body.languages.length > 0 && (
        <p class="hint">
          {phrase(t.complaints.languages, { languages: reader.list(body.languages.map(reader.language)) })}
        </p>
      )}
    </article>
  )
}

/** Asks again with the asker's country; the question itself goes along in hidden fields. */
function CountryForm({ asked, reader }: { asked: AskedPage; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <form class="country" action={`${localPath(reader.lang, '/verify')}#complain`} method="get">
      {[...new URLSearchParams(asked.search)].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label for="home">{t.complaints.countryLabel}</label>
      <p class="hint" id="home-hint">
        {t.complaints.tellCountry}
      </p>
      <CountryChoice id="home" reader={reader} />
      <button type="submit">{t.complaints.show}</button>
    </form>
  )
}
