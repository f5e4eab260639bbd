/** One record of an answer: what kind of mark, who stands behind it, who runs the shop, what it covers (DESIGN 5). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { certificateOf } from '../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../record/verdict.js'
import { channelLink } from './channel.js'
import { Local, phrase, Time } from './phrase.js'
import { PrincipleList } from './principle-list.js'
import type { Reader } from './reader.js'
import { Sign, TONES } from './signs.js'
import { ChangeLine, MarkName } from './verdict-panel.js'

/**
 * A record as a card. `open` shows what it covers at once, but only of a mark in force: ticks under a withdrawn one
 * would look like praise. The others keep it behind a click.
 */
export function RecordCard({
  record,
  open,
  reader,
}: {
  record: VerdictRecord
  open: boolean
  reader: Reader
}): JSX.Element {
  const { t } = reader
  const kind = t.kinds[record.mark.kind]
  const unfolded = open && POSITIVE_VERDICTS.includes(record.verdict)
  return (
    <article class={`record tone-${TONES[record.verdict]}`}>
      <header>
        <Sign of={record.verdict} />
        <div>
          <h2>
            <MarkName record={record} reader={reader} />
          </h2>
          <p>
            <span class="word">{t.verdicts[record.verdict].title}</span>
          </p>
        </div>
      </header>
      <p>
        <strong>{kind.title}</strong>
        <br />
        {kind.says}
      </p>
      <MainFacts record={record} reader={reader} />
      {unfolded && <PrincipleList record={record} reader={reader} />}
      <details>
        <summary>{t.record.more}</summary>
        <MoreFacts record={record} reader={reader} />
        {!unfolded && <PrincipleList record={record} reader={reader} />}
      </details>
    </article>
  )
}

function MainFacts({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  const { holder, member, validity } = record
  return (
    <dl class="facts">
      <Fact name={t.record.awardedBy}>
        {phrase(t.record.agency, {
          agency: <Local text={member.name} reader={reader} />,
          country: reader.country(member.country),
        })}
      </Fact>
      <Fact name={t.record.says}>
        <Local text={record.mark.says} reader={reader} />
      </Fact>
      <Fact name={t.record.valid}>
        {phrase(t.record.period, {
          from: <Time at={validity.from} day reader={reader} />,
          until: <Time at={validity.until} day reader={reader} />,
        })}
      </Fact>
      {record.status && (
        <Fact name={t.record.change}>
          <ChangeLine record={record} reader={reader} />
        </Fact>
      )}
      <Fact name={t.record.holder}>
        <strong>
          <Local text={holder.name} reader={reader} />
        </strong>
        <br />
        {t.record[holder.kind]} · {reader.country(holder.country)}
      </Fact>
      {holder.contact.length > 0 && (
        <Fact name={t.record.contact}>
          {holder.contact.map((one, i) => (
            <>
              {i > 0 && <br />}
              <ChannelValue kind={one.kind} value={one.value} />
            </>
          ))}
        </Fact>
      )}
    </dl>
  )
}

function MoreFacts({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { t } = reader
  const { holder } = record
  return (
    <dl class="facts">
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

function Fact({ name, children }: { name: string; children: Child }): JSX.Element {
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
  const text = <bdi class="address">{value}</bdi>
  return href === undefined ? (
    text
  ) : (
    <a class="channel" href={href} rel="nofollow noopener noreferrer">
      {text}
    </a>
  )
}
