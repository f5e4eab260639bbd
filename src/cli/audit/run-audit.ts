/** An audit from the first entry to the last answer: what does not verify as a log ends it, what is merely odd is collected. */
import type { SeenNote } from '../../hub/audit/judge-checkpoints.js'
import { type Reader, readHead } from '../../hub/hub.js'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { type Audit, follow } from './audit.js'
import { checkFeed, checkSnapshot } from './check-lines.js'
import { checkCheckpoints, checkWithheld } from './check-log.js'
import { checkLookUps } from './check-look-ups.js'
import { checkMembers, checkRecords } from './check-pages.js'
import { checkTiles } from './check-tiles.js'
import { readErasedSince } from './erased-since.js'

export interface Audited {
  /** Checkpoints that the log signed, to be remembered for the next audit; the one shown now among them. */
  signed: SeenNote[]
}

/**
 * @param notes checkpoints seen before, and those got from others
 * @param further look-ups to compare beside those of the log's records
 * @throws HubClientError when the hub can't be reached; the report holds what was found until then
 */
export async function runAudit(
  audit: Audit,
  notes: readonly SeenNote[],
  further: readonly VerdictQuery[],
): Promise<Audited> {
  const { copy, source, report } = audit
  let signed: SeenNote[] = []
  try {
    report.look('log')
    const erased = await readErasedSince(copy, source)
    await followWithProgress(audit)
    await checkWithheld(audit)
    const judged = await checkCheckpoints(audit, notes)
    signed = [...judged.signed, { note: (await readHead(copy)).note, from: 'hub' }]
    if (judged.broken) {
      report.stop()
      return { signed }
    }
    await checkTiles(audit)
    await checkSnapshot(audit)
    await checkFeed(audit)
    const ids = await checkLookUps(audit, [...further, ...erased.flatMap(({ queries }) => queries)])
    const all = [...ids, ...erased.map(({ id }) => id)]
    await checkRecords(audit, all, await countIds(copy, all.length))
    await checkMembers(audit)
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error
    report.found({ check: 'log', code: error.code, index: error.index ?? null, detail: error.message })
    report.stop()
  }
  return { signed }
}

async function followWithProgress(audit: Audit): Promise<void> {
  let progress: ReturnType<Audit['progress']> | undefined
  try {
    await follow(audit, {
      onProgress: (done, total) => {
        progress ??= audit.progress('entries', total)
        progress.update(done)
      },
    })
  } finally {
    progress?.stop()
  }
}

/** How many records there are, counted only as far as it says whether a sample is all of them. */
async function countIds({ store }: Reader, looked: number): Promise<number> {
  const inForce = [...(await store.countsInForce(0)).values()].reduce((sum, count) => sum + count, 0)
  return Math.max(inForce, looked)
}
