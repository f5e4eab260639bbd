/** What a kept copy still knows of records that were erased since: the hub must not find them any more. */
import { type Reader, readHead } from '../../hub/hub.js'
import type { LogSource } from '../../hub/mirror/source.js'
import { identifierKeys } from '../../record/holder.js'
import type { RecordClaims } from '../../record/record.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { readErasure } from '../../trust/erasure.js'
import { readPayload } from '../../trust/jws.js'

/** Erasures read at once. */
const PAGE = 1000
/** Pages read: a million erasures. A feed that goes on without end is no honest one, and copying it will tell. */
const MAX_PAGES = 1000

export interface ErasedRecord {
  id: string
  queries: VerdictQuery[]
}

/**
 * Asked before the copy follows the log, for then it forgets them too. Nothing that is read here is believed or kept: a false
 * erasure only makes look-ups be compared that are compared anyway.
 */
export async function readErasedSince(copy: Reader, source: LogSource): Promise<ErasedRecord[]> {
  const { size } = await readHead(copy)
  const ids = new Set<string>()
  let after = size - 1
  for (let page = 0; page < MAX_PAGES && size > 0; page += 1) {
    const lines = await source.changes(after, PAGE, 'erasure')
    const indices = lines.flatMap(({ kind, statement }) =>
      kind === 'erasure' && statement ? (readErasure(statement)?.indices ?? []) : [],
    )
    const filed = await copy.store.filed(indices.filter((index) => index < size))
    for (const { subject } of filed) if (subject !== null) ids.add(subject)
    const last = lines.at(-1)?.index ?? after
    if (last <= after) break
    after = last
  }
  return (await copy.store.recordsById([...ids])).map(({ id, jws }) => {
    const claims = readPayload<RecordClaims>(jws)
    const urls = claims.trustmark.presences.map(({ url }) => ({ url }))
    return {
      id,
      queries: [{ record: id }, ...urls, ...identifierKeys(claims).map((identifier) => ({ identifier }))],
    }
  })
}
