/** The head of an open case: a warning first where the hub's account does not hold, then where the case stands. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { fill } from '../kit/words.js'
import type { OpenCase } from './open-case.js'
import { describeStatus } from './status.js'
import type { Words } from './words.js'

export function StatusPanel({ open, words }: { open: OpenCase; words: Words }): JSX.Element {
  const { t, format } = words
  const status = describeStatus(open.view, open.quote, words)
  return (
    <>
      <TrustWarning open={open} words={words} />
      <section class={`panel tone-${status.tone}`} aria-labelledby="case-state">
        <h2 id="case-state" tabindex={-1}>
          {status.title}
        </h2>
        <p>{status.says}</p>
        {status.alerts.map(({ title, says }) => (
          <p class="now">
            <strong>{title}</strong> {says}
          </p>
        ))}
      </section>
      <dl class="facts lines">
        {status.lines.map(({ term, text }) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {status.erases && <p class="hint">{status.erases}</p>}
      <details>
        <summary>{t.status.why}</summary>
        <ul>
          {status.why.map((text) => (
            <li>{text}</li>
          ))}
          {status.readers.map((text) => (
            <li>{text}</li>
          ))}
          {status.deliveries.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      </details>
      {open.trust.kind === 'checked' && (
        <p class="hint">
          {fill(t.status.checked, { time: format.time(new Date(open.readAt).toISOString()) })}
        </p>
      )}
    </>
  )
}

function TrustWarning({
  open: { trust },
  words: { t },
}: {
  open: OpenCase
  words: Words
}): JSX.Element | null {
  if (trust.kind === 'checked') return null
  if (trust.kind === 'unchecked')
    return (
      <div class="warning" role="note">
        <p>{t.untrusted.keys}</p>
      </div>
    )
  return (
    <div class="warning severe" role="alert">
      <div>
        <h2>{t.untrusted.title}</h2>
        <p>{t.untrusted.says}</p>
        <p class="hint" lang="en">
          {fill(t.untrusted.detail, { detail: trust.doubt })}
        </p>
      </div>
    </div>
  )
}
