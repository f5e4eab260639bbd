/** The head of an answer: sign, verdict, what it means, what to do now; and the warnings right below it (DESIGN 5). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import {
  POSITIVE_VERDICTS,
  type Verdict,
  type VerdictRecord,
  type Warning,
  type WarningCode,
} from '../record/verdict.js'
import { Local, phrase, Time } from './phrase.js'
import type { Reader } from './reader.js'
import { Sign, TONES, WarningSign } from './signs.js'

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
        {t.verify.asked} <bdi class="address">{verdict.query.display}</bdi>
      </p>
      <div class="headline">
        <Sign of={verdict.verdict} />
        <h1 id="verdict">{text.title}</h1>
      </div>
      {record && (
        <p class="mark">
          <strong>
            <MarkName record={record} reader={reader} />
          </strong>
          <br />
          {phrase(t.record.agency, {
            agency: <Local text={record.member.name} reader={reader} />,
            country: reader.country(record.member.country),
          })}
        </p>
      )}
      <p>{text.says}</p>
      {record && <Moment record={record} reader={reader} />}
      {verdict.advice && (
        <p>
          <Local text={verdict.advice} reader={reader} />
        </p>
      )}
      {now !== undefined && <p class="now">{now}</p>}
    </section>
  )
}

/**
 * What to do now. A number ties the answer to no shop: whoever copied it from a certified one would pass for it, so
 * then that is said first. The advice of `not-found` points at a list that may be empty.
 */
function advice(verdict: Verdict, reader: Reader): string | undefined {
  const { t } = reader
  if (POSITIVE_VERDICTS.includes(verdict.verdict) && verdict.query.url === undefined)
    return t.covered.certificate
  const listed = verdict.searched?.schemes.length ?? 0
  return verdict.verdict === 'not-found' && listed === 0 ? undefined : t.verdicts[verdict.verdict].now
}

/** The mark with its level. */
export function MarkName({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  return (
    <>
      <Local text={record.mark.name} reader={reader} /> ·{' '}
      <Local text={record.mark.levelName} reader={reader} />
    </>
  )
}

/** The date that matters for this verdict; none where the dates of the certificate would only mislead. */
function Moment({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element | null {
  const { validity, verdict } = record
  const { t } = reader
  if (record.status && (verdict === 'suspended' || verdict === 'revoked'))
    return (
      <p>
        <ChangeLine record={record} reader={reader} />
      </p>
    )
  const line = (text: string, at: string): JSX.Element => (
    <p>{phrase(text, { date: <Time at={at} day reader={reader} /> })}</p>
  )
  if (verdict === 'not-yet-valid') return line(t.record.from, validity.from)
  if (verdict === 'expired') return line(t.record.expired, validity.until)
  return POSITIVE_VERDICTS.includes(verdict) ? line(t.record.until, validity.until) : null
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

/** Those that may mean an imitation: they come first and look graver. */
const SEVERE: readonly WarningCode[] = ['lookalike', 'mixed-script', 'presence-not-covered']

/** Every warning of the answer, each with what it means here. */
export function WarningList({
  warnings,
  reader,
}: {
  warnings: readonly Warning[]
  reader: Reader
}): JSX.Element {
  const isSevere = (one: Warning): boolean => SEVERE.includes(one.code)
  const sorted = [...warnings.filter(isSevere), ...warnings.filter((one) => !isSevere(one))]
  return (
    <>
      {sorted.map((one) => (
        <section class={isSevere(one) ? 'warning severe' : 'warning'}>
          <WarningSign />
          <div>
            <h2>
              <span class="word">{reader.t.warning}</span> {reader.t.warnings[one.code].title}
            </h2>
            <p>{reader.t.warnings[one.code].says}</p>
            <p class="detail">
              <Local text={one.detail} reader={reader} />
            </p>
          </div>
        </section>
      ))}
    </>
  )
}
