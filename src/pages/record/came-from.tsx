/** Whether the mark belongs to where the visitor came from, said beside the address that it does belong to (issue 5, story 1). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { RecordPresence } from '../../record/record.js'
import { phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { WarningSign } from '../frame/signs.js'
import { formatSearch } from '../look-up/question.js'
import type { Arrival, CameFrom } from './arrival.js'

/** An equals sign in a ring: the same address, which says nothing of the shop's quality as a tick would. */
function SameSign(): JSX.Element {
  return (
    <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d="M24 4a20 20 0 1 1 0 40 20 20 0 0 1 0-40zM15 19h18M15 29h18" />
    </svg>
  )
}

/** So that an imitation in other letters never stands there as the very name that it imitates. */
function exactly({ shown, ascii, mixed }: CameFrom): string {
  return mixed ? (ascii ?? shown) : shown
}

/** In readable letters, with those of the address itself where they differ. */
export function HostName({ host }: { host: CameFrom }): JSX.Element {
  return (
    <>
      <bdi class="address">{host.shown}</bdi>
      {host.ascii !== undefined && (
        <>
          {' '}
          <small class="address">({host.ascii})</small>
        </>
      )}
    </>
  )
}

/** Whether the mark may have been copied to where the visitor came from. */
export function isElsewhere({ from }: Arrival): boolean {
  return from === 'elsewhere' || from === 'other-shop'
}

/**
 * What stands below the covered address: that it is the one the visitor came from, or what to compare it with. Of a lost mark only
 * the former is told, for nothing is left to compare.
 * @param presence the address above
 */
export function Comparison({
  arrival,
  presence,
  inForce,
  reader,
}: {
  arrival: Arrival
  presence: RecordPresence
  inForce: boolean
  reader: Reader
}): JSX.Element | null {
  const { arrival: t } = reader.texts.record
  if (arrival.from === 'covered')
    return (
      <p class="same">
        {inForce && <SameSign />}
        <strong>
          {phrase(inForce ? t.covered : t.coveredOnce, { host: <HostName host={arrival.host} /> })}
        </strong>
      </p>
    )
  if (!inForce) return null
  if (isElsewhere(arrival)) return <p>{t.ledHere}</p>
  return (
    <p>
      <strong>
        {arrival.from === 'platform'
          ? phrase(t.platform, { host: <HostName host={arrival.host} /> })
          : presence.kind === 'web'
            ? t.unknown
            : t.unknownShop}
      </strong>
    </p>
  )
}

/**
 * Stands first on the page where the visitor came from an address that the mark does not cover. It may only have led here, as a search
 * engine does, so the address itself is not called false.
 */
export function ArrivalWarning({
  arrival,
  reader,
}: {
  arrival: Arrival
  reader: Reader
}): JSX.Element | null {
  if (arrival.from === 'covered' || arrival.from === 'platform' || arrival.from === 'unknown') return null
  const { arrival: t } = reader.texts.record
  const host = <HostName host={arrival.host} />
  const says = { elsewhere: t.elsewhere, neighbour: t.neighbour, 'other-shop': t.otherShop }[arrival.from]
  return (
    <Notice title={phrase(t.from, { host })} severe={arrival.from !== 'neighbour'} reader={reader}>
      <p>
        <strong>{phrase(says, { host: <bdi class="address">{exactly(arrival.host)}</bdi> })}</strong>
      </p>
      {arrival.host.mixed && <p>{t.mixed}</p>}
      {arrival.from === 'elsewhere' && arrival.imitates && !arrival.host.mixed && <p>{t.imitates}</p>}
      {arrival.from === 'elsewhere' && <LookUp host={arrival.host} reader={reader} />}
    </Notice>
  )
}

/** The same for a certificate that does not exist, where whatever shows it shows a false mark. */
export function FalseMarkWarning({
  arrival,
  reader,
}: {
  arrival: Arrival
  reader: Reader
}): JSX.Element | null {
  if (!('host' in arrival)) return null
  const { arrival: t, missing } = reader.texts.record
  return (
    <Notice title={phrase(t.from, { host: <HostName host={arrival.host} /> })} severe reader={reader}>
      <p>
        <strong>
          {phrase(missing.arrival, { host: <bdi class="address">{exactly(arrival.host)}</bdi> })}
        </strong>
      </p>
      {arrival.host.mixed && <p>{t.mixed}</p>}
      <LookUp host={arrival.host} reader={reader} />
    </Notice>
  )
}

function Notice({
  title,
  severe,
  reader,
  children,
}: {
  title: Child
  severe: boolean
  reader: Reader
  children: Child
}): JSX.Element {
  return (
    <section class={severe ? 'warning severe came-from' : 'warning came-from'}>
      <div class="headline">
        <WarningSign />
        <h2>
          <span class="word">{reader.t.warning}</span> {title}
        </h2>
      </div>
      {children}
    </section>
  )
}

/** The way to what is known of the address itself. */
function LookUp({ host, reader }: { host: CameFrom; reader: Reader }): JSX.Element {
  const search = formatSearch({ q: host.ascii ?? host.shown })
  return (
    <p>
      <a class="channel" href={`${localPath(reader.lang, '/verify')}${search}`}>
        {phrase(reader.texts.record.arrival.lookUp, { host: <bdi class="address">{exactly(host)}</bdi> })}
      </a>
    </p>
  )
}
