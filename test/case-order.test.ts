/** What the hub takes into a case's chain: nothing older than what stands there, nothing twice, no key that was given up; and no old admission. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateWorkspaceKeys } from '../src/cli/agency/keys.js'
import { openWorkspace } from '../src/cli/workspace.js'
import type { CaseEventClaims } from '../src/dispute/case-event.js'
import { CASE_EVENT_TYP } from '../src/dispute/envelope.js'
import { appendCaseEvent } from '../src/hub/cases/append-event.js'
import { notBefore } from '../src/hub/cases/append-hub-event.js'
import { readPayload } from '../src/trust/jws.js'
import { signJws } from '../src/trust/signer.js'
import { CLOCK_LEEWAY } from '../src/trust/statement.js'
import { readEncryptionKeys } from '../src/trusted-keys.js'
import { admitFolder, createDesks, type Desks } from './case-desks.js'
import {
  act,
  checkChain,
  codeOf,
  createStage,
  fileCase,
  prepareEvent,
  quoteTo,
  rewrap,
  type Stage,
  see,
} from './case-story.js'
import { ORIGIN } from './hub-fixture.js'
import { portOf } from './hub-port.js'
import { signStanding } from './signing.js'

const says = (stage: Stage) => ({ words: 'x', to: stage.ccj.keys.enc })

describe('an event', () => {
  it('is not older than the one before it, beyond what clocks differ', async () => {
    const stage = await createStage()
    const filed = await fileCase(stage)
    stage.tick(10)
    const at = (iat: number) => act(stage, filed.ref, filed.her, { type: 'message' }, { iat, ...says(stage) })
    const filedAt = stage.now() - 10
    for (const iat of [1, filedAt - CLOCK_LEEWAY - 1])
      await expect(at(iat)).rejects.toMatchObject({ code: 'bad-claims', details: { at: 'iat' } })
    await at(filedAt - CLOCK_LEEWAY)
    expect((await checkChain(stage, filed)).events).toHaveLength(2)
  })

  it('is dated by the hub’s clock, and not before its predecessor when that was set back', async () => {
    const stage = await createStage()
    const filed = await fileCase(stage)
    stage.tick(-30)
    await act(stage, filed.ref, filed.her, { type: 'message' }, says(stage))
    const { events } = await see(stage, filed.ref, filed.her)
    expect(events[1]!.at).toBe(events[0]!.at)
    expect((await checkChain(stage, filed)).events).toHaveLength(2)
    expect(notBefore({ head: { seq: 0, sha256: '', at: 5 } }, 7)).toBe(7)
  })

  it('does not bear the jti of an earlier one', async () => {
    const stage = await createStage()
    const filed = await fileCase(stage)
    await act(stage, filed.ref, filed.her, { type: 'message' }, says(stage))
    const jws = (await stage.hub.cases.store.events(filed.ref))[1]!.jws!
    const { event, message } = await prepareEvent(
      stage,
      filed.ref,
      filed.her,
      { type: 'message' },
      says(stage),
    )
    const claims = { ...readPayload<CaseEventClaims>(event), jti: readPayload<CaseEventClaims>(jws).jti }
    const again = await signJws(filed.her.signer, CASE_EVENT_TYP, claims)
    expect(
      await codeOf(
        appendCaseEvent(stage.hub, filed.ref, filed.her.asker, { event: again, ...(message && { message }) }),
      ),
    ).toBe('jti-reused')
  })

  it('passes a case on to no key that was given up since the fresh quote', async () => {
    const stage = await createStage()
    const filed = await fileCase(stage, { lead: null })
    await act(stage, filed.ref, stage.secretariat, { type: 'assigned', to: 'th-ocpb' })
    const quoted = await quoteTo(stage, stage.ocpb, null, { case: filed.ref })
    const { envelope, hash } = await rewrap(filed, 2, { lead: stage.ocpb, partner: null }, quoted)
    stage.tick(10)
    await stage.push(await signStanding(stage.operator, 'th-ocpb', 'suspended', stage.now()))
    const rerouted = { quote: quoted.quote, lead: 'th-ocpb', partner: null, envelope: hash }
    const send = act(stage, filed.ref, filed.her, { type: 'rerouted', ...rerouted }, { envelope })
    expect(await codeOf(send)).toBe('quote-expired')
  })
})

describe('a case that was passed on', () => {
  it('keeps the quote it was filed with, which its readers hold “created” against', async () => {
    const stage = await createStage()
    const filed = await fileCase(stage, { lead: null })
    await act(stage, filed.ref, stage.secretariat, { type: 'assigned', to: 'th-ocpb' })
    const quoted = await quoteTo(stage, stage.ocpb, null, { case: filed.ref })
    const { envelope, hash } = await rewrap(filed, 2, { lead: stage.ocpb, partner: null }, quoted)
    const rerouted = { quote: quoted.quote, lead: 'th-ocpb', partner: null, envelope: hash }
    await act(stage, filed.ref, filed.her, { type: 'rerouted', ...rerouted }, { envelope })
    const view = await see(stage, filed.ref, filed.her)
    expect([view.quote, view.filedQuote]).toEqual([quoted.quote, filed.quote])
    const chain = await checkChain(stage, filed)
    expect([chain.quote, chain.status.lead]).toEqual([quoted.quote, 'th-ocpb'])
  })
})

/** OCPB gives its encryption key up and is admitted with another. */
async function renewKey({ t, folders }: Desks): Promise<void> {
  const folder = folders['th-ocpb']
  for (const file of readdirSync(join(folder, 'keys')))
    if (file.includes('enc')) rmSync(join(folder, 'keys', file))
  await generateWorkspaceKeys(openWorkspace(folder))
  t.tick(86_400)
  await admitFolder(t, folder)
}

describe('an old admission', () => {
  it('is not taken below the index that a reader knows of', async () => {
    const desks = await createDesks()
    const { t } = desks
    const get = async (path: string) => (await t.app.request(path)).text()
    const old = JSON.parse(await get('/v1/members/th-ocpb')).admission.statement
    const first = (await readEncryptionKeys(portOf(t.app), ORIGIN, ['th-ocpb'], { now: t.now() })).get(
      'th-ocpb',
    )!
    await renewKey(desks)
    const lying = async (path: string) => {
      const text = await get(path)
      if (path !== '/v1/members/th-ocpb') return text
      const page = JSON.parse(text)
      return JSON.stringify({ ...page, admission: { ...page.admission, statement: old } })
    }
    const read = async (fetchText: typeof get, floor = {}) =>
      (
        await readEncryptionKeys(portOf(t.app, { text: fetchText }), ORIGIN, ['th-ocpb'], {
          now: t.now(),
          floor,
        })
      ).get('th-ocpb')!
    const { index, enc } = await read(get)
    expect(enc).not.toEqual(first.enc)
    // Nothing tells a reader who comes for the first time (docs/threat-model.md).
    expect((await read(lying)).enc).toEqual(first.enc)
    await expect(read(lying, { 'th-ocpb': index })).rejects.toMatchObject({ code: 'older-than-known' })
    expect((await read(get, { 'th-ocpb': index })).index).toBe(index)
    desks.close()
  })

  it('is refused by an officer’s machine that saw a newer one', async () => {
    const desks = await createDesks()
    const ccj = desks.folders['jp-ccj']
    const statementOf = async (): Promise<string> =>
      JSON.parse(await (await desks.t.app.request('/v1/members/th-ocpb')).text()).admission.statement
    const old = await statementOf()
    await renewKey(desks)
    const her = await desks.file()
    await desks.json(ccj, 'inbox')
    const send = async (url: string, init: RequestInit): Promise<Response> => {
      const answer = await desks.send(url, init)
      if (!url.endsWith('/v1/members/th-ocpb')) return answer
      const page = await answer.json()
      return Response.json({
        ...page,
        admission: { ...page.admission, statement: old },
        earlierAdmissions: [],
      })
    }
    const { code, out, err } = await desks.run(ccj, ['case', 'show', her.ref], { send })
    expect(code).toBe(1)
    expect(out + err).toContain('is older than one already known')
    desks.close()
  })
})
