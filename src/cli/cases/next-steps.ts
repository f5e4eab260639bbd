/** What can be done in a case now, each as the command to type. */
import type { CaseEventType } from '../../dispute/case-event.js'
import type { CaseView } from '../../dispute/case-view.js'

/** Verbs by the event that they send, in the order in which a case usually goes; `…` is for the officer to fill in. */
const STEPS = [
  ['accepted', 'accept', ''],
  ['partner_accepted', 'accept', ''],
  ['info_requested', 'ask', ' --for order_number --text …'],
  ['shared', 'share', ''],
  ['merchant_notified', 'notified', ''],
  ['merchant_responded', 'answered', ' --result … --text …'],
  ['merchant_silent', 'silent', ''],
  ['offer_made', 'offer', ' --remedy … --text …'],
  ['extended', 'extend', ' --days … --reason …'],
  ['message', 'message', ' --text …'],
  ['declined', 'decline', ' --reason …'],
  ['partner_declined', 'decline', ' --reason …'],
  ['transferred', 'transfer', ' --to … --reason …'],
  ['closed', 'close', ' --outcome …'],
  ['rewrapped', 'rewrap', ''],
  ['rewrapped', 'recover', ' --code …'],
] as const satisfies readonly (readonly [CaseEventType, string, string])[]

export type CaseVerb = (typeof STEPS)[number][1]

export interface NextStep {
  /** The event that it sends. */
  type: CaseEventType
  verb: CaseVerb
  command: string
}

export function nextSteps({ case: ref, actions }: Pick<CaseView, 'case' | 'actions'>): NextStep[] {
  return STEPS.filter(([type]) => actions.includes(type)).map(([type, verb, rest]) => ({
    type,
    verb,
    command: `trustmark case ${verb} ${ref}${rest}`,
  }))
}
