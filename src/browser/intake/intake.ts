/**
 * The form's state and what its buttons do: she answers, the hub is asked where the complaint may go, and only the last
 * button sends anything that she wrote (issue 3, story 2).
 */

import type { Language } from '../../alliance/text.js'
import { addDays } from '../../dispute/days.js'
import type { RouteQuote } from '../../dispute/route-question.js'
import type { ComplaintTexts } from '../../pages/languages/en/complaint.js'
import type { Fault } from '../kit/form.js'
import { createFormats, type Formats } from '../kit/formats.js'
import { createHubApi, type HubApi, type MemberLine } from '../kit/hub-api.js'
import type { ReadFile } from '../kit/read-file.js'
import { faultsOf, type Step, stepsOf } from './check-step.js'
import {
  type Draft,
  emptyDraft,
  findDraft,
  forgetDraft,
  type KeptDraft,
  keepDraft,
  localDay,
} from './draft.js'
import { isShopClear, lookUpRecord, lookUpShop } from './look-up-shop.js'
import { type Review, reviewRoute } from './review-route.js'
import type { Settings } from './settings.js'
import { formatQuestion } from './to-question.js'
import { Trail } from './trail.js'
import { type Trouble, troubleOf } from './trouble.js'

/** What stands on the page. */
export type View =
  | { at: 'resume'; kept: KeptDraft }
  | { at: 'step'; step: Step }
  | { at: 'letter' }
  | { at: 'waiting' }
  | { at: 'exit'; quote: RouteQuote }

/** The address that a letter's link ends with. */
const RESUME = '#resume'

export class Intake {
  readonly settings: Settings
  readonly texts: ComplaintTexts
  readonly api: HubApi
  draft: Draft
  files: ReadFile[] = []
  view: View
  faults: readonly Fault[] = []
  /** How often a step was found wanting. */
  checks = 0
  trouble: Trouble | undefined
  busy = false
  /** Whether what she types is kept on this device; undefined where the browser can't. */
  keeps: boolean | undefined = false
  members: readonly MemberLine[] = []
  review: Review | undefined
  /** Told after every change that must be drawn. */
  onChange: () => void = () => undefined
  readonly format: Formats
  readonly #trail: Trail<View>
  #sending = false
  #finished = false

  constructor(settings: Settings) {
    this.settings = settings
    this.texts = settings.words.texts
    this.api = createHubApi(settings.hub)
    this.format = createFormats(settings.words.lang as Language)
    this.draft = emptyDraft(settings.words.lang)
    this.view = { at: 'step', step: 'shop' }
    this.#trail = new Trail((view) => {
      this.view = view
      this.#settle()
    })
    addEventListener('beforeunload', (event) => {
      if (this.#finished || (!this.#sending && (!this.#isDirty || this.keeps === true))) return
      event.preventDefault()
      // Chromium before 119 asks only where this is set.
      event.returnValue = ''
    })
  }

  get lang(): string {
    return this.settings.words.lang
  }

  get today(): string {
    return localDay(new Date())
  }

  /** Begins: a kept complaint first, else the first step, with the shop that the page was opened for. */
  start({ hash, searchParams }: URL): void {
    this.#inBackground(async () => {
      this.members = await this.api.members()
    })
    const kept = findDraft(this.lang)
    if (kept) this.view = { at: 'resume', kept }
    this.#trail.note(this.view)
    if (kept && hash === RESUME) this.resume(kept)
    const record = searchParams.get('record')
    const shop = searchParams.get('url')
    if (!kept && record) this.#inBackground(() => lookUpRecord(this, record))
    else if (!kept && shop) {
      this.draft.shopText = shop
      this.#inBackground(() => lookUpShop(this))
    }
    this.onChange()
  }

  resume(kept: KeptDraft): void {
    this.draft = kept.draft
    this.keeps = true
    const step = stepsOf(this.draft).find((one) => one === kept.step) ?? 'shop'
    this.go(this.draft.letterOn && step === 'contact' ? { at: 'waiting' } : { at: 'step', step })
  }

  discard(): void {
    forgetDraft()
    this.go({ at: 'step', step: 'shop' })
  }

  /** Changes answers. `draw: false` while she types: nothing of what is on the page depends on it. */
  set(answers: Partial<Draft>, { draw = true }: { draw?: boolean } = {}): void {
    Object.assign(this.draft, answers)
    this.#keep()
    if (!draw) return
    // What is mended is no longer called wrong; the rest stays until the button is pressed again.
    this.faults = this.faults.filter(({ field }) => !(field in answers))
    this.onChange()
  }

  setKeeps(keeps: boolean): void {
    this.keeps = keeps
    if (!keeps) forgetDraft()
    this.#keep()
    this.onChange()
  }

  go(view: View): void {
    this.view = view
    this.#trail.note(view)
    this.#settle()
  }

  back(): void {
    this.#trail.back()
  }

  /** It is being sent: there is no way back, and nothing may be lost until she has kept her numbers. */
  beginSending(): void {
    this.#sending = true
    this.#trail.block()
  }

  /** It was refused, so that she can change something and agree again. */
  reconsider(): void {
    this.#sending = false
    this.#trail.unblock()
    void this.askRoute()
  }

  /** She has kept her numbers: nothing is lost any more. */
  finish(): void {
    this.#finished = true
  }

  /** The step's button: checks it, asks the hub where it must, and goes on. */
  async next(): Promise<void> {
    if (this.view.at !== 'step' || this.busy) return
    const { step } = this.view
    if (this.refuse(faultsOf(step, this.draft, this.texts, this.today))) return
    await this.run(async () => {
      if (step === 'shop' && !(await isShopClear(this))) return
      if (step === 'problem' && (await this.#leaves('early'))) return
      if (step === 'contact' && this.draft.contacted === 'no' && (await this.#leaves('whole'))) return
      this.#goOn()
    })
  }

  /** Shows what is missing. @returns whether anything is */
  refuse(faults: readonly Fault[]): boolean {
    this.faults = faults
    if (faults.length > 0) this.checks += 1
    this.onChange()
    return faults.length > 0
  }

  /** Asks again where the complaint goes, for the page on which she agrees. */
  async askRoute(): Promise<void> {
    await this.run(async () => {
      this.review = undefined
      const question = formatQuestion(this.draft, this.lang, 'whole')
      const quote = await this.api.routeQuote(question)
      if (this.#leaveBy(quote)) return
      const { anchor, admissions } = this.settings
      this.review = await reviewRoute(this.api, anchor, question, quote, admissions)
    })
  }

  /** The last day on which the shop can answer her letter; the day after she can go on. */
  get answerBy(): string {
    return addDays(this.draft.letterOn || this.today, this.draft.letterDays)
  }

  /** Something came of her letter before its time was over. */
  answered(contacted: 'yes' | 'unreachable'): void {
    const { letterOn, contactChannel } = this.draft
    this.set({ contacted, contactDate: letterOn, contactChannel: contactChannel || 'email' })
    this.go({ at: 'step', step: 'contact' })
  }

  /** The shop did not answer her letter in time. */
  noAnswer(): void {
    const { letterOn } = this.draft
    this.set({
      contacted: 'yes',
      contactDate: letterOn,
      contactChannel: this.draft.contactChannel || 'email',
      contactResult: 'no_answer',
    })
    this.go({ at: 'step', step: 'claim' })
  }

  /** Runs something that takes time, one thing at once; what it throws is shown. */
  async run(task: () => Promise<void>): Promise<void> {
    this.busy = true
    this.trouble = undefined
    this.onChange()
    try {
      await task()
    } catch (error) {
      this.trouble = troubleOf(error)
    }
    this.busy = false
    this.onChange()
  }

  /** Whether leaving the page would lose what she typed. */
  get #isDirty(): boolean {
    return this.view.at !== 'exit' && (this.draft.story !== '' || this.draft.claimType !== '')
  }

  #goOn(): void {
    if (this.view.at !== 'step') return
    const steps = stepsOf(this.draft)
    const next = steps[steps.indexOf(this.view.step) + 1]
    if (next) this.go({ at: 'step', step: next })
  }

  #settle(): void {
    this.faults = []
    this.trouble = undefined
    // What the page says before the first step is only in the way of the others.
    const isStart = this.view.at === 'step' && this.view.step === 'shop'
    document.documentElement.classList.toggle('past-start', !isStart)
    this.#keep()
    this.onChange()
    if (this.view.at === 'step' && this.view.step === 'review') void this.askRoute()
  }

  /** Asks the hub and leaves the form where no case can be filed. */
  async #leaves(asks: 'early' | 'whole'): Promise<boolean> {
    return this.#leaveBy(await this.api.routeQuote(formatQuestion(this.draft, this.lang, asks)))
  }

  #leaveBy(quote: RouteQuote): boolean {
    if (quote.outcome === 'case') {
      // A letter to the shop names who would lead.
      this.draft.letterLead = quote.lead ?? ''
      return false
    }
    if (quote.outcome !== 'precontact') this.go({ at: 'exit', quote })
    else {
      const { letterOn } = this.draft
      this.set({
        letterOn: letterOn || this.today,
        letterDays: quote.precontactDays ?? 0,
      })
      this.go({ at: 'letter' })
    }
    return true
  }

  #inBackground(task: () => Promise<void>): void {
    task()
      .catch(() => undefined)
      .finally(() => this.onChange())
  }

  #keep(): void {
    if (
      this.keeps !== true ||
      (this.view.at !== 'step' && this.view.at !== 'letter' && this.view.at !== 'waiting')
    )
      return
    const step = this.view.at === 'step' ? this.view.step : 'contact'
    const { draft } = this
    if (!keepDraft({ draft, step, savedAt: new Date().toISOString() })) this.keeps = undefined
  }
}
