/** Which listed shops lost a higher mark: the directory must not be silent where a look-up warns (DESIGN 5, `higher-mark-…`). */
import { lookupKeys } from '../../record/presence.js'
import type { Warning } from '../../record/verdict.js'
import type { Reader } from '../hub.js'
import type { Roster } from '../roster.js'
import type { MatchedKey } from '../store.js'
import { type KnownRecord, knowRecord } from '../view-record.js'
import { warnOfLoss } from '../warnings.js'

/**
 * Reads at once all records for the presences of those that are listed on one page.
 * @param now JWT seconds
 * @returns what look-ups of a listed record's presences warn of, each once
 */
export async function findLosses(
  hub: Pick<Reader, 'store'>,
  listed: readonly KnownRecord[],
  roster: Roster,
  now: number,
): Promise<(record: KnownRecord) => Warning[]> {
  const keys = listed.flatMap(askedKeys).flatMap(({ exact, domain }) => [...exact, ...domain])
  const { records, matched } = await hub.store.recordsByKeys({
    presences: [...new Set(keys)],
    identifiers: [],
  })
  const known = new Map(
    records.flatMap((row) => knowRecord(row, roster) ?? []).map((one) => [one.row.id, one]),
  )
  const byKey = new Map<string, MatchedKey[]>()
  for (const one of matched) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one])
  const covering = ({ exact, domain }: AskedKeys): KnownRecord[] => {
    const ids = [
      ...exact.flatMap((key) => byKey.get(key) ?? []),
      ...domain.flatMap((key) => (byKey.get(key) ?? []).filter(({ scope }) => scope === 'domain')),
    ].map(({ record }) => record)
    return [...new Set(ids)].sort().flatMap((id) => known.get(id) ?? [])
  }
  return (record) => {
    const warnings = askedKeys(record).flatMap((asked) => warnOfLoss(covering(asked), now))
    return [...new Map(warnings.map((one) => [`${one.code} ${one.record}`, one])).values()]
  }
}

type AskedKeys = ReturnType<typeof lookupKeys>

function askedKeys({ claims }: KnownRecord): AskedKeys[] {
  return claims.trustmark.presences.map(lookupKeys)
}
