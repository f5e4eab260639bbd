/** The check of the members at each change of the roster, and that the secretariat sees what it finds. */
import { describe, expect, it } from 'vitest'
import type { SecretariatQueue } from '../src/dispute/case-view.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { asOperator, readJson } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { createMember, ORIGIN, readDefinition } from './hub-fixture.js'

const queueOf = async (stage: TestStage) =>
  readJson<SecretariatQueue>(await asOperator(stage).request('/v1/queue'))
const TWICE = 'JP has two home agencies: jp-second is not the one that is chosen'

async function admitSecond(stage: TestStage): Promise<void> {
  const definition = { ...readDefinition('jp-ccj'), id: 'jp-second' }
  const { admission } = await createMember('jp-second', ORIGIN, stage.operator, stage.now(), { definition })
  const [result] = await stage.t.push(admission)
  expect(result?.outcome, JSON.stringify(result)).toBe('accepted')
}

describe('the check of the members', () => {
  it('finds nothing in the demo’s', async () => {
    const stage = await createStage()
    await sweepCases(stage.t.hub)
    expect(stage.t.reported).toEqual([])
    expect((await queueOf(stage)).members).toEqual([])
  })

  it('reports a fault once when the roster changes, and keeps it before the secretariat’s eyes', async () => {
    const stage = await createStage()
    await sweepCases(stage.t.hub)
    await admitSecond(stage)
    await sweepCases(stage.t.hub)
    await sweepCases(stage.t.hub)
    expect(stage.t.reported.map(String)).toEqual([`Error: ${TWICE}`])
    for (let i = 0; i < 2; i++) expect((await queueOf(stage)).members).toEqual([TWICE])
    expect(stage.t.reported).toHaveLength(1)
  })

  it('shows a fault to the secretariat before any sweep ran', async () => {
    const stage = await createStage()
    await admitSecond(stage)
    expect((await queueOf(stage)).members).toEqual([TWICE])
  })
})
