/** `/principles/compare`: two marks, what one asks that the other does not, in both directions, and their rules side by side. */

import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { markPath } from '../../alliance/compare-schemes.js'
import type { Schemes } from '../../hub/read-schemes.js'
import { Layout } from '../frame/layout.js'
import { fill, Local, phrase } from '../frame/phrase.js'
import type { Setting } from '../frame/setting.js'
import { WarningSign } from '../frame/signs.js'
import { LogLine } from '../look-up/evidence.js'
import { Beyond } from './beyond-list.js'
import { ComplaintPaths } from './complaint-facts.js'
import { Requirements } from './dated-list.js'
import { ApplyAt, KindPanel, Presences, Processing, Says, StatusLine, Validities } from './mark-facts.js'
import { MarkLink, MemberLink } from './mark-link.js'
import { PairForm } from './pair-form.js'
import { numberSources, SourceList } from './sources.js'
import { citedKeys, complaintBodies, type SchemeMark, schemeMarks, type View } from './view.js'
import { plainName } from './words.js'

/** Why two marks can't be compared; `value` is what was asked for. */
export type PairFault = { kind: 'missing' } | { kind: 'same' } | { kind: 'unknown'; value: string }

/** The form, with what was wrong with the question, if one was asked. */
export function PairQuestionPage({
  setting,
  schemes,
  chosen,
  fault,
  today,
}: {
  setting: Setting
  schemes: Schemes
  chosen: { a?: string | undefined; b?: string | undefined }
  fault: PairFault | undefined
  today: string
}): JSX.Element {
  const { reader } = setting
  const { pair } = reader.texts.schemes
  const view: View = { setting, reader, schemes, sources: numberSources([]), today }
  return (
    <Layout
      frame={{ ...setting, title: pair.title, description: pair.description, search: '', index: !fault }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <h1>{pair.title}</h1>
      {fault && (
        <div class="warning" role="status">
          <WarningSign />
          <p>
            {fault.kind === 'unknown'
              ? phrase(pair.unknown, { value: <bdi>{fault.value}</bdi> })
              : pair[fault.kind]}
          </p>
        </div>
      )}
      <p class="lead">{pair.lead}</p>
      <PairForm marks={schemeMarks(schemes.members, reader)} chosen={chosen} view={view} />
    </Layout>
  )
}

export function PairPage({
  setting,
  schemes,
  a,
  b,
  search,
  today,
}: {
  setting: Setting
  schemes: Schemes
  a: SchemeMark
  b: SchemeMark
  search: string
  today: string
}): JSX.Element {
  const { reader } = setting
  const { pair: t, rules } = reader.texts.schemes
  const both = [a, b]
  const sources = numberSources([
    ...both.map(({ definition, mark }) => ({ definition, keys: citedKeys(mark) })),
    ...both
      .flatMap(({ definition }) => complaintBodies(schemes, definition))
      .map(({ definition }) => ({
        definition,
        keys: citedKeys([definition.complaints?.basis, definition.complaints?.channels]),
      })),
  ])
  const view: View = { setting, reader, schemes, sources, today }
  const names = { a: plainName(a.mark.name, reader), b: plainName(b.mark.name, reader) }
  const side = (title: string, show: (one: SchemeMark) => Child): JSX.Element => (
    <Side title={title} both={both} show={show} view={view} />
  )
  return (
    <Layout
      frame={{
        ...setting,
        title: fill(t.titleOf, names),
        description: t.description,
        search,
        index: true,
        wide: true,
      }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <h1>
        {phrase(t.titleOf, {
          a: <Local text={a.mark.name} reader={reader} />,
          b: <Local text={b.mark.name} reader={reader} />,
        })}
      </h1>
      {a.mark.kind !== b.mark.kind && (
        <div class="warning">
          <WarningSign />
          <p>{t.kinds}</p>
        </div>
      )}
      <section>
        <h2>{t.glance}</h2>
        <div class="sides">
          {both.map((one) => (
            <div>
              <h3>
                <MarkLink one={one} view={view} />
              </h3>
              <p>
                <MemberLink member={one.member} view={view} />
              </p>
              <KindPanel one={one} view={view} />
              <p>
                <Says one={one} view={view} />
              </p>
              <p class="hint">
                <StatusLine one={one} view={view} />
              </p>
            </div>
          ))}
        </div>
      </section>
      <Beyond one={a} other={b} view={view} />
      <Beyond one={b} other={a} view={view} />
      <p>{t.gap}</p>
      <section>
        <h2>{t.rules}</h2>
        {side(rules.requirements, (one) => (
          <LevelRequirements one={one} view={view} />
        ))}
        {side(rules.validity, (one) => (
          <Validities one={one} view={view} />
        ))}
        {side(rules.processing, (one) => (
          <Processing one={one} view={view} />
        ))}
        {side(rules.presences, (one) => (
          <Presences levels={one.mark.levels} view={view} />
        ))}
        {side(rules.apply, (one) => (
          <ApplyAt one={one} view={view} />
        ))}
        {side(reader.texts.schemes.complaints.paths, (one) => (
          <ComplaintPaths of={one.definition} view={view} />
        ))}
      </section>
      <section class="prose">
        <h2>{t.others}</h2>
        <PairForm
          marks={schemeMarks(schemes.members, reader)}
          chosen={{ a: markPath(a), b: markPath(b) }}
          view={view}
        />
      </section>
      <SourceList sources={sources} reader={reader} />
    </Layout>
  )
}

/** One fact of both marks, beside each other where there is room. */
function Side({
  title,
  both,
  show,
  view,
}: {
  title: string
  both: readonly SchemeMark[]
  show: (one: SchemeMark) => Child
  view: View
}): JSX.Element {
  return (
    <div class="fact-pair">
      <h3>{title}</h3>
      <div class="sides">
        {both.map((one) => (
          <div>
            <h4>
              <Local text={one.mark.name} reader={view.reader} />
            </h4>
            <div>{show(one)}</div>
          </div>
        ))}
      </div>
    </div>
  )
}

function LevelRequirements({ one, view }: { one: SchemeMark; view: View }): JSX.Element {
  const { levels } = one.mark
  return (
    <>
      {levels.map((level) => (
        <>
          {levels.length > 1 && (
            <h5>
              <Local text={level.name} reader={view.reader} />
            </h5>
          )}
          <Requirements one={one} level={level} view={view} />
        </>
      ))}
    </>
  )
}
