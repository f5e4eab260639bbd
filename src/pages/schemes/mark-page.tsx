/** `/marks/{member}/{mark}/{level}` for people: what stands behind the type of a record, kind first (DESIGN 4.4). */

import type { JSX } from 'hono/jsx/jsx-runtime'
import { markPath } from '../../alliance/compare-schemes.js'
import type { Level } from '../../alliance/definition.js'
import type { Schemes } from '../../hub/read-schemes.js'
import { formatMarkType } from '../../record/record.js'
import { Agency } from '../frame/agency.js'
import { Layout } from '../frame/layout.js'
import { hasOwnLevelName, markTitle } from '../frame/mark-title.js'
import { fill, Local, phrase, plain } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { ComplaintPaths } from './complaint-facts.js'
import { Requirements } from './dated-list.js'
import { markData } from './json-ld.js'
import {
  ApplyAt,
  Coverages,
  Fact,
  KindPanel,
  Presences,
  Processing,
  Says,
  StatusLine,
  Validity,
} from './mark-facts.js'
import { levelPath, memberPath } from './mark-link.js'
import { MarkSign } from './mark-sign.js'
import { PAIR_PATH } from './pair-form.js'
import { Aside } from './punctuation.js'
import { numberSources, SourceList } from './sources.js'
import { citedKeys, complaintBodies, type SchemeMark, type View } from './view.js'

export function MarkPage({
  setting,
  schemes,
  one,
  level,
  today,
}: {
  setting: Setting
  schemes: Schemes
  one: SchemeMark
  level: Level
  today: string
}): JSX.Element {
  const { reader } = setting
  const { definition, mark } = one
  const t = reader.texts.schemes
  const { levels: _levels, ...about } = mark
  const sources = numberSources([
    { definition, keys: citedKeys([about, level]) },
    ...complaintBodies(schemes, definition).map((body) => ({
      definition: body.definition,
      keys: citedKeys([body.definition.complaints?.basis, body.definition.complaints?.channels]),
    })),
  ])
  const view: View = { setting, reader, schemes, sources, today }
  const title = plain(markTitle({ name: mark.name, levelName: level.name }, reader.lang))
  return (
    <Layout
      frame={{
        ...setting,
        title,
        description: fill(t.mark.description, { mark: title }),
        search: '',
        index: true,
        jsonLd: markData(one, level, title, view),
      }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <h1>
        <Local text={mark.name} reader={reader} />
        {hasOwnLevelName({ name: mark.name, levelName: level.name }, reader.lang) && (
          <>
            {' '}
            · <Local text={level.name} reader={reader} />
          </>
        )}
      </h1>
      <p>
        {phrase(t.mark.awardedBy, {
          agency: (
            <a href={localPath(reader.lang, memberPath(definition.id))}>
              <Agency agency={definition} reader={reader} />
            </a>
          ),
        })}
      </p>
      <KindPanel one={one} view={view} />
      <p class="lead">
        <Says one={one} view={view} />
      </p>
      <p>
        {t.mark.notShop}{' '}
        <a class="channel" href={localPath(reader.lang, '/verify')}>
          {t.mark.check}
        </a>
      </p>
      <Facts one={one} level={level} view={view} />
      <section id="requirements">
        <h2>{t.rules.requirements}</h2>
        <Requirements one={one} level={level} view={view} />
      </section>
      <Levels one={one} level={level} view={view} />
      <section id="covers">
        <h2>{t.rules.criteria}</h2>
        <Coverages one={one} view={view} />
        <p>
          <a class="channel" href={`${localPath(reader.lang, PAIR_PATH)}?a=${markPath(one)}`}>
            {t.mark.compare}
          </a>
        </p>
      </section>
      <OwnSign one={one} title={title} view={view} />
      <section id="complaints">
        <h2>{t.complaints.paths}</h2>
        <ComplaintPaths of={definition} view={view} />
      </section>
      <SourceList sources={sources} reader={reader} />
    </Layout>
  )
}

function Facts({ one, level, view }: { one: SchemeMark; level: Level; view: View }): JSX.Element {
  const { reader, setting } = view
  const { rules: t, mark: words } = reader.texts.schemes
  const { definition, mark } = one
  const type = formatMarkType(setting.origin, definition.id, mark.id, level.id)
  const publishes = one.member.participation === 'admitted'
  return (
    <dl class="facts">
      <Fact name={t.state}>
        <StatusLine one={one} view={view} />
      </Fact>
      <Fact name={t.validity}>
        <Validity one={one} level={level} view={view} />
      </Fact>
      <Fact name={t.processing}>
        <Processing one={one} view={view} />
      </Fact>
      <Fact name={t.presences}>
        <Presences levels={[level]} view={view} />
      </Fact>
      <Fact name={t.apply}>
        <ApplyAt one={one} view={view} />
      </Fact>
      {publishes && (
        <Fact name={reader.t.places.directory}>
          <a
            class="channel"
            href={`${localPath(reader.lang, '/directory')}?level=${markPath(one)}/${level.id}`}
          >
            {words.shops}
          </a>
        </Fact>
      )}
      <Fact name={words.address}>
        <bdi class="address">{type}</bdi>
        <br />
        <a class="channel" href={`${new URL(type).pathname}?format=json`} type="application/json">
          {words.data}
        </a>
      </Fact>
    </dl>
  )
}

/** The levels of the mark from the lowest up. Marks are never ranked against each other. */
function Levels({ one, level, view }: { one: SchemeMark; level: Level; view: View }): JSX.Element {
  const { reader } = view
  const { mark: t, rules } = reader.texts.schemes
  const { levels } = one.mark
  return (
    <section id="levels">
      <h2>{levels.length > 1 ? t.level : rules.levels}</h2>
      {levels.length === 1 ? (
        <p>{t.onlyLevel}</p>
      ) : (
        <ol class="levels">
          {[...levels]
            .sort((a, b) => a.rank - b.rank)
            .map((other) => (
              <li>
                {other.id === level.id ? (
                  <strong aria-current="page">
                    <Local text={other.name} reader={reader} />
                    <Aside reader={reader}>{t.thisLevel}</Aside>
                  </strong>
                ) : (
                  <a class="channel" href={localPath(reader.lang, levelPath(one, other))}>
                    <Local text={other.name} reader={reader} />
                  </a>
                )}
              </li>
            ))}
        </ol>
      )}
    </section>
  )
}

function OwnSign({ one, title, view }: { one: SchemeMark; title: string; view: View }): JSX.Element {
  const { reader } = view
  const { mark: t } = reader.texts.schemes
  return (
    <section id="sign">
      <h2>{t.sign}</h2>
      <p class="own-sign">
        <MarkSign mark={one.mark} participation={one.member.participation} />
        <span>
          <strong>
            <bdi>{title}</bdi>
          </strong>
          <br />
          {reader.t.kinds[one.mark.kind].title}
        </span>
      </p>
      <p>{t.signSays}</p>
    </section>
  )
}
