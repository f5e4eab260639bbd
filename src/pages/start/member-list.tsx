/** The members of the alliance with their marks, as the start page shows them (DESIGN 2, 4.14). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Overview } from '../../hub/overview.js'
import { Agency } from '../frame/agency.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { KIND_VERDICTS, Sign } from '../frame/signs.js'
import { MEMBERS_PATH, memberPath } from '../schemes/mark-link.js'

type MemberOverview = Overview['members'][number]

/** Who awards marks, those only described in a folded list; then who takes complaints. All of it at length stands on `/members`. */
export function MemberSections({
  members,
  reader,
}: {
  members: readonly MemberOverview[]
  reader: Reader
}): JSX.Element {
  const sorted = [...members].sort(
    (a, b) =>
      reader.country(a.country).localeCompare(reader.country(b.country), reader.lang) ||
      (a.id < b.id ? -1 : 1),
  )
  const issuers = sorted.filter(({ marks }) => marks.length > 0)
  const described = issuers.filter(({ participation }) => participation === 'described')
  const bodies = sorted.filter(({ marks }) => marks.length === 0)
  return (
    <>
      <section>
        <h2>{reader.t.start.members}</h2>
        {members.length === 0 && <p>{reader.t.start.noMembers}</p>}
        <ul class="members">
          {issuers
            .filter((member) => !described.includes(member))
            .map((member) => (
              <Issuer member={member} reader={reader} />
            ))}
        </ul>
        {described.length > 0 && (
          <details>
            <summary>{reader.count(reader.t.members.described, described.length)}</summary>
            <Names members={described} reader={reader} />
          </details>
        )}
        {members.length > 0 && (
          <p>
            <a class="channel" href={localPath(reader.lang, MEMBERS_PATH)}>
              {reader.t.members.all}
            </a>
          </p>
        )}
      </section>
      {bodies.length > 0 && (
        <section>
          <h2>{reader.texts.schemes.members.disputes}</h2>
          <Names members={bodies} reader={reader} />
        </section>
      )}
    </>
  )
}

/** Country and name, each name leading to the member's page. */
function Names({ members, reader }: { members: readonly MemberOverview[]; reader: Reader }): JSX.Element {
  return (
    <ul class="ways">
      {members.map((member) => (
        <li id={member.id}>
          <a class="channel" href={localPath(reader.lang, memberPath(member.id))}>
            <Agency agency={member} reader={reader} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Issuer({ member, reader }: { member: MemberOverview; reader: Reader }): JSX.Element {
  return (
    <li id={member.id}>
      <p class="word">{reader.country(member.country)}</p>
      <h3>
        <Local text={member.name} reader={reader} />
      </h3>
      <Standing member={member} reader={reader} />
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
    </li>
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
