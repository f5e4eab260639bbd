/** The log beside its entries: nothing withheld, and every checkpoint that was ever seen goes on in it. */

import * as z from 'zod'
import { judgeCheckpoints, type SeenNote } from '../../hub/audit/judge-checkpoints.js'
import { judgeRegisters } from '../../hub/audit/judge-registers.js'
import { chooseNumbers } from '../../hub/audit/sample.js'
import { readHead } from '../../hub/hub.js'
import { decodeBase64 } from '../../log/encoding.js'
import { LogError } from '../../log/error.js'
import { rootHash } from '../../log/tree.js'
import { verifyConsistency } from '../../log/verify-proof.js'
import { readPayload } from '../../trust/jws.js'
import type { ErasureClaims } from '../../trust/statements.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import type { Audit } from './audit.js'

/** Consistency proofs asked for: each size is proved by the copy anyway, so these judge the hub's own endpoint. */
const MAX_PROOFS = 50
/** Erasures read at once. */
const PAGE = 1000

const consistency = z.object({ from: z.int(), to: z.int(), hashes: z.array(z.string()).max(64) })

/** Counts what was erased; whatever else is missing is withheld. */
export async function checkWithheld({ copy, report }: Audit): Promise<void> {
  const { size } = await readHead(copy)
  let [erasures, erased] = [0, 0]
  for (let after = -1; ; ) {
    const page = await copy.store.changes(after, size, PAGE, { kinds: ['erasure'] })
    erasures += page.length
    for (const { statement } of page)
      erased += statement ? readPayload<ErasureClaims>(statement).erasure.indices.length : 0
    after = page.at(-1)?.index ?? size
    if (page.length < PAGE) break
  }
  report.look('withheld', { erased, erasures })
  for (const index of await copy.store.withheld(20))
    report.found({
      check: 'withheld',
      code: 'withheld',
      index,
      detail: `The statement of entry ${index} is missing, and no erasure by its member names it.`,
    })
}

/** Holds each member's word on its register against what the log has of it. */
export async function checkRegisters({ copy, report }: Audit): Promise<void> {
  const { compared, notComparable, findings } = await judgeRegisters(copy)
  report.look('registers', { compared, 'not comparable': notComparable })
  for (const finding of findings) report.found(finding)
}

/**
 * @returns the notes that the log signed, to be remembered; `broken` where they contradict what the hub shows
 */
export async function checkCheckpoints(
  audit: Audit,
  notes: readonly SeenNote[],
): Promise<{ signed: SeenNote[]; broken: boolean }> {
  const { copy, report, random, sample } = audit
  const given = notes.filter(({ from }) => from !== 'seen').length
  report.look('checkpoints', { seen: notes.length - given, given })
  const { signed, findings } = await judgeCheckpoints(copy, notes)
  for (const finding of findings) report.found(finding)
  const broken = findings.some(({ code }) => code !== 'checkpoint-invalid')
  if (!broken) {
    const { size } = await readHead(copy)
    const sizes = [...new Set([...signed.map((one) => one.size), Math.floor(size / 2)])].filter(
      (from) => from > 0 && from <= size,
    )
    const chosen = chooseNumbers(sizes.length, sample ?? MAX_PROOFS, random)
    report.sampled('checkpoints', 'proofs', chosen.length, sizes.length)
    for (const i of chosen) await checkProof(audit, sizes[i] ?? 1, size)
  }
  return { signed, broken }
}

/** Asks the hub to prove what the copy knows, in the C2SP form that any witness would ask for. */
async function checkProof({ client, copy, report }: Audit, from: number, to: number): Promise<void> {
  const path = `/log/proof/consistency?from=${from}&to=${to}`
  try {
    const answer = readAnswer(expectStatus(await client.get(path), 200), consistency, 'a proof')
    const [fromRoot, toRoot] = await Promise.all([rootHash(from, copy.store), rootHash(to, copy.store)])
    if (answer.from !== from || answer.to !== to) throw new LogError('proof-length', 'it is of other sizes')
    verifyConsistency({ from, to, fromRoot, toRoot, proof: answer.hashes.map(decodeBase64) })
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    report.found({
      check: 'checkpoints',
      code: 'proof-invalid',
      index: from,
      asked: path,
      detail: `The hub's proof that ${to} entries go on from ${from} does not hold: ${error.message}. The log itself does go on; whoever checks it by proofs alone can't see that.`,
    })
  }
}
