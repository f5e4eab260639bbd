/** No case can be filed: why, and where to turn instead. Nothing that she wrote was sent. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { RouteQuote } from '../../dispute/route-question.js'
import { Stage } from '../kit/form.js'
import { Referrals } from './referrals.js'
import type { ViewProps } from './step-frame.js'

/** A trader against a buyer: the reason says that no agency takes it, so the heading must not promise help. */
const NOBODY_TAKES = 'G8'

function titleOf({ intake: { texts, draft } }: ViewProps, { outcome, reasons }: RouteQuote): string {
  const { exit } = texts
  if (draft.minor) return exit.minorTitle
  if (outcome === 'decline') return exit.declineTitle
  return reasons.some(({ rule }) => rule === NOBODY_TAKES) ? exit.traderTitle : exit.referralTitle
}

export function ExitView({ intake, quote }: ViewProps & { quote: RouteQuote }): JSX.Element {
  const { exit } = intake.texts
  const { minor } = intake.draft
  return (
    <Stage id="exit" title={titleOf({ intake }, quote)}>
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
