/** Puts together what one page of the directory has about the same shop, so that it stands there once with all its marks. */
import type { DirectoryEntry } from '../../record/directory.js'
import type { RecordPresence } from '../../record/record.js'
import { VERDICTS } from '../../record/verdict.js'

/** A shop as the page lists it. */
export interface ListedShop {
  /** Where it trades in the first place; the marks stand for it. */
  main: RecordPresence | undefined
  holder: DirectoryEntry['holder']
  /** Its certificates on this page: quality before identity before registration, else as they came. */
  entries: DirectoryEntry[]
  /** What its certificates here warn of, each once. */
  warnings: DirectoryEntry['warnings']
}

/**
 * Merges entries for the same main presence and the same holder; a shop stands where its first entry stood. Two holders that name
 * the same presence stay apart: neither may borrow the other's mark.
 */
export function mergeEntries(entries: readonly DirectoryEntry[]): ListedShop[] {
  const groups: DirectoryEntry[][] = []
  for (const entry of entries) {
    const known = groups.find((group) => group[0] && isSameShop(group[0], entry))
    if (known) known.push(entry)
    else groups.push([entry])
  }
  return groups.flatMap((group) => {
    const sorted = [...group].sort((a, b) => rank(a) - rank(b))
    const first = sorted[0]
    if (!first) return []
    const warnings = new Map(
      sorted.flatMap((entry) => entry.warnings.map((one) => [`${one.code} ${one.record}`, one])),
    )
    return [
      {
        main: first.presences[0],
        holder: fullest(sorted, first),
        entries: sorted,
        warnings: [...warnings.values()],
      },
    ]
  })
}

function rank({ verdict }: DirectoryEntry): number {
  return VERDICTS.indexOf(verdict)
}

function isSameShop(a: DirectoryEntry, b: DirectoryEntry): boolean {
  const keys = a.presences[0]?.keys ?? []
  return (b.presences[0]?.keys ?? []).some((key) => keys.includes(key)) && isSameHolder(a.holder, b.holder)
}

/** One number of a register in common; where a side has none, as natural persons, one name in common. */
function isSameHolder(a: DirectoryEntry['holder'], b: DirectoryEntry['holder']): boolean {
  if (a.country !== b.country || a.kind !== b.kind) return false
  if (a.identifiers.length > 0 && b.identifiers.length > 0) {
    const numbers = a.identifiers.map(({ scheme, value }) => `${scheme}:${value}`)
    return b.identifiers.some(({ scheme, value }) => numbers.includes(`${scheme}:${value}`))
  }
  const names = Object.values(a.name).map(comparable)
  return Object.values(b.name).some((name) => names.includes(comparable(name)))
}

function comparable(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** The holder as the first mark has it; what that certificate leaves out is told by the next that says it. */
function fullest(entries: readonly DirectoryEntry[], first: DirectoryEntry): DirectoryEntry['holder'] {
  const holders = entries.map(({ holder }) => holder)
  const languages = holders.find((holder) => holder.languages.length > 0)?.languages ?? []
  const shipsTo = holders.find((holder) => (holder.shipsTo?.length ?? 0) > 0)?.shipsTo
  const sector = holders.find((holder) => holder.sector !== undefined)?.sector
  return {
    ...first.holder,
    languages,
    ...(shipsTo && { shipsTo }),
    ...(sector !== undefined && { sector }),
  }
}
