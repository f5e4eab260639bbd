/**
 * `/members/{id}`: who a member is, how it takes part, what its marks ask, which complaints it takes, and what is not
 * known of it; every statement with its source (DESIGN 2, 4.14).
 */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Scheme, Schemes } from '../../hub/read-schemes.js'
import { KEY_ROLES } from '../../trust/keys.js'
import { AgencyName } from '../frame/agency.js'
import { channelLink } from '../frame/channel.js'
import { Layout } from '../frame/layout.js'
import { fill, Local, phrase } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { ComplaintFacts } from './complaint-facts.js'
import { Duties } from './duties.js'
import { memberData } from './json-ld.js'
import { MarkArticle } from './mark-article.js'
import { Fact, OutsideLink } from './mark-facts.js'
import { MEMBERS_PATH } from './mark-link.js'
import { numberSources, Ref, SourceList } from './sources.js'
import { Standing } from './standing.js'
import type { View } from './view.js'
import { formatMonthDay, plainName } from './words.js'

export function MemberPage({
  setting,
  schemes,
  member,
  today,
}: {
  setting: Setting
  schemes: Schemes
  member: Scheme
  today: string
}): JSX.Element {
  const { reader } = setting
  const { definition } = member
  const t = reader.texts.schemes
  const sources = numberSources([{ definition, keys: Object.keys(definition.sources) }])
  const view: View = { setting, reader, schemes, sources, today }
  const name = plainName(definition.name, reader)
  const description = fill(t.member.description, { name, country: reader.country(definition.country) })
  return (
    <Layout
      frame={{
        ...setting,
        title: name,
        description,
        search: '',
        index: true,
        jsonLd: memberData(member, view),
      }}
      footer={<LogLine size={schemes.size} at={schemes.at} reader={reader} />}
    >
      <p class="back">
        <a class="channel" href={localPath(reader.lang, MEMBERS_PATH)}>
          {t.members.title}
        </a>
      </p>
      <h1>
        <AgencyName name={definition.name} reader={reader} />
      </h1>
      <About member={member} view={view} />
      <section id="participation">
        <h2>{t.member.participation}</h2>
        <Standing member={member} view={view} />
      </section>
      {definition.marks.length > 0 && (
        <section id="marks" class="mark-articles">
          <h2>{t.member.marks}</h2>
          {definition.marks.map((mark) => (
            <MarkArticle one={{ definition, mark, member }} view={view} />
          ))}
        </section>
      )}
      <Duties of={definition} view={view} />
      <section id="complaints">
        <h2>{t.complaints.title}</h2>
        <ComplaintFacts of={definition} view={view} />
      </section>
      {definition.unknown.length > 0 && (
        <section id="unknown">
          <h2>{t.member.unknown}</h2>
          <p>{t.member.unknownLead}</p>
          <ul>
            {definition.unknown.map((text) => (
              <li>
                <Local text={text} reader={reader} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Keys member={member} view={view} />
      <SourceList sources={sources} reader={reader} />
    </Layout>
  )
}

function About({ member: { definition }, view }: { member: Scheme; view: View }): JSX.Element {
  const { reader } = view
  const { member: t } = reader.texts.schemes
  const { website, calendar } = definition
  const href = website === null ? undefined : channelLink('web', website)
  return (
    <>
      {definition.marks.length === 0 && <p class="lead">{t.noMarks}</p>}
      <dl class="facts">
        <Fact name={t.shortName}>
          <Local text={definition.shortName} reader={reader} />
        </Fact>
        <Fact name={t.country}>{reader.country(definition.country)}</Fact>
        <Fact name={t.role}>{reader.list(definition.roles.map((role) => t.roles[role]))}</Fact>
        <Fact name={t.languages}>{reader.list(definition.languages.map(reader.language))}</Fact>
        {href !== undefined && (
          <Fact name={t.website}>
            <OutsideLink href={href} />
          </Fact>
        )}
        {calendar.closures && calendar.closures.length > 0 && (
          <Fact name={t.closed}>
            {calendar.closures.map(({ from, until, source }, i) => (
              <>
                {i > 0 && <br />}
                {phrase(t.fromTo, {
                  from: formatMonthDay(from, reader),
                  until: formatMonthDay(until, reader),
                })}{' '}
                <Ref number={view.sources.numberOf(definition, source)} reader={reader} />
              </>
            ))}
          </Fact>
        )}
      </dl>
    </>
  )
}

/** Thumbprints and roles; whoever needs the keys themselves reads the data. */
function Keys({ member, view }: { member: Scheme; view: View }): JSX.Element {
  const { member: t } = view.reader.texts.schemes
  const { keys } = member
  return (
    <section id="keys">
      <h2>{t.keys}</h2>
      {keys ? (
        <>
          <p>{t.keysLead}</p>
          <dl class="facts">
            {KEY_ROLES.filter((role) => keys[role].length > 0).map((role) => (
              <Fact name={t.keyRoles[role]}>
                {keys[role].map(({ kid }, i) => (
                  <>
                    {i > 0 && <br />}
                    <code>{kid}</code>
                  </>
                ))}
              </Fact>
            ))}
          </dl>
        </>
      ) : (
        <p>{t.noKeys}</p>
      )}
      <p>
        <a class="channel" href={`/v1/members/${encodeURIComponent(member.id)}`}>
          {t.data}
        </a>
      </p>
    </section>
  )
}
