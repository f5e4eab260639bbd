/** What she has typed and not sent: kept apart from what is shown, so that news from the hub never takes it away. */
import type { ReadFile } from '../kit/read-file.js'

/** The forms of a case. */
export const FORMS = [
  'answer',
  'offer',
  'rate',
  'message',
  'reopen',
  'identity',
  'withdraw',
  'reroute',
] as const
export type FormName = (typeof FORMS)[number]

export interface Draft {
  text: string
  /** A coded choice of the form, such as a rating. */
  choice: string
  files: ReadFile[]
}

export type Drafts = { readonly [F in FormName]: Draft }

export function createDrafts(): Drafts {
  return Object.fromEntries(
    FORMS.map((form) => [form, { text: '', choice: '', files: [] }]),
  ) as unknown as Drafts
}

/** Empties one form after it was sent. */
export function clearDraft(draft: Draft): void {
  draft.text = ''
  draft.choice = ''
  draft.files = []
}
