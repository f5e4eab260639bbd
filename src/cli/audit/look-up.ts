/** Look-ups as questions of an audit: what is asked, what it is about, and what the copy answers. */
import type { Reader } from '../../hub/hub.js'
import { readRoster } from '../../hub/roster.js'
import type { FoundRecord } from '../../hub/store.js'
import { verify } from '../../hub/verify.js'
import { verifyMany } from '../../hub/verify-many.js'
import { identifierKeys } from '../../record/holder.js'
import type { RecordClaims } from '../../record/record.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import type { Audit } from './audit.js'
import type { Answer, Question } from './settle.js'

/** As one of many: its answer names no similar shops. */
export interface LookUp extends Question {
  query: VerdictQuery
}

/** By id, by each address and number, and by the address with `www.` or without it, which is another shop's. */
export async function questionsOf({ copy, random }: Audit, page: readonly FoundRecord[]): Promise<LookUp[]> {
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

export function lookUp(query: VerdictQuery, about: Question['about'] = { index: null }): LookUp {
  const asked = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return { query, asked, about, derive: (reader) => derive(reader, query) }
}

async function derive(reader: Reader, query: VerdictQuery): Promise<Answer> {
  const [verdict] = await verifyMany(reader, [query])
  if (verdict instanceof Refusal) return refused(verdict)
  return { status: 200, body: verdict, size: verdict?.asOf.size }
}

/** What the copy answers to a look-up that is asked by itself. */
export async function deriveSingle(reader: Reader, query: VerdictQuery): Promise<Answer> {
  try {
    const { verdict, size } = await verify(reader, query)
    return { status: 200, body: verdict, size }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error)
  }
}

function refused({ status, code }: Refusal): Answer {
  return { status, body: { code }, size: undefined }
}
