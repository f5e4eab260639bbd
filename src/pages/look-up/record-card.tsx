/** One record of an answer: what kind of mark, who stands behind it, who runs the shop, what it covers (DESIGN 5). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { certificateOf } from '../../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { Agency } from '../frame/agency.js'
import { channelLink } from '../frame/channel.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import { Sign, TONES } from '../frame/signs.js'
import { PrincipleList } from './principle-list.js'
import { ChangeLine, MarkName, saysValidity, ValidityLine } from './verdict-panel.js'

/**
 * The record behind the headline: who runs the shop, and what the mark covers, but only of a mark in force: ticks under
 * a withdrawn one would look like praise. All else is folded away.
 */
export function RecordCard({
  record,
  told = false,
  reader,
}: {
  record: VerdictRecord
  /** The page says above who awarded the mark, of what kind it is, and until when it holds. */
  told?: boolean
  reader: Reader
}): JSX.Element {
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  return (
    <article class="record">
      <Holder record={record} reader={reader} />
      {inForce && <PrincipleList record={record} reader={reader} />}
      <details>
        <summary>{reader.t.record.more}</summary>
        <MoreFacts record={record} told={told} reader={reader} />
        {!inForce && <PrincipleList record={record} reader={reader} />}
        {!told && <PageLink record={record} reader={reader} />}
      </details>
    </article>
  )
}

/** A further record, folded but for its mark and verdict. */
export function OtherRecord({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <article class={`record tone-${TONES[record.verdict]}`}>
      <details>
        <summary class="fold">
          <Sign of={record.verdict} />
          <span>
            <MarkName record={record} reader={reader} />
            <br />
            <span class="word">{t.verdicts[record.verdict].title}</span>
          </span>
        </summary>
        <p>{t.verdicts[record.verdict].says}</p>
        <Holder record={record} reader={reader} />
        <MoreFacts record={record} reader={reader} />
        <PrincipleList record={record} reader={reader} />
        <PageLink record={record} reader={reader} />
      </details>
    </article>
  )
}

/** The record's own page, where a seal leads. */
function PageLink({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  return (
    <p>
      <a class="channel" href={recordPath(record.id, reader.lang)}>
        {reader.t.verify.page}
      </a>
    </p>
  )
}

/** Who runs the shop and how to reach them. */
function Holder({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  const { holder } = record
  return (
    <section>
      <h3>{t.record.holder}</h3>
      <p>
        <strong>
          <Local text={holder.name} reader={reader} />
        </strong>
        <br />
        {t.record[holder.kind]} · {reader.country(holder.country)}
        {holder.contact.map((one) => (
          <>
            <br />
            <ChannelValue kind={one.kind} value={one.value} />
          </>
        ))}
      </p>
    </section>
  )
}

function MoreFacts({
  record,
  told = false,
  reader,
}: {
  record: VerdictRecord
  told?: boolean
  reader: Reader
}): JSX.Element {
  const { t } = reader
  const { holder, member, mark, validity } = record
  return (
    <dl class="facts">
      {!told && (
        <>
          <Fact name={t.record.awardedBy}>
            <Agency agency={member} reader={reader} />
          </Fact>
          <Fact name={t.kinds[mark.kind].title}>{t.kinds[mark.kind].says}</Fact>
        </>
      )}
      <Fact name={t.record.says}>
        <Local text={mark.says} reader={reader} />
      </Fact>
      {!told && (
        <Fact name={t.record.validity}>
          {saysValidity(record) && (
            <>
              <ValidityLine record={record} reader={reader} />
              <br />
            </>
          )}
          {phrase(t.record.signed, { date: <Time at={validity.from} day reader={reader} /> })}
        </Fact>
      )}
      {record.status && !told && (
        <Fact name={t.record.change}>
          <ChangeLine record={record} reader={reader} />
        </Fact>
      )}
      <Fact name={t.record.number}>
        <bdi class="address">{certificateOf(record.id)}</bdi>
      </Fact>
      {holder.identifiers.length > 0 && (
        <Fact name={t.record.identifiers}>
          {holder.identifiers.map((one, i) => (
            <>
              {i > 0 && <br />}
              <bdi class="address">{one.value}</bdi> ({registerName(one.scheme, reader)})
            </>
          ))}
        </Fact>
      )}
      {holder.languages.length > 0 && (
        <Fact name={t.record.languages}>{reader.list(holder.languages.map(reader.language))}</Fact>
      )}
      {holder.sector !== undefined && (
        <Fact name={t.record.sector}>
          <bdi>{holder.sector}</bdi>
        </Fact>
      )}
      {holder.shipsTo && holder.shipsTo.length > 0 && (
        <Fact name={t.record.shipsTo}>{reader.list(holder.shipsTo.map(reader.country))}</Fact>
      )}
      <Fact name={t.principles.criteria}>
        {phrase(t.principles.version, { version: <bdi>{record.criteriaVersion}</bdi> })}
      </Fact>
      <Fact name={t.record.recognition}>
        <Recognition record={record} reader={reader} />
      </Fact>
    </dl>
  )
}

/** National schemes begin with their country (`th-juristic`); the others are known by their letters (LEI). */
function registerName(scheme: string, reader: Reader): string {
  const country = /^([a-z]{2})-/.exec(scheme)?.[1]
  return country ? reader.country(country.toUpperCase()) : scheme.toUpperCase()
}

function Recognition({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  const { alliance, index, definitionSigned, bodies } = record.recognition
  return (
    <>
      {alliance ? phrase(t.record.recognised, { index: reader.number(index) }) : t.record.notRecognised}
      {record.recognition.for !== undefined && bodies.length > 0 && (
        <>
          {' '}
          {phrase(t.record.recognisedIn, {
            country: reader.country(record.recognition.for),
            members: reader.list(bodies),
          })}
        </>
      )}
      {!definitionSigned && <> {t.record.rulesUnsigned}</>}
    </>
  )
}

/** A line of a list of facts. */
export function Fact({ name, children }: { name: string; children: Child }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A channel as a link where it is one, else as text. */
export function ChannelValue({ kind, value }: { kind: string; value: string }): JSX.Element {
  const href = channelLink(kind, value)
  const text = <bdi class="address">{kind === 'web' && href ? withoutScheme(value) : value}</bdi>
  return href === undefined ? (
    text
  ) : (
    <a class="channel" href={href} rel="nofollow noopener noreferrer">
      {text}
    </a>
  )
}

/** As an address bar shows it; an address without TLS keeps its scheme as a warning. */
function withoutScheme(address: string): string {
  return address
    .trim()
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
}
