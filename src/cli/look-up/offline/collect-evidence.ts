/** Fetching what a checked look-up rests on, so that it can be shown again without the hub: see docs/offline.md. */
import * as z from 'zod'
import type { HubPort } from '../../../follow-log-keys.js'
import { Refusal } from '../../../refusal.js'
import { sha256Hex } from '../../../trust/digest.js'
import type { CheckedLookUp } from '../check-lookup.js'
import { checkOffline } from './check-offline.js'
import { listRefuted } from './report.js'

/** A file to be kept. */
export interface KeptFile {
  name: string
  text: string
  /** For the README: what it is. */
  says: string
}

/** Remembers what a hub answered, so that what is kept is the very answer that was checked. */
export function remember(hub: HubPort): { hub: HubPort; answers: ReadonlyMap<string, string> } {
  const answers = new Map<string, string>()
  return {
    answers,
    hub: {
      ...hub,
      async text(path, accept) {
        const text = await hub.text(path, accept)
        answers.set(path, text)
        return text
      },
    },
  }
}

/**
 * Collects the signed verdict, each record with its proof, its status, its issuer's admission and its proof.
 * @param answers of {@link remember}, around the look-up
 * @param now JWT seconds
 * @throws Refusal where something is missing, or what the hub gave does not hold together offline
 */
export async function collectEvidence(
  looked: CheckedLookUp,
  { hub, answers }: ReturnType<typeof remember>,
  now: number,
): Promise<KeptFile[]> {
  if (!looked.trusted)
    throw new Refusal('bad-claims', 'Nothing was kept: the answer does not follow from what was signed.')
  if (looked.verdict.records.length === 0)
    throw new Refusal('not-found', 'Nothing was kept: no record was found, so there is nothing to prove.')
  const kept = new KeptFiles()
  const prove = (jws: string) => hub.text(`/v1/statements/${sha256Hex(jws)}/proof`)
  kept.add('verdict', '.jwt', findVerdict(answers), `the hub's signed answer: "${looked.verdict.verdict}"`)
  for (const record of looked.verdict.records) {
    const { id, statement, status } = record
    const name = id.replace(':', '_')
    kept.add(name, '.jwt', statement, `the record ${id}, signed by ${record.member.id}`)
    kept.add(name, '.tlog-proof', await prove(statement), `that the record ${id} stands in the public log`)
    if (!status) continue
    const { change, statement: changed } = status
    kept.add(`${name}.status`, '.jwt', changed, `the last change of ${id}: ${change}`)
    kept.add(`${name}.status`, '.tlog-proof', await prove(changed), 'that this change stands in the log')
  }
  for (const member of new Set(looked.verdict.records.map((record) => record.member.id))) {
    const admission = findAdmission(answers, member)
    const name = `${member}.admission`
    kept.add(name, '.jwt', admission, `the keys of ${member}, signed by the alliance's operator`)
    kept.add(name, '.tlog-proof', await prove(admission), `that the admission of ${member} stands in the log`)
  }
  for (const { statement } of looked.logKeys) {
    kept.add('log-key', '.jwt', statement, "the operator's word on a key of the log, for an older anchor")
    kept.add('log-key', '.tlog-proof', await prove(statement), 'that this word stands in the log')
  }
  await assertSound(kept.files, looked, now)
  return kept.files
}

/** Names are made here. Two record ids may differ in capitals only, which some disks do not tell apart. */
class KeptFiles {
  readonly files: KeptFile[] = []

  add(stem: string, extension: string, text: string, says: string): void {
    const taken = (name: string) => this.files.some((file) => file.name.toLowerCase() === name.toLowerCase())
    let name = `${stem}${extension}`
    for (let n = 2; taken(name); n += 1) name = `${stem}.${n}${extension}`
    this.files.push({ name, text, says })
  }
}

function findVerdict(answers: ReadonlyMap<string, string>): string {
  return found([...answers].find(([path]) => path.startsWith('/v1/verify?'))?.[1], 'the signed answer')
}

const memberPage = z.looseObject({ admission: z.looseObject({ statement: z.string() }) })

function findAdmission(answers: ReadonlyMap<string, string>, member: string): string {
  const page = found(answers.get(`/v1/members/${member}`), `the admission of ${member}`)
  return memberPage.parse(JSON.parse(page)).admission.statement
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the look-up was checked without ${what}`)
  return value
}

/** What is kept must hold by itself, or it would fail years later, when nobody can ask again. */
async function assertSound(files: readonly KeptFile[], looked: CheckedLookUp, now: number): Promise<void> {
  const bytes = files.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }))
  const report = await checkOffline(bytes, looked.anchor, now)
  const [refuted] = listRefuted(report)
  const open = report.items.flatMap(({ notConfirmed }) => notConfirmed)
  if (!refuted && !open.some((code) => !['status-today', 'after-checkpoint'].includes(code))) return
  throw new Refusal(
    'bad-claims',
    `Nothing was kept: what the hub gave does not hold without it${refuted ? ` (${refuted.file ?? 'files'}: ${refuted.detail})` : ''}. Try again; the record may just have changed.`,
  )
}
