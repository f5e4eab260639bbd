/** Reading one record: as it stands, everything that happened to it, and the proof that it was logged. */
import { recordId } from '../record/record.js'
import type { VerdictRecord } from '../record/verdict.js'
import { Refusal } from '../refusal.js'
import { type Reader, readHead } from './hub.js'
import { proveEntry } from './prove-statement.js'
import type { Head, LoggedStatement } from './store.js'
import { type RenderedVerdict, verify } from './verify.js'

/** @throws Refusal `bad-query`, `record-unknown` */
export async function readRecord(
  hub: Reader,
  id: string,
): Promise<{ record: VerdictRecord; rendered: RenderedVerdict }> {
  const rendered = await verify(hub, { record: checkId(id) })
  const [record] = rendered.verdict.records
  if (!record) throw unknown(id)
  return { record, rendered }
}

/** Every entry about the record, oldest first, as of the head. @throws Refusal `bad-query`, `record-unknown` */
export async function readHistory(
  hub: Reader,
  id: string,
): Promise<{ head: Head; entries: LoggedStatement[] }> {
  const head = await readHead(hub)
  const entries = (await hub.store.history(checkId(id))).filter(({ index }) => index < head.size)
  if (entries.length === 0) throw unknown(id)
  return { head, entries }
}

/**
 * The record's newest statement as a C2SP tlog-proof under the head; `extra` holds the log entry's own text, so
 * that the proof and the record together are all a verifier needs.
 */
export async function proveRecord(hub: Reader, id: string): Promise<{ index: number; proof: string }> {
  const { head, entries } = await readHistory(hub, id)
  const entry = entries.findLast(({ kind }) => kind === 'record')
  if (!entry) throw unknown(id)
  return { index: entry.index, proof: await proveEntry(hub, head, entry) }
}

function checkId(id: string): string {
  if (recordId.safeParse(id).success) return id
  throw new Refusal('bad-query', {
    detail: 'A record id looks like th-dbd:V-2026-0001: the member, a colon, the certificate number.',
    value: id.slice(0, 100),
    at: 'id',
  })
}

function unknown(id: string): Refusal {
  return new Refusal('record-unknown', {
    detail:
      'No record with this id is published here, or it was erased. Look the shop up by its address instead.',
    value: id,
  })
}
