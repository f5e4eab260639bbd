/** The head of an answer: sign, verdict, what it means, what to do now; and the warnings right below it (DESIGN 5). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { pickText } from '../../alliance/text.js'
import {
  POSITIVE_VERDICTS,
  type Verdict,
  type VerdictRecord,
  type Warning,
  type WarningCode,
} from '../../record/verdict.js'
import { WARNING_TEXTS } from '../../record/warning-texts.js'
import { Agency } from '../frame/agency.js'
import { hasOwnLevelName } from '../frame/mark-title.js'
import { LastDay, Local, phrase, Time } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import { Sign, TONES, WarningSign } from '../frame/signs.js'
import { askedAs, showPresence } from '../frame/subject.js'

/** The record that gave the answer its headline, if any did. */
export function headRecord(verdict: Verdict): VerdictRecord | undefined {
  return verdict.records.find((record) => record.verdict === verdict.verdict)
}

/** The verdict in large type, on the colour of its tone. */
export function VerdictPanel({ verdict, reader }: { verdict: Verdict; reader: Reader }): JSX.Element {
  const { t } = reader
  const text = t.verdicts[verdict.verdict]
  const record = headRecord(verdict)
  const now = advice(verdict, reader)
  return (
    <section class={`panel tone-${TONES[verdict.verdict]}`} aria-labelledby="verdict">
      <p class="asked">
        {t.verify.asked} <bdi class="address">{askedAs(verdict.query)}</bdi>
        <AsciiForm verdict={verdict} reader={reader} />
      </p>
      <div class="headline">
        <Sign of={verdict.verdict} />
        <h1 id="verdict">{text.title}</h1>
      </div>
      <ForemostWarnings warnings={verdict.warnings} reader={reader} />
      {record && (
        <p class="mark">
          <strong>
            <MarkName record={record} reader={reader} />
          </strong>
          <br />
          <Agency agency={record.member} reader={reader} />
        </p>
      )}
      <p>{meaning(verdict, reader)}</p>
      {record && <Moment record={record} reader={reader} />}
      {verdict.advice && (
        <p class={verdict.verdict === 'not-found' ? 'now' : undefined}>
          <Local text={verdict.advice} reader={reader} />
        </p>
      )}
      {now !== undefined && <p class="now">{now}</p>}
    </section>
  )
}

/**
 * An address in other letters than ASCII may be written to pass for another: where no mark is in force for it, its Punycode form,
 * which passes for nothing, stands beside it.
 */
function AsciiForm({ verdict, reader }: { verdict: Verdict; reader: Reader }): JSX.Element | null {
  const { display, keys } = verdict.query
  const ascii = /^web:(.+)$/.exec(keys[0] ?? '')?.[1]
  if (ascii === undefined || ascii === display || POSITIVE_VERDICTS.includes(verdict.verdict)) return null
  return (
    <>
      <br />
      {phrase(reader.t.verify.asciiForm, { address: <bdi class="address">{ascii}</bdi> })}
    </>
  )
}

/** What the verdict means: where no record was found, for what exactly none was. */
function meaning(verdict: Verdict, { t }: Reader): string {
  if (verdict.verdict !== 'not-found') return t.verdicts[verdict.verdict].says
  if (verdict.query.url === undefined) return t.verify.noNumber
  return has(verdict, 'presence-not-covered') ? t.verify.notCovered : t.verdicts['not-found'].says
}

function has({ warnings }: Verdict, ...codes: WarningCode[]): boolean {
  return warnings.some(({ code }) => codes.includes(code))
}

/**
 * What to do now. A number ties the answer to no shop: whoever copied it from a certified one would pass for it, so
 * then that is said first. The advice of `not-found` points at a list that may be empty, and at marks on a shop.
 */
function advice(verdict: Verdict, reader: Reader): string | undefined {
  const { t } = reader
  if (POSITIVE_VERDICTS.includes(verdict.verdict) && verdict.query.url === undefined)
    return t.covered.certificate
  if (verdict.similar && has(verdict, 'lookalike', 'name-inside')) return t.similar.now
  if (verdict.verdict === 'not-found' && verdict.advice) return undefined
  if (verdict.verdict === 'not-found' && has(verdict, 'presence-not-covered')) return t.verify.notCoveredNow
  const listed = verdict.searched?.schemes.length ?? 0
  return verdict.verdict === 'not-found' && listed === 0 ? undefined : t.verdicts[verdict.verdict].now
}

/** The mark with its level, as `markTitle` says it, each name marked with its language. */
export function MarkName({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  return (
    <>
      <Local text={record.mark.name} reader={reader} />
      {hasOwnLevelName(record.mark, reader.lang) && (
        <>
          {' · '}
          <Local text={record.mark.levelName} reader={reader} />
        </>
      )}
    </>
  )
}

/** The date that matters for this verdict; none where the dates of the certificate would only mislead. */
export function Moment({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element | null {
  const { status, verdict } = record
  if (status && (verdict === 'suspended' || verdict === 'revoked'))
    return (
      <p>
        <ChangeLine record={record} reader={reader} />
      </p>
    )
  if (!saysValidity(record)) return null
  return (
    <p>
      <ValidityLine record={record} reader={reader} />
    </p>
  )
}

/** Whether there is a date of validity to tell: a withdrawn or doubtful certificate must not look valid until one. */
export function saysValidity({ verdict }: VerdictRecord): boolean {
  return POSITIVE_VERDICTS.includes(verdict) || verdict === 'expired' || verdict === 'not-yet-valid'
}

/** Until when a certificate is or was valid; from when, for one that is not valid yet. */
export function ValidityLine({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { validity, verdict } = record
  const { t } = reader
  if (verdict === 'not-yet-valid')
    return <>{phrase(t.record.from, { date: <Time at={validity.from} reader={reader} /> })}</>
  const text = verdict === 'expired' ? t.record.expired : t.record.until
  return <>{phrase(text, { date: <LastDay until={validity.until} reader={reader} /> })}</>
}

/** The last change of a record's status with the agency's reason; nothing for a record that never changed. */
export function ChangeLine({
  record,
  reader,
}: {
  record: VerdictRecord
  reader: Reader
}): JSX.Element | null {
  const { status } = record
  const { t } = reader
  if (!status) return null
  const texts = {
    suspended: t.record.suspendedOn,
    revoked: t.record.revokedOn,
    reinstated: t.record.reinstatedOn,
  }
  return (
    <>
      {phrase(texts[status.change], { date: <Time at={status.effective} day reader={reader} /> })}
      <br />
      <Local text={status.reason} reader={reader} />
    </>
  )
}

/** Those without which the headline would mislead: they stand in its panel, right under it. */
const FOREMOST: readonly WarningCode[] = [
  'higher-mark-suspended',
  'higher-mark-lapsed',
  'lookalike',
  'name-inside',
  'presence-not-covered',
]
/** Those that may mean an imitation: they come first and look graver. */
const SEVERE: readonly WarningCode[] = ['lookalike', 'mixed-script']

const isForemost = (one: Warning): boolean => FOREMOST.includes(one.code)
const isSevere = (one: Warning): boolean => SEVERE.includes(one.code)
const gravestFirst = (warnings: readonly Warning[]): Warning[] => [
  ...warnings.filter(isSevere),
  ...warnings.filter((one) => !isSevere(one)),
]

/** The warnings that stand in the panel. */
export function ForemostWarnings({
  warnings,
  reader,
}: {
  warnings: readonly Warning[]
  reader: Reader
}): JSX.Element {
  return (
    <>
      {gravestFirst(firstOfEach(warnings.filter(isForemost))).map((one) => (
        <WarningBox warning={one} reader={reader}>
          {one.url !== undefined && <Owner url={one.url} warnings={warnings} reader={reader} />}
        </WarningBox>
      ))}
    </>
  )
}

/** Several members may have certified one neighbouring address: it is one thing to know. */
function firstOfEach(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(
    ({ url }, at) => url === undefined || warnings.findIndex((other) => other.url === url) === at,
  )
}

/** The ways to the address that a mark does belong to, and to what is known of it here. */
function Owner({
  url,
  warnings,
  reader,
}: {
  url: string
  warnings: readonly Warning[]
  reader: Reader
}): JSX.Element {
  const { t } = reader
  const { shown, href } = showPresence({ kind: 'web', url })
  return (
    <>
      {href !== undefined && (
        <p>
          <a class="channel" href={href} rel="nofollow noopener noreferrer">
            {phrase(t.covered.open, { address: <bdi class="address">{shown}</bdi> })}
          </a>
        </p>
      )}
      {warnings
        .filter((one) => one.url === url)
        .flatMap(({ record }) => record ?? [])
        .map((record) => (
          <p>
            <a class="channel" href={recordPath(record, reader.lang)}>
              {phrase(t.similar.page, { address: <bdi>{record}</bdi> })}
            </a>
          </p>
        ))}
    </>
  )
}

/** The warnings of an answer that its panel does not show yet. */
export function WarningList({
  warnings,
  reader,
}: {
  warnings: readonly Warning[]
  reader: Reader
}): JSX.Element {
  return (
    <>
      {gravestFirst(warnings.filter((one) => !isForemost(one))).map((one) => (
        <WarningBox warning={one} reader={reader} />
      ))}
    </>
  )
}

/** One warning with what it means, and what was seen here where the hub says more of it than of any such case. */
function WarningBox({
  warning,
  reader,
  children,
}: {
  warning: Warning
  reader: Reader
  children?: Child
}): JSX.Element {
  const { title, says } = reader.t.warnings[warning.code]
  const general = pickText(WARNING_TEXTS[warning.code], reader.lang).text
  const isGeneral = pickText(warning.detail, reader.lang).text === general
  return (
    <section class={isSevere(warning) ? 'warning severe' : 'warning'}>
      <WarningSign />
      <div>
        <h2>
          <span class="word">{reader.t.warning}</span> {title}
        </h2>
        {/* Where the owner of the mark is named, that says it all. */}
        {(isGeneral || warning.url === undefined) && <p>{says}</p>}
        {!isGeneral && (
          <p class="detail">
            <Local text={warning.detail} reader={reader} />
          </p>
        )}
        {children}
      </div>
    </section>
  )
}
