/** Keeping everything: one JSON with all files, or the text to copy and print; made in this browser, sent nowhere. */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { copyText, isInAppBrowser } from '../kit/keep-safe.js'
import { fill } from '../kit/words.js'
import { type ExportedFile, exportFile, exportJson, exportName, exportText, filesOf } from './export-case.js'
import { fetchFile } from './file-list.js'
import type { OpenCase, Reading } from './open-case.js'
import type { Words } from './words.js'

/** How long a made file can still be fetched by a slow download (ms). */
const FILE_LIFE = 60_000

export function KeepCopy({
  open,
  reading,
  words,
}: {
  open: OpenCase
  reading: Reading
  words: Words
}): JSX.Element {
  const { t } = words
  const [said, say] = useState('')
  const [shown, show] = useState(false)
  const inApp = isInAppBrowser(navigator.userAgent)
  const save = async (): Promise<void> => {
    say(t.keep.preparing)
    const files: ExportedFile[] = []
    for (const key of filesOf(open)) {
      // A file that never arrived must not keep the rest from being saved.
      const bytes = await fetchFile(reading, open, key).catch(() => undefined)
      files.push(exportFile(key, bytes))
    }
    const name = exportName(open.ref, 'json')
    download(name, 'application/json', exportJson(open, files, new Date(reading.now()).toISOString()))
    say(files.some(({ data }) => data === null) ? t.faults.attachment : fill(t.keep.saved, { name }))
  }
  const saveText = (): void => {
    const name = exportName(open.ref, 'txt')
    // The mark at the start tells Windows' editors that it is UTF-8.
    download(name, 'text/plain;charset=utf-8', `\uFEFF${exportText(open, words)}`)
    say(fill(t.keep.saved, { name }))
  }
  const copy = async (): Promise<void> => {
    const done = await copyText(exportText(open, words))
    show(!done)
    say(done ? t.keep.copied : t.keep.copyFailed)
  }
  return (
    <details>
      <summary>{t.keep.title}</summary>
      <p>{t.keep.says}</p>
      <div class="buttons">
        <button type="button" class="plain" onClick={() => void save()}>
          {t.keep.save}
        </button>
        <button type="button" class="plain" onClick={saveText}>
          {t.keep.saveText}
        </button>
        <button type="button" class="plain" onClick={() => void copy()}>
          {t.keep.copy}
        </button>
        {!inApp && (
          <button type="button" class="plain" onClick={printAll}>
            {t.keep.print}
          </button>
        )}
      </div>
      <p role="status">{said}</p>
      {shown && (
        <div class="field">
          <label for="keep-text">{t.keep.text}</label>
          <textarea id="keep-text" rows={12} readonly value={exportText(open, words)} />
        </div>
      )}
    </details>
  )
}

function download(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), FILE_LIFE)
}

/** Prints everything, what is folded away too. Some browsers go on at once, so it is folded again after the print. */
function printAll(): void {
  const folded = [...document.querySelectorAll<HTMLDetailsElement>('.case details:not([open])')]
  for (const part of folded) part.open = true
  const fold = (): void => {
    for (const part of folded) part.open = false
  }
  addEventListener('afterprint', fold, { once: true })
  window.print()
}
