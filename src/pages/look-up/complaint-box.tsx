/** Where to complain: the bodies that an answer names, the asker's own country first (DESIGN 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ComplaintBody, Verdict } from '../../record/verdict.js'
import { complaintAddress } from '../complaint/complaint-page.js'
import { Agency } from '../frame/agency.js'
import { isNationalNumber } from '../frame/channel.js'
import { phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { TEXTS } from '../languages/texts.js'
import { type AskedPage, formatSearch } from './question.js'
import { ChannelValue } from './record-card.js'
import { CountryChoice } from './search-form.js'

const ORDER: readonly ComplaintBody['relation'][] = ['your-country', 'issuer', 'merchant-country']

/** The bodies that can act, and the page's one question about the asker's country: open until it is answered. */
export function ComplaintBox({
  verdict,
  asked,
  path = '/verify',
  setting,
}: {
  verdict: Verdict
  asked: AskedPage
  /** The page that answers the question about the country, without its language's prefix. */
  path?: string
  setting: Setting
}): JSX.Element {
  const { reader } = setting
  const { t } = reader
  const bodies = ORDER.flatMap((relation) => verdict.complaints.filter((one) => one.relation === relation))
  return (
    <section class="complaints" id="complain">
      <h2>{t.complaints.title}</h2>
      {asked.for !== undefined && !bodies.some((body) => body.country === asked.for) && (
        <p>{phrase(t.complaints.noneThere, { country: reader.country(asked.for) })}</p>
      )}
      <p class="file">
        <FileLink verdict={verdict} setting={setting} /> {bodies.length > 0 && t.complaints.lead}
      </p>
      {bodies.map((body) => (
        <Body body={body} reader={reader} />
      ))}
      {asked.for === undefined ? (
        <CountryForm asked={asked} path={path} reader={reader} />
      ) : (
        <details>
          <summary>{t.complaints.elsewhere}</summary>
          <CountryForm asked={asked} path={path} reader={reader} />
        </details>
      )}
    </section>
  )
}

/** The way to a complaint about exactly this shop. */
function FileLink({ verdict, setting }: { verdict: Verdict; setting: Setting }): JSX.Element {
  const { page } = TEXTS[setting.reader.lang].complaint
  const record = verdict.records[0]?.id
  const { url } = verdict.query
  const search = formatSearch(record ? { record } : url ? { url: verdict.query.display } : {})
  return (
    <a class="channel" href={complaintAddress(setting, search)}>
      {page.aboutShop}
    </a>
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
        <Agency agency={body} reader={reader} />
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
      <p class="hint">
        {body.languages.length > 0 &&
          phrase(t.complaints.languages, { languages: reader.list(body.languages.map(reader.language)) })}
        {abroad && (
          <>
            {body.languages.length > 0 && <br />}
            {t.complaints.abroad}
          </>
        )}
      </p>
    </article>
  )
}

/** Asks again with the asker's country; the question itself goes along in hidden fields. */
function CountryForm({
  asked,
  path,
  reader,
}: {
  asked: AskedPage
  path: string
  reader: Reader
}): JSX.Element {
  const { t } = reader
  return (
    <form class="country" action={`${localPath(reader.lang, path)}#complain`} method="get">
      {[...new URLSearchParams(asked.search)]
        .filter(([name]) => name !== 'for')
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <label for="home">{t.complaints.countryLabel}</label>
      <p class="hint" id="home-hint">
        {t.complaints.tellCountry}
      </p>
      <div class="answer">
        <CountryChoice id="home" chosen={asked.for} reader={reader} />
        <button type="submit">{t.complaints.show}</button>
      </div>
    </form>
  )
}
