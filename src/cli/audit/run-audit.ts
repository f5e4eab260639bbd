/** An audit from the first entry to the last answer: what does not verify as a log ends it, what is merely odd is collected. */
import type { SeenNote } from '../../hub/audit/judge-checkpoints.js'
import { chooseNumbers } from '../../hub/audit/sample.js'
import { readHead } from '../../hub/hub.js'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import type { VerdictQuery } from '../../record/verdict.js'
import type { Progress } from '../terminal.js'
import { type Audit, follow } from './audit.js'
import { checkFeed, checkSnapshot } from './check-lines.js'
import { checkCheckpoints, checkRegisters, checkWithheld } from './check-log.js'
import { checkLookUps } from './check-look-ups.js'
import { checkMembers, checkRecords } from './check-pages.js'
import { checkProofs } from './check-proofs.js'
import { checkTiles } from './check-tiles.js'
import { checkVerdicts } from './check-verdicts.js'
import { readErasedSince } from './erased-since.js'
import { lookUp } from './look-up.js'

/** Records erased since the copy was brought up to date, of which only it knows, looked up again: each is some ten requests. */
const MAX_ERASED = 200

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
  const { copy, source, report, random, sample } = audit
  let signed: SeenNote[] = []
  try {
    report.look('log')
    const known = await readErasedSince(copy, source)
    const erased = chooseNumbers(known.length, sample ?? MAX_ERASED, random).flatMap((i) => known[i] ?? [])
    await followWithProgress(audit)
    await checkWithheld(audit)
    const judged = await checkCheckpoints(audit, notes)
    signed = [...judged.signed, { note: (await readHead(copy)).note, from: 'hub' }]
    if (judged.broken) {
      report.stop()
      return { signed }
    }
    await checkRegisters(audit)
    await checkProofs(audit)
    await checkTiles(audit)
    await checkSnapshot(audit)
    await checkFeed(audit)
    report.sampled('look-ups', 'erased', erased.length, known.length)
    const named = [...further, ...erased.flatMap(({ queries }) => queries)]
    const { ids, records, single, total } = await checkLookUps(audit, named)
    const alone = [...single, ...named.map((query) => lookUp(query))]
    await checkVerdicts(audit, alone, total + named.length)
    const all = [...ids, ...erased.map(({ id }) => id)]
    await checkRecords(audit, all, records + erased.length)
    await checkMembers(audit)
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error
    report.found({ check: 'log', code: error.code, index: error.index ?? null, detail: error.message })
    report.stop()
  }
  return { signed }
}

async function followWithProgress(audit: Audit): Promise<void> {
  let bar: { total: number; shown: Progress } | undefined
  try {
    await follow(audit, {
      onProgress: (done, total) => {
        // A log that moves on while it is copied makes the way longer.
        if (bar?.total !== total) {
          bar?.shown.stop()
          bar = { total, shown: audit.progress('entries', total) }
        }
        bar.shown.update(done)
      },
    })
  } finally {
    bar?.shown.stop()
  }
}
