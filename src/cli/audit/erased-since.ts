/** What a kept copy still knows of records that were erased since: the hub must not find them any more. */
import type { Reader } from '../../hub/hub.js'
import { readHead } from '../../hub/hub.js'
import type { LogSource } from '../../hub/mirror/source.js'
import { identifierKeys } from '../../record/holder.js'
import type { RecordClaims } from '../../record/record.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { decodeJws, readPayload } from '../../trust/jws.js'
import { ERASURE_TYP, type ErasureClaims, STATEMENT_TYPES } from '../../trust/statements.js'

/** Erasures looked through, newest log first read in one page. */
const PAGE = 1000

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
  if (size === 0) return []
  const lines = await source.changes(size - 1, PAGE, 'erasure')
  const indices = lines.flatMap(({ kind, statement }) =>
    kind === 'erasure' && statement ? readIndices(statement) : [],
  )
  const filed = await copy.store.filed(indices.filter((index) => index < size))
  const ids = [...new Set(filed.flatMap(({ subject }) => subject ?? []))]
  return (await copy.store.recordsById(ids)).map(({ id, jws }) => {
    const claims = readPayload<RecordClaims>(jws)
    const urls = claims.trustmark.presences.map(({ url }) => ({ url }))
    return {
      id,
      queries: [{ record: id }, ...urls, ...identifierKeys(claims).map((identifier) => ({ identifier }))],
    }
  })
}

function readIndices(jws: string): number[] {
  try {
    const { payload } = decodeJws(jws, { [ERASURE_TYP]: STATEMENT_TYPES[ERASURE_TYP] })
    const indices: unknown = (payload as Partial<ErasureClaims>).erasure?.indices
    return Array.isArray(indices) ? indices.filter((index) => Number.isSafeInteger(index)) : []
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
