/** The start page: the question a shopper has, the form that answers it, and who stands behind it (DESIGN 1). */

import type { JSX } from 'hono/jsx/jsx-runtime'
import { MARK_KINDS } from '../../alliance/definition.js'
import type { Overview } from '../../hub/overview.js'
import { complaintAddress } from '../complaint/complaint-page.js'
import { ComplaintsAtHub } from '../frame/copy-notice.js'
import { Layout, PLACES } from '../frame/layout.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { KIND_VERDICTS, Sign } from '../frame/signs.js'
import { TEXTS } from '../languages/texts.js'
import { LogLine } from '../look-up/evidence.js'
import { PrincipleTexts } from '../look-up/principle-list.js'
import { SearchForm } from '../look-up/search-form.js'
import { MemberSections } from './member-list.js'

/** What a visitor may want beside an answer. */
const WAYS = ['directory', 'principles', 'learn', 'whichMark'] as const

export function StartPage({ setting, overview }: { setting: Setting; overview: Overview }): JSX.Element {
  const { reader } = setting
  const { start, kinds } = reader.t
  const { page: complaint } = TEXTS[reader.lang].complaint
  return (
    <Layout
      frame={{ ...setting, title: start.title, description: start.description, search: '', index: true }}
      footer={<LogLine size={overview.size} at={overview.at} reader={reader} />}
    >
      <h1>{start.title}</h1>
      <p class="lead">{start.lead}</p>
      <SearchForm text="" reader={reader} />
      <section>
        <h2>{start.steps}</h2>
        <ol>
          <li>{start.step1}</li>
          <li>{start.step2}</li>
          <li>{start.step3}</li>
        </ol>
      </section>
      <section>
        <h2>{complaint.startTitle}</h2>
        {setting.copy ? (
          <p>
            <ComplaintsAtHub form={complaintAddress(setting)} reader={reader} />
          </p>
        ) : (
          <p>
            {complaint.aboutShopLead}
            <br />
            <a class="channel" href={complaintAddress(setting)}>
              {complaint.startLink}
            </a>
          </p>
        )}
      </section>
      <section>
        <h2>{start.ways}</h2>
        <ul class="ways">
          {WAYS.map((name) => (
            <li>
              <a class="channel" href={localPath(reader.lang, PLACES[name])}>
                {reader.t.places[name]}
              </a>
              <br />
              {start.way[name]}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{start.kinds}</h2>
        <ul class="kinds">
          {MARK_KINDS.map((kind) => (
            <li>
              <span class={`tone-${kind}`}>
                <Sign of={KIND_VERDICTS[kind]} />
              </span>
              <span>
                <strong>{kinds[kind].title}</strong>
                <br />
                {kinds[kind].says}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{start.principles}</h2>
        <p>{start.principlesLead}</p>
        <PrincipleTexts reader={reader} />
      </section>
      <section>
        <h2>{start.trust}</h2>
        <ul>
          <li>{start.trustSigned}</li>
          <li>{start.trustLog}</li>
          <li>{start.trustOpen}</li>
        </ul>
      </section>
      <MemberSections members={overview.members} reader={reader} />
    </Layout>
  )
}
