/** The secretariat names an agency for a case that has none, or whose agency can't be reached (rule R90). */
import { caseView, eventAccepted } from '../../dispute/case-view.js'
import { signCaseEvent } from '../../dispute/sealed/sign-case.js'
import { checkView } from '../cases/check-case.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import type { OperatorDesk } from './operator-desk.js'

/**
 * Signs `assigned` upon the newest event of the case, after its chain was checked. The consumer then encrypts to it.
 * @throws Refusal when the case does not hold together, HubClientError with the hub's own refusal
 */
export async function assignCase(
  desk: OperatorDesk,
  ref: string,
  to: string,
): Promise<{ seq: number; state: string }> {
  const response = await desk.hub.get(`/v1/cases/${ref}`)
  const view = readAnswer(expectStatus(response, 200), caseView, 'a case')
  const { chain } = await checkView(desk, view)
  const event = await signCaseEvent(desk.signer, {
    iss: desk.anchor.alliance,
    aud: desk.anchor.alliance,
    iat: desk.now(),
    ref,
    seq: chain.events.length,
    prev: chain.head,
    event: { type: 'assigned', to },
  })
  const posted = await desk.hub.post(`/v1/cases/${ref}/events`, { event })
  return readAnswer(expectStatus(posted, 200, 201), eventAccepted, 'an answer to an event')
}
