/** One mark on its member's page: what it says, its levels with their requirements, what it covers. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Level } from '../../alliance/definition.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { Local } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import { Requirements } from './dated-list.js'
import {
  ApplyAt,
  Coverages,
  Fact,
  KindPanel,
  Presences,
  Processing,
  Says,
  StatusLine,
  Validities,
} from './mark-facts.js'
import { levelPath } from './mark-link.js'
import type { SchemeMark, View } from './view.js'

export function MarkArticle({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { reader } = view
  const { rules: t } = reader.texts.schemes
  const { mark } = one
  return (
    <article id={mark.id} class="mark-article">
      <h3>
        <Local text={mark.name} reader={reader} />
      </h3>
      <KindPanel one={one} view={view} />
      <dl class="facts">
        <Fact name={t.says}>
          <Says one={one} view={view} />
        </Fact>
        <Fact name={t.state}>
          <StatusLine one={one} view={view} />
        </Fact>
        <Fact name={t.validity}>
          <Validities one={one} view={view} />
        </Fact>
        <Fact name={t.processing}>
          <Processing one={one} view={view} />
        </Fact>
        <Fact name={t.presences}>
          <Presences levels={mark.levels} view={view} />
        </Fact>
        <Fact name={t.apply}>
          <ApplyAt one={one} view={view} />
        </Fact>
      </dl>
      <h4>{t.requirements}</h4>
      {[...mark.levels]
        .sort((a, b) => a.rank - b.rank)
        .map((level) => (
          <LevelRules one={one} level={level} view={view} />
        ))}
      <h4>{t.criteria}</h4>
      <Coverages one={one} view={view} />
    </article>
  )
}

/** The level as a way to its own page, with what it asks. */
function LevelRules({ one, level, view }: { one: SchemeMark; level: Level; view: View }): JSX.Element {
  const { reader } = view
  const own = hasOwnLevelName({ name: one.mark.name, levelName: level.name }, reader.lang)
  return (
    <div class="level-rules">
      <p>
        <a class="channel" href={localPath(reader.lang, levelPath(one, level))}>
          <strong>
            <Local text={own ? level.name : one.mark.name} reader={reader} />
          </strong>
        </a>
      </p>
      <Requirements one={one} level={level} view={view} />
    </div>
  )
}
