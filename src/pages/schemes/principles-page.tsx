/** `/principles`: what the alliance's principles mean, and what each mark asks, side by side and item by item (DESIGN 2). */

import type { JSX } from 'hono/jsx/jsx-runtime'
import { CODE_SOURCES } from '../../alliance/code-items.js'
import { AREAS } from '../../alliance/compare-schemes.js'
import { MONITORING, PRINCIPLE_TEXTS } from '../../alliance/principles.js'
import type { Schemes } from '../../hub/read-schemes.js'
import { Layout } from '../frame/layout.js'
import { Local, phrase } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { AreaLegend, AreaName, AreaTable } from './area-table.js'
import { ItemLegend, ItemList } from './item-list.js'
import { StatusLine } from './mark-facts.js'
import { MarkLink, MEMBERS_PATH } from './mark-link.js'
import { PairForm } from './pair-form.js'
import { Named } from './punctuation.js'
import { numberSources, Ref, type Source, SourceList } from './sources.js'
import { citedKeys, type SchemeMark, schemeMarks, type View } from './view.js'

/** Sources of the page's own statements: the Code, and the report of the meeting from which the comparison comes. */
const OWN_SOURCES: Readonly<Record<string, Source>> = CODE_SOURCES

export function PrinciplesPage({
  setting,
  schemes,
  today,
}: {
  setting: Setting
  schemes: Schemes
  today: string
}): JSX.Element {
  const { reader } = setting
  const t = reader.texts.schemes
  const marks = schemeMarks(schemes.members, reader)
  const sources = numberSources(
    marks.map(({ definition, mark }) => ({ definition, keys: citedKeys([mark.status, mark.criteria]) })),
    OWN_SOURCES,
  )
  const view: View = { setting, reader, schemes, sources, today }
  return (
    <Layout
      frame={{ ...setting, title: t.title, description: t.description, search: '', index: true, wide: true }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <div class="prose">
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <Contents view={view} />
        <Principles view={view} />
      </div>
      <section id="marks">
        <h2>{t.areas.title}</h2>
        <AreaLegend view={view} />
        <AreaTable marks={marks} view={view} />
        <Caution marks={marks} view={view} />
        <p>
          <a class="channel" href={localPath(reader.lang, MEMBERS_PATH)}>
            {t.members.title}
          </a>
        </p>
      </section>
      {marks.length > 1 && (
        <section id="pair" class="prose">
          <h2>{t.pair.title}</h2>
          <p>{t.pair.lead}</p>
          <PairForm marks={marks} chosen={{}} view={view} />
        </section>
      )}
      <section id="items">
        <h2>{t.items.title}</h2>
        <p>{t.items.lead}</p>
        <ItemLegend view={view} />
        <ItemList marks={marks} view={view} />
        <aside class="began">
          <h3>{t.items.history.title}</h3>
          <p>{t.items.history.says}</p>
          <p class="hint">
            {t.sources.title}: {t.items.history.source}
          </p>
        </aside>
      </section>
      <SourceList sources={sources} reader={reader} />
    </Layout>
  )
}

function Contents({ view }: { view: View }): JSX.Element {
  const t = view.reader.texts.schemes
  const parts = [
    ['principles', t.principles.title],
    ['marks', t.areas.title],
    ['pair', t.pair.title],
    ['items', t.items.title],
    ['sources', t.sources.title],
  ]
  return (
    <nav class="jumps" aria-label={t.onPage}>
      <ul>
        {parts.map(([id, name]) => (
          <li>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The six with their chapters. Monitoring stands apart. */
function Principles({ view }: { view: View }): JSX.Element {
  const { reader } = view
  const { principles: t } = reader.texts.schemes
  return (
    <section id="principles">
      <h2>{t.title}</h2>
      <p>
        {t.lead}{' '}
        {Object.keys(OWN_SOURCES).map((_, i) => (
          <Ref number={i + 1} reader={reader} />
        ))}
      </p>
      <ul class="meanings">
        {AREAS.map((area) => (
          <li>
            <h3>
              <AreaName area={area} view={view} />
            </h3>
            <p>
              <Local text={PRINCIPLE_TEXTS[area].description} reader={reader} />
              {area === MONITORING && <> {t.monitoring}</>}
              <br />
              <small>{phrase(t.chapter, { number: String(PRINCIPLE_TEXTS[area].chapter) })}</small>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Marks that have ended or could not be confirmed, with what is known of it. */
function Caution({ marks, view }: { marks: readonly SchemeMark[]; view: View }): JSX.Element | null {
  const { reader } = view
  const doubtful = marks.filter(({ mark }) => mark.status.state !== 'active')
  if (doubtful.length === 0) return null
  return (
    <>
      <h3>{reader.texts.schemes.areas.caution}</h3>
      <ul>
        {doubtful.map((one) => (
          <li>
            <Named name={<MarkLink one={one} view={view} />} reader={reader}>
              <StatusLine one={one} view={view} />
            </Named>
          </li>
        ))}
      </ul>
    </>
  )
}
