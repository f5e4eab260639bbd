/**
 * The page on which a complaint is filed (issue 3, story 2): a frame for the script that encrypts in the browser, and the
 * complaint bodies' own addresses for everybody else. There is no form without the script: it would send plain text.
 */

import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ComplaintDesk } from '../../hub/complaint-desks.js'
import { CASE_PATH } from '../case/case-page.js'
import { Agency } from '../frame/agency.js'
import { isNationalNumber } from '../frame/channel.js'
import { Layout } from '../frame/layout.js'
import { fill, Local } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import type { ComplaintTexts } from '../languages/en/complaint.js'
import { TEXTS } from '../languages/texts.js'
import { ChannelValue } from '../look-up/record-card.js'
import type { BrowserScript } from './bundles.js'
import { CLIENT_STYLE_PATH } from './client-style.js'
import { complaintWords } from './complaint-words.js'
import { BundleScript, SettingsScript } from './settings-script.js'

export const COMPLAINT_PATH = '/complaint'

/**
 * Where a complaint is filed: on this site, or, since a copy takes nothing in, at its hub.
 * @param search the shop that it is about, or empty
 */
export function complaintAddress(
  { reader, origin, copy }: Pick<Setting, 'reader' | 'origin' | 'copy'>,
  search = '',
): string {
  return `${copy ? origin : ''}${localPath(reader.lang, COMPLAINT_PATH)}${search}`
}

export function ComplaintPage({
  setting,
  desks,
  bundle,
  mail,
  search,
}: {
  setting: Setting
  desks: readonly ComplaintDesk[]
  /** Undefined where the scripts were not built: then the page is what readers without scripts see. */
  bundle: BrowserScript | undefined
  /** Whether the hub writes mails to consumers. */
  mail: boolean
  /** `?…` to keep when the language changes, or empty. */
  search: string
}): JSX.Element {
  const { reader } = setting
  const { page: t } = TEXTS[reader.lang].complaint
  return (
    <Layout
      frame={{
        ...setting,
        title: t.title,
        description: t.description,
        search,
        index: search === '',
        styles: [CLIENT_STYLE_PATH],
      }}
    >
      <h1>{t.title}</h1>
      <p class="lead intro">{t.lead}</p>
      {bundle ? (
        <>
          <ul class="intro">
            <li>{t.sealed}</li>
            <li>{t.ready}</li>
          </ul>
          <noscript>
            <p class="warning">{t.noScript}</p>
          </noscript>
          <div id="complaint-form">
            <p class="loading">{t.loading}</p>
            <p class="not-working warning">{t.broken}</p>
          </div>
        </>
      ) : (
        <p class="warning">{t.noScript}</p>
      )}
      <Desks desks={desks} texts={t} reader={reader} />
      {bundle && (
        <>
          <SettingsScript id="complaint-settings" settings={settingsOf(setting, mail)} />
          <BundleScript bundle={bundle} />
        </>
      )}
    </Layout>
  )
}

/** What the form needs, in the page's language (src/browser/intake/settings.ts). */
function settingsOf({ reader, origin, demo }: Setting, mail: boolean): object {
  return {
    hub: origin,
    words: complaintWords(reader.lang),
    casePage: localPath(reader.lang, CASE_PATH),
    demo,
    mail,
  }
}

/** The bodies by their countries, each with its addresses, languages and what it says of its complaints. */
export function Desks({
  desks,
  texts,
  reader,
}: {
  desks: readonly ComplaintDesk[]
  texts: ComplaintTexts['page']
  reader: Reader
}): JSX.Element {
  const countries = [...new Set(desks.map(({ country }) => country))]
  return (
    // Open for whoever has no script; the form closes it when it starts.
    <details class="bodies" id="bodies" open>
      <summary>
        <h2>{texts.bodies}</h2>
      </summary>
      <p>{desks.length > 0 ? texts.bodiesLead : texts.noBodies}</p>
      {countries.map((country) => (
        <>
          <h3>{reader.country(country)}</h3>
          {desks
            .filter((desk) => desk.country === country)
            .map((desk) => (
              <Desk desk={desk} reader={reader} />
            ))}
        </>
      ))}
    </details>
  )
}

function Desk({ desk, reader }: { desk: ComplaintDesk; reader: Reader }): JSX.Element {
  const { t } = reader
  const { complaints, website, languages } = desk
  const channels =
    complaints.channels.length > 0 || website === null
      ? complaints.channels
      : [{ kind: 'web' as const, value: website }]
  const spoken = complaints.languages.length > 0 ? complaints.languages : languages
  return (
    <article>
      <h4>
        <Agency agency={desk} reader={reader} />
      </h4>
      <dl class="facts">
        {channels.map(({ kind, value }) => (
          <div>
            <dt>{t.complaints[kind]}</dt>
            <dd>
              <ChannelValue kind={kind} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {complaints.note && (
        <p>
          <Local text={complaints.note} reader={reader} />
        </p>
      )}
      <p class="hint">
        {fill(t.complaints.languages, { languages: reader.list(spoken.map(reader.language)) })}
        {channels.some(({ kind, value }) => isNationalNumber(kind, value)) && (
          <>
            <br />
            {t.complaints.abroad}
          </>
        )}
      </p>
    </article>
  )
}
