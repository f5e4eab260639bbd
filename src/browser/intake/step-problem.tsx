/** Step 2: what it is about and who she is to the shop: all coded, and enough to say early where no case is possible. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { CLAIM_TYPES, type ClaimType, RELATIONS, type Relation } from '../../dispute/taxonomy.js'
import { ChoiceField } from '../kit/form.js'
import { codeOptions } from './agency.js'
import { StepFrame, type ViewProps } from './step-frame.js'

export function StepProblem({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { problem, form } = texts
  const yesNo = [
    { value: 'no', label: form.no },
    { value: 'yes', label: form.yes },
  ]
  const chosen = (answer: boolean | undefined): string[] =>
    answer === undefined ? [] : [answer ? 'yes' : 'no']
  return (
    <StepFrame intake={intake} step="problem" title={problem.title}>
      <ChoiceField
        key="claimType"
        id="claimType"
        label={problem.claim}
        options={codeOptions(CLAIM_TYPES, settings.words.codes.claimTypes)}
        values={[draft.claimType]}
        faults={faults}
        onInput={([claimType]) => intake.set({ claimType: claimType as ClaimType })}
      />
      <ChoiceField
        key="relation"
        id="relation"
        label={problem.relation}
        options={codeOptions(RELATIONS, settings.words.codes.relations)}
        values={[draft.relation]}
        faults={faults}
        onInput={([relation]) => intake.set({ relation: relation as Relation })}
      />
      <ChoiceField
        key="minor"
        id="minor"
        label={problem.minor}
        hint={problem.minorHint}
        options={yesNo}
        values={chosen(draft.minor)}
        faults={faults}
        onInput={([answer]) => intake.set({ minor: answer === 'yes' })}
      />
      <ChoiceField
        key="otherProceedings"
        id="otherProceedings"
        label={problem.proceedings}
        options={yesNo}
        values={chosen(draft.otherProceedings)}
        faults={faults}
        onInput={([answer]) => intake.set({ otherProceedings: answer === 'yes' })}
      />
    </StepFrame>
  )
}
