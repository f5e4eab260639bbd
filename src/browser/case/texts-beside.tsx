/** A text and its translations side by side, each in its own language and marked with who made it. */

import type { JSX } from 'hono/jsx/jsx-runtime'
import { languageName } from '../../alliance/language-name.js'
import type { AuthoredText } from '../../dispute/payload.js'
import type { Words } from './words.js'

export function TextsBeside({
  texts,
  words,
}: {
  texts: readonly AuthoredText[]
  words: Words
}): JSX.Element | null {
  if (texts.length === 0) return null
  return (
    <div class="beside">
      {texts.map(({ lang, text, made }) => (
        <figure class={`made-${made}`}>
          <figcaption>
            {languageName(words.format.language(lang), words.lang, 'alone')} · {words.t.timeline[made]}
          </figcaption>
          <blockquote lang={lang} dir="auto">
            {text}
          </blockquote>
        </figure>
      ))}
    </div>
  )
}
