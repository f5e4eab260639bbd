/** Single look-ups, as shops' visitors and other programs make them: `GET /v1/verify` as JSON, and as a signed verdict. */
import type { Reader } from '../../hub/hub.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import { verifyVerdict } from '../../verify.js'
import { comparePaths, MAX_ANSWER } from './answer.js'
import { type Audit, runCheck } from './audit.js'
import { deriveSingle, type LookUp } from './look-up.js'
import { parseAnswer } from './read-json.js'
import { type Answer, settle } from './settle.js'

/** Longest verdict that is asked for signed, in characters of its JSON: verifiers read signed ones up to 1 MB. */
const MAX_SIGNED = 500_000

/**
 * @param questions chosen at random, and those that somebody named, which a hub may answer to no batch
 * @param of how many they were chosen from
 */
export async function checkVerdicts(audit: Audit, questions: readonly LookUp[], of: number): Promise<void> {
  audit.report.sampled('verdicts', 'single', questions.length, of)
  await comparePaths(
    audit,
    'verdicts',
    questions.map((question) => ({ path: pathOf(question), about: question.about })),
  )
  await compareSigned(audit, questions)
}

async function compareSigned(audit: Audit, questions: readonly LookUp[]): Promise<void> {
  const signed: LookUp[] = []
  for (const question of questions) {
    const derive = (reader: Reader) => deriveSingle(reader, question.query)
    const { status, body } = await derive(audit.copy)
    // A refusal is not signed, and a verdict too long to be verified is no use to anybody.
    if (status === 200 && JSON.stringify(body).length <= MAX_SIGNED)
      signed.push({ ...question, derive, asked: `${pathOf(question)} as application/jwt` })
  }
  audit.report.look('verdicts', { signed: signed.length })
  await runCheck(audit, 'verdicts', () =>
    settle(audit, 'verdicts', signed, async (open) => {
      const answers: Answer[] = []
      for (const question of open) answers.push(await askSigned(audit, question))
      return answers
    }),
  )
}

async function askSigned({ client, anchor, now }: Audit, question: LookUp): Promise<Answer> {
  const headers = { Accept: 'application/jwt' }
  const { status, text } = await client.get(pathOf(question), headers, MAX_ANSWER)
  if (status !== 200) return { status, body: readProblem(text), size: undefined }
  try {
    const { asOf } = await verifyVerdict(text, anchor, now() / 1000)
    // As it was signed: what a schema passes over is compared too.
    return { status, body: readPayload<{ verdict: unknown }>(text).verdict, size: asOf.size }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const detail = `The hub's signed verdict does not verify: ${error.message}`
    return { status, body: undefined, size: undefined, odd: { code: 'signature-invalid', detail } }
  }
}

function readProblem(text: string): unknown {
  try {
    return parseAnswer(text)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function pathOf({ query }: LookUp): string {
  return `/v1/verify?${new URLSearchParams(Object.entries(query) as [string, string][])}`
}
