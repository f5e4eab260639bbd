/**
 * From her consent to the receipt: each filing is prepared once, sent until it is answered, and followed by its files.
 * The secret is drawn before anything is sent and shown as soon as it may be needed (DESIGN 4.9).
 */
import { createCaseSecret } from '../../dispute/case-reference.js'
import { HubError } from '../kit/hub-error.js'
import { forgetDraft } from './draft.js'
import type { Intake } from './intake.js'
import { isSameRoute } from './review-route.js'
import type { CheckedRoute } from './route.js'
import { file, type OnProgress, type Prepared, prepare, sendFiles } from './send.js'
import { formatIdentity, formatPayload } from './to-payload.js'
import { type Trouble, troubleOf } from './trouble.js'

/** One filing and how far it is. */
export interface Filing {
  prepared: Prepared
  filed: boolean
  parked: boolean
  /** Files that the hub waits for. */
  missing: string[]
}

export interface Progressing {
  phase: 'keys' | 'work' | 'sealing' | 'filing' | 'file'
  part: number | undefined
  file: number
}

export type SubmissionState =
  | 'running'
  /** It did not arrive, and can be tried again. */
  | 'failed'
  /** The line broke after the hub may have taken it. */
  | 'unsure'
  /** One of two is filed, and the other was refused. */
  | 'partly'
  /** Filed, but files are missing. */
  | 'files-left'
  | 'done'

export class Submission {
  readonly secret = createCaseSecret()
  state: SubmissionState = 'running'
  progress: Progressing = { phase: 'keys', part: undefined, file: 0 }
  trouble: Trouble | undefined
  filings: Filing[] = []
  readonly #intake: Intake
  readonly #routes: readonly CheckedRoute[]

  /** @param routes in the order of filing */
  constructor(intake: Intake, routes: readonly CheckedRoute[]) {
    this.#intake = intake
    this.#routes = routes
  }

  /** Files of all filings, which are the same files for each. */
  get fileCount(): number {
    return this.#intake.files.length
  }

  /** Sends what is not sent yet; never makes anew what may have arrived. */
  async run(): Promise<void> {
    this.state = 'running'
    this.trouble = undefined
    this.#intake.onChange()
    try {
      for (const route of this.#routes) await this.#prepare(route)
      for (const filing of this.filings) await this.#file(filing)
      for (const filing of this.filings) await this.#sendFiles(filing)
      this.state = this.filings.some(({ missing }) => missing.length > 0) ? 'files-left' : 'done'
    } catch (error) {
      this.trouble = troubleOf(error)
      const sending = this.progress.phase === 'filing'
      const broken = error instanceof HubError && (error.code === 'offline' || error.status >= 500)
      const isPart = this.filings.some(({ filed }) => filed)
      this.state = sending && broken ? 'unsure' : isPart ? 'partly' : 'failed'
    }
    if (this.filings.length > 0 && this.filings.every(({ filed }) => filed)) forgetDraft()
    this.#intake.onChange()
  }

  /** She goes on without what can't be sent: files, or the second of two filings. */
  skip(): void {
    this.filings = this.filings.filter(({ filed }) => filed)
    this.state = 'done'
    this.#intake.onChange()
  }

  async #prepare(route: CheckedRoute): Promise<void> {
    if (this.filings.some(({ prepared }) => prepared.route === route)) return
    const { draft, files, settings, lang } = this.#intake
    const wantsMail = settings.mail && draft.wantsMail && draft.email.trim() !== ''
    const prepared = await prepare(
      route,
      {
        payload: (attachments) => formatPayload(draft, attachments),
        identity: formatIdentity(draft),
        files,
        notify: wantsMail ? { email: draft.email.trim(), lang } : undefined,
        secret: this.secret,
      },
      this.#tell,
    )
    this.filings.push({ prepared, filed: false, parked: false, missing: [] })
  }

  async #file(filing: Filing): Promise<void> {
    if (filing.filed) return
    const { parked, missing } = await file(this.#intake.api, filing.prepared, this.#tell)
    Object.assign(filing, { filed: true, parked, missing })
  }

  async #sendFiles(filing: Filing): Promise<void> {
    filing.missing = await sendFiles(this.#intake.api, filing.prepared, filing.missing, this.#tell)
  }

  readonly #tell: OnProgress = (phase, part, number = 0) => {
    this.progress = { phase, part, file: number }
    this.#intake.onChange()
  }
}

/** Where a mark was forged there are two routes, the report and her own claim, and she may leave one out. */
export interface ChosenRoutes {
  main: boolean
  linked: boolean
}

/**
 * Begins to send by the routes that she agreed to. Where the quote has grown old meanwhile, a new one is asked for; if it
 * leads elsewhere, she must agree again.
 * @returns undefined when she must look again
 */
export async function submit(intake: Intake, chosen: ChosenRoutes): Promise<Submission | undefined> {
  const agreed = intake.review
  if (!agreed) return undefined
  if (Date.now() / 1000 > agreed.expires) await intake.askRoute()
  const { review } = intake
  if (!review || !isSameRoute(agreed, review)) return undefined
  if (!review.linked) return new Submission(intake, [review.main])
  const routes = [...(chosen.main ? [review.main] : []), ...(chosen.linked ? [review.linked] : [])]
  return new Submission(intake, routes)
}
