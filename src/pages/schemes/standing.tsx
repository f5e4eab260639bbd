/** How a member takes part: its standing, since which log entry, whose words its description is (DESIGN 2, 4.8). */

import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Scheme } from '../../hub/read-schemes.js'
import { phrase, Time } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import { Fact } from './mark-facts.js'
import { Aside, Named } from './punctuation.js'
import type { View } from './view.js'
import { formatPeriod } from './words.js'

/** The standing in one line, with the number of records in force where the member publishes. */
export function StandingLine({ member, view }: { member: Scheme; view: View }): JSX.Element {
  const { reader } = view
  const { t } = reader
  const publishes = member.participation === 'admitted' && member.definition.marks.length > 0
  if (member.participation === 'admitted' && !publishes)
    return <>{reader.texts.schemes.member.roles.disputes}</>
  return (
    <>
      {t.participation[member.participation]}
      {publishes && (
        <>
          <br />
          {reader.count(t.members.records, member.records)}
        </>
      )}
    </>
  )
}

/** Everything about the participation, for the member's own page. */
export function Standing({ member, view }: { member: Scheme; view: View }): JSX.Element {
  const { reader } = view
  const { member: t } = reader.texts.schemes
  const { definition, participation, participationIndex } = member
  const awards = definition.marks.length > 0
  const publishes = participation === 'admitted' && awards
  const later = participationIndex !== undefined && participationIndex !== member.index
  return (
    <dl class="facts">
      <Fact name={reader.texts.schemes.rules.state}>
        <strong>
          {participation === 'admitted' && !awards ? t.admitted : reader.t.participation[participation]}
        </strong>
        {participation !== 'admitted' && later && (
          <Aside reader={reader}>
            {t.since} <Entry index={participationIndex} view={view} />
          </Aside>
        )}
      </Fact>
      <Fact name={t.admission}>
        <Entry index={member.index} view={view} />
        {member.toldAt !== undefined && (
          <>
            <br />
            <Named name={t.told} reader={reader}>
              <Time at={member.toldAt} day reader={reader} />
            </Named>
          </>
        )}
      </Fact>
      <Fact name={t.definition}>{member.definitionSigned ? t.signed : t.unsigned}</Fact>
      {publishes && (
        <>
          <Fact name={t.records}>
            {reader.number(member.records)}
            <br />
            <a
              class="channel"
              href={`${localPath(reader.lang, '/directory')}?member=${encodeURIComponent(member.id)}`}
            >
              {t.shops}
            </a>
          </Fact>
          <Fact name={t.register}>
            <Register member={member} view={view} />
          </Fact>
        </>
      )}
    </dl>
  )
}

/** An entry of the log, where a machine can read what was said. */
function Entry({ index, view }: { index: number; view: View }): JSX.Element {
  const { reader } = view
  const after = index > 0 ? `after=${index - 1}&` : ''
  return (
    <a href={`/v1/changes?${after}limit=1`}>
      {phrase(reader.texts.schemes.member.entry, { index: reader.number(index) })}
    </a>
  )
}

function Register({ member, view }: { member: Scheme; view: View }): JSX.Element {
  const { reader } = view
  const { register, definition } = member
  return (
    <>
      {register === null
        ? reader.t.members.noRegister
        : phrase(reader.t.members.register, { time: <Time at={register.at} reader={reader} /> })}
      {register?.agrees === false && (
        <strong>
          <Aside reader={reader}>{reader.t.asOf.disagrees}</Aside>
        </strong>
      )}
      {definition.publishes !== null && (
        <>
          <br />
          {phrase(reader.texts.schemes.member.publishes, {
            period: formatPeriod(definition.publishes, reader),
          })}
        </>
      )}
    </>
  )
}
