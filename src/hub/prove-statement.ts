/** Proving that a statement was logged: a C2SP tlog-proof which, with the statement itself, is all that a verifier needs. */
import { formatEntry } from '../log/entry.js'
import { inclusionProof } from '../log/proof.js'
import { formatTlogProof } from '../log/tlog-proof.js'
import { Refusal } from '../refusal.js'
import { type Reader, readHead } from './hub.js'
import type { Head, LoggedStatement } from './store.js'

/**
 * The proof of any logged statement; one that was erased is still proven to have been there.
 * @param sha256 of its exact bytes, lower hex
 * @throws Refusal `bad-query`, `not-found`
 */
export async function proveStatement(hub: Reader, sha256: string): Promise<string> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Refusal('bad-query', {
      detail: 'A statement is named by the SHA-256 of its bytes in lower-case hex.',
      at: 'sha256',
    })
  }
  const head = await readHead(hub)
  const outcome = (await hub.store.outcomes([sha256])).get(sha256)
  const index = outcome && 'index' in outcome ? outcome.index : head.size
  const [entry] = index < head.size ? await hub.store.changes(index - 1, head.size, 1) : []
  if (!entry) {
    throw new Refusal('not-found', {
      detail: 'No statement with this hash is in the log as of its last checkpoint.',
      value: sha256,
    })
  }
  return proveEntry(hub, head, entry)
}

/** The proof of an entry below the head; `extra` holds the entry's own text. */
export async function proveEntry(
  hub: Reader,
  head: Head,
  { index, at, issuer, kind, sha256 }: LoggedStatement,
): Promise<string> {
  return formatTlogProof({
    index,
    proof: await inclusionProof(index, head.size, hub.store),
    checkpoint: head.note,
    extra: new TextEncoder().encode(formatEntry({ at, issuer, kind, sha256, v: 1 })),
  })
}
