/** Everything that this agency can read of a case as one JSON value: for its own case management, or an archive. */
import { readPayload } from '../../trust/jws.js'
import type { OpenedCase } from './open-case.js'

/** Decrypted content beside the signed events that prove it; attachment keys are left out, for files are saved apart. */
export function exportCase(opened: OpenedCase): object {
  const { view, complaint, identity, messages } = opened
  const read = new Map(messages.map((message) => [message.seq, message]))
  return {
    v: 1,
    case: view.case,
    role: view.role,
    phase: view.phase,
    state: view.state,
    outcome: view.outcome,
    rating: view.rating,
    lead: view.lead,
    partner: view.partner,
    cc: view.cc,
    owner: view.owner,
    since: view.since,
    due: view.due,
    late: view.late,
    filedAt: view.filedAt,
    revision: view.revision,
    meta: view.meta,
    quote: opened.quote,
    complaint: complaint && withoutKeys(complaint),
    identity,
    events: view.events.map(({ seq, at, type, actor, event }) => {
      const message = read.get(seq)
      return {
        seq,
        at,
        type,
        actor,
        claims: event === null ? null : readPayload(event),
        jws: event,
        message: message?.payload ? withoutKeys(message.payload) : null,
        ...(message?.reason !== undefined && { messageReason: message.reason }),
      }
    }),
    deliveries: view.deliveries,
    envelopeSha256: view.envelopeSha256,
    erasesOn: view.erasesOn,
  }
}

function withoutKeys<T extends { attachments?: readonly { key: string }[] }>(payload: T): object {
  if (!payload.attachments) return payload
  return { ...payload, attachments: payload.attachments.map(({ key: _key, ...rest }) => rest) }
}
