/** The page on which a consumer follows her case (issue 3, story 4): a frame for the script, and the agencies' own contacts. */

import type { JSX } from 'hono/jsx/jsx-runtime'
import { inLanguage } from '../../alliance/text.js'
import { REASON_TEXTS } from '../../dispute/routing/reason-text.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import type { CaseAgency } from '../../hub/cases/list-agencies.js'
import type { BrowserScript } from '../complaint/bundles.js'
import { CLIENT_STYLE_PATH } from '../complaint/client-style.js'
import { BundleScript, SettingsScript } from '../complaint/settings-script.js'
import { Agency } from '../frame/agency.js'
import { channelLink } from '../frame/channel.js'
import { Layout } from '../frame/layout.js'
import { fill } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { TEXTS } from '../languages/texts.js'
import { ChannelValue } from '../look-up/record-card.js'
import { CASE_STYLE_PATH } from './case-style.js'

export const CASE_PATH = '/case'

export function CasePage({
  setting,
  agencies,
  bundle,
}: {
  setting: Setting
  agencies: readonly CaseAgency[]
  /** Undefined where the scripts were not built: then the page says so. */
  bundle: BrowserScript | undefined
}): JSX.Element {
  const { reader } = setting
  const t = TEXTS[reader.lang].case
  return (
    <Layout
      frame={{
        ...setting,
        title: t.title,
        description: t.description,
        search: '',
        index: false,
        styles: [CLIENT_STYLE_PATH, CASE_STYLE_PATH],
      }}
    >
      <h1>{t.title}</h1>
      {setting.demo && <p class="hint">{t.demoNote}</p>}
      <div id="case" class={bundle ? '' : 'broken'}>
        <p class="loading">{t.loading}</p>
        <p class="not-working warning">{t.unavailable}</p>
      </div>
      <noscript>
        <section class="warning">
          <div>
            <h2>{t.noScript.title}</h2>
            <p>{t.noScript.says}</p>
          </div>
        </section>
      </noscript>
      <details class="contacts" open={!bundle}>
        <summary>{t.agencies.title}</summary>
        <AgencyContacts agencies={agencies} reader={reader} />
      </details>
      <SettingsScript id="case-settings" settings={settingsOf(setting, agencies)} />
      {bundle && <BundleScript bundle={bundle} />}
    </Layout>
  )
}

/** Everything that the script says, in the page's language. */
function settingsOf({ reader, origin, demo }: Setting, agencies: readonly CaseAgency[]): object {
  const { lang } = reader
  return {
    hub: origin,
    demo,
    words: {
      lang,
      texts: TEXTS[lang].case,
      labels: caseTexts(lang),
      rules: inLanguage(REASON_TEXTS, lang),
      agencies: agencies.map(({ id, entity, disputes, definition }) => ({
        id,
        entity,
        name: definition.name,
        shortName: definition.shortName,
        country: definition.country,
        languages: languagesOf(definition),
        channels: channelsOf(definition).map(({ kind, value }) => ({
          kind,
          value,
          link: channelLink(kind, value),
        })),
        disputes,
      })),
    },
  }
}

/** Where nothing else is known, the agency's own pages. */
function channelsOf({ complaints, website }: CaseAgency['definition']): { kind: string; value: string }[] {
  const known = complaints?.channels ?? []
  return known.length > 0 || !website ? [...known] : [{ kind: 'web', value: website }]
}

/** In which it can be written to; its own where it does not say. */
function languagesOf({ complaints, languages }: CaseAgency['definition']): readonly string[] {
  return complaints && complaints.languages.length > 0 ? complaints.languages : languages
}

function AgencyContacts({
  agencies,
  reader,
}: {
  agencies: readonly CaseAgency[]
  reader: Reader
}): JSX.Element {
  const t = TEXTS[reader.lang].case
  const desks = agencies.filter(({ disputes }) => disputes)
  return (
    <>
      {desks.length === 0 && <p>{t.agencies.none}</p>}
      {desks.map(({ definition }) => (
        <article class="contact">
          <h3>
            <Agency agency={definition} reader={reader} />
          </h3>
          <ul>
            {channelsOf(definition).map(({ kind, value }) => (
              <li>
                <ChannelValue kind={kind} value={value} />
              </li>
            ))}
          </ul>
          <p class="hint">
            {fill(t.agencies.languages, {
              languages: reader.list(languagesOf(definition).map(reader.language)),
            })}
          </p>
        </article>
      ))}
    </>
  )
}
