/** It is filed: the numbers that open the case, and what happens now. She goes on when she says that she has kept them. */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type Fault, Stage, TickField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { agencyName } from './agency.js'
import { Numbers } from './numbers.js'
import type { ViewProps } from './step-frame.js'
import type { Submission } from './submission.js'

export function DoneView({ intake, submission }: ViewProps & { submission: Submission }): JSX.Element {
  const { done } = intake.texts
  const [kept, setKept] = useState(false)
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const { filings } = submission
  const parked = filings.some((filing) => filing.parked)
  const lead = filings[0]?.prepared.route.answer.lead ?? null
  const open = (event: Event): void => {
    if (kept) return
    event.preventDefault()
    setFaults([{ field: 'kept', text: done.needKept }])
    document.getElementById('kept')?.focus()
  }
  return (
    <Stage id="done" title={done.title}>
      <h3>{done.keepTitle}</h3>
      <p>{done.keepSays}</p>
      <Numbers intake={intake} submission={submission} />
      <TickField
        id="kept"
        label={done.kept}
        checked={kept}
        faults={faults}
        onInput={(checked) => {
          setKept(checked)
          setFaults([])
          if (checked) intake.finish()
        }}
      />
      <div class="buttons">
        <a class="button" href={intake.settings.casePage} onClick={open}>
          {done.open}
        </a>
      </div>
      <h3>{done.next}</h3>
      <p>
        {parked
          ? done.nextParked
          : lead === null
            ? done.nextQueue
            : fill(done.nextLead, { lead: agencyName(intake, lead) })}
      </p>
    </Stage>
  )
}
