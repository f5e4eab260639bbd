/** A text with files and one button: how she answers, writes, reopens. Typed text lives in the draft, not in what is drawn. */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { FileField, type FileRoom } from '../kit/file-field.js'
import { TextField } from '../kit/form.js'
import type { Draft, FormName } from './drafts.js'
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
  /** For files that she may still bring to the case. */
  room: FileRoom
  onSend: () => void
  children?: Child
}): JSX.Element {
  const { t, format } = words
  const id = `${form}-text`
  return (
    <form
      class="reply"
      onSubmit={(event: Event) => {
        event.preventDefault()
        if (!busy) onSend()
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
      {room.count > 0 && (
        <FileField
          id={`${form}-files`}
          texts={{ ...t.attach, reading: t.attach.preparing }}
          room={room}
          held={{
            get: () => draft.files,
            set: (files) => {
              draft.files = files
            },
          }}
          size={format.size}
          busy={busy}
        />
      )}
      <button type="submit" aria-disabled={busy ? 'true' : undefined}>
        {send}
      </button>
    </form>
  )
}
