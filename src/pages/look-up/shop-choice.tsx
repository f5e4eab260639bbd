/** A shop to choose or to tell from another: its address in large type, for that and not its name tells shops apart (DESIGN 6). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { LocalText } from '../../alliance/text.js'
import type { VerdictWord } from '../../record/verdict.js'
import { Local } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { Sign, TONES } from '../frame/signs.js'
import { showPresence } from '../frame/subject.js'

/** One mark of a shop: its verdict gives the sign, the colour and the word beside it. */
export interface ChosenMark {
  verdict: VerdictWord
  name: LocalText
}

/** One shop of a list. `children` say why it stands there, and lead on. */
export function ShopChoice({
  holder,
  url,
  marks,
  reader,
  children,
}: {
  holder: LocalText
  /** Canonical URL of the presence. */
  url: string
  marks: readonly ChosenMark[]
  reader: Reader
  children: Child
}): JSX.Element {
  const { shown, ascii } = showPresence({ kind: 'web', url })
  return (
    <li class="shop">
      <h3 class="place">
        <bdi class="address">{shown}</bdi>
        {ascii !== undefined && <small class="address"> ({ascii})</small>}
      </h3>
      <p>
        <Local text={holder} reader={reader} />
      </p>
      <ul class="marks">
        {marks.map(({ verdict, name }) => (
          <li class={`tone-${TONES[verdict]}`}>
            <Sign of={verdict} />
            <span>
              <strong>
                <Local text={name} reader={reader} />
              </strong>
              <br />
              {reader.t.verdicts[verdict].title}
            </span>
          </li>
        ))}
      </ul>
      {children}
    </li>
  )
}
