/** While it is sent, and when it could not be: what is going on, and what she can do. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { Progress, Stage } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { Numbers } from './numbers.js'
import type { ViewProps } from './step-frame.js'
import type { Submission } from './submission.js'

export function SendingView({
  intake,
  submission,
  onBack,
}: ViewProps & { submission: Submission; onBack: () => void }): JSX.Element {
  const { sending, form, errors } = intake.texts
  const { state, progress, trouble, filings } = submission
  const again = (
    <button type="button" onClick={() => void submission.run()}>
      {form.tryAgain}
    </button>
  )
  if (state === 'running')
    return (
      <Stage id="sending" title={sending.title}>
        <p>{sending.stay}</p>
        <Progress
          label={
            progress.phase === 'file'
              ? fill(sending.file, { n: String(progress.file), all: String(submission.fileCount) })
              : sending[progress.phase]
          }
          part={progress.part}
        />
      </Stage>
    )
  if (state === 'files-left')
    return (
      <Stage id="files-left" title={sending.filesLeft}>
        <ul>
          {filings.flatMap(({ prepared, missing }) =>
            prepared.files.filter(({ id }) => missing.includes(id)).map(({ name }) => <li>{name}</li>),
          )}
        </ul>
        <div class="buttons">
          {again}
          <button type="button" class="plain" onClick={() => submission.skip()}>
            {sending.filesSkip}
          </button>
        </div>
      </Stage>
    )
  const unsure = state === 'unsure'
  const titles = { unsure: sending.unsure, partly: sending.partly, failed: sending.failed, done: '' }
  return (
    <Stage id={state} title={titles[state]}>
      <p>
        {unsure ? sending.unsureSays : trouble && fill(errors[trouble.group], { minutes: trouble.minutes })}
      </p>
      {!unsure && trouble?.detail && (
        <p class="hint" lang="en">
          <bdi>{trouble.detail}</bdi>
        </p>
      )}
      <div class="buttons">
        {again}
        {state === 'failed' && (
          <button type="button" class="plain" onClick={onBack}>
            {form.back}
          </button>
        )}
        {state === 'partly' && (
          <button type="button" class="plain" onClick={() => submission.skip()}>
            {sending.skipRest}
          </button>
        )}
      </div>
      {unsure && <Numbers intake={intake} submission={submission} />}
    </Stage>
  )
}
