/** The files of a complaint, as many and as large as a case can hold. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MAX_ATTACHMENTS, MAX_ATTACHMENTS_BYTES } from '../../dispute/payload.js'
import { FileField } from '../kit/file-field.js'
import { fill } from '../kit/words.js'
import type { ViewProps } from './step-frame.js'

export function ComplaintFiles({ intake }: ViewProps): JSX.Element {
  const { claim, form } = intake.texts
  return (
    <FileField
      id="files"
      texts={{
        label: claim.files,
        optional: form.optional,
        hint: fill(claim.filesHint, { count: String(MAX_ATTACHMENTS) }),
        reading: claim.reading,
        remove: claim.remove,
        faults: claim.fileFaults,
      }}
      room={{ count: MAX_ATTACHMENTS, bytes: MAX_ATTACHMENTS_BYTES }}
      held={{
        get: () => intake.files,
        set: (files) => {
          intake.files = files
          intake.onChange()
        },
      }}
      size={intake.format.size}
    />
  )
}
