/** The check of the members at each change of the roster: that no question gets a lead that could not read it (DESIGN 4.10). */
import { checkDirectory } from '../../dispute/routing/check-directory.js'
import { type Hub, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import { routeDirectory } from './route-directory.js'

/**
 * Faults as sentences, for the secretariat. Judged once while no member changes, and then each is reported too; nobody is
 * routed otherwise by them, for routing passes over whoever can take nothing.
 */
export async function checkMembers(hub: Hub): Promise<readonly string[]> {
  const head = await readHead(hub)
  const { rosterSize } = head
  if (hub.memory.directory?.size === rosterSize) return hub.memory.directory.faults
  const faults = checkDirectory(routeDirectory(await readRoster(hub, head), hub.demo))
  hub.memory.directory = { size: rosterSize, faults }
  for (const fault of faults) hub.report?.(new Error(fault), { job: 'members' })
  return faults
}
