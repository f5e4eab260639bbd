/** Which address a mark belongs to, in large type: the one check that stops a copied mark (DESIGN 6; facts on seals). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { RecordPresence } from '../../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { phrase, Time } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { showPresence } from '../frame/subject.js'

/**
 * The covered addresses of one record: the one that was asked for first. A lost mark covers nothing any more, so that
 * is told in the past, and there is nothing left to compare or to open.
 */
export function Covered({
  record,
  compare,
  reader,
}: {
  record: VerdictRecord
  /** What stands in place of the advice to compare the address. */
  compare?: Child
  reader: Reader
}): JSX.Element | null {
  const { t } = reader
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  const lost = !inForce && record.verdict !== 'not-yet-valid'
  const main = record.matched ?? record.presences[0]
  if (!main) return null
  const others = record.presences.filter((one) => one.url !== main.url)
  return (
    <section class="covered">
      <h2>{inForce ? t.covered.belongs : t.covered.belonged}</h2>
      <Place presence={main} reader={reader}>
        {compare}
      </Place>
      {inForce && (
        <p>
          {!compare && (
            <>
              <strong>{main.kind === 'web' ? t.covered.compareWeb : t.covered.compareShop}</strong>{' '}
            </>
          )}
          {main.kind === 'web' && <Scope presence={main} lost={lost} reader={reader} />}
        </p>
      )}
      {!inForce && main.kind === 'web' && (main.scope === 'domain' || !lost) && (
        <p>
          <Scope presence={main} lost={lost} reader={reader} />
        </p>
      )}
      {inForce && <OpenLink presence={main} reader={reader} />}
      {others.length > 0 && (
        <>
          <h3>{lost ? t.covered.alsoOnce : t.covered.also}</h3>
          <ul class="places">
            {others.map((one) => (
              <li>
                <Place presence={one} reader={reader} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Place({
  presence,
  reader,
  children,
}: {
  presence: RecordPresence
  reader: Reader
  children?: Child
}): JSX.Element {
  const { t } = reader
  const { shown, ascii, looseName } = showPresence(presence)
  return (
    <>
      <p class="place">
        <bdi class="address">{shown}</bdi>
        {ascii !== undefined && <small class="address"> ({ascii})</small>}
      </p>
      {children}
      {looseName !== undefined && <LooseName name={looseName} reader={reader} />}
      <p class="hint">
        {t.presences[presence.kind]} ·{' '}
        {phrase(t.covered.seen, { date: <Time at={presence.confirmedAt} day reader={reader} /> })}
      </p>
    </>
  )
}

/** Who compares letter by letter must know which letters do not count. */
export function LooseName({ name, reader }: { name: string; reader: Reader }): JSX.Element {
  return <p class="hint">{phrase(reader.t.covered.looseName, { name: <bdi class="address">{name}</bdi> })}</p>
}

function Scope({
  presence,
  lost,
  reader,
}: {
  presence: RecordPresence
  lost: boolean
  reader: Reader
}): JSX.Element {
  const { t } = reader
  if (presence.scope === 'host') return <>{t.covered.onlyHost}</>
  const domain = <bdi>.{showPresence(presence).shown}</bdi>
  return <>{phrase(lost ? t.covered.subdomainsOnce : t.covered.subdomains, { domain })}</>
}

/** The way to the genuine shop, for those who came here from an imitation. */
function OpenLink({ presence, reader }: { presence: RecordPresence; reader: Reader }): JSX.Element | null {
  const { shown, href } = showPresence(presence)
  if (href === undefined) return null
  return (
    <p>
      <a href={href} rel="nofollow noopener noreferrer">
        {phrase(reader.t.covered.open, { address: <bdi class="address">{shown}</bdi> })}
      </a>
    </p>
  )
}
