/** Dated rules for people: what is in force today first, then what comes, then what has passed as history (DESIGN 4.8). */

import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type {
  Level,
  MemberDefinition,
  Presupposition,
  Requirement,
  Unsettled,
} from '../../alliance/definition.js'
import { type Dated, doubtAbout, rulesInForce } from '../../alliance/rules-in-force.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import { MarkRef } from './mark-facts.js'
import { Aside } from './punctuation.js'
import { Ref } from './sources.js'
import type { SchemeMark, View } from './view.js'
import { formatPartialDate } from './words.js'

/** Rules by where their span lies to a day, each in the order given. */
export interface RulesByTime<R> {
  inForce: R[]
  coming: R[]
  past: R[]
}

/** @param today `YYYY-MM-DD` */
export function sortByTime<R extends Dated>(rules: readonly R[], today: string): RulesByTime<R> {
  const inForce = rulesInForce(rules, today)
  const coming = rules.filter((rule) => !inForce.includes(rule) && (rule.validFrom ?? '') > today)
  return { inForce, coming, past: rules.filter((rule) => !inForce.includes(rule) && !coming.includes(rule)) }
}

/** A rule of which a source tells. */
type Stated = Dated & { source: string }

/**
 * Since and until when a rule is in force. A source tells when it was written, not since when its rule holds, so a rule
 * without dates is dated by its source and said to be; nothing where that is undated too.
 */
function Span({ of, rule, view }: { of: MemberDefinition; rule: Stated; view: View }): JSX.Element | null {
  const { reader } = view
  const { rules: t } = reader.texts.schemes
  const day = (at: string): JSX.Element => <Time at={at} day reader={reader} />
  const { validFrom, validUntil } = rule
  const dated = of.sources[rule.source]?.dated ?? null
  if (validFrom !== undefined && validUntil !== undefined)
    return (
      <small>
        <Aside reader={reader}>{phrase(t.fromUntil, { date: day(validFrom), end: day(validUntil) })}</Aside>
      </small>
    )
  if (validFrom !== undefined)
    return (
      <small>
        <Aside reader={reader}>{phrase(t.from, { date: day(validFrom) })}</Aside>
      </small>
    )
  if (validUntil !== undefined)
    return (
      <small>
        <Aside reader={reader}>{phrase(t.until, { date: day(validUntil) })}</Aside>
      </small>
    )
  if (dated !== null)
    return (
      <small>
        <Aside reader={reader}>
          {phrase(t.stated, {
            date: <time datetime={dated}>{formatPartialDate(dated, reader)}</time>,
          })}
        </Aside>
      </small>
    )
  return null
}

/** The three groups; the first needs its heading only where there is another. */
export function DatedList<R extends Stated>({
  of,
  rules,
  show,
  view,
}: {
  of: MemberDefinition
  rules: readonly R[]
  show: (rule: R) => Child
  view: View
}): JSX.Element {
  const { rules: t } = view.reader.texts.schemes
  const { inForce, coming, past } = sortByTime(rules, view.today)
  const list = (some: readonly R[]): JSX.Element => (
    <ul>
      {some.map((rule) => (
        <li>
          {show(rule)}
          <Span of={of} rule={rule} view={view} />
        </li>
      ))}
    </ul>
  )
  return (
    <>
      {inForce.length > 0 && inForce.length < rules.length && <p class="word">{t.inForce}</p>}
      {inForce.length > 0 && list(inForce)}
      {coming.length > 0 && (
        <>
          <p class="word">{t.coming}</p>
          {list(coming)}
        </>
      )}
      {past.length > 0 && (
        <div class="past">
          <p class="word">{t.past}</p>
          {list(past)}
        </div>
      )}
    </>
  )
}

/** What no source says of how a rule is applied, where its own text does not say it, and where the doubt comes from. */
export function Doubt({
  of,
  rule,
  view,
}: {
  of: MemberDefinition
  rule: { source: string; unsettled?: Unsettled | undefined }
  view: View
}): JSX.Element | null {
  const doubt = doubtAbout(rule, view.today, undefined)
  if (!doubt) return null
  return (
    <>
      {doubt.text && (
        <>
          {' '}
          <Local text={doubt.text} reader={view.reader} />
        </>
      )}
      {(doubt.text || doubt.source !== rule.source) && (
        <>
          {' '}
          <Ref number={view.sources.numberOf(of, doubt.source)} reader={view.reader} />
        </>
      )}
    </>
  )
}

/** What a level asks: its own requirements, and other marks that must be held before. */
export function Requirements({
  one,
  level,
  view,
}: {
  one: SchemeMark
  level: Level
  view: View
}): JSX.Element {
  const { reader } = view
  const { rules: t } = reader.texts.schemes
  const rules: (Requirement | Presupposition)[] = [...level.requirements, ...level.presupposes]
  if (rules.length === 0) return <p>{t.noRequirements}</p>
  return (
    <DatedList
      of={one.definition}
      rules={rules}
      view={view}
      show={(rule) => (
        <>
          {'mark' in rule && `${t.presupposes} `}
          <Local text={rule.text} reader={reader} /> <MarkRef one={one} source={rule.source} view={view} />
          {'schema' in rule && <Doubt of={one.definition} rule={rule} view={view} />}
        </>
      )}
    />
  )
}
