/** Look-ups: for every record of the log, by id, presence and identifier, the hub's verdict is the one that the log gives. */
import * as z from 'zod'
import { createReservoir } from '../../hub/audit/sample.js'
import type { Reader } from '../../hub/hub.js'
import type { FoundRecord } from '../../hub/store.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { expectStatus, HubClientError } from '../hub-client.js'
import { MAX_ANSWER } from './answer.js'
import { type Audit, runCheck } from './audit.js'
import { type LookUp, lookUp, questionsOf } from './look-up.js'
import { parseAnswer, unreadable } from './read-json.js'
import { type Answer, settle } from './settle.js'

/** Records read at once. */
const PAGE = 200
/** Look-ups of one request: as many verdicts are 2 MB; where they are more, the request is halved. */
const QUERIES = 250
/** Look-ups that are asked again one by one, as JSON and signed: two requests each. */
const MAX_SINGLE = 100
/** Records whose pages, histories and proofs are compared, one request each. */
const MAX_PAGES = 100

const results = z.object({ results: z.array(z.looseObject({})) })

export interface LookedUp {
  /** Ids chosen at random, whose pages are compared next. */
  ids: string[]
  /** How many records there are. */
  records: number
  /** Look-ups chosen at random, to be asked one by one. */
  single: LookUp[]
  /** Look-ups made. */
  total: number
}

/** @param further look-ups to make beside those of the log's records, such as addresses that must not be found */
export async function checkLookUps(audit: Audit, further: readonly VerdictQuery[]): Promise<LookedUp> {
  const { copy, report, sample, random } = audit
  const pages = createReservoir<string>(sample ?? MAX_PAGES, random)
  const single = createReservoir<LookUp>(sample ?? MAX_SINGLE, random)
  let records = 0
  await runCheck(audit, 'look-ups', async () => {
    const chosen = sample === undefined ? undefined : await chooseRecords(copy, sample, audit)
    const total = chosen?.kept.length ?? (await countRecords(copy))
    const progress = audit.progress('look-ups', total)
    let done = 0
    for await (const page of chosen ? [await copy.store.recordsById(chosen.kept)] : readPages(copy)) {
      for (const { id } of page) pages.pass(id)
      const questions = await questionsOf(audit, page)
      for (const question of questions) single.pass(question)
      await compareLookUps(audit, questions)
      done += page.length
      progress.update(Math.min(done, total))
    }
    progress.stop()
    records = chosen?.passed ?? done
    report.sampled('look-ups', 'records', done, records)
    await compareLookUps(
      audit,
      further.map((query) => lookUp(query)),
    )
  })
  return { ids: pages.kept, records, single: single.kept, total: single.passed }
}

export async function* readPages(copy: Reader): AsyncGenerator<FoundRecord[]> {
  for (let after = ''; ; ) {
    const page = await copy.store.recordsPage(after, PAGE)
    if (page.length > 0) yield page
    after = page.at(-1)?.id ?? ''
    if (page.length < PAGE) return
  }
}

async function chooseRecords(copy: Reader, most: number, { random }: Audit) {
  const reservoir = createReservoir<string>(most, random)
  for await (const page of readPages(copy)) for (const { id } of page) reservoir.pass(id)
  return reservoir
}

/** About how many records there are: those neither suspended nor revoked. */
async function countRecords({ store }: Reader): Promise<number> {
  return [...(await store.countsInForce(0)).values()].reduce((sum, count) => sum + count, 0)
}

async function compareLookUps(audit: Audit, questions: readonly LookUp[]): Promise<void> {
  for (let at = 0; at < questions.length; at += QUERIES)
    await settle(audit, 'look-ups', questions.slice(at, at + QUERIES), (open) => ask(audit, open))
}

/** @param maxBytes of the whole answer; a holder with a thousand certificates fills more than the usual one for many has */
async function ask(audit: Audit, questions: readonly LookUp[], maxBytes?: number): Promise<Answer[]> {
  const half = Math.ceil(questions.length / 2)
  const halves = async (): Promise<Answer[]> => [
    ...(await ask(audit, questions.slice(0, half))),
    ...(await ask(audit, questions.slice(half))),
  ]
  try {
    const body = JSON.stringify({ queries: questions.map(({ query }) => query) })
    const response = await audit.client.post('/v1/verify', body, 'application/json', {}, maxBytes)
    const { text } = expectStatus(response, 200)
    const answer = results.safeParse(parseAnswer(text))
    if (answer.success) return questions.map((_, i) => readResult(answer.data.results[i]))
    throw new Refusal('bad-json', 'It is no list of answers to look-ups.')
  } catch (error) {
    const isTooLarge = error instanceof HubClientError && error.code === 'too-large'
    // By halves, for one answer that can't be read spoils those that were asked for with it.
    if (questions.length > 1 && (isTooLarge || error instanceof Refusal)) return halves()
    if (isTooLarge && maxBytes === undefined) return ask(audit, questions, MAX_ANSWER)
    if (error instanceof HubClientError) throw error
    return questions.map(() => unreadable(200, error))
  }
}

function readResult(result: Record<string, unknown> | undefined): Answer {
  const problem = result?.problem as { status?: unknown; code?: unknown } | undefined
  if (problem) return { status: Number(problem.status), body: { code: problem.code }, size: undefined }
  const size = (result?.asOf as { size?: unknown } | undefined)?.size
  return { status: 200, body: result ?? null, size: typeof size === 'number' ? size : undefined }
}
