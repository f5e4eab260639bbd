/** Step 6: who she is. A JWE of its own, to the lead and herself only. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_FIELD } from '../../dispute/payload.js'
import { ChoiceField, TextField, TickField } from '../kit/form.js'
import { StepFrame, type ViewProps } from './step-frame.js'

export function StepYou({ intake }: ViewProps): JSX.Element {
  const { draft, texts, settings, faults } = intake
  const { you, form } = texts
  const note = (answers: Partial<typeof draft>): void => intake.set(answers, { draw: false })
  return (
    <StepFrame intake={intake} step="you" title={you.title}>
      <p key="lead">{you.lead}</p>
      <TextField
        key="name"
        id="name"
        label={you.name}
        autocomplete="name"
        maxLength={MAX_FIELD}
        value={draft.name}
        faults={faults}
        onInput={(name) => note({ name })}
      />
      <TextField
        key="email"
        id="email"
        label={you.email}
        hint={you.contactHint}
        type="email"
        inputMode="email"
        autocomplete="email"
        plain
        maxLength={254}
        value={draft.email}
        faults={faults}
        onInput={(email) => note({ email })}
      />
      <TextField
        key="phone"
        id="phone"
        label={you.phone}
        optional={form.optional}
        type="tel"
        autocomplete="tel"
        maxLength={60}
        value={draft.phone}
        onInput={(phone) => note({ phone })}
      />
      <TextField
        key="address"
        id="address"
        label={you.address}
        hint={you.addressHint}
        optional={form.optional}
        autocomplete="street-address"
        rows={3}
        maxLength={1000}
        value={draft.address}
        onInput={(address) => note({ address })}
      />
      <ChoiceField
        key="conveyIdentity"
        id="conveyIdentity"
        label={you.convey}
        options={[
          { value: 'yes', label: you.conveyYes, hint: you.conveyYesHint },
          { value: 'no', label: you.conveyNo },
        ]}
        values={draft.conveyIdentity === undefined ? [] : [draft.conveyIdentity ? 'yes' : 'no']}
        faults={faults}
        onInput={([answer]) => intake.set({ conveyIdentity: answer === 'yes' })}
      />
      {settings.mail && (
        <TickField
          key="wantsMail"
          id="wantsMail"
          label={you.mail}
          hint={you.mailHint}
          checked={draft.wantsMail}
          onInput={(wantsMail) => intake.set({ wantsMail })}
        />
      )}
    </StepFrame>
  )
}
