/** The frame of a step: where she is, what is missing, the buttons, and whether the telephone keeps what she types. */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { FaultSummary, Stage, TickField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { type Step, stepsOf } from './check-step.js'
import type { Intake } from './intake.js'

/** What every view gets. */
export interface ViewProps {
  intake: Intake
}

export function StepFrame({
  intake,
  step,
  title,
  next,
  onSubmit = () => void intake.next(),
  children,
}: {
  intake: Intake
  step: Step
  title: string
  /** The button's words, where it does more than go on. */
  next?: string
  onSubmit?: () => void
  children: Child
}): JSX.Element {
  const { form } = intake.texts
  const steps = stepsOf(intake.draft)
  const n = steps.indexOf(step) + 1
  return (
    <Stage id={step} title={title} above={fill(form.step, { n: String(n), all: String(steps.length) })}>
      <form
        novalidate
        onSubmit={(event: Event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <FaultSummary key="faults" title={form.faults} faults={intake.faults} checked={intake.checks} />
        {children}
        <Troubled key="trouble" intake={intake} />
        <div class="buttons" key="buttons">
          <button type="submit" aria-disabled={intake.busy ? 'true' : undefined}>
            {intake.busy ? form.working : (next ?? form.next)}
          </button>
          {n > 1 && (
            <button type="button" class="plain" onClick={() => intake.back()}>
              {form.back}
            </button>
          )}
        </div>
      </form>
      <Keep intake={intake} />
    </Stage>
  )
}

/** What went wrong, said at once. */
export function Troubled({ intake }: ViewProps): JSX.Element {
  const { trouble, texts } = intake
  return (
    <div role="alert" class={trouble ? 'trouble' : undefined}>
      {trouble && <p>{fill(texts.errors[trouble.group], { minutes: trouble.minutes })}</p>}
      {trouble?.detail && (
        <p class="hint" lang="en">
          <bdi>{trouble.detail}</bdi>
        </p>
      )}
    </div>
  )
}

/** The choice to keep what is typed; off until she asks for it. */
function Keep({ intake }: ViewProps): JSX.Element {
  const { form } = intake.texts
  return (
    <div class="keep">
      <TickField
        id="keep"
        label={form.keep}
        hint={form.keepHint}
        checked={intake.keeps === true}
        onInput={(checked) => intake.setKeeps(checked)}
      />
      <p role="status">{intake.keeps === undefined ? form.keepFailed : ''}</p>
    </div>
  )
}
