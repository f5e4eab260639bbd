/** What an outsider says of a log afterwards, with a verifier that knows nothing of the hub. */
import { growingTree } from '../conformance/c2sp/merkle.js'
import { checkGrowth, type Get, readLog } from '../conformance/c2sp/read-log.js'
import type { Ledger } from './clients.js'

/** Checkpoints whose growth the hub itself has to prove. */
const PROVED = 100

/**
 * Reads the whole log and holds it against what clients were told. Faults are added to the ledger.
 * @param admissions entries that were there before the clients began
 * @returns entries in the log
 */
export async function auditLog(get: Get, vkey: string, ledger: Ledger, admissions: number): Promise<number> {
  const { indices, checkpoints, faults } = ledger
  const log = await readLog(get, vkey)
  const logged = new Map<string, number>()
  let latest = 0
  for (const [index, entry] of log.entries.entries()) {
    const { sha256, at } = JSON.parse(entry.toString()) as { sha256: string; at: number }
    if (logged.has(sha256))
      faults.push(`${sha256} stands in the log at ${logged.get(sha256)} and at ${index}`)
    if (at < latest) faults.push(`time runs backward at ${index}`)
    logged.set(sha256, index)
    latest = at
  }
  for (const [sha256, index] of indices) {
    if (logged.get(sha256) !== index)
      faults.push(`${sha256} was acknowledged at ${index} and stands at ${logged.get(sha256)}`)
  }
  if (log.size !== indices.size + admissions)
    faults.push(`${log.size} entries for ${indices.size} acknowledged statements and ${admissions} more`)
  const rootAt = growingTree(log.leaves)
  for (const { size, root } of checkpoints.values()) {
    if (size > log.size) faults.push(`a checkpoint of ${size} was seen, the log ends at ${log.size}`)
    else if (!rootAt(size).equals(root)) faults.push(`the checkpoint of ${size} is of another tree`)
  }
  const seen = [...checkpoints.values()]
  const step = Math.max(1, Math.ceil(seen.length / PROVED))
  for (let i = 0; i < seen.length; i += step) await checkGrowth(get, seen[i] ?? log, log)
  return log.size
}
