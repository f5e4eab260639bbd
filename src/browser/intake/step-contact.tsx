/** Step 4: whether the shop was told. Who has not written yet gets a letter first (gate G6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import {
  CONTACT_CHANNELS,
  CONTACT_RESULTS,
  type ContactChannel,
  type ContactResult,
} from '../../dispute/taxonomy.js'
import { ChoiceField, SelectField, TextField } from '../kit/form.js'
import { codeOptions } from './agency.js'
import type { Draft } from './draft.js'
import { StepFrame, type ViewProps } from './step-frame.js'

/** Results that she chooses here; that the shop can't be reached is an answer of its own. */
const ANSWERS = CONTACT_RESULTS.filter((result) => result !== 'unreachable')

export function StepContact({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { contact, form } = texts
  const { codes } = settings.words
  const tried = draft.contacted === 'yes' || draft.contacted === 'unreachable'
  return (
    <StepFrame intake={intake} step="contact" title={contact.title}>
      <ChoiceField
        key="contacted"
        id="contacted"
        label={contact.question}
        options={[
          { value: 'yes', label: contact.yes },
          { value: 'no', label: contact.no, hint: contact.noHint },
          { value: 'unreachable', label: contact.unreachable },
        ]}
        values={[draft.contacted]}
        faults={faults}
        onInput={([contacted]) => intake.set({ contacted: contacted as Draft['contacted'] })}
      />
      {tried && (
        <TextField
          key="contactDate"
          id="contactDate"
          label={contact.date}
          optional={form.optional}
          type="date"
          max={intake.today}
          value={draft.contactDate}
          faults={faults}
          onInput={(contactDate) => intake.set({ contactDate }, { draw: false })}
        />
      )}
      {tried && (
        <SelectField
          key="contactChannel"
          id="contactChannel"
          label={contact.channel}
          none={form.choose}
          options={codeOptions(CONTACT_CHANNELS, codes.contactChannels)}
          value={draft.contactChannel}
          faults={faults}
          onInput={(channel) => intake.set({ contactChannel: channel as ContactChannel | '' })}
        />
      )}
      {draft.contacted === 'yes' && (
        <ChoiceField
          key="contactResult"
          id="contactResult"
          label={contact.result}
          options={codeOptions(ANSWERS, codes.contactResults)}
          values={[draft.contactResult]}
          faults={faults}
          onInput={([result]) => intake.set({ contactResult: result as ContactResult })}
        />
      )}
    </StepFrame>
  )
}
