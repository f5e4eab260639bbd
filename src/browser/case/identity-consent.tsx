/**
 * Letting the shop learn who she is, later than at filing. Her agreement is a message of hers that holds the identity
 * itself: signed by her key, readable to those who may pass it on, and impossible to take for anything else.
 */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { fill } from '../kit/words.js'
import { Confirm } from './confirm.js'
import { namesOf } from './status.js'
import type { CaseControl } from './use-case.js'
import type { Words } from './words.js'

export function IdentityConsent({
  control,
  words,
  event,
}: {
  control: CaseControl
  words: Words
  /** As an answer to a question, or by itself. */
  event: 'info_given' | 'message'
}): JSX.Element | null {
  const { t } = words
  const { open, busy, fault } = control
  const identity = open.content?.identity
  if (!identity) return null
  const { name, email, phone, address } = identity
  const lines = [
    [t.complaint.name, name],
    [t.complaint.email, email],
    [t.complaint.phone, phone],
    [t.complaint.address, address],
  ].filter(([, text]) => text)
  return (
    <div class="consent">
      <h3>{t.identity.title}</h3>
      <p>{fill(t.identity.says, namesOf(open.view, words))}</p>
      {fault?.form === 'identity' && <p class="fault">{fault.text}</p>}
      <Confirm
        ask={t.identity.agree}
        confirm={t.identity.confirm}
        cancel={t.cancel}
        busy={busy !== null}
        onConfirm={() =>
          void control.send('identity', {
            event: { type: event },
            text: t.identity.statement,
            identity,
            sent: t.identity.sent,
          })
        }
      >
        <p class="word">{t.identity.yours}</p>
        <dl class="facts">
          {lines.map(([term, text]) => (
            <div>
              <dt>{term}</dt>
              <dd>
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </Confirm>
      {event === 'info_given' && <p class="hint">{t.identity.decline}</p>}
    </div>
  )
}
