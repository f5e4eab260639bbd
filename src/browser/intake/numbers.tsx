/** Reference and secret, in groups that can be read aloud and copied down, with the ways to keep them. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { formatCaseSecret } from '../../dispute/case-reference.js'
import { KeepSafe } from '../kit/keep-safe.js'
import { fill } from '../kit/words.js'
import type { ViewProps } from './step-frame.js'
import type { Submission } from './submission.js'

export function Numbers({ intake, submission }: ViewProps & { submission: Submission }): JSX.Element {
  const { done, page } = intake.texts
  const { filings, secret } = submission
  const groups = formatCaseSecret(secret).split(' ')
  const references = filings.map(({ prepared: { reference, route } }) => {
    const what = route.claims.quote.meta.kind === 'mark_misuse' ? done.misuse : done.claim
    const label = filings.length === 1 ? done.reference : fill(done.referenceOf, { what })
    return { label, value: reference }
  })
  const keepsake = {
    title: page.title,
    lines: [...references, { label: done.secret, value: groups.join(' '), groups }],
    foot: fill(done.foot, { address: intake.settings.casePage }),
    file: references[0]?.value ?? 'case',
  }
  return (
    <div class="numbers">
      <dl>
        {references.map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd class="reference">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{done.secret}</dt>
          <dd class="secret">
            {groups.map((group) => (
              <span>{group} </span>
            ))}
          </dd>
        </div>
      </dl>
      <p class="only-print">{keepsake.foot}</p>
      <KeepSafe keepsake={keepsake} texts={done.keep} />
    </div>
  )
}
