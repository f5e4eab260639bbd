/** Records in force by the log index of their statement: what a sitemap lists, range by range (sitemaps.org). */
import { judgeRecord } from '../../record/judge.js'
import { POSITIVE_VERDICTS } from '../../record/verdict.js'
import { type Reader, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import { isoTime, placeRecord } from '../view-record.js'

/** Records read at once: a megabyte of statements, of a Worker's 128. */
const READ_AT_ONCE = 500

/** A record that has a page worth finding. */
export interface RecordAddress {
  id: string
  /** Day of its newest statement (ISO 8601), as its member signed it. */
  changed: string
}

/**
 * Records in force whose statement stands at a log index from `from` on and below `to`, in order. A record that was issued anew
 * stands at its newest statement only, so ranges side by side hold each record once.
 */
export async function listAddresses(reader: Reader, from: number, to: number): Promise<RecordAddress[]> {
  const head = await readHead(reader)
  const roster = await readRoster(reader, head)
  const now = reader.now() / 1000
  const indices = Array.from({ length: Math.max(0, Math.min(to, head.size) - from) }, (_, i) => from + i)
  const filed = await reader.store.filed(indices)
  const ids = [
    ...new Set(filed.flatMap(({ kind, subject }) => (kind === 'record' && subject ? [subject] : []))),
  ]
  const listed: (RecordAddress & { index: number })[] = []
  for (let start = 0; start < ids.length; start += READ_AT_ONCE) {
    // Between reads others are let in.
    await new Promise((resolve) => setTimeout(resolve, 0))
    for (const row of await reader.store.recordsById(ids.slice(start, start + READ_AT_ONCE))) {
      const placed = row.index >= from && row.index < to ? placeRecord(row, roster) : undefined
      if (placed && POSITIVE_VERDICTS.includes(judgeRecord(placed.judged, now)))
        listed.push({ id: row.id, changed: isoTime(row.latestIat).slice(0, 10), index: row.index })
    }
  }
  return listed.sort((a, b) => a.index - b.index).map(({ id, changed }) => ({ id, changed }))
}
