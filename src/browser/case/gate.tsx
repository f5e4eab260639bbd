/** Opening a case: reference and secret, read as tolerantly as people type them; wrong ones are told apart where that helps. */
import { useEffect, useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { readCaseReference, readCaseSecret } from '../../dispute/case-reference.js'
import { type Fault, FaultSummary, Progress, Stage, TextField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { describeFault } from './faults.js'
import { type OpenCase, type OpeningStep, openCase, type Reading } from './open-case.js'
import { countSecret } from './secret-field.js'
import { SECRET_ID, SecretInput } from './secret-input.js'
import type { Words } from './words.js'

const REFERENCE_ID = 'case-reference'

export function Gate({
  typed,
  reading,
  words,
  onOpen,
  onLost,
}: {
  /** A reference to start with. */
  typed: string
  reading: Reading
  words: Words
  onOpen: (open: OpenCase) => void
  onLost: (ref: string) => void
}): JSX.Element {
  const { t } = words
  // Not state: nothing is to be drawn anew while she types.
  const [answers] = useState(() => ({ reference: typed, secret: '' }))
  const [faults, setFaults] = useState<Fault[]>([])
  const [trouble, setTrouble] = useState('')
  const [step, setStep] = useState<OpeningStep | undefined>(undefined)
  const submit = async (): Promise<void> => {
    if (step) return
    const { reference, secret } = answers
    setTrouble('')
    const ref = readCaseReference(reference)
    const digits = readCaseSecret(secret)
    if (!ref || !digits) {
      setFaults([
        ...(ref ? [] : [{ field: REFERENCE_ID, text: t.faults.reference }]),
        ...(digits ? [] : [{ field: SECRET_ID, text: secretFault(secret, words) }]),
      ])
      return
    }
    setFaults([])
    setStep('keys')
    try {
      onOpen(await openCase(reading, ref, digits, setStep))
    } catch (error) {
      setStep(undefined)
      setTrouble(describeFault(error, words))
    }
  }
  return (
    <Stage id="gate" title={t.gate.open}>
      <p class="lead">{t.gate.lead}</p>
      <FaultSummary title={t.faults.title} faults={faults} />
      <Trouble title={t.faults.title} text={trouble} />
      <form
        class="gate"
        onSubmit={(event: Event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          id={REFERENCE_ID}
          label={t.gate.reference}
          hint={t.gate.referenceHint}
          value={answers.reference}
          plain
          faults={faults}
          onInput={(value) => {
            answers.reference = value
          }}
        />
        <SecretInput
          words={words}
          busy={step !== undefined}
          fault={faults.find(({ field }) => field === SECRET_ID)?.text}
          onInput={(value) => {
            answers.secret = value
          }}
        />
        <button type="submit" aria-disabled={step ? 'true' : undefined}>
          {t.gate.open}
        </button>
        <div role="status">{step && <Progress label={t.opening[step]} part={undefined} />}</div>
      </form>
      <p class="hint">{t.gate.private}</p>
      <button type="button" class="plain" onClick={() => onLost(answers.reference)}>
        {t.lost.title}
      </button>
    </Stage>
  )
}

/** What no single field is to blame for; takes the focus when it appears. */
function Trouble({ title, text }: { title: string; text: string }): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== '') box.current?.focus()
  }, [text])
  if (text === '') return null
  return (
    <div class="trouble" role="alert" tabindex={-1} ref={box}>
      <h3>{title}</h3>
      <p>{text}</p>
    </div>
  )
}

function secretFault(secret: string, { t }: Words): string {
  const { digits, other } = countSecret(secret)
  return other ? t.faults.secretLetters : fill(t.faults.secret, { count: digits })
}
