/** The poster with the QR code: what it prints stays true whatever becomes of the mark (issue 5, story 3). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { pickText } from '../../alliance/text.js'
import { certificateOf } from '../../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { type Frame, Layout } from '../frame/layout.js'
import { fill, Local, phrase, Time } from '../frame/phrase.js'
import { localPath, recordPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { showPresence } from '../frame/subject.js'
import { pageAddress, posterPath } from './addresses.js'
import { POSTER_SIZES, type PosterSize, posterStylePath } from './poster-style.js'
import { codeOf } from './qr-code.js'

/** Labels on one sheet. */
const LABELS = 8
/** Places that a poster names: more would leave no room for the code. */
const MAX_PLACES = 3

export interface PosterView {
  setting: Setting
  /** Undefined where none is known. */
  record: VerdictRecord | undefined
  size: PosterSize
  /** The day of printing (ISO 8601). */
  today: string
}

export function PosterPage(view: PosterView): JSX.Element {
  const { setting, record, size } = view
  if (!record || !POSITIVE_VERDICTS.includes(record.verdict)) return <RefusedPage {...view} />
  const { reader } = setting
  const { poster: t } = reader.texts.seal
  const title = fill(t.title, { name: pickText(record.holder.name, reader.lang).text })
  return (
    <Page setting={setting} size={size} title={title} description={t.description} search={`?size=${size}`}>
      <h1>{phrase(t.title, { name: <Local text={record.holder.name} reader={reader} /> })}</h1>
      <p class="lead">{t.lead}</p>
      <nav aria-label={t.sizes}>
        <ul class="poster-sizes">
          {POSTER_SIZES.map((one) => (
            <li>
              <a
                href={`${localPath(reader.lang, posterPath(record.id))}?size=${one}`}
                {...(one === size && { 'aria-current': 'page' as const })}
              >
                {t[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class={size === 'parcel' ? 'posters poster-parcel-sheet' : 'posters'}>
        {size === 'parcel' ? (
          Array.from({ length: LABELS }, (_, i) => <Poster view={view} record={record} hidden={i > 0} />)
        ) : (
          <Poster view={view} record={record} />
        )}
      </div>
      <Back setting={setting} record={record} />
    </Page>
  )
}

/** It claims nothing of the mark, for paper can't be taken back: it asks to check, and where. */
function Poster({
  view: { setting, size, today },
  record,
  hidden = false,
}: {
  view: PosterView
  record: VerdictRecord
  /** One of many that say the same. */
  hidden?: boolean
}): JSX.Element {
  const { reader, origin } = setting
  const { poster: t } = reader.texts.seal
  const host = (
    <strong>
      <bdi>{new URL(origin).host}</bdi>
    </strong>
  )
  // On each piece of paper: the page's own notice is not printed.
  const demo = setting.demo && <p class="poster-demo">{reader.t.demo.title}</p>
  const heading = <p class="poster-heading">{t.heading}</p>
  const name = (
    <p class="poster-name">
      <Local text={record.holder.name} reader={reader} />
    </p>
  )
  const places = (
    <ul class="poster-places">
      {record.presences.slice(0, MAX_PLACES).map((presence) => (
        <li>
          <bdi>{showPresence(presence).shown}</bdi>
        </li>
      ))}
    </ul>
  )
  const says = (
    <>
      <p>
        {phrase(t.scan, { host })} {t.compare}
      </p>
      <p class="poster-small">
        {phrase(t.certificate, { number: <bdi>{certificateOf(record.id)}</bdi> })}
        <br />
        {phrase(t.printed, { day: <Time at={today} day reader={reader} /> })}
      </p>
    </>
  )
  const code = <Code address={pageAddress(origin, record.id)} label={t.code} />
  if (size !== 'parcel')
    return (
      <div class={`poster poster-${size}`}>
        {demo}
        {heading}
        {name}
        {places}
        {code}
        {says}
      </div>
    )
  return (
    <div class="poster parcel" {...(hidden && { 'aria-hidden': 'true' as const })}>
      {demo}
      {code}
      <div>
        {heading}
        {name}
        {places}
        {says}
      </div>
    </div>
  )
}

function Code({ address, label }: { address: string; label: string }): JSX.Element {
  const { path, size } = codeOf(address)
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={fill(label, { address })}
      shape-rendering="crispEdges"
    >
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function RefusedPage({ setting, record, size }: PosterView): JSX.Element {
  const { reader } = setting
  const { poster: t, states } = reader.texts.seal
  const state = reader.t.verdicts[record?.verdict ?? 'not-found'].title
  const says = record ? fill(t.notInForce, { state }) : `${states['not-found']}. ${t.unknown}`
  return (
    <Page setting={setting} size={size} title={t.refused} description={says} search="">
      <section class="panel tone-none">
        <h1>{t.refused}</h1>
        <p>{says}</p>
      </section>
      {record && <Back setting={setting} record={record} />}
    </Page>
  )
}

function Back({ setting, record }: { setting: Setting; record: VerdictRecord }): JSX.Element {
  const { reader } = setting
  return (
    <p>
      <a class="channel" href={recordPath(record.id, reader.lang)}>
        {reader.texts.seal.poster.back}
      </a>
    </p>
  )
}

function Page({
  setting,
  size,
  children,
  ...own
}: {
  setting: Setting
  size: PosterSize
  children: Child
} & Pick<Frame, 'title' | 'description' | 'search'>): JSX.Element {
  return (
    <Layout frame={{ ...setting, ...own, index: false, styles: [posterStylePath(size)] }}>{children}</Layout>
  )
}
