/** The form: whichever view it stands at. */
import { useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { DoneView } from './done-view.js'
import { ExitView } from './exit-view.js'
import { LetterView } from './letter-view.js'
import { ResumeView, WaitingView } from './resume-view.js'
import { SendingView } from './sending-view.js'
import { StepClaim } from './step-claim.js'
import { StepContact } from './step-contact.js'
import type { ViewProps } from './step-frame.js'
import { StepProblem } from './step-problem.js'
import { StepPurchase } from './step-purchase.js'
import { StepReview } from './step-review.js'
import { StepShop } from './step-shop.js'
import { StepYou } from './step-you.js'
import { type ChosenRoutes, type Submission, submit } from './submission.js'

const PLAIN_STEPS = {
  shop: StepShop,
  problem: StepProblem,
  purchase: StepPurchase,
  contact: StepContact,
  claim: StepClaim,
  you: StepYou,
} as const satisfies Record<string, (props: ViewProps) => JSX.Element>

export function App({ intake }: ViewProps): JSX.Element {
  const [, draw] = useState(0)
  const [submission, setSubmission] = useState<Submission>()
  intake.onChange = () => draw((count) => count + 1)
  // A second tap on the button must not make a second case.
  const isSending = useRef(false)
  const send = async (chosen: ChosenRoutes): Promise<boolean> => {
    if (isSending.current) return true
    isSending.current = true
    const made = await submit(intake, chosen)
    isSending.current = false
    if (!made) return false
    setSubmission(made)
    intake.beginSending()
    void made.run()
    return true
  }
  if (submission?.state === 'done') return <DoneView intake={intake} submission={submission} />
  if (submission)
    return (
      <SendingView
        intake={intake}
        submission={submission}
        onBack={() => {
          setSubmission(undefined)
          intake.reconsider()
        }}
      />
    )
  const { view } = intake
  switch (view.at) {
    case 'resume':
      return <ResumeView intake={intake} kept={view.kept} />
    case 'waiting':
      return <WaitingView intake={intake} />
    case 'letter':
      return <LetterView intake={intake} />
    case 'exit':
      return <ExitView intake={intake} quote={view.quote} />
    case 'step': {
      if (view.step === 'review') return <StepReview intake={intake} onSend={send} />
      const Step = PLAIN_STEPS[view.step]
      return <Step intake={intake} />
    }
  }
}
