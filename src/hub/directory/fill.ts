/** Listing what was stored before the directory was kept, or by an older version's folding: page by page, resumed where it stopped. */
import type { RecordClaims } from '../../record/record.js'
import { TERMS_VERSION } from '../../record/search-terms.js'
import { Refusal } from '../../refusal.js'
import { readPayload } from '../../trust/jws.js'
import type { Reader } from '../hub.js'
import { listRecord } from './list-record.js'

const SETTING = 'directory'
const DONE = `${TERMS_VERSION} done`
/** Before the id of the last record that is listed. */
const UP_TO = `${TERMS_VERSION} after `

/** What a database is founded with: an empty log is listed whole. */
export const LISTED_FROM_THE_START = { [SETTING]: DONE }

/** Whether a database with this value of the setting `directory` lists every record, by this version's rules. */
export function isListed(setting: string | undefined): boolean {
  return setting === DONE
}

/** Records of one step: some 60 ms, between which look-ups that wait are answered. */
const STEP = 400
/** When to ask a directory again that is being filled (s): 100,000 records take some 20 seconds on Node. */
const RETRY_AFTER = 30

/**
 * Lists all records that are not listed yet. What is issued meanwhile is listed with its commit, so nothing is missed, and nothing
 * is harmed when two processes do it. Nothing to do most of the time.
 * @param steps at most, for a runtime that counts queries
 * @returns whether all are listed now
 */
export async function fillDirectory(
  { store }: Pick<Reader, 'store'>,
  { steps = Number.POSITIVE_INFINITY, signal }: { steps?: number; signal?: AbortSignal } = {},
): Promise<boolean> {
  const progress = (await store.setting(SETTING)) ?? ''
  if (isListed(progress)) return true
  let after = progress.startsWith(UP_TO) ? progress.slice(UP_TO.length) : ''
  for (let step = 0; step < steps && !signal?.aborted; step += 1) {
    const rows = await store.recordsPage(after, STEP)
    const last = rows.at(-1)
    if (!last) {
      await store.finishListing(DONE)
      return true
    }
    const listings = rows.map((row) => ({
      record: row.id,
      index: row.index,
      listing: listRecord(row, readPayload<RecordClaims>(row.jws)),
    }))
    after = last.id
    await store.relist(listings, `${UP_TO}${after}`, DONE)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return false
}

/** A directory that lists only some would say of a certified shop that it is none. @throws Refusal `not-ready` */
export async function assertListed({ store }: Pick<Reader, 'store'>): Promise<void> {
  // Asked each time: an operator may have made the table anew under a hub that runs (docs/workers.md).
  if (isListed(await store.setting(SETTING))) return
  throw new Refusal('not-ready', {
    detail: 'The directory is being made from the records of an earlier version. Ask again in a while.',
    retryAfter: RETRY_AFTER,
  })
}
