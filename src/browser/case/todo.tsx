/** What waits for the consumer now, each with one clear way to do it: a question, an offer, a re-routing, her last word. */
import { useEffect, useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { RATINGS, type Rating } from '../../dispute/taxonomy.js'
import { ChoiceField } from '../kit/form.js'
import { fill } from '../kit/words.js'
import { Confirm } from './confirm.js'
import { roomOf } from './export-case.js'
import { IdentityConsent } from './identity-consent.js'
import { faultOf, type Part } from './part.js'
import { ReplyForm } from './reply-form.js'
import { RerouteForm } from './reroute-form.js'
import { TextsBeside } from './texts-beside.js'
import { describeSteps, gaveIdentity, lastOffer, offerDates, openQuestion } from './timeline.js'

export function Todo(part: Part): JSX.Element {
  const { actions } = part.control.open
  return (
    <>
      {actions.includes('info_given') && <Question {...part} />}
      {actions.includes('offer_answered') && <Offer {...part} />}
      {actions.includes('rerouted') && <RerouteForm {...part} />}
      {actions.includes('outcome_rated') && <Rate {...part} />}
    </>
  )
}

function Question({ control, words }: Part): JSX.Element {
  const { t, labels, name } = words
  const { open, drafts, busy, round } = control
  const question = openQuestion(open.events)
  const asks = question?.event?.type === 'info_requested' ? question.event.asks : []
  const [step] = question ? describeSteps([question], words) : []
  const asksConsent = asks.includes('consent_to_convey_identity') && !gaveIdentity(open.events)
  return (
    <section class="todo" aria-labelledby="answer-title">
      <h2 id="answer-title">{t.answer.title}</h2>
      {question && (
        <p>
          {fill(t.answer.asked, { agency: question.member ? name(question.member).text : t.timeline.hub })}
        </p>
      )}
      <ul class="coded">
        {asks.map((ask) => (
          <li>{labels.infoRequests[ask]}</li>
        ))}
      </ul>
      <TextsBeside texts={step?.texts ?? []} words={words} />
      {asksConsent && <IdentityConsent control={control} words={words} event="info_given" />}
      <ReplyForm
        key={`answer-${round}`}
        form="answer"
        label={t.answer.text}
        send={t.answer.send}
        draft={drafts.answer}
        words={words}
        busy={busy !== null}
        fault={faultOf(control, 'answer')}
        room={roomOf(open)}
        onSend={() =>
          void control.send('answer', {
            event: { type: 'info_given' },
            needsWords: true,
            sent: t.answer.sent,
          })
        }
      >
        <p class="hint">{asks.includes('bank_details') ? t.answer.bank : ''}</p>
      </ReplyForm>
    </section>
  )
}

function Offer({ control, words }: Part): JSX.Element {
  const { t } = words
  const { open, drafts, busy, round } = control
  const offer = lastOffer(open.events)
  const [step] = offer ? describeSteps([offer], words) : []
  const performed = offer?.event?.type === 'offer_made' && offer.event.performed
  const until = typeof offer?.message === 'object' ? offer.message?.offer?.until : undefined
  const { due } = open.view
  const answer = (accept: boolean): void => {
    void control.send('offer', { event: { type: 'offer_answered', accept }, sent: t.offer.sent })
  }
  return (
    <section class="todo" aria-labelledby="offer-title">
      <h2 id="offer-title">{t.offer.title}</h2>
      <ul class="coded">
        {step?.facts.map((fact) => (
          <li>{fact}</li>
        ))}
      </ul>
      <TextsBeside texts={step?.texts ?? []} words={words} />
      <p>{t.offer.says}</p>
      {due !== null && <p>{offerDates(words, due, until)}</p>}
      <p>{performed ? t.offer.silencePerformed : t.offer.silence}</p>
      <Comment
        key={`offer-${round}`}
        id="offer-text"
        label={t.offer.comment}
        value={drafts.offer.text}
        lang={words.lang}
        onInput={(text) => {
          drafts.offer.text = text
        }}
      />
      {faultOf(control, 'offer') && <p class="fault">{faultOf(control, 'offer')}</p>}
      <div class="choose">
        <Confirm
          ask={t.offer.accept}
          confirm={t.offer.acceptConfirm}
          cancel={t.cancel}
          busy={busy !== null}
          onConfirm={() => answer(true)}
        />
        <Confirm
          ask={t.offer.refuse}
          confirm={t.offer.refuseConfirm}
          cancel={t.cancel}
          busy={busy !== null}
          onConfirm={() => answer(false)}
        />
      </div>
    </section>
  )
}

function Rate({ control, words }: Part): JSX.Element {
  const { t, labels } = words
  const { open, drafts, busy, round } = control
  const [chosen, choose] = useState<string>(drafts.rate.choice || (open.view.rating ?? ''))
  const [missing, setMissing] = useState(false)
  const { rating } = open.view
  const title = rating === null ? t.rate.title : fill(t.rate.changeTitle, { rating: labels.ratings[rating] })
  useEffect(() => {
    drafts.rate.choice = chosen
  }, [chosen])
  const send = (): void => {
    setMissing(chosen === '')
    if (chosen === '') return
    void control.send('rate', {
      event: { type: 'outcome_rated', rating: chosen as Rating },
      sent: t.rate.sent,
    })
  }
  const fault = missing ? t.rate.choose : faultOf(control, 'rate')
  return (
    <section class="todo" aria-labelledby="rate-title">
      <h2 id="rate-title">{title}</h2>
      <p>{t.rate.says}</p>
      <form
        class="reply"
        onSubmit={(event: Event) => {
          event.preventDefault()
          if (busy === null) send()
        }}
      >
        <ChoiceField
          id="rate-choice"
          label={title}
          values={chosen === '' ? [] : [chosen]}
          options={RATINGS.map((value) => ({ value, label: labels.ratings[value] }))}
          faults={fault ? [{ field: 'rate-choice', text: fault }] : []}
          onInput={([value]) => choose(value ?? '')}
        />
        <Comment
          key={`rate-${round}`}
          id="rate-text"
          label={t.rate.comment}
          value={drafts.rate.text}
          lang={words.lang}
          onInput={(text) => {
            drafts.rate.text = text
          }}
        />
        <button type="submit" aria-disabled={busy === null ? undefined : 'true'}>
          {t.rate.send}
        </button>
      </form>
    </section>
  )
}

/** A short optional text. */
function Comment({
  id,
  label,
  value,
  lang,
  onInput,
}: {
  id: string
  label: string
  value: string
  lang: string
  onInput: (text: string) => void
}): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        lang={lang}
        dir="auto"
        value={value}
        onInput={(event: Event) => onInput((event.target as HTMLTextAreaElement).value)}
      />
    </div>
  )
}
