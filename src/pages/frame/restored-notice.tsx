/** What a reader must know of a log that was started anew from a backup: when, what may be missing, whom to ask (DESIGN 4.5, 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Verdict } from '../../record/verdict.js'
import { phrase, Time } from './phrase.js'
import type { Reader } from './reader.js'
import { WarningSign } from './signs.js'

/** Stands open below the answer, whatever that is: what is missing may be the very thing that was asked for. */
export function RestoredNotice({
  restored,
  reader,
}: {
  restored: Verdict['asOf']['restored']
  reader: Reader
}): JSX.Element | null {
  if (!restored) return null
  const { t } = reader
  const time = <Time at={restored.at} reader={reader} />
  return (
    <section class="warning" id="restored">
      <WarningSign />
      <div>
        <h2>
          <span class="word">{t.warning}</span> {t.restored.title}
        </h2>
        <p>{phrase(reader.count(t.restored.when, restored.size), { time })}</p>
        <p>
          {t.restored.missing} {t.restored.ask}
        </p>
      </div>
    </section>
  )
}
