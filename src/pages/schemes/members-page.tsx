/** `/members`: everybody in the alliance, each with a page of its own; those who award marks, then those who take complaints. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Scheme, Schemes } from '../../hub/read-schemes.js'
import { Layout } from '../frame/layout.js'
import { Local } from '../frame/phrase.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { MemberLink } from './mark-link.js'
import { MarkSign } from './mark-sign.js'
import { numberSources } from './sources.js'
import { StandingLine } from './standing.js'
import { sortMembers, type View } from './view.js'

export function MembersPage({
  setting,
  schemes,
  today,
}: {
  setting: Setting
  schemes: Schemes
  today: string
}): JSX.Element {
  const { reader } = setting
  const { members: t } = reader.texts.schemes
  const view: View = { setting, reader, schemes, sources: numberSources([]), today }
  const rank = ({ participation }: Scheme): number => (participation === 'admitted' ? 0 : 1)
  const members = sortMembers(schemes.members, reader).sort((a, b) => rank(a) - rank(b))
  const issuers = members.filter(({ definition }) => definition.roles.includes('issuer'))
  return (
    <Layout
      frame={{ ...setting, title: t.title, description: t.description, search: '', index: true }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {members.length === 0 && <p>{reader.t.start.noMembers}</p>}
      <MemberGroup title={t.issuers} members={issuers} view={view} />
      <MemberGroup title={t.disputes} members={members.filter((one) => !issuers.includes(one))} view={view} />
    </Layout>
  )
}

function MemberGroup({
  title,
  members,
  view,
}: {
  title: string
  members: readonly Scheme[]
  view: View
}): JSX.Element | null {
  const { reader } = view
  if (members.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class="members">
        {members.map((member) => (
          <li id={member.id}>
            <p class="word">{reader.country(member.definition.country)}</p>
            <h3>
              <MemberLink member={member} view={view} />
            </h3>
            <p class="hint">
              <StandingLine member={member} view={view} />
            </p>
            {member.definition.marks.length > 0 && (
              <ul class="marks">
                {member.definition.marks.map((mark) => (
                  <li>
                    <MarkSign mark={mark} participation={member.participation} />
                    <span>
                      <strong>
                        <Local text={mark.name} reader={reader} />
                      </strong>
                      <br />
                      {reader.t.kinds[mark.kind].title} · {reader.t.states[mark.status.state]}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
