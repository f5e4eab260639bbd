/** Records found by the keys of their holders and presences: near which a new one comes to stand (DESIGN 4.6). */
import { identifierKeys, presenceKeys } from '../record/holder.js'
import type { RecordClaims } from '../record/record.js'
import { readPayload } from '../trust/jws.js'
import type { FoundRecord, MatchedKey, RecordRow } from './store.js'

/** A record near the one that is decided, with its own claims. */
export interface RelatedRecord {
  row: RecordRow
  claims: RecordClaims
}

export interface RelatedRecords {
  /** In place of what the record said before. */
  put(id: string, claims: RecordClaims): void
  remove(id: string): void
  /** Those that have one of these keys. */
  find(keys: readonly string[]): [id: string, claims: RecordClaims][]
}

export function createRelated(found: readonly FoundRecord[]): RelatedRecords {
  const claimsById = new Map<string, RecordClaims>()
  const idsByKey = new Map<string, Set<string>>()
  const remove = (id: string): void => {
    const previous = claimsById.get(id)
    for (const key of previous ? keysOf(previous) : []) idsByKey.get(key)?.delete(id)
    claimsById.delete(id)
  }
  const put = (id: string, claims: RecordClaims): void => {
    remove(id)
    claimsById.set(id, claims)
    for (const key of keysOf(claims)) idsByKey.set(key, (idsByKey.get(key) ?? new Set()).add(id))
  }
  for (const row of found) put(row.id, readPayload<RecordClaims>(row.jws))
  return {
    put,
    remove,
    find(keys) {
      const ids = new Set(keys.flatMap((key) => [...(idsByKey.get(key) ?? [])]))
      return [...ids].flatMap((id): [string, RecordClaims][] => {
        const claims = claimsById.get(id)
        return claims ? [[id, claims]] : []
      })
    },
  }
}

function keysOf(claims: RecordClaims): string[] {
  return [...presenceKeys(claims), ...identifierKeys(claims)]
}

/** The keys under which look-ups find a record, each with the widest scope that it was certified for. */
export function matchedKeys(record: string, claims: RecordClaims): MatchedKey[] {
  const scopes = new Map<string, 'host' | 'domain'>()
  for (const presence of claims.trustmark.presences) {
    for (const key of presence.keys) if (scopes.get(key) !== 'domain') scopes.set(key, presence.scope)
  }
  return [...scopes].map(([key, scope]) => ({ record, key, scope }))
}
