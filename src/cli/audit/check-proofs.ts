/** Proofs that anybody may ask for: of an entry's inclusion (RFC 6962), and of a statement's (C2SP tlog-proof). */
import { chooseNumbers } from '../../hub/audit/sample.js'
import { comparePaths } from './answer.js'
import { type Audit, sizeOf } from './audit.js'

/** Entries of which proofs are compared; each is two requests. */
const MAX_ENTRIES = 50

/** A tree has one proof for each entry, so what the hub gives is compared with the copy's own. */
export async function checkProofs(audit: Audit): Promise<void> {
  const { copy, report, random, sample } = audit
  const size = await sizeOf(copy)
  const chosen = chooseNumbers(size, sample ?? MAX_ENTRIES, random)
  report.sampled('proofs', 'entries', chosen.length, size)
  const paths = await Promise.all(
    chosen.map(async (index) => {
      const [entry] = await copy.store.changes(index - 1, size, 1)
      const about = { index }
      return [
        { path: `/log/proof/inclusion?index=${index}&size=${size}`, about },
        ...(entry ? [{ path: `/v1/statements/${entry.sha256}/proof`, about }] : []),
      ]
    }),
  )
  await comparePaths(audit, 'proofs', paths.flat())
}
