/** The way back for who lost her secret: new keys made here, a code to tell the agency, and what happens then (DESIGN 4.9). */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { createCaseSecret, formatCaseSecret, readCaseReference } from '../../dispute/case-reference.js'
import { recoveryCheck } from '../../dispute/recovery-check.js'
import { createConsumer } from '../../dispute/sealed/consumer.js'
import { type Fault, FaultSummary, Stage, TextField } from '../kit/form.js'
import type { HubApi } from '../kit/hub-api.js'
import { HubError } from '../kit/hub-error.js'
import { KeepSafe } from '../kit/keep-safe.js'
import { AgencyList } from './agency-list.js'
import { describeFault } from './faults.js'
import type { Words } from './words.js'

const REFERENCE_ID = 'lost-reference'

interface Made {
  ref: string
  secret: string
  code: string
}

export function LostSecret({
  typed,
  api,
  words,
  onDone,
}: {
  /** A reference to start with. */
  typed: string
  api: HubApi
  words: Words
  onDone: (ref: string) => void
}): JSX.Element {
  const { t } = words
  const [answers] = useState(() => ({ reference: typed }))
  const [faults, setFaults] = useState<Fault[]>([])
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<Made | undefined>(undefined)
  const make = async (): Promise<void> => {
    const ref = readCaseReference(answers.reference)
    if (!ref) {
      setFaults([{ field: REFERENCE_ID, text: t.faults.reference }])
      return
    }
    setFaults([])
    setBusy(true)
    try {
      const secret = createCaseSecret()
      const { keys } = await createConsumer(ref, secret)
      const { code } = await api.requestRecovery(ref, keys)
      // Behind the hub's digits stand ours: they tell the agency whether the hub passed on these very keys.
      setMade({ ref, secret, code: `${code}${await recoveryCheck(ref, keys)}` })
    } catch (error) {
      const unknown = error instanceof HubError && error.code === 'case-unknown'
      setFaults([{ field: REFERENCE_ID, text: unknown ? t.lost.unknown : describeFault(error, words) }])
    }
    setBusy(false)
  }
  if (made) return <NewSecret made={made} words={words} onDone={() => onDone(made.ref)} />
  return (
    <Stage id="lost" title={t.lost.title}>
      <p>{t.lost.says}</p>
      <FaultSummary title={t.faults.title} faults={faults} />
      <form
        onSubmit={(event: Event) => {
          event.preventDefault()
          if (!busy) void make()
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
        <button type="submit" aria-disabled={busy ? 'true' : undefined}>
          {t.lost.make}
        </button>
        <p role="status">{busy ? t.lost.making : ''}</p>
      </form>
      <button type="button" class="plain" onClick={() => onDone(answers.reference)}>
        {t.lost.back}
      </button>
    </Stage>
  )
}

function NewSecret({ made, words, onDone }: { made: Made; words: Words; onDone: () => void }): JSX.Element {
  const { t } = words
  const { ref, secret, code } = made
  const grouped = formatCaseSecret(secret)
  const keepsake = {
    title: t.title,
    lines: [
      { label: t.gate.reference, value: ref },
      { label: t.gate.secret, value: grouped, groups: grouped.split(' ') },
    ],
    foot: t.lost.keep,
    file: `case-${ref}`,
  }
  return (
    <Stage id="made" title={t.lost.ready}>
      <p>
        <strong>{t.lost.keep}</strong>
      </p>
      <div class="numbers">
        <dl>
          <dt>{t.gate.reference}</dt>
          <dd class="reference">{ref}</dd>
          <dt>{t.gate.secret}</dt>
          <dd class="secret" id="new-secret">
            {grouped.split(' ').map((group) => (
              <span>{group}</span>
            ))}
          </dd>
        </dl>
      </div>
      <KeepSafe keepsake={keepsake} texts={t.keepSafe} />
      <h3>{t.lost.code}</h3>
      <p class="digits code" id="recovery-code">
        {code.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}
      </p>
      <p>{t.lost.codeSays}</p>
      <AgencyList country={ref.slice(0, 2)} words={words} />
      <h3>{t.lost.next}</h3>
      <ol>
        {t.lost.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <button type="button" onClick={onDone}>
        {t.lost.kept}
      </button>
    </Stage>
  )
}
