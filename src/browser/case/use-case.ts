/** Keeps an open case current and sends what the consumer does: news without lost typing, conflicts re-read and told. */
import { useEffect, useRef, useState } from 'hono/jsx/dom'
import type { CaseEvent } from '../../dispute/case-event.js'
import { type IdentityPayload, MAX_FREE_TEXT } from '../../dispute/payload.js'
import { HubError } from '../kit/hub-error.js'
import { fill } from '../kit/words.js'
import { act, type SealedFile, sendFiles } from './act.js'
import { clearDraft, createDrafts, type Drafts, type FormName } from './drafts.js'
import { describeFault } from './faults.js'
import { type OpenCase, type Reading, refreshCase } from './open-case.js'
import type { Words } from './words.js'

/** How often an open page looks for news (ms), while somebody can see it. */
export const REFRESH_EVERY = 60_000

/** How long news stand at the foot of the screen (ms): to read two lines of them slowly. */
const SAID_FOR = 12_000

/** What a form sends, beside the event. */
export interface Sending {
  event: CaseEvent
  /** Refuse to send without words or a file. */
  needsWords?: boolean
  /** Send no words at all. */
  silent?: boolean
  /** Sent in place of what was typed. */
  text?: string
  identity?: IdentityPayload
  /** Said when it was sent. */
  sent: string
}

export interface CaseControl {
  open: OpenCase
  drafts: Drafts
  /** What is being done now, in words; null when nothing is. */
  busy: string | null
  fault: { form: FormName; text: string } | null
  /** Spoken politely. */
  said: string
  /** Files that were announced but did not arrive. */
  unsent: readonly SealedFile[]
  /** Grows with every event sent, so that forms start anew. */
  round: number
  send(form: FormName, sending: Sending): Promise<void>
  retryFiles(): Promise<void>
  refresh(): Promise<void>
  /** For what is sent in another way, such as a re-routing: with its faults told in the same place. */
  run(form: FormName, sent: string, step: string, job: (open: OpenCase) => Promise<unknown>): Promise<void>
}

export function useCase(first: OpenCase, reading: Reading, words: Words): CaseControl {
  const { t } = words
  const [open, setOpen] = useState(first)
  const [drafts] = useState(createDrafts)
  const [busy, setBusy] = useState<string | null>(null)
  const [fault, setFault] = useState<CaseControl['fault']>(null)
  const [said, say] = useState('')
  const [unsent, setUnsent] = useState<readonly SealedFile[]>([])
  const [round, setRound] = useState(0)
  // What a timer or a slow answer sees must be the newest case, not the one of the drawing in which it began.
  const now = useRef({ open: first, busy: false })
  const state = now.current ?? { open: first, busy: false }

  const keep = (next: OpenCase): void => {
    state.open = next
    setOpen(next)
  }
  const working = (text: string | null): void => {
    state.busy = text !== null
    setBusy(text)
  }
  const look = async (): Promise<boolean> => {
    const before = state.open.view.head
    keep(await refreshCase(reading, state.open))
    return state.open.view.head !== before
  }
  const refresh = async (): Promise<void> => {
    if (state.busy) return
    working(t.opening.fetching)
    try {
      say((await look()) ? t.news : t.noNews)
    } catch (error) {
      say(describeFault(error, words))
    }
    working(null)
  }

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || state.busy) return
      // A failure is not told: the next look may succeed, and nothing shown is wrong meanwhile.
      look().then(
        (news) => news && say(t.news),
        () => undefined,
      )
    }, REFRESH_EVERY)
    return () => clearInterval(timer)
  }, [])

  useEffect(() => {
    if (said === '') return undefined
    const timer = setTimeout(() => say(''), SAID_FOR)
    return () => clearTimeout(timer)
  }, [said])

  const run = async (
    form: FormName,
    sent: string,
    step: string,
    job: (open: OpenCase) => Promise<unknown>,
  ): Promise<void> => {
    if (state.busy) return
    setFault(null)
    say('')
    working(step)
    const before = state.open
    try {
      await job(before)
      clearDraft(drafts[form])
      setRound((one) => one + 1)
      await look()
      say(sent)
    } catch (error) {
      await recover(form, sent, before, error)
    }
    working(null)
  }

  /** A lost answer may hide that the event arrived; and whatever is refused as out of turn is told with the news at hand. */
  const recover = async (form: FormName, sent: string, before: OpenCase, error: unknown): Promise<void> => {
    const moved =
      error instanceof HubError && ['case-moved-on', 'event-not-allowed', 'offline'].includes(error.code)
    if (moved) await look().catch(() => undefined)
    const arrived = state.open.events.slice(before.events.length).some(({ actor }) => actor === 'consumer')
    if (moved && arrived) {
      clearDraft(drafts[form])
      setRound((one) => one + 1)
      say(sent)
      return
    }
    const foreign =
      !(error instanceof HubError) && error instanceof Error && /^(Refusal|LogError)$/.test(error.name)
    setFault({ form, text: foreign ? t.faults.keysUnverified : describeFault(error, words) })
  }

  const upload = async (files: readonly SealedFile[]): Promise<void> => {
    if (files.length === 0) return
    const { view, consumer } = state.open
    const failed = await sendFiles({ api: reading.api, view, consumer }, files, (count) =>
      setBusy(fill(t.attach.uploading, { count, total: files.length })),
    )
    setUnsent(failed)
  }

  const send = (
    form: FormName,
    { event, needsWords, silent, text, identity, sent }: Sending,
  ): Promise<void> => {
    const draft = drafts[form]
    const typed = silent ? '' : (text ?? draft.text).trim()
    const files = silent ? [] : draft.files
    if (needsWords && typed === '' && files.length === 0) {
      setFault({ form, text: t.faults.empty })
      return Promise.resolve()
    }
    if (typed.length > MAX_FREE_TEXT) {
      setFault({ form, text: fill(t.faults.long, { count: typed.length, max: MAX_FREE_TEXT }) })
      return Promise.resolve()
    }
    return run(form, sent, t.attach.sending, async ({ view, consumer }) => {
      const acting = {
        api: reading.api,
        view,
        consumer,
        anchor: reading.anchor,
        now: () => Math.floor(reading.now() / 1000),
      }
      const sealed = await act(acting, event, {
        lang: words.lang,
        text: typed,
        files,
        ...(identity && { identity }),
      })
      await upload(sealed)
    })
  }

  const retryFiles = async (): Promise<void> => {
    if (state.busy) return
    working(t.attach.sending)
    await upload(unsent)
    await look().catch(() => undefined)
    working(null)
  }

  return { open, drafts, busy, fault, said, unsent, round, send, retryFiles, refresh, run }
}
