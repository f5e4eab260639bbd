/** What every part of an open case is drawn from. */
import type { FormName } from './drafts.js'
import type { Reading } from './open-case.js'
import type { CaseControl } from './use-case.js'
import type { Words } from './words.js'

export interface Part {
  control: CaseControl
  reading: Reading
  words: Words
}

/** What went wrong with a form, if anything did. */
export function faultOf({ fault }: CaseControl, form: FormName): string | undefined {
  return fault?.form === form ? fault.text : undefined
}
