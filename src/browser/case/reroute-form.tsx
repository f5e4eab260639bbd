/** Passing the complaint on: first she sees to whom and why, then one button is her consent and does it. */
import type { RefObject } from 'hono/jsx'
import { useEffect, useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { pickText } from '../../alliance/text.js'
import { fill } from '../kit/words.js'
import { describeFault } from './faults.js'
import { faultOf, type Part } from './part.js'
import { type FreshRoute, findRoute, reroute } from './reroute.js'
import { nameWithCountry } from './status.js'
import { explainRoute } from './why.js'

export function RerouteForm({ control, reading, words }: Part): JSX.Element {
  const { t } = words
  const { open, busy } = control
  const [route, setRoute] = useState<FreshRoute | undefined>(undefined)
  const [said, say] = useState('')
  const [finding, setFinding] = useState(false)
  const found = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (route) found.current?.focus()
  }, [route])
  const acting = {
    api: reading.api,
    anchor: reading.anchor,
    view: open.view,
    consumer: open.consumer,
    now: () => Math.floor(reading.now() / 1000),
  }
  const find = async (): Promise<void> => {
    if (busy !== null || finding) return
    setFinding(true)
    say(t.reroute.finding)
    try {
      setRoute(await findRoute(acting))
      say('')
    } catch (error) {
      say(describeFault(error, words))
    }
    setFinding(false)
  }
  const lead = route?.claims?.quote.lead
  const conveys = open.content?.complaint.conveyIdentity === true
  const send = (): void => {
    if (!route || !lead) return
    void control.run(
      'reroute',
      fill(t.reroute.sent, { agency: words.name(lead).text }),
      t.attach.sending,
      (now) => reroute({ ...acting, view: now.view }, now, route),
    )
  }
  return (
    <section class="todo" aria-labelledby="reroute-title">
      <h2 id="reroute-title">{t.reroute.title}</h2>
      <p>{open.view.state === 'awaiting_consumer_key' ? t.reroute.assigned : t.reroute.dead}</p>
      {faultOf(control, 'reroute') && <p class="fault">{faultOf(control, 'reroute')}</p>}
      {route?.claims && lead ? (
        <>
          <p tabindex={-1} ref={found}>
            <strong>{fill(t.reroute.lead, { agency: nameWithCountry(lead, words) })}</strong>
          </p>
          {route.claims.quote.partner && (
            <p>
              {fill(conveys ? t.reroute.partnerIdentity : t.reroute.partner, {
                agency: nameWithCountry(route.claims.quote.partner, words),
              })}
            </p>
          )}
          <ul>
            {explainRoute(route.claims, words).map((text) => (
              <li>{text}</li>
            ))}
          </ul>
          <p class="hint">{t.reroute.consent}</p>
          <button type="button" aria-disabled={busy === null ? undefined : 'true'} onClick={send}>
            {t.reroute.agree}
          </button>
        </>
      ) : (
        <button
          type="button"
          aria-disabled={busy === null && !finding ? undefined : 'true'}
          onClick={() => void find()}
        >
          {t.reroute.find}
        </button>
      )}
      {route && !route.claims && <Elsewhere route={route} words={words} place={found} />}
      <p role="status">{said}</p>
    </section>
  )
}

function Elsewhere({
  route,
  words,
  place,
}: {
  route: FreshRoute
  words: Part['words']
  /** What takes the focus. */
  place: RefObject<HTMLParagraphElement | null>
}): JSX.Element {
  const { t, lang } = words
  return (
    <>
      <p tabindex={-1} ref={place}>
        {route.quote.referrals.length > 0 ? t.reroute.none : t.faults.noPartner}
      </p>
      <ul>
        {route.quote.referrals.map(({ name, url, phone }) => {
          const picked = pickText(name, lang)
          return (
            <li>
              {url ? (
                <a href={url} rel="noreferrer" lang={picked.lang}>
                  {picked.text}
                </a>
              ) : (
                <bdi lang={picked.lang}>{picked.text}</bdi>
              )}
              {phone && ` ${phone}`}
            </li>
          )
        })}
      </ul>
    </>
  )
}
