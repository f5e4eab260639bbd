/** Step 5: what she asks for, her story in her words, and files. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_FREE_TEXT } from '../../dispute/payload.js'
import { REMEDIES, type Remedy } from '../../dispute/taxonomy.js'
import { ChoiceField, SelectField, TextField } from '../kit/form.js'
import { codeOptions } from './agency.js'
import { ComplaintFiles } from './complaint-files.js'
import { StepFrame, type ViewProps } from './step-frame.js'
import { AmountRead } from './step-purchase.js'

/** Remedies in which money comes back. */
const WITH_MONEY: readonly Remedy[] = ['refund', 'cancel']

export function StepClaim({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { claim, form } = texts
  const asksAmount = draft.currency !== '' && draft.remedies.some((remedy) => WITH_MONEY.includes(remedy))
  return (
    <StepFrame intake={intake} step="claim" title={claim.title}>
      <ChoiceField
        key="remedies"
        id="remedies"
        label={claim.remedies}
        many
        options={codeOptions(REMEDIES, settings.words.codes.remedies)}
        values={draft.remedies}
        faults={faults}
        onInput={(remedies) => intake.set({ remedies: remedies as Remedy[] })}
      />
      {asksAmount && (
        <TextField
          key="remedyAmount"
          id="remedyAmount"
          label={`${claim.amount} (${draft.currency})`}
          optional={form.optional}
          inputMode="decimal"
          maxLength={30}
          value={draft.remedyAmount}
          faults={faults}
          onInput={(remedyAmount) => intake.set({ remedyAmount }, { draw: false })}
          onDone={() => intake.onChange()}
        />
      )}
      {asksAmount && (
        <p class="hint" key="remedyRead">
          <AmountRead intake={intake} typed={draft.remedyAmount} />
        </p>
      )}
      <TextField
        key="story"
        id="story"
        label={claim.story}
        hint={claim.storyHint}
        rows={9}
        lang={draft.storyLang}
        maxLength={MAX_FREE_TEXT}
        value={draft.story}
        faults={faults}
        onInput={(story) => intake.set({ story }, { draw: false })}
      />
      <SelectField
        key="storyLang"
        id="storyLang"
        label={claim.lang}
        none={form.choose}
        options={settings.words.languages}
        value={draft.storyLang}
        onInput={(storyLang) => intake.set({ storyLang: storyLang || intake.lang })}
      />
      <ComplaintFiles key="files" intake={intake} />
    </StepFrame>
  )
}
