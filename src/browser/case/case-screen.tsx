/** An open case: news spoken, what waits for her first, then what happened, then everything she may do besides. */
import { useEffect, useRef } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { useKeptFocus } from '../kit/keep-focus.js'
import { fill } from '../kit/words.js'
import { readersOf } from './act.js'
import { ComplaintDetails } from './complaint-details.js'
import { Confirm } from './confirm.js'
import { roomOf } from './export-case.js'
import { IdentityConsent } from './identity-consent.js'
import { KeepCopy } from './keep-copy.js'
import type { OpenCase, Reading } from './open-case.js'
import { faultOf, type Part } from './part.js'
import { ReplyForm } from './reply-form.js'
import { StatusPanel } from './status-panel.js'
import { gaveIdentity, openQuestion } from './timeline.js'
import { TimelineList } from './timeline-list.js'
import { Todo } from './todo.js'
import { useCase } from './use-case.js'
import type { Words } from './words.js'

export function CaseScreen({
  first,
  reading,
  words,
  onClose,
}: {
  first: OpenCase
  reading: Reading
  words: Words
  onClose: () => void
}): JSX.Element {
  const { t } = words
  const control = useCase(first, reading, words)
  const { open, busy, said, unsent } = control
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('#case-state')?.focus()
  }, [])
  useKeptFocus(() => place.current, '#case-state')
  // Not `disabled`, which would drop the focus; what is pressed meanwhile does nothing.
  const waits = busy === null ? undefined : 'true'
  const part: Part = { control, reading, words }
  return (
    <div class="case" ref={place}>
      <StatusPanel open={open} words={words} />
      {unsent.length > 0 && (
        <div class="warning" role="alert">
          <p>{fill(t.attach.failed, { names: unsent.map(({ name }) => name).join(', ') })}</p>
          <button type="button" aria-disabled={waits} onClick={() => void control.retryFiles()}>
            {t.attach.retry}
          </button>
        </div>
      )}
      <Todo {...part} />
      <TimelineList open={open} reading={reading} words={words} />
      <section class="more">
        <ComplaintDetails open={open} reading={reading} words={words} />
        <Write {...part} />
        <Consent {...part} />
        <KeepCopy open={open} reading={reading} words={words} />
        <Reopen {...part} />
        <Withdraw {...part} />
      </section>
      <div class="buttons">
        <button type="button" class="plain" aria-disabled={waits} onClick={() => void control.refresh()}>
          {t.refresh}
        </button>
        <button type="button" class="plain" onClick={onClose}>
          {t.close}
        </button>
      </div>
      {/* Last, so that it sticks to the foot of the screen without moving anything. */}
      <p class="news" role="status" aria-live="polite">
        {busy ?? said}
      </p>
    </div>
  )
}

function Write({ control, words }: Part): JSX.Element | null {
  const { t } = words
  const { open, drafts, busy, round } = control
  if (!open.actions.includes('message')) return null
  const [one = '', other] = readersOf(open.view).map((id) => words.name(id).text)
  const readers = other === undefined ? one : fill(t.message.and, { one, other })
  return (
    <details>
      <summary>{t.message.title}</summary>
      <ReplyForm
        key={`message-${round}`}
        form="message"
        label={t.message.text}
        send={t.message.send}
        draft={drafts.message}
        words={words}
        busy={busy !== null}
        fault={faultOf(control, 'message')}
        room={roomOf(open)}
        onSend={() =>
          void control.send('message', { event: { type: 'message' }, needsWords: true, sent: t.message.sent })
        }
      >
        <p class="hint">{fill(t.message.says, { readers })}</p>
      </ReplyForm>
    </details>
  )
}

/** Where an open question asks for it, the consent stands there already. */
function Consent({ control, words }: Part): JSX.Element | null {
  const { t } = words
  const { open } = control
  const { content, events, view } = open
  if (!content?.identity || view.phase === 'closed') return null
  if (content.complaint.conveyIdentity || gaveIdentity(events)) return <p class="hint">{t.identity.given}</p>
  const question = openQuestion(events)?.event
  const asked = question?.type === 'info_requested' && question.asks.includes('consent_to_convey_identity')
  if (asked || !open.actions.includes('message')) return null
  return (
    <details>
      <summary>{t.identity.title}</summary>
      <IdentityConsent control={control} words={words} event="message" />
    </details>
  )
}

function Reopen({ control, words }: Part): JSX.Element | null {
  const { t } = words
  const { open, drafts, busy, round } = control
  if (!open.actions.includes('reopened')) return null
  return (
    <details>
      <summary>{t.reopen.title}</summary>
      <ReplyForm
        key={`reopen-${round}`}
        form="reopen"
        label={t.reopen.text}
        send={t.reopen.send}
        draft={drafts.reopen}
        words={words}
        busy={busy !== null}
        fault={faultOf(control, 'reopen')}
        room={roomOf(open)}
        onSend={() =>
          void control.send('reopen', { event: { type: 'reopened' }, needsWords: true, sent: t.reopen.sent })
        }
      >
        <p class="hint">{t.reopen.says}</p>
      </ReplyForm>
    </details>
  )
}

function Withdraw({ control, words }: Part): JSX.Element | null {
  const { t } = words
  const { open, busy } = control
  if (!open.actions.includes('withdrawn')) return null
  return (
    <details>
      <summary>{t.withdraw.title}</summary>
      <p>{t.withdraw.says}</p>
      {faultOf(control, 'withdraw') && <p class="fault">{faultOf(control, 'withdraw')}</p>}
      <Confirm
        ask={t.withdraw.ask}
        confirm={t.withdraw.confirm}
        cancel={t.cancel}
        busy={busy !== null}
        onConfirm={() =>
          void control.send('withdraw', { event: { type: 'withdrawn' }, silent: true, sent: t.withdraw.sent })
        }
      />
    </details>
  )
}
