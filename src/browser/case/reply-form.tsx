/** A text with files and one button: how she answers, writes, reopens. Typed text lives in the draft, not in what is drawn. */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { TextField } from '../kit/form.js'
import type { Draft, FormName } from './drafts.js'
import { FilePicker } from './file-picker.js'
import type { Words } from './words.js'

/** Lines of a text field: what a small telephone shows above its keyboard. */
const ROWS = 5

export function ReplyForm({
  form,
  label,
  send,
  draft,
  words,
  busy,
  fault,
  room,
  onSend,
  children,
}: {
  form: FormName
  label: string
  send: string
  draft: Draft
  words: Words
  busy: boolean
  fault: string | undefined
  /** How many files she may still bring to the case. */
  room: number
  onSend: () => void
  children?: Child
}): JSX.Element {
  const id = `${form}-text`
  return (
    <form
      class="reply"
      onSubmit={(event: Event) => {
        event.preventDefault()
        onSend()
      }}
    >
      {children}
      <TextField
        id={id}
        label={label}
        value={draft.text}
        rows={ROWS}
        lang={words.lang}
        faults={fault ? [{ field: id, text: fault }] : []}
        onInput={(value) => {
          draft.text = value
        }}
      />
      {room > 0 && <FilePicker id={`${form}-files`} draft={draft} words={words} busy={busy} room={room} />}
      <button type="submit" disabled={busy}>
        {send}
      </button>
    </form>
  )
}
