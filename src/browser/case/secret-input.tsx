/**
 * The field for the secret: one field, because six would break pasting, autofill and screen readers. Its text is grouped
 * while it is typed; how many digits are there stands beside it, and is spoken only when all of them are.
 */
import { useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { fill } from '../kit/words.js'
import { countSecret, groupSecret } from './secret-field.js'
import type { Words } from './words.js'

export const SECRET_ID = 'case-secret'

export function SecretInput({
  words: { t },
  fault,
  busy,
  onInput,
}: {
  words: Words
  fault: string | undefined
  busy: boolean
  onInput: (typed: string) => void
}): JSX.Element {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { digits, complete } = countSecret(typed)
  const read = (event: Event): void => {
    const input = event.target as HTMLInputElement
    // While a word is being composed the text belongs to the keyboard.
    if (!(event as InputEvent).isComposing) {
      const caret = input.selectionStart ?? input.value.length
      const grouped = groupSecret(input.value, caret)
      if (grouped.text !== input.value) {
        input.value = grouped.text
        input.setSelectionRange(grouped.caret, grouped.caret)
      }
    }
    setTyped(input.value)
    onInput(input.value)
  }
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={SECRET_ID}>{t.gate.secret}</label>
      <p class="hint" id={`${SECRET_ID}-hint`}>
        {t.gate.secretHint}
      </p>
      {fault && (
        <p class="fault" id={`${SECRET_ID}-fault`}>
          {fault}
        </p>
      )}
      <input
        id={SECRET_ID}
        ref={field}
        class="digits"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        readonly={busy}
        aria-describedby={[`${SECRET_ID}-hint`, fault && `${SECRET_ID}-fault`].filter(Boolean).join(' ')}
        {...(fault && { 'aria-invalid': 'true' })}
        onInput={read}
      />
      <p class="hint" aria-hidden="true">
        {fill(t.gate.count, { count: digits })}
      </p>
      <p class="offscreen" role="status">
        {complete ? t.gate.complete : ''}
      </p>
    </div>
  )
}
