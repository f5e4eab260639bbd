/** The head of a record's page: sign, verdict, mark and agency, what that means, and what to do (issue 5, story 1). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { POSITIVE_VERDICTS, type Verdict, type VerdictRecord } from '../../record/verdict.js'
import { Agency } from '../frame/agency.js'
import type { Reader } from '../frame/reader.js'
import { Sign, TONES } from '../frame/signs.js'
import { ForemostWarnings, MarkName, Moment, ValidityLine } from '../look-up/verdict-panel.js'

/** @param quiet without the colour of validity, which who only glances would take for that of another place */
export function RecordPanel({
  verdict,
  record,
  quiet,
  reader,
}: {
  verdict: Verdict
  record: VerdictRecord
  quiet: boolean
  reader: Reader
}): JSX.Element {
  const text = reader.t.verdicts[record.verdict]
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  return (
    <section class={quiet ? 'panel quiet' : `panel tone-${TONES[record.verdict]}`} aria-labelledby="verdict">
      <div class="headline">
        <Sign of={record.verdict} />
        <h1 id="verdict">{text.title}</h1>
      </div>
      <ForemostWarnings warnings={verdict.warnings} reader={reader} />
      <p class="mark">
        <strong>
          <MarkName record={record} reader={reader} />
        </strong>
        <br />
        <Agency agency={record.member} reader={reader} />
        {inForce && (
          <>
            <br />
            <ValidityLine record={record} reader={reader} />
          </>
        )}
      </p>
      <p>{text.says}</p>
      {!inForce && <Moment record={record} reader={reader} />}
      {!inForce && <p class="now">{text.now}</p>}
    </section>
  )
}
