/** What an answer rests on: the signed records, and the log and registers as of which it was given (DESIGN 5, 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Verdict, VerdictQuery } from '../../record/verdict.js'
import { Local, phrase, Time } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { formatSearch } from './question.js'

/** The same question to the API. */
export function apiAddress(query: VerdictQuery): string {
  const { url, record, identifier } = query
  return `/v1/verify${formatSearch({
    ...(url !== undefined && { url }),
    ...(record !== undefined && { record }),
    ...(identifier !== undefined && { identifier }),
    ...(query.for !== undefined && { for: query.for }),
  })}`
}

/** Signed statements and checkpoint, folded away: most readers never need them, some must have them. */
export function Evidence({ verdict, reader }: { verdict: Verdict; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <details class="evidence">
      <summary>{t.evidence.title}</summary>
      <p>{t.evidence.lead}</p>
      {verdict.records.map((record) => (
        <>
          <h3>{phrase(t.evidence.statement, { id: <bdi>{record.id}</bdi> })}</h3>
          <pre dir="ltr">
            <code>{record.statement}</code>
          </pre>
          <p>
            <a href={`/v1/records/${encodeURIComponent(record.id)}`}>{t.evidence.record}</a>
          </p>
        </>
      ))}
      {registers(verdict, reader)
        .filter((one) => !one.disagrees)
        .map((one) => one.line)}
      {verdict.asOf.checkpoint !== null && (
        <>
          <h3>{t.evidence.checkpoint}</h3>
          <pre dir="ltr">
            <code>{verdict.asOf.checkpoint}</code>
          </pre>
        </>
      )}
      <p>
        <a href={apiAddress(verdict.query)}>{t.evidence.answer}</a>
      </p>
    </details>
  )
}

/** The moment of the log for which a page holds. */
export function LogLine({ size, at, reader }: { size: number; at: string; reader: Reader }): JSX.Element {
  const { t } = reader
  return (
    <p>
      {t.asOf.title}: {phrase(reader.count(t.asOf.log, size), { time: <Time at={at} reader={reader} /> })}
    </p>
  )
}

/** As of which log; and which registers do not agree with it, for that must not be folded away. */
export function AsOf({ verdict, reader }: { verdict: Verdict; reader: Reader }): JSX.Element {
  return (
    <>
      <LogLine size={verdict.asOf.size} at={verdict.asOf.at} reader={reader} />
      {registers(verdict, reader)
        .filter((one) => one.disagrees)
        .map((one) => one.line)}
    </>
  )
}

/** The registers of the members in the answer, each with a line that says as of when it is. */
function registers(verdict: Verdict, reader: Reader): { disagrees: boolean; line: JSX.Element }[] {
  const { t } = reader
  const names = new Map(verdict.records.map((record) => [record.member.id, record.member.name]))
  return Object.entries(verdict.asOf.members).map(([id, register]) => {
    const name = names.get(id)
    const member = name ? <Local text={name} reader={reader} /> : <bdi>{id}</bdi>
    const disagrees = register !== null && register.agrees === false
    return {
      disagrees,
      line: (
        <p>
          {register
            ? phrase(t.asOf.register, { member, time: <Time at={register.at} reader={reader} /> })
            : phrase(t.asOf.noRegister, { member })}
          {disagrees && <strong> ({t.asOf.disagrees})</strong>}
        </p>
      ),
    }
  })
}
