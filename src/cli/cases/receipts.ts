/** Receipts: this agency's signed word that it holds a complaint and can read it. Never signed on the hub's word alone. */
import { eventAccepted } from '../../dispute/case-view.js'
import { signReceipt } from '../../dispute/sealed/sign-case.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import { remember } from './known-cases.js'
import type { OpenedCase } from './open-case.js'
import type { CaseDesk } from './open-desk.js'

/**
 * Signs and posts the receipt of a case that was checked and opened on this machine. Sending it again is safe.
 * @throws HubClientError
 */
export async function sendReceipt(desk: CaseDesk, { view, chain, complaint }: OpenedCase): Promise<void> {
  if (!complaint) throw new TypeError(`${view.case} is not open, so there is nothing to sign for`)
  const receipt = await signReceipt(desk.auth, {
    iss: desk.entity,
    aud: desk.anchor.alliance,
    iat: desk.now(),
    ref: view.case,
    revision: chain.status.revision,
    envelope: chain.envelope,
  })
  const response = await desk.hub.post(`/v1/cases/${view.case}/receipts`, { receipt })
  const accepted = readAnswer(expectStatus(response, 200, 201), eventAccepted, 'an answer to a receipt')
  // Its `delivered` is the hub's own event: it is verified, and remembered, when the case is read next.
  remember(desk, { ...view, state: accepted.state }, undefined, { receipted: chain.envelope })
}
