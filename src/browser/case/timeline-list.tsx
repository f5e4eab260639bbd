/** The timeline as it is shown: newest first, each step with its words in every language that they exist in. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { FileList } from './file-list.js'
import type { OpenCase, Reading } from './open-case.js'
import { TextsBeside } from './texts-beside.js'
import { describeSteps, type Step } from './timeline.js'
import type { Words } from './words.js'

export function TimelineList({
  open,
  reading,
  words,
}: {
  open: OpenCase
  reading: Reading
  words: Words
}): JSX.Element {
  const { t } = words
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t.timeline.title}</h2>
      <p class="hint">{t.timeline.newest}</p>
      <ol class="timeline" reversed>
        {describeSteps(open.events, words).map((step) => (
          <li key={step.seq} class={step.mine ? 'mine' : ''}>
            <OneStep step={step} open={open} reading={reading} words={words} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function OneStep({
  step,
  open,
  reading,
  words,
}: {
  step: Step
  open: OpenCase
  reading: Reading
  words: Words
}): JSX.Element {
  return (
    <article>
      <h3>{step.title}</h3>
      <p class="hint">
        <bdi>{step.who}</bdi> · <time datetime={step.at}>{words.format.time(step.at)}</time>
      </p>
      {step.facts.length > 0 && (
        <ul class="coded">
          {step.facts.map((fact) => (
            <li>{fact}</li>
          ))}
        </ul>
      )}
      <TextsBeside texts={step.texts} words={words} />
      <FileList files={step.files} open={open} reading={reading} words={words} mine={step.mine} />
      {step.note && <p class="fault">{step.note}</p>}
    </article>
  )
}
