/** Acting in a case: the message is sealed, the event signed upon the newest one, and posted; files follow. */
import type { CaseEvent } from '../../dispute/case-event.js'
import { type EventAccepted, eventAccepted } from '../../dispute/case-view.js'
import type { SealedComplaint } from '../../dispute/envelope.js'
import type { MessagePayload } from '../../dispute/payload.js'
import { sealMessage } from '../../dispute/sealed/message.js'
import { signCaseEvent } from '../../dispute/sealed/sign-case.js'
import { Refusal } from '../../refusal.js'
import { sha256Hex } from '../../trust/digest.js'
import type { PublicJwk } from '../../trust/keys.js'
import { expectStatus, HubClientError, readAnswer } from '../hub-client.js'
import { dropOutgoing, keepOutgoing, listKept, type SealedFile, sendOutgoing } from './attachments.js'
import { type CheckedCase, readCase } from './check-case.js'
import { forget, remember } from './known-cases.js'
import type { CaseDesk } from './open-desk.js'

/** Who reads a message; the sender's own agency always does. */
export const READERS = ['consumer', 'partner', 'lead'] as const
export type MessageReader = (typeof READERS)[number]

export interface EventDraft {
  event: CaseEvent
  /** What is said with it; left out when it is empty. */
  message?: Omit<MessagePayload, 'v'>
  to?: readonly MessageReader[]
  files?: readonly SealedFile[]
  /** With `transferred` and `rewrapped`. */
  envelope?: SealedComplaint
}

export interface SentEvent extends EventAccepted {
  type: CaseEvent['type']
  /** Whether the case had moved on and the message was sent again upon the newer event. */
  again: boolean
}

/**
 * Sends an event. A plain message is sent once more when the case moved on meanwhile; any other act is not, for it was
 * decided without knowing what happened.
 * @throws HubClientError, Refusal `case-moved-on` naming what happened, `event-not-allowed`
 */
export async function sendEvent(desk: CaseDesk, current: CheckedCase, draft: EventDraft): Promise<SentEvent> {
  const ref = current.view.case
  const files = draft.files ?? []
  keepOutgoing(desk.folder, ref, files)
  let sent: SentEvent
  try {
    sent = await postEvent(desk, current, draft)
  } catch (error) {
    if (isRefused(error)) dropOutgoing(desk.folder, ref, files)
    throw error
  }
  try {
    await sendOutgoing(desk.hub, desk.folder, ref)
  } catch (error) {
    // The event is accepted, whatever becomes of its files: the next "trustmark inbox" sends what is still kept.
    if (!(error instanceof HubClientError)) throw error
    return { ...sent, missing: listKept(desk.folder, ref) }
  }
  if (draft.event.type === 'transferred') forget(desk, ref)
  return { ...sent, missing: [] }
}

/** The hub's no is final; a line that broke may have carried the event. */
function isRefused(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof HubClientError && error.code === 'refused')
}

async function postEvent(desk: CaseDesk, current: CheckedCase, draft: EventDraft): Promise<SentEvent> {
  const { type } = draft.event
  const first = await postOnce(desk, current, draft)
  if (!('movedOn' in first)) return { ...first, type, again: false }
  const { movedOn: newer, jws } = first
  const arrived = newer.chain.events.find(({ sha256 }) => sha256 === sha256Hex(jws))
  if (arrived) {
    // The answer to it was lost on the line, and it was posted again.
    const { case: ref, state } = newer.view
    return { case: ref, seq: arrived.seq, sha256: arrived.sha256, state, missing: [], type, again: false }
  }
  const second = type === 'message' ? await postOnce(desk, newer, draft) : first
  if (!('movedOn' in second)) return { ...second, type, again: true }
  throw new Refusal('case-moved-on', {
    detail: `Meanwhile ${describeNews(current, second.movedOn)}, so nothing was sent. Look at it with "trustmark case show ${current.view.case}" and decide anew.`,
  })
}

async function postOnce(
  desk: CaseDesk,
  current: CheckedCase,
  { event, message, to = [], files = [], envelope }: EventDraft,
): Promise<EventAccepted | { movedOn: CheckedCase; jws: string }> {
  const { view, chain } = current
  const ref = view.case
  const payload: MessagePayload = {
    v: 1,
    texts: [],
    ...message,
    ...(files.length > 0 && { attachments: files.map(({ key }) => key) }),
  }
  const says = payload.texts.length > 0 || Object.keys(payload).length > 2
  const place = { case: ref, prev: chain.head, from: desk.auth.kid }
  const sealed = says ? await sealMessage(payload, place, await chooseReaders(desk, current, to)) : undefined
  const jws = await signCaseEvent(desk.auth, {
    iss: desk.entity,
    aud: desk.anchor.alliance,
    // No event is older than the one before it, however slow the clock of this machine.
    iat: Math.max(desk.now(), Math.floor(chain.at / 1000)),
    ref,
    seq: chain.events.length,
    prev: chain.head,
    event,
    ...(sealed && { message: sealed }),
    attachments: files.map(({ notice }) => notice),
  })
  const body = { event: jws, ...(sealed && { message: sealed }), ...(envelope && { envelope }) }
  const response = await desk.hub.post(`/v1/cases/${ref}/events`, body)
  try {
    const accepted = readAnswer(expectStatus(response, 200, 201), eventAccepted, 'an answer to an event')
    remember(desk, { ...view, state: accepted.state }, { seq: accepted.seq, sha256: accepted.sha256 })
    return accepted
  } catch (error) {
    if (!(error instanceof HubClientError) || error.problem !== 'case-moved-on') throw error
    return { movedOn: await readCase(desk, ref), jws }
  }
}

/** Keys in the order lead, partner, consumer; each reader's own agency reads with every key that it has. */
async function chooseReaders(
  desk: CaseDesk,
  { view }: CheckedCase,
  to: readonly MessageReader[],
): Promise<PublicJwk[]> {
  const own = async (reader: 'lead' | 'partner'): Promise<readonly PublicJwk[]> => {
    const member = view[reader]
    if (member === null || !(to.includes(reader) || member === desk.member)) return []
    return (await desk.keysOf([member])).get(member)?.enc ?? []
  }
  return [
    ...(await own('lead')),
    ...(await own('partner')),
    ...(to.includes('consumer') ? [view.consumer.enc] : []),
  ]
}

function describeNews(before: CheckedCase, after: CheckedCase): string {
  const news = after.view.events.slice(before.view.events.length)
  return news.map(({ type, actor }) => `${actor} sent "${type}"`).join(', then ') || 'the case changed'
}
