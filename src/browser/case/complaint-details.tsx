/** What she sent, decrypted from her own copy. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { describeComplaint } from './export-case.js'
import { FileList } from './file-list.js'
import type { OpenCase, Reading } from './open-case.js'
import type { Words } from './words.js'

export function ComplaintDetails({
  open,
  reading,
  words,
}: {
  open: OpenCase
  reading: Reading
  words: Words
}): JSX.Element | null {
  if (!open.content) return null
  return (
    <details>
      <summary>{words.t.complaint.title}</summary>
      <dl class="facts lines">
        {describeComplaint(open, words).map(({ term, text, lang }) => (
          <div>
            <dt>{term}</dt>
            <dd class="written" lang={lang} dir="auto">
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <FileList files={open.content.complaint.attachments} open={open} reading={reading} words={words} mine />
    </details>
  )
}
