/** What the shops newest in the directory sell, in their agencies' own words: suggestions for its free field (DESIGN 5, `sector`). */
import { distinctSectors, type Sector, sectorOf } from '../../record/sector.js'
import { type Reader, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import { knowRecord } from '../view-record.js'
import { askStore } from './search.js'

/** Records read for the suggestions, once for each log size: one query, however many there are. */
const READ = 100

/** Each sector once, those of the newest certificates first. */
export async function listSectors(hub: Reader): Promise<readonly Sector[]> {
  const head = await readHead(hub)
  if (hub.memory.sectors?.size === head.size) return hub.memory.sectors.list
  const roster = await readRoster(hub, head)
  // Nobody asks how many there are.
  const { countTo: _, ...asked } = askStore({}, roster, hub.now() / 1000)
  const question = { ...asked, limit: READ }
  const { records } = question.levels.length === 0 ? { records: [] } : await hub.store.directory(question)
  const sectors = records.flatMap((row) => {
    const known = knowRecord(row, roster)
    return (known && sectorOf(known.claims.trustmark.holder)) ?? []
  })
  const list = distinctSectors(sectors)
  hub.memory.sectors = { size: head.size, list }
  return list
}
