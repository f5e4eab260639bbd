/** A real hub in memory with the agencies of the story admitted: CCJ and OCPB, which settle disputes, and DBD, which issues marks. */
import type { Stage } from './case-play.js'
import { createTestHub, ORIGIN, type TestHub, type TestMember } from './hub-fixture.js'

export interface TestStage extends Stage {
  t: TestHub
}

const admitted = new WeakMap<TestHub, Map<string, TestMember>>()

/** A hub that is there already, with these members admitted unless they are. */
export async function stageOf(t: TestHub, ...ids: string[]): Promise<TestStage> {
  const known = admitted.get(t) ?? new Map<string, TestMember>()
  admitted.set(t, known)
  for (const id of ids) if (!known.has(id)) known.set(id, await t.admit(id))
  return {
    t,
    origin: ORIGIN,
    request: async (path, init) => t.app.request(path, init),
    now: t.now,
    operator: t.operator,
    members: Object.fromEntries(known),
  }
}

export async function createStage(
  { members = ['jp-ccj', 'th-ocpb', 'th-dbd', 'vn-vcc'], ...own }: StageOptions = {},
  file?: string,
): Promise<TestStage> {
  return stageOf(await createTestHub(file, ORIGIN, own), ...members)
}
export type StageOptions = Parameters<typeof createTestHub>[2] & { members?: string[] }
