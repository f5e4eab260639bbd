/** Sources of what the questionnaire's page states: a number beside each line, the list at its end (DESIGN 4.14). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Unsettled } from '../../alliance/definition.js'
import { channelLink } from '../frame/channel.js'
import { fill, Local, phrase } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { formatPartialDate } from './amounts.js'
import type { NumberedSource } from './view.js'

export type Sources = ReadonlyMap<string, NumberedSource>

/** "Source 3", leading to the list; nothing where the definition names a source that it does not have. */
export function SourceLink({
  of,
  sources,
  reader,
}: {
  of: string | undefined
  sources: Sources
  reader: Reader
}): JSX.Element | null {
  const found = of === undefined ? undefined : sources.get(of)
  if (!found) return null
  return (
    <a class="ref" href={`#source-${found.number}`}>
      {fill(reader.texts.eligibility.sources.one, { number: reader.number(found.number) })}
    </a>
  )
}

/** Every source of the members shown, with how far it can be relied on. */
export function SourceList({ of, reader }: { of: readonly Sources[]; reader: Reader }): JSX.Element | null {
  const t = reader.texts.eligibility.sources
  const all = of.flatMap((sources) => [...sources.values()])
  if (all.length === 0) return null
  return (
    <section class="source-list">
      <h2 id="sources">{t.title}</h2>
      <ol>
        {all.map(({ number, source }) => {
          const href = source.url === null ? undefined : channelLink('web', source.url)
          return (
            <li id={`source-${number}`} value={number}>
              {href === undefined ? (
                <bdi>{source.title}</bdi>
              ) : (
                <a href={href} rel="nofollow noreferrer">
                  <bdi>{source.title}</bdi>
                </a>
              )}{' '}
              <span class="hint">
                {reader.list([
                  source.dated === null
                    ? t.undated
                    : fill(t.dated, { date: formatPartialDate(source.dated, reader) }),
                  t.extents[source.extent],
                  fill(t.read, { date: reader.date(source.read) }),
                ])}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/**
 * A line's dates and source: "In force since 5 June 2024 · Source 3". A source tells when it was written, not since when its
 * rule holds, so a rule without a first day is dated by its source and said to be.
 */
export function RuleDates({
  rule,
  on,
  sources,
  reader,
}: {
  rule: { validFrom?: string | undefined; validUntil?: string | undefined; source: string }
  /** The day by which the page judges. */
  on: string
  sources: Sources
  reader: Reader
}): JSX.Element {
  const t = reader.texts.eligibility.dates
  const { validFrom, validUntil } = rule
  const dated = sources.get(rule.source)?.source.dated ?? null
  const day = (iso: string) => ({ date: <time datetime={iso}>{reader.date(iso)}</time> })
  const isPast = validUntil !== undefined && validUntil <= on
  return (
    <span class="hint dates">
      {isPast ? (
        phrase(t.ended, day(validUntil))
      ) : (
        <>
          {validFrom !== undefined
            ? phrase(validFrom > on ? t.from : t.since, day(validFrom))
            : dated === null
              ? t.undated
              : phrase(t.stated, {
                  date: <time datetime={dated}>{formatPartialDate(dated, reader)}</time>,
                })}
          {validUntil !== undefined && <> {phrase(t.until, day(validUntil))}</>}
        </>
      )}
      {' · '}
      <SourceLink of={rule.source} sources={sources} reader={reader} />
    </span>
  )
}

/** What no source says of how a rule is applied, and where the change stands that raised the doubt. */
export function RuleDoubt({
  doubt,
  sources,
  reader,
}: {
  doubt: Unsettled
  sources: Sources
  reader: Reader
}): JSX.Element {
  const { since, text, source } = doubt
  return (
    <span class="hint dates">
      {text ? (
        <Local text={text} reader={reader} />
      ) : (
        phrase(reader.texts.eligibility.level.unsettled, {
          date: <time datetime={since}>{reader.date(since)}</time>,
        })
      )}{' '}
      <SourceLink of={source} sources={sources} reader={reader} />
    </span>
  )
}
