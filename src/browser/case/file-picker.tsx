/** Choosing files for a message: read, drawn anew and listed at once, so that a fault shows before anything is sent. */
import { useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { ATTACHMENT_TYPES } from '../../dispute/payload.js'
import { FileError, readFile } from '../kit/read-file.js'
import { fill } from '../kit/words.js'
import type { Draft } from './drafts.js'
import { describeFileFault } from './faults.js'
import type { Words } from './words.js'

export function FilePicker({
  id,
  draft,
  words,
  busy,
  room,
}: {
  id: string
  draft: Draft
  words: Words
  busy: boolean
  /** How many files she may still bring to the case. */
  room: number
}): JSX.Element {
  const { t, format } = words
  const input = useRef<HTMLInputElement>(null)
  const [said, say] = useState('')
  const [faults, setFaults] = useState<string[]>([])
  const add = async (chosen: readonly File[]): Promise<void> => {
    const found: string[] = []
    for (const file of chosen) {
      if (draft.files.length >= room) {
        found.push(fill(t.attach.tooMany, { max: room }))
        break
      }
      say(fill(t.attach.preparing, { name: file.name }))
      try {
        draft.files = [...draft.files, await readFile(file)]
      } catch (error) {
        const code = error instanceof FileError ? error.code : 'unreadable'
        found.push(describeFileFault(code, file.name, words))
      }
    }
    // The same file must be choosable again after it was removed.
    if (input.current) input.current.value = ''
    setFaults(found)
    say(draft.files.map(({ name }) => name).join(', '))
  }
  const remove = (i: number): void => {
    draft.files = draft.files.filter((_, at) => at !== i)
    say(draft.files.map(({ name }) => name).join(', ') || ' ')
    input.current?.focus()
  }
  return (
    <div class={faults.length > 0 ? 'field faulty' : 'field'}>
      <label for={id}>{t.attach.label}</label>
      <p class="hint" id={`${id}-hint`}>
        {t.attach.hint}
      </p>
      {faults.map((fault) => (
        <p class="fault">{fault}</p>
      ))}
      <input
        type="file"
        id={id}
        ref={input}
        multiple
        disabled={busy}
        accept={ATTACHMENT_TYPES.join(',')}
        aria-describedby={`${id}-hint`}
        onChange={(event: Event) => void add([...((event.target as HTMLInputElement).files ?? [])])}
      />
      <p role="status" class="offscreen">
        {said}
      </p>
      {draft.files.length > 0 && (
        <ul class="files">
          {draft.files.map(({ name, bytes }, i) => (
            <li>
              <span>
                <bdi>{name}</bdi> <small>{format.size(bytes.length)}</small>
              </span>
              <button
                type="button"
                class="plain"
                aria-label={fill(t.attach.remove, { name })}
                disabled={busy}
                onClick={() => remove(i)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
