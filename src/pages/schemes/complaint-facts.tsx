/** Which complaints a body takes and how it is reached, in words with sources (DESIGN 4.10). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Competence, MemberDefinition } from '../../alliance/definition.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { isNationalNumber } from '../frame/channel.js'
import { Local, phrase } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { ChannelValue } from '../look-up/record-card.js'
import { Fact } from './mark-facts.js'
import { MemberLink } from './mark-link.js'
import { Aside, Named } from './punctuation.js'
import { Ref } from './sources.js'
import { competencesBeside, complaintBodies, type View } from './view.js'
import { formatPartialDate, formatPeriod } from './words.js'

type Complaints = NonNullable<MemberDefinition['complaints']>

function Cite({ of, source, view }: { of: MemberDefinition; source: string; view: View }): JSX.Element {
  return (
    <>
      {' '}
      <Ref number={view.sources.numberOf(of, source)} reader={view.reader} />
    </>
  )
}

/** Everything that is stated of the complaints that a member takes. */
export function ComplaintFacts({ of, view }: { of: MemberDefinition; view: View }): JSX.Element {
  const { reader } = view
  const { complaints: t } = reader.texts.schemes
  const { complaints } = of
  if (!complaints) return <p>{t.none}</p>
  return (
    <dl class="facts">
      <Fact name={t.takes}>
        <Competences of={of} complaints={complaints} takes={complaints.takes} view={view} />
      </Fact>
      <Fact name={t.channels}>
        <Channels of={of} complaints={complaints} view={view} />
      </Fact>
      <Fact name={t.languages}>{languagesOf(complaints, reader)}</Fact>
      {complaints.refuses.length > 0 && (
        <Fact name={t.refuses}>
          <ul>
            {complaints.refuses.map((one) => (
              <li>
                <Local text={one.text} reader={reader} />
                <Cite of={of} source={one.source} view={view} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {complaints.deadlines.length > 0 && (
        <Fact name={t.deadlines}>
          <ul>
            {complaints.deadlines.map((one) => (
              <li>
                <Named
                  name={<strong>{formatPeriod(one.period, reader, one.business)}</strong>}
                  reader={reader}
                >
                  <Local text={one.text} reader={reader} />
                </Named>
                <Cite of={of} source={one.source} view={view} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {complaints.partners && complaints.partners.length > 0 && (
        <Fact name={t.partners}>
          <Partners of={of} partners={complaints.partners} view={view} />
        </Fact>
      )}
      {complaints.note && (
        <Fact name={t.note}>
          <Local text={complaints.note} reader={reader} />
        </Fact>
      )}
    </dl>
  )
}

function languagesOf({ languages }: Complaints, reader: Reader): string {
  return languages.length > 0
    ? reader.list(languages.map(reader.language))
    : reader.texts.schemes.complaints.languagesUnknown
}

function Competences({
  of,
  complaints,
  takes: shown,
  view,
}: {
  of: MemberDefinition
  complaints: Complaints
  takes: readonly Competence[]
  view: View
}): JSX.Element {
  const { reader } = view
  const { complaints: t } = reader.texts.schemes
  return (
    <ul>
      {shown.map((takes) => {
        const basis = complaints.basis?.find((one) => one.takes === takes)
        return (
          <li>
            <strong>{phrase(t.competences[takes], { country: reader.country(of.country) })}</strong>
            {basis && (
              <>
                <br />
                <Named name={<Extent basis={basis} reader={reader} />} reader={reader}>
                  <Local text={basis.text} reader={reader} />
                </Named>
                <Cite of={of} source={basis.source} view={view} />
                {basis.through && <> {t.through}</>}
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** How sure it is that such complaints are taken, and for which other countries a source says so. */
function Extent({
  basis,
  reader,
}: {
  basis: NonNullable<Complaints['basis']>[number]
  reader: Reader
}): JSX.Element {
  const { complaints: t } = reader.texts.schemes
  return (
    <>
      {t[basis.extent]}
      {basis.countries && (
        <Aside reader={reader}>
          {phrase(t.countries, { countries: reader.list(basis.countries.map(reader.country)) })}
        </Aside>
      )}
    </>
  )
}

function Channels({
  of,
  complaints,
  view,
}: {
  of: MemberDefinition
  complaints: Complaints
  view: View
}): JSX.Element {
  const { t } = view.reader
  const abroad = complaints.channels.some(({ kind, value }) => isNationalNumber(kind, value))
  return (
    <>
      <ul class="channels">
        {complaints.channels.map(({ kind, value, source }) => (
          <li>
            {t.complaints[kind]} <ChannelValue kind={kind} value={value} />
            <Cite of={of} source={source} view={view} />
          </li>
        ))}
      </ul>
      {abroad && <p class="hint">{t.complaints.abroad}</p>}
    </>
  )
}

function Partners({
  of,
  partners,
  view,
}: {
  of: MemberDefinition
  partners: NonNullable<Complaints['partners']>
  view: View
}): JSX.Element {
  const { reader } = view
  const { complaints: t } = reader.texts.schemes
  return (
    <ul>
      {partners.map(({ name, countries, since, source }) => (
        <li>
          <Local text={name} reader={reader} />
          {countries.length > 0 && (
            <Aside reader={reader}>{reader.list(countries.map(reader.country))}</Aside>
          )}
          {since !== undefined && (
            <small>
              <Aside reader={reader}>
                {phrase(t.partnerSince, { date: formatPartialDate(since, reader) })}
              </Aside>
            </small>
          )}
          <Cite of={of} source={source} view={view} />
        </li>
      ))}
    </ul>
  )
}

/** Where a buyer can complain about shops that hold a member's marks: the member itself, and the bodies of its country. */
export function ComplaintPaths({ of, view }: { of: MemberDefinition; view: View }): JSX.Element {
  const { reader } = view
  const { complaints: t } = reader.texts.schemes
  const bodies = complaintBodies(view.schemes, of)
  if (bodies.length === 0) return <p>{phrase(t.pathsNone, { country: reader.country(of.country) })}</p>
  return (
    <ul class="paths">
      {bodies.map((body) => (
        <ComplaintPath
          body={body}
          takes={
            body.id === of.id ? (body.definition.complaints?.takes ?? []) : competencesBeside(body.definition)
          }
          view={view}
        />
      ))}
    </ul>
  )
}

function ComplaintPath({
  body,
  takes,
  view,
}: {
  body: Scheme
  takes: readonly Competence[]
  view: View
}): JSX.Element | null {
  const { definition } = body
  if (!definition.complaints) return null
  return (
    <li>
      <MemberLink member={body} view={view} />
      <Competences of={definition} complaints={definition.complaints} takes={takes} view={view} />
      <Channels of={definition} complaints={definition.complaints} view={view} />
    </li>
  )
}
