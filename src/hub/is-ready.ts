/** Whether the hub answers as it should; a demo only once its members' registers are published. */
import type { Reader } from './hub.js'

/** The members whose records and register make a demo complete. */
export const DEMO_MEMBERS = ['th-dbd', 'vn-idea', 'vn-ecomviet', 'jp-tradesafe'] as const

/** @returns what is still missing, in words; empty when ready */
export async function isReady(hub: Reader): Promise<string[]> {
  if (!hub.demo) return []
  const published = new Set((await hub.store.registers([...DEMO_MEMBERS])).map(({ member }) => member))
  return DEMO_MEMBERS.filter((member) => !published.has(member)).map(
    (member) => `the demo register of ${member}`,
  )
}
