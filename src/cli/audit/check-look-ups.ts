/** Look-ups: for every record of the log, by id, presence and identifier, the hub's verdict is the one that the log gives. */
import * as z from 'zod'
import { createReservoir } from '../../hub/audit/sample.js'
import type { Reader } from '../../hub/hub.js'
import { readRoster } from '../../hub/roster.js'
import type { FoundRecord } from '../../hub/store.js'
import { verify } from '../../hub/verify.js'
import { identifierKeys } from '../../record/holder.js'
import type { RecordClaims } from '../../record/record.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import { expectStatus, HubClientError, readAnswer } from '../hub-client.js'
import { MAX_ANSWER } from './answer.js'
import { type Audit, runCheck } from './audit.js'
import { type Answer, type Question, settle } from './settle.js'

/** Records read at once. */
const PAGE = 200
/** Look-ups of one request: as many verdicts are 2 MB; where they are more, the request is halved. */
const QUERIES = 250
/** Records whose pages, histories and proofs are compared, one request each. */
const MAX_PAGES = 100

interface LookUp extends Question {
  query: VerdictQuery
}

const results = z.object({ results: z.array(z.looseObject({})) })

/**
 * @param further look-ups to make beside those of the log's records, such as addresses that must not be found
 * @returns ids chosen at random, whose pages are compared next
 */
export async function checkLookUps(audit: Audit, further: readonly VerdictQuery[]): Promise<string[]> {
  const { copy, report, sample, random } = audit
  const pages = createReservoir<string>(sample ?? MAX_PAGES, random)
  await runCheck(audit, 'look-ups', async () => {
    const chosen = sample === undefined ? undefined : await chooseRecords(copy, sample, audit)
    const total = chosen?.kept.length ?? (await countRecords(copy))
    const progress = audit.progress('look-ups', total)
    let done = 0
    for await (const page of chosen ? [await copy.store.recordsById(chosen.kept)] : readPages(copy)) {
      for (const { id } of page) pages.pass(id)
      await compareLookUps(audit, await questionsOf(audit, page))
      done += page.length
      progress.update(Math.min(done, total))
    }
    progress.stop()
    report.look('look-ups', { records: done })
    if (chosen && chosen.passed > done) report.sampled('look-ups', chosen.passed)
    await compareLookUps(
      audit,
      further.map((query) => lookUp(query)),
    )
  })
  return pages.kept
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

/** By id, by each address and number, and by the address with `www.` or without it, which is another shop's. */
async function questionsOf({ copy, random }: Audit, page: readonly FoundRecord[]): Promise<LookUp[]> {
  const countries = [...new Set((await readRoster(copy)).members.map(({ definition }) => definition.country))]
  const questions = new Map<string, LookUp>()
  for (const row of page) {
    const claims = readPayload<RecordClaims>(row.jws)
    const asker = countries[random(countries.length)]
    const about = { index: Math.max(row.index, row.statusIndex ?? 0), record: row.id }
    const queries: VerdictQuery[] = [
      { record: row.id, ...(asker && { for: asker }) },
      ...claims.trustmark.presences.flatMap(({ url }) => [{ url }, ...neighbours(url)]),
      ...identifierKeys(claims).map((identifier) => ({ identifier })),
    ]
    for (const query of queries) {
      const question = lookUp(query, about)
      if (!questions.has(question.asked)) questions.set(question.asked, question)
    }
  }
  return [...questions.values()]
}

function neighbours(url: string): VerdictQuery[] {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' || /^https:\/\/[^/]+\/./.test(url)) return []
  return [{ url: url.replace(hostname, hostname.startsWith('www.') ? hostname.slice(4) : `www.${hostname}`) }]
}

function lookUp(query: VerdictQuery, about: Question['about'] = { index: null }): LookUp {
  const asked = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return { query, asked, about, derive: (reader) => derive(reader, query) }
}

async function derive(reader: Reader, query: VerdictQuery): Promise<Answer> {
  try {
    const { verdict, size } = await verify(reader, query)
    return { status: 200, body: verdict, size }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: { code: error.code }, size: undefined }
  }
}

async function compareLookUps(audit: Audit, questions: readonly LookUp[]): Promise<void> {
  for (let at = 0; at < questions.length; at += QUERIES)
    await settle(audit, 'look-ups', questions.slice(at, at + QUERIES), (open) => ask(audit, open))
}

async function ask(audit: Audit, questions: readonly LookUp[]): Promise<Answer[]> {
  try {
    const queries = questions.map(({ query }) => query)
    const response = await audit.client.post('/v1/verify', JSON.stringify({ queries }), 'application/json')
    const answer = readAnswer(expectStatus(response, 200), results, 'answers to look-ups')
    return questions.map((_, i) => readResult(answer.results[i]))
  } catch (error) {
    if (!(error instanceof HubClientError) || error.code !== 'too-large') throw error
    if (questions.length === 1) return Promise.all(questions.map((one) => askAlone(audit, one)))
    const half = Math.ceil(questions.length / 2)
    return [...(await ask(audit, questions.slice(0, half))), ...(await ask(audit, questions.slice(half)))]
  }
}

/** A holder with a thousand certificates fills more than an answer to many look-ups may have. */
async function askAlone({ client }: Audit, { query }: LookUp): Promise<Answer> {
  const parameters = new URLSearchParams(Object.entries(query) as [string, string][])
  const { text } = expectStatus(await client.get(`/v1/verify?${parameters}`, {}, MAX_ANSWER), 200)
  return readResult(readAnswer({ text }, z.looseObject({}), 'an answer to a look-up'))
}

function readResult(result: Record<string, unknown> | undefined): Answer {
  const problem = result?.problem as { status?: unknown; code?: unknown } | undefined
  if (problem) return { status: Number(problem.status), body: { code: problem.code }, size: undefined }
  const size = (result?.asOf as { size?: unknown } | undefined)?.size
  return { status: 200, body: result ?? null, size: typeof size === 'number' ? size : undefined }
}
