/** Files to attach: read, checked and drawn anew as soon as they are chosen, so that nothing is refused when she sends. */
import { useRef, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { ATTACHMENT_TYPES } from '../../dispute/payload.js'
import { FileError, type FileFault, type ReadFile, readFile } from './read-file.js'
import { fill } from './words.js'

/** In the reader's language; `{name}` is the file's, `{count}` how many there may be. */
export interface FileTexts {
  label: string
  /** The word for it where the label does not say so. */
  optional?: string
  hint: string
  reading: string
  remove: string
  faults: Readonly<Record<FileFault | 'many' | 'total', string>>
}

/** How much may be chosen, with what is chosen already. */
export interface FileRoom {
  count: number
  bytes: number
}

/** Adds what has room, one after the other. @returns what is said of those that were left out */
export async function addFiles(
  chosen: readonly File[],
  { count, bytes }: FileRoom,
  held: { get(): readonly ReadFile[]; set(files: ReadFile[]): void },
  { faults }: Pick<FileTexts, 'faults'>,
  onFile: (name: string) => void,
): Promise<string[]> {
  const said: string[] = []
  for (const file of chosen) {
    onFile(file.name)
    const refuse = (fault: keyof typeof faults): number =>
      said.push(fill(faults[fault], { name: file.name, count: String(count) }))
    if (held.get().length >= count) {
      refuse('many')
      break
    }
    try {
      const read = await readFile(file)
      const total = held.get().reduce((sum, one) => sum + one.bytes.length, read.bytes.length)
      if (total > bytes) refuse('total')
      else held.set([...held.get(), read])
    } catch (error) {
      refuse(error instanceof FileError ? error.code : 'unreadable')
    }
  }
  return said
}

export function FileField({
  id,
  texts,
  room,
  held,
  size,
  busy = false,
}: {
  id: string
  texts: FileTexts
  room: FileRoom
  /** Where the files are kept: outside of what is drawn. */
  held: { get(): readonly ReadFile[]; set(files: ReadFile[]): void }
  /** A number of bytes in the reader's language. */
  size: (bytes: number) => string
  /** They are being sent: nothing can be added or taken away. */
  busy?: boolean
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const [news, tell] = useState<readonly string[]>([])
  const [said, say] = useState('')
  const list = (): void =>
    say(
      held
        .get()
        .map(({ name }) => name)
        .join(', '),
    )
  const add = async (files: readonly File[]): Promise<void> => {
    const faults = await addFiles(files, room, held, texts, (name) => tell([fill(texts.reading, { name })]))
    tell(faults)
    list()
  }
  return (
    <div class="field">
      <label for={id}>
        {texts.label}
        {texts.optional && <span class="optional"> {texts.optional}</span>}
      </label>
      <p class="hint" id={`${id}-hint`}>
        {texts.hint}
      </p>
      <input
        type="file"
        id={id}
        multiple
        accept={ATTACHMENT_TYPES.join(',')}
        aria-describedby={`${id}-hint`}
        aria-disabled={busy ? 'true' : undefined}
        ref={input}
        // Not `disabled`, which would drop the focus. Files can also be dropped on it, without a click.
        onClick={(event: Event) => busy && event.preventDefault()}
        onInput={(event: Event) => {
          const field = event.target as HTMLInputElement
          const chosen = [...(field.files ?? [])]
          // So that the same file can be chosen again after it was removed.
          field.value = ''
          if (!busy) void add(chosen)
        }}
      />
      <div role="status" class={news.length > 0 ? 'file-news' : undefined}>
        {news.map((text) => (
          <p>{text}</p>
        ))}
      </div>
      <p role="status" class="offscreen">
        {said}
      </p>
      <ul class="files">
        {held.get().map((file) => (
          <li>
            <span>
              <bdi>{file.name}</bdi> <small>{size(file.bytes.length)}</small>
            </span>
            <button
              type="button"
              class="plain"
              aria-label={fill(texts.remove, { name: file.name })}
              aria-disabled={busy ? 'true' : undefined}
              onClick={() => {
                if (busy) return
                held.set(held.get().filter((one) => one !== file))
                list()
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
