/** No case can be filed: why, and where to turn instead. Nothing that she wrote was sent. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { RouteQuote } from '../../dispute/route-question.js'
import { Stage } from '../kit/form.js'
import { Referrals } from './referrals.js'
import type { ViewProps } from './step-frame.js'

export function ExitView({ intake, quote }: ViewProps & { quote: RouteQuote }): JSX.Element {
  const { exit } = intake.texts
  const { minor } = intake.draft
  const title = minor ? exit.minorTitle : quote.outcome === 'decline' ? exit.declineTitle : exit.referralTitle
  return (
    <Stage id="exit" title={title}>
      <p>{minor ? exit.minorSays : exit.nothingSent}</p>
      {quote.reasons.length > 0 && (
        <>
          <h3>{exit.why}</h3>
          <ul>
            {quote.reasons.map(({ text }) => (
              <li>{text}</li>
            ))}
          </ul>
        </>
      )}
      {quote.referrals.length > 0 && (
        <>
          <h2 class="sub">{exit.turnTo}</h2>
          <Referrals intake={intake} referrals={quote.referrals} />
        </>
      )}
      <div class="buttons">
        <button type="button" class="plain" onClick={() => intake.back()}>
          {exit.changed}
        </button>
      </div>
    </Stage>
  )
}
