/** Pages for members and marks that do not exist: they name those that do (DESIGN 4.13). */

import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Schemes } from '../../hub/read-schemes.js'
import { Layout } from '../frame/layout.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { Local, phrase } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { levelPath, MemberLink } from './mark-link.js'
import { Aside } from './punctuation.js'
import { numberSources } from './sources.js'
import { schemeMarks, sortMembers, type View } from './view.js'

/** @param about what was looked for; `value` is shown as it came, without what could turn text round */
export function MissingSchemePage({
  setting,
  schemes,
  about,
  value,
}: {
  setting: Setting
  schemes: Schemes
  about: 'member' | 'mark'
  value: string
}): JSX.Element {
  const { reader } = setting
  const { missing } = reader.texts.schemes
  const says = about === 'member' ? missing.memberSays : missing.markSays
  const view: View = { setting, reader, schemes, sources: numberSources([]), today: '' }
  return (
    <Layout
      frame={{ ...setting, title: missing[about], description: missing[about], search: '', index: false }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <h1>{missing[about]}</h1>
      <p class="lead">{phrase(says, { value: <bdi class="address">{value}</bdi> })}</p>
      {about === 'member' ? <MemberNames view={view} /> : <LevelNames view={view} />}
    </Layout>
  )
}

function MemberNames({ view }: { view: View }): JSX.Element {
  return (
    <ul>
      {sortMembers(view.schemes.members, view.reader).map((member) => (
        <li>
          <MemberLink member={member} view={view} />
          <Aside reader={view.reader}>{view.reader.country(member.definition.country)}</Aside>
        </li>
      ))}
    </ul>
  )
}

function LevelNames({ view }: { view: View }): JSX.Element {
  const { reader } = view
  return (
    <ul>
      {schemeMarks(view.schemes.members, reader).flatMap((one) =>
        one.mark.levels.map((level) => (
          <li>
            <a href={localPath(reader.lang, levelPath(one, level))}>
              <Local text={one.mark.name} reader={reader} />
              {hasOwnLevelName({ name: one.mark.name, levelName: level.name }, reader.lang) && (
                <>
                  {' '}
                  · <Local text={level.name} reader={reader} />
                </>
              )}
            </a>
            <Aside reader={reader}>{reader.country(one.definition.country)}</Aside>
          </li>
        )),
      )}
    </ul>
  )
}
