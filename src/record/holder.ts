/** Telling whether two certificates name the same holder. */
import type { RecordClaims } from './record.js'

/** How an identifier is indexed and compared: scheme and canonical value, each once however often it is stated. */
export function identifierKeys(claims: RecordClaims): string[] {
  return [...new Set(claims.trustmark.holder.identifiers.map(({ scheme, value }) => `${scheme}:${value}`))]
}

/** Every presence key of a record, each once. */
export function presenceKeys(claims: RecordClaims): string[] {
  return [...new Set(claims.trustmark.presences.flatMap((presence) => presence.keys))]
}

/**
 * Whether two records are about one holder: an identifier in common; or, where one has none (a natural person's
 * number is never published), the same kind, a name in common and a presence in common.
 */
export function sameHolder(a: RecordClaims, b: RecordClaims): boolean {
  const [idsA, idsB] = [identifierKeys(a), identifierKeys(b)]
  if (idsA.length > 0 && idsB.length > 0) return idsA.some((id) => idsB.includes(id))
  if (a.trustmark.holder.kind !== b.trustmark.holder.kind) return false
  const names = new Set(Object.values(a.trustmark.holder.name).map(foldName))
  const keys = new Set(presenceKeys(a))
  return (
    Object.values(b.trustmark.holder.name).some((name) => names.has(foldName(name))) &&
    presenceKeys(b).some((key) => keys.has(key))
  )
}

function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
