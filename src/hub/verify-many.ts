/** Looking up many at once, in few queries however many they are (`POST /v1/verify`, DESIGN 5). */
import type { Verdict, VerdictQuery } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import { composeVerdict } from './compose-verdict.js'
import { gatherEvidence, readSettled } from './gather-evidence.js'
import { type Reader, readHead } from './hub.js'
import { type Question, readQuestion } from './question.js'
import type { Head } from './store.js'

/** Questions whose records are read together: a megabyte of statements, some 4 queries. */
const QUESTIONS_AT_ONCE = 200

/** Lets others be served when it is time; called between two questions. */
export type Breathe = () => Promise<void>

/**
 * Answers each query, in their order; one that can't be looked up gives its refusal. Each answer is as of one log size, its own.
 * They are those of `verify` but for one thing: no shops of similar addresses are sought, which takes longer than all else. So
 * they have no `similar` and no warning that rests on it (decision 0013). Who wants those asks for each by itself.
 */
export async function verifyMany(
  hub: Reader,
  queries: readonly VerdictQuery[],
  breathe: Breathe = async () => undefined,
): Promise<(Verdict | Refusal)[]> {
  const names = queries.map(({ url, record, identifier, for: asker }) =>
    JSON.stringify([url, record, identifier, asker]),
  )
  const unique = [...new Map(names.map((name, i) => [name, queries[i] ?? {}]))]
  const answers = new Map<string, Verdict | Refusal>()
  let head = await readHead(hub)
  for (let start = 0; start < unique.length; start += QUESTIONS_AT_ONCE) {
    const part = unique.slice(start, start + QUESTIONS_AT_ONCE)
    head = await answerPart(hub, part, head, answers, breathe)
  }
  return names.flatMap((name) => answers.get(name) ?? [])
}

async function answerPart(
  hub: Reader,
  part: readonly (readonly [name: string, query: VerdictQuery])[],
  startHead: Head,
  answers: Map<string, Verdict | Refusal>,
  breathe: Breathe,
): Promise<Head> {
  const asked: { name: string; query: VerdictQuery; question: Question }[] = []
  for (const [name, query] of part) {
    await breathe()
    const question = read(query)
    if (question instanceof Refusal) answers.set(name, question)
    else asked.push({ name, query, question })
  }
  const questions = asked.map(({ question }) => question)
  const { head, found } = await readSettled(hub, startHead, (at) => gatherEvidence(hub, questions, at))
  for (const [i, { name, query, question }] of asked.entries()) {
    await breathe()
    const evidence = found[i]
    if (evidence) answers.set(name, composeVerdict(hub, query, question, head, evidence, undefined).verdict)
  }
  return head
}

function read(query: VerdictQuery): Question | Refusal {
  try {
    return readQuestion(query)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
