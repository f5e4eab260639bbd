/** A consumer for the demo, the tour and tests: what her browser does, by the browser's own code, without its pages. */
import { act, sendFiles as sendCaseFiles, type Words } from '../../browser/case/act.js'
import type { PageAgency } from '../../browser/case/agencies.js'
import { type OpenCase, openCase } from '../../browser/case/open-case.js'
import { findRoute, reroute } from '../../browser/case/reroute.js'
import { type CheckedRoute, checkRoute } from '../../browser/intake/route.js'
import { file, prepare, sendFiles } from '../../browser/intake/send.js'
import type { HubApi } from '../../browser/kit/hub-api.js'
import type { ReadFile } from '../../browser/kit/read-file.js'
import { readTrusted } from '../../browser/kit/trusted-anchor.js'
import type { CaseEvent } from '../../dispute/case-event.js'
import { createCaseSecret } from '../../dispute/case-reference.js'
import type {
  AttachmentKey,
  ComplaintPayload,
  IdentityPayload,
  MessagePayload,
} from '../../dispute/payload.js'
import { recoveryCheck } from '../../dispute/recovery-check.js'
import type { RouteQuestion, RouteQuote } from '../../dispute/route-question.js'
import { createConsumer } from '../../dispute/sealed/consumer.js'
import { formatEntityId } from '../../record/record.js'

/** What she files. Keys of attachments are added when her files are sealed. */
export interface DemoComplaint {
  question: RouteQuestion
  payload: Omit<ComplaintPayload, 'v' | 'attachments'>
  identity: Omit<IdentityPayload, 'v'>
  files?: readonly ReadFile[]
}

export interface DemoConsumer {
  ref: string
  /** 24 digits. */
  secret: string
  parked: boolean
  /** The route that she agreed to. */
  route: CheckedRoute
  /** Opens the case as her page does. @throws Error when what the hub shows does not hold together */
  open(): Promise<OpenCase>
  /** The newest message to her that she could read. */
  lastMessage(): Promise<MessagePayload | undefined>
  /** Acts in the case, with words where there are some. */
  act(event: CaseEvent, words?: Partial<Words> & { text: string }): Promise<void>
  /** Passes her complaint on to the agencies of a fresh quote. @returns the new lead */
  reroute(): Promise<string | null>
  /** Makes new keys after she lost her secret. @returns what she reads to the agency; `use` opens with the new secret */
  loseSecret(): Promise<{ code: string; check: string; use(): DemoConsumer }>
}

/**
 * Files a complaint: quote, its check, work, keys, sealing, filing, files.
 * @param now JWT seconds
 * @param quote one that was shown to her already
 */
export async function fileComplaint(
  api: HubApi,
  { question, payload, identity, files = [] }: DemoComplaint,
  now: () => number,
  quote?: RouteQuote,
): Promise<DemoConsumer> {
  const secret = createCaseSecret()
  const { linked: _linked, ...answer } = quote ?? (await api.routeQuote(question))
  const anchor = await readTrusted(api, undefined, now())
  const route = await checkRoute(api, anchor, question, answer, now())
  const quiet = (): void => undefined
  const complaint = {
    payload: (attachments: readonly AttachmentKey[]): ComplaintPayload => ({
      v: 1,
      ...payload,
      attachments: [...attachments],
    }),
    identity: { v: 1, ...identity } as const,
    files,
    notify: undefined,
    secret,
  }
  const prepared = await prepare(route, complaint, quiet)
  const { parked, missing } = await file(api, prepared, quiet)
  const failed = await sendFiles(api, prepared, missing, quiet)
  if (failed.length > 0) throw new Error(`${failed.length} files did not arrive`)
  return consumerOf({ api, ref: prepared.reference, secret, parked, route, now })
}

interface Known extends Pick<DemoConsumer, 'ref' | 'secret' | 'parked' | 'route'> {
  api: HubApi
  now: () => number
}

function consumerOf(known: Known): DemoConsumer {
  const { api, ref, secret, now } = known
  const open = async (): Promise<OpenCase> => {
    const agencies = await listAgencies(api)
    const reading = { api, anchor: undefined, agencies, now: () => now() * 1000 }
    const opened = await openCase(reading, ref, secret, () => undefined)
    if (opened.trust.kind === 'doubtful')
      throw new Error(`the consumer does not trust it: ${JSON.stringify(opened.trust)}`)
    return opened
  }
  const acting = ({ view, consumer }: OpenCase) => ({ api, view, consumer, anchor: undefined, now })
  return {
    ref,
    secret,
    parked: known.parked,
    route: known.route,
    open,
    async lastMessage() {
      const { events } = await open()
      const read = events.filter(
        ({ actor, message }) => actor !== 'consumer' && typeof message === 'object' && message,
      )
      return read.at(-1)?.message as MessagePayload | undefined
    },
    async act(event, words) {
      const opened = await open()
      const full = words && { lang: known.route.claims.quote.meta.lang, files: [], ...words }
      const files = await act(acting(opened), event, full)
      await sendCaseFiles(acting(opened), files, () => undefined)
    },
    async reroute() {
      const opened = await open()
      const fresh = await findRoute(acting(opened))
      await reroute(acting(opened), opened, fresh)
      return fresh.quote.lead
    },
    async loseSecret() {
      const renewed = createCaseSecret()
      const { keys } = await createConsumer(ref, renewed)
      const { code } = await api.requestRecovery(ref, keys)
      const check = await recoveryCheck(ref, keys)
      return { code, check, use: () => consumerOf({ ...known, secret: renewed }) }
    },
  }
}

/** The agencies as her page has them. */
async function listAgencies(api: HubApi): Promise<PageAgency[]> {
  return (await api.members()).map(({ id, name, country, roles }) => ({
    id,
    entity: formatEntityId(api.origin, id),
    name,
    shortName: name,
    country,
    languages: [],
    channels: [],
    disputes: roles.includes('disputes'),
  }))
}
