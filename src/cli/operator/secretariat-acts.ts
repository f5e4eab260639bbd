/** What the secretariat does in a case that no agency has in hand (rule R90): it names one, or refers the consumer elsewhere. */
import type { CaseEvent } from '../../dispute/case-event.js'
import { type CaseView, caseView, type EventAccepted, eventAccepted } from '../../dispute/case-view.js'
import type { AuthoredText } from '../../dispute/payload.js'
import { sealMessage } from '../../dispute/sealed/message.js'
import { signCaseEvent } from '../../dispute/sealed/sign-case.js'
import { Refusal } from '../../refusal.js'
import { checkView } from '../cases/check-case.js'
import { expectStatus, HubClientError, readAnswer } from '../hub-client.js'
import type { OperatorDesk } from './operator-desk.js'

/** A case that was read, with its chain checked. */
export interface CheckedMetadata {
  view: CaseView
  /** SHA-256 of its newest event, upon which the next is signed. */
  head: string
  /** When that came in (epoch ms). */
  at: number
}

/** @throws Refusal when the case does not hold together, HubClientError for another case and with the hub's own refusal */
export async function readMetadata(desk: OperatorDesk, ref: string): Promise<CheckedMetadata> {
  const response = await desk.hub.get(`/v1/cases/${ref}`)
  const view = readAnswer(expectStatus(response, 200), caseView, 'a case')
  if (view.case !== ref)
    throw new HubClientError(
      'bad-case',
      `The hub shows ${view.case} under the reference ${ref}. Tell the hub's keeper.`,
    )
  const { chain } = await checkView(desk, view)
  return { view, head: chain.head, at: chain.at }
}

/** Signs `assigned`. The consumer then encrypts to that agency. @throws HubClientError with the hub's own refusal */
export function assignCase(desk: OperatorDesk, current: CheckedMetadata, to: string): Promise<EventAccepted> {
  return sendSigned(desk, current, { type: 'assigned', to }, [])
}

/**
 * Signs `closed` with `referred`.
 * @param texts for the consumer, encrypted to her alone: which body can help. None sends no message.
 * @throws HubClientError with the hub's own refusal
 */
export function referCase(
  desk: OperatorDesk,
  current: CheckedMetadata,
  texts: readonly AuthoredText[],
): Promise<EventAccepted> {
  return sendSigned(desk, current, { type: 'closed', outcome: 'referred' }, texts)
}

/** Asked before a question is put to anybody. @throws Refusal `event-not-allowed` naming what is open instead */
export function assertReferable({ view }: CheckedMetadata): void {
  if (view.actions.includes('closed')) return
  throw new Refusal('event-not-allowed', {
    detail: `Only a case that no agency has in hand can be referred: one for which none was found, or whose lead can't be reached. ${view.case} is "${view.state}"${view.lead === null ? '' : `, and ${view.lead} leads it`}.`,
    value: view.state,
  })
}

async function sendSigned(
  desk: OperatorDesk,
  { view, head, at }: CheckedMetadata,
  event: CaseEvent,
  texts: readonly AuthoredText[],
): Promise<EventAccepted> {
  const ref = view.case
  const place = { case: ref, prev: head, from: desk.signer.kid }
  const message =
    texts.length === 0
      ? undefined
      : await sealMessage({ v: 1, texts: [...texts] }, place, [view.consumer.enc])
  const jws = await signCaseEvent(desk.signer, {
    iss: desk.anchor.alliance,
    aud: desk.anchor.alliance,
    iat: Math.max(desk.now(), Math.floor(at / 1000)),
    ref,
    seq: view.events.length,
    prev: head,
    event,
    ...(message && { message }),
  })
  const body = { event: jws, ...(message && { message }) }
  const posted = await desk.hub.post(`/v1/cases/${ref}/events`, body)
  return readAnswer(expectStatus(posted, 200, 201), eventAccepted, 'an answer to an event')
}
