/** She began before on this telephone: go on, or delete it. And while the shop has time to answer: how long still. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { Stage } from '../kit/form.js'
import { fill } from '../kit/words.js'
import type { KeptDraft } from './draft.js'
import type { ViewProps } from './step-frame.js'

export function ResumeView({ intake, kept }: ViewProps & { kept: KeptDraft }): JSX.Element {
  const { form } = intake.texts
  return (
    <Stage id="resume" title={form.resumeTitle}>
      <p>{fill(form.resumeSays, { date: intake.format.day(kept.savedAt) })}</p>
      <div class="buttons">
        <button type="button" onClick={() => intake.resume(kept)}>
          {form.resume}
        </button>
        <button type="button" class="plain" onClick={() => intake.discard()}>
          {form.discard}
        </button>
      </div>
    </Stage>
  )
}

export function WaitingView({ intake }: ViewProps): JSX.Element {
  const { letter } = intake.texts
  const { draft, today, format } = intake
  const isDue = intake.answerBy < today
  const values = { date: format.day(intake.answerBy), sent: format.day(draft.letterOn) }
  return (
    <Stage id="waiting" title={letter.waitTitle}>
      <p>{fill(isDue ? letter.dueSays : letter.waitSays, values)}</p>
      <div class="buttons">
        {isDue && (
          <button type="button" onClick={() => intake.noAnswer()}>
            {letter.noAnswer}
          </button>
        )}
        <button type="button" class="plain" onClick={() => intake.answered('yes')}>
          {letter.answered}
        </button>
        <button type="button" class="plain" onClick={() => intake.answered('unreachable')}>
          {letter.cannot}
        </button>
        <button type="button" class="plain" onClick={() => intake.go({ at: 'letter' })}>
          {letter.showLetter}
        </button>
      </div>
    </Stage>
  )
}
