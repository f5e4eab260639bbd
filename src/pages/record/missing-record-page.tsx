/** The page at the address of a certificate that does not exist: whatever mark leads here is false, as far as the hub knows (issue 5, story 1). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { findPersonalNumber } from '../../record/personal-number.js'
import type { Verdict } from '../../record/verdict.js'
import { complaintAddress } from '../complaint/complaint-page.js'
import { Layout, PLACES } from '../frame/layout.js'
import { phrase } from '../frame/phrase.js'
import { RestoredNotice } from '../frame/restored-notice.js'
import type { Setting } from '../frame/setting.js'
import { Sign } from '../frame/signs.js'
import { tame } from '../frame/tame.js'
import { ComplaintBox } from '../look-up/complaint-box.js'
import { AsOf } from '../look-up/evidence.js'
import { SearchForm } from '../look-up/search-form.js'
import { SearchedSchemes } from '../look-up/searched-schemes.js'
import type { Arrival } from './arrival.js'
import { FalseMarkWarning } from './came-from.js'
import type { RecordQuestion } from './record-page.js'

/** What the number of a certificate looks like. */
const EXAMPLE = 'th-dbd:V-2026-0001'
/** How much of what stood in the address is repeated: every number there is, and no page of prose. */
const MAX_SHOWN = 100

export function MissingRecordPage({
  setting,
  id,
  asked,
  verdict,
  arrival,
}: {
  setting: Setting
  /** As it stood in the address. */
  id: string
  asked: RecordQuestion
  /** The answer that found nothing; undefined where the address holds no number that could be looked up. */
  verdict: Verdict | undefined
  arrival: Arrival
}): JSX.Element {
  const { reader } = setting
  const { missing: t, country } = reader.texts.record
  const shown = showId(id)
  // A person's number stands in no link either.
  const path = shown === '' ? PLACES.verify : setting.path
  const host = 'host' in arrival ? (arrival.host.ascii ?? arrival.host.shown) : undefined
  const frame = {
    ...setting,
    demo: setting.demo || verdict?.demo === true,
    title: t.title,
    description: `${t.says} ${t.genuine}`,
    path,
    search: asked.search,
    index: false,
  }
  return (
    <Layout frame={frame} footer={verdict && <AsOf verdict={verdict} reader={reader} />}>
      <div class="certificate">
        <FalseMarkWarning arrival={arrival} reader={reader} />
        <section class="panel tone-stop" aria-labelledby="verdict">
          <div class="headline">
            <Sign of="not-found" />
            <h1 id="verdict">{t.title}</h1>
          </div>
          {shown !== '' && (
            <p class="asked">
              {t.asked} <bdi class="address">{shown}</bdi>
            </p>
          )}
          <p>{verdict ? t.says : phrase(t.form, { example: <bdi>{EXAMPLE}</bdi> })}</p>
          <p>
            <strong>{t.genuine}</strong>
          </p>
          <p class="now">{t.now}</p>
        </section>
      </div>
      <RestoredNotice restored={verdict?.asOf.restored} reader={reader} />
      <SearchForm text={host ?? ''} chosen={asked.for} asksCountry={false} reader={reader} />
      {verdict && <SearchedSchemes verdict={verdict} reader={reader} />}
      <section class="report">
        <h2>{t.report}</h2>
        <ol>
          <li>{t.note}</li>
          <li>{t.tell}</li>
          <li>
            <a class="channel" href={complaintAddress(setting)}>
              {t.file}
            </a>
          </li>
        </ol>
      </section>
      {asked.unknownCountry && <p class="warning">{country}</p>}
      {verdict && <ComplaintBox verdict={verdict} asked={asked} path={path} setting={setting} />}
    </Layout>
  )
}

/** What stood in the address, as far as it may stand on a page: never a person's number. */
function showId(id: string): string {
  const start = Array.from(tame(id)).slice(0, MAX_SHOWN).join('')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const shown = start.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim()
  return findPersonalNumber(id) ? '' : shown
}
