/** Files to attach: read, checked and drawn anew as soon as they are chosen, so that nothing is refused at the end. */
import { useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { ATTACHMENT_TYPES, MAX_ATTACHMENTS, MAX_ATTACHMENTS_BYTES } from '../../dispute/payload.js'
import type { FileFaultName } from '../../pages/languages/complaint/codes.js'
import { FileError, readFile } from '../kit/read-file.js'
import { fill } from '../kit/words.js'
import type { ViewProps } from './step-frame.js'

export function FileField({ intake }: ViewProps): JSX.Element {
  const { claim } = intake.texts
  const input = useRef<HTMLInputElement>(null)
  const [said, say] = useState<readonly string[]>([])
  const count = String(MAX_ATTACHMENTS)
  const add = async (files: readonly File[]): Promise<void> => {
    const faults: string[] = []
    const refuse = (fault: FileFaultName, name: string): number =>
      faults.push(fill(claim.fileFaults[fault], { name, count }))
    for (const file of files) {
      say([fill(claim.reading, { name: file.name })])
      const total = intake.files.reduce((sum, { bytes }) => sum + bytes.length, 0)
      try {
        const read = await readFile(file)
        if (intake.files.length >= MAX_ATTACHMENTS) refuse('many', file.name)
        else if (total + read.bytes.length > MAX_ATTACHMENTS_BYTES) refuse('total', file.name)
        else intake.files = [...intake.files, read]
      } catch (error) {
        refuse(error instanceof FileError ? error.code : 'unreadable', file.name)
      }
      intake.onChange()
    }
    say(faults)
  }
  return (
    <div class="field">
      <label for="files">
        {claim.files} <span class="optional">{intake.texts.form.optional}</span>
      </label>
      <p class="hint" id="files-hint">
        {fill(claim.filesHint, { count })}
      </p>
      <input
        type="file"
        id="files"
        multiple
        accept={ATTACHMENT_TYPES.join(',')}
        aria-describedby="files-hint"
        ref={input}
        onInput={(event: Event) => {
          const field = event.target as HTMLInputElement
          const chosen = [...(field.files ?? [])]
          // So that the same file can be chosen again after it was removed.
          field.value = ''
          void add(chosen)
        }}
      />
      <div role="status" class={said.length > 0 ? 'file-news' : undefined}>
        {said.map((text) => (
          <p>{text}</p>
        ))}
      </div>
      <ul class="files">
        {intake.files.map((file) => (
          <li>
            <span>
              <bdi>{file.name}</bdi> <small>{showSize(file.bytes.length)}</small>
            </span>
            <button
              type="button"
              class="plain"
              aria-label={fill(claim.remove, { name: file.name })}
              onClick={() => {
                intake.files = intake.files.filter((one) => one !== file)
                intake.onChange()
                input.current?.focus()
              }}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function showSize(bytes: number): string {
  return bytes < 1_048_576
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`
}
