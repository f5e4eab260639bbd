/** The members of the alliance with their marks, as the start page shows them (DESIGN 2, 4.14). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Overview } from '../../hub/overview.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { KIND_VERDICTS, Sign } from '../frame/signs.js'

type MemberOverview = Overview['members'][number]

/** Every member, those who publish first, then by country as the reader's language sorts it. */
export function MemberList({
  members,
  reader,
}: {
  members: readonly MemberOverview[]
  reader: Reader
}): JSX.Element {
  if (members.length === 0) return <p>{reader.t.start.noMembers}</p>
  const rank = (one: MemberOverview): number => (one.participation === 'admitted' ? 0 : 1)
  const sorted = [...members].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      reader.country(a.country).localeCompare(reader.country(b.country), reader.lang) ||
      (a.id < b.id ? -1 : 1),
  )
  return (
    <ul class="members">
      {sorted.map((member) => (
        <li id={member.id}>
          <p class="word">{reader.country(member.country)}</p>
          <h3>
            <Local text={member.name} reader={reader} />
          </h3>
          <Standing member={member} reader={reader} />
          {member.marks.length > 0 && (
            <ul class="marks">
              {member.marks.map((mark) => (
                <li>
                  <MarkSign member={member} mark={mark} />
                  <span>
                    <strong>
                      <Local text={mark.name} reader={reader} />
                    </strong>
                    <br />
                    {reader.t.kinds[mark.kind].title} · {reader.t.states[mark.state]}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

/** In its kind's colour only where the mark is awarded and its records are published here: a green tick says "valid". */
function MarkSign({
  member,
  mark,
}: {
  member: MemberOverview
  mark: MemberOverview['marks'][number]
}): JSX.Element {
  const live = member.participation === 'admitted' && mark.state === 'active'
  return (
    <span class={`tone-${live ? mark.kind : 'none'}`}>
      <Sign of={mark.state === 'ended' ? 'expired' : KIND_VERDICTS[mark.kind]} />
    </span>
  )
}

function Standing({ member, reader }: { member: MemberOverview; reader: Reader }): JSX.Element {
  const { t } = reader
  if (member.participation === 'described') return <p class="hint">{t.participation.described}</p>
  return (
    <p class="hint">
      {t.participation[member.participation]}
      {member.participation === 'admitted' && (
        <>
          <br />
          {reader.count(t.members.records, member.records)}
          <br />
          {member.registerAt === null
            ? t.members.noRegister
            : phrase(t.members.register, { time: <Time at={member.registerAt} reader={reader} /> })}
        </>
      )}
    </p>
  )
}
