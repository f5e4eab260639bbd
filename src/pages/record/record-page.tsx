/** The page about one record, where a seal leads: ten seconds on a telephone, abroad, before paying (issue 5, story 1). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { POSITIVE_VERDICTS, type Verdict, type VerdictRecord } from '../../record/verdict.js'
import { type Frame, Layout } from '../frame/layout.js'
import { markTitle } from '../frame/mark-title.js'
import { fill } from '../frame/phrase.js'
import { recordPath } from '../frame/reader.js'
import { RestoredNotice } from '../frame/restored-notice.js'
import type { Setting } from '../frame/setting.js'
import { showPresence } from '../frame/subject.js'
import { ComplaintBox } from '../look-up/complaint-box.js'
import { Covered } from '../look-up/covered.js'
import { AsOf, Evidence } from '../look-up/evidence.js'
import type { AskedPage } from '../look-up/question.js'
import { RecordCard } from '../look-up/record-card.js'
import { SearchForm } from '../look-up/search-form.js'
import { WarningList } from '../look-up/verdict-panel.js'
import { ShowSeal } from '../seal/show-seal.js'
import { AboutMark, History } from './about-mark.js'
import type { Arrival } from './arrival.js'
import { ArrivalWarning, Comparison, isElsewhere } from './came-from.js'
import { RecordPanel } from './record-panel.js'
import { structuredData } from './structured-data.js'

/** Whether search engines may keep the page: a mark in force, told by the hub itself. */
export function isIndexed(record: VerdictRecord, { copy }: Pick<Setting, 'copy'>): boolean {
  return POSITIVE_VERDICTS.includes(record.verdict) && !copy
}

/** What was asked for besides the record itself. */
export interface RecordQuestion extends AskedPage {
  /** A country was given that is none. */
  unknownCountry: boolean
}

export function RecordPage({
  setting,
  asked,
  verdict,
  record: known,
  arrival,
}: {
  setting: Setting
  asked: RecordQuestion
  verdict: Verdict
  record: VerdictRecord
  arrival: Arrival
}): JSX.Element {
  const { reader } = setting
  const inForce = POSITIVE_VERDICTS.includes(known.verdict)
  // The address that the visitor can compare stands first.
  const main = 'presence' in arrival ? arrival.presence : known.presences[0]
  const record = { ...known, ...(main && { matched: main }) }
  // A tick that meets the eye first would be taken for the other place's: whose mark it is comes before what it is worth.
  const quiet = inForce && isElsewhere(arrival)
  const panel = <RecordPanel verdict={verdict} record={record} quiet={quiet} reader={reader} />
  return (
    <Layout
      frame={frameOf(record, verdict, asked, setting)}
      footer={<AsOf verdict={verdict} reader={reader} />}
    >
      <div class={quiet ? 'certificate quiet' : 'certificate'}>
        <ArrivalWarning arrival={arrival} reader={reader} />
        {!quiet && panel}
        <Covered
          record={record}
          compare={main && <Comparison arrival={arrival} presence={main} inForce={inForce} reader={reader} />}
          reader={reader}
        />
        {quiet && panel}
      </div>
      <WarningList warnings={verdict.warnings} reader={reader} />
      <RestoredNotice restored={verdict.asOf.restored} reader={reader} />
      <AboutMark record={record} setting={setting} />
      <RecordCard record={record} told reader={reader} />
      {asked.unknownCountry && <p class="warning">{reader.texts.record.country}</p>}
      <ComplaintBox verdict={verdict} asked={asked} path={setting.path} setting={setting} />
      <History record={record} reader={reader} />
      <Evidence verdict={verdict} reader={reader} />
      <details>
        <summary>{reader.t.search.again}</summary>
        <SearchForm text="" chosen={asked.for} asksCountry={false} reader={reader} />
      </details>
      <ShowSeal record={record} setting={setting} />
    </Layout>
  )
}

function frameOf(record: VerdictRecord, verdict: Verdict, asked: RecordQuestion, setting: Setting): Frame {
  const { reader } = setting
  const [main] = record.presences
  const word = reader.t.verdicts[record.verdict]
  const shop = main ? showPresence(main).shown : record.id
  const index = isIndexed(record, setting)
  return {
    ...setting,
    demo: setting.demo || verdict.demo === true,
    path: recordPath(record.id),
    title: `${word.title}: ${shop}`,
    description: fill(reader.t.verify.resultDescription, {
      verdict: `${word.title}, ${markTitle(record.mark, reader.lang)}`,
      subject: shop,
      says: word.says,
    }),
    search: asked.search,
    index,
    // Nobody may show what was true once when the hub says something else now.
    ...(index && { robots: `noarchive, unavailable_after: ${record.validity.until}` }),
    jsonLd: structuredData(record, setting.origin, reader),
  }
}
