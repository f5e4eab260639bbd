/** Reports of a forged mark and the claim beside them, as cases: who can be given them, and that the shop is not warned. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { QuoteClaims } from '../src/dispute/envelope.js'
import type { RouteQuote } from '../src/dispute/route-question.js'
import { hashEnvelope } from '../src/dispute/sealed/envelope-aad.js'
import { sealComplaint } from '../src/dispute/sealed/seal-complaint.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import type { Problem } from '../src/refusal.js'
import { readPayload } from '../src/trust/jws.js'
import { asAgency, asConsumer, asOperator, type Filed, fileCase, json, readJson } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { recordClaims, signRecord, signRegister } from './hub-fixture.js'
import { COMPLAINT, IDENTITY } from './sealed-scene.js'

const FORGED = { purchaseUrl: 'https://copy.example', markShown: 'th-dbd', merchantCountry: 'TH' }
const DAY = 86_400

let stage: TestStage
beforeAll(async () => {
  stage = await createStage()
  const dbd = stage.members['th-dbd']!
  const claims = recordClaims(dbd, stage.now())
  await stage.t.push(await signRecord(dbd, claims))
  await stage.t.push(await signRegister(dbd, [claims.trustmark.id], stage.now()))
})

const fileReport = () => fileCase(stage, { question: FORGED })
/** The claim for money: its quote stands beside that of the report. */
const fileClaim = () =>
  fileCase(
    {
      ...stage,
      request: async (path, init) => {
        const response = await stage.request(path, init)
        if (path !== '/v1/route-quotes') return response
        return Response.json(((await response.json()) as RouteQuote).linked)
      },
    },
    { question: FORGED },
  )
const requote = async (filed: Filed) =>
  readPayload<QuoteClaims>(
    (
      await readJson<RouteQuote>(
        await asConsumer(stage, filed).request(`/v1/cases/${filed.ref}/route-quotes`, { method: 'POST' }),
      )
    ).quote,
  ).quote
async function wait(days: number): Promise<void> {
  stage.t.tick(days * DAY)
  await sweepCases(stage.t.hub)
}

describe('a report of a forged mark', () => {
  it('is led by the owner of the mark, and nobody of them notifies the shop', async () => {
    const { ref, claims } = await fileReport()
    expect(claims.quote).toMatchObject({
      lead: 'th-dbd',
      partner: 'th-ocpb',
      flags: ['merchant_untrusted', 'consumer_translation'],
    })
    const [dbd, ocpb] = [asAgency(stage, 'th-dbd'), asAgency(stage, 'th-ocpb')]
    const isRefused = async (response: Response) => {
      expect(response.status).toBe(409)
      expect(((await response.json()) as Problem).code).toBe('event-not-allowed')
    }
    await dbd.receipt(ref)
    await dbd.send(ref, { type: 'accepted' })
    await isRefused(await dbd.trySend(ref, { type: 'merchant_notified' }))
    await dbd.send(ref, { type: 'shared' })
    await ocpb.receipt(ref)
    await ocpb.send(ref, { type: 'partner_accepted' })
    expect((await ocpb.view(ref)).actions).not.toContain('merchant_notified')
    await isRefused(await ocpb.trySend(ref, { type: 'merchant_notified' }))
    expect(await dbd.send(ref, { type: 'closed', outcome: 'referred' })).toMatchObject({ state: 'closed' })
  })

  it('that is passed on still says so to the next lead', async () => {
    const filed = await fileReport()
    await wait(6)
    await asOperator(stage).send(filed.ref, { type: 'assigned', to: 'th-ocpb' })
    expect(await requote(filed)).toMatchObject({
      lead: 'th-ocpb',
      flags: expect.arrayContaining(['merchant_untrusted']),
    })
  })

  it('can be assigned to a member that answers for its mark only', async () => {
    const filed = await fileCase(stage)
    await wait(6)
    await asOperator(stage).send(filed.ref, { type: 'assigned', to: 'th-dbd' })
    expect((await requote(filed)).lead).toBe('th-dbd')
  })

  it('can be transferred to such a member', async () => {
    const filed = await fileCase(stage)
    const ccj = asAgency(stage, 'jp-ccj')
    await ccj.receipt(filed.ref)
    const { members } = stage
    const envelope = await sealComplaint({
      quote: filed.filing.quote,
      claims: filed.claims,
      revision: 2,
      payload: COMPLAINT,
      identity: IDENTITY,
      keys: {
        lead: members['th-dbd']!.keys.enc,
        partner: members['th-ocpb']!.keys.enc,
        consumer: filed.consumer.keys.enc,
      },
      consumerSign: filed.consumer.keys.sign.kid,
    })
    const event = {
      type: 'transferred',
      to: 'th-dbd',
      reason: 'out_of_scope',
      envelope: hashEnvelope(envelope),
    } as const
    // The event comes with the complaint encrypted anew, which a player's send leaves out.
    const bare = await ccj.trySend(filed.ref, event)
    expect(bare.status).toBeGreaterThanOrEqual(400)
    const sent = await asAgency(
      {
        ...stage,
        request: (path, init) =>
          stage.request(
            path,
            path.endsWith('/events')
              ? json({ ...JSON.parse(String(init?.body)), envelope }, init?.headers as Record<string, string>)
              : init,
          ),
      },
      'jp-ccj',
    ).send(filed.ref, event)
    expect(sent.state).toBe('received')
    expect((await asAgency(stage, 'th-dbd').view(filed.ref)).lead).toBe('th-dbd')
  })
})

describe('the claim beside a report', () => {
  it('that is passed on still tells the next lead that the shop is not trusted', async () => {
    const filed = await fileClaim()
    expect(filed.claims.quote.rules).toEqual(expect.arrayContaining(['R30', 'M1-linked']))
    await wait(6)
    const fresh = await requote(filed)
    expect(fresh.lead).toBe('th-ocpb')
    expect(fresh.rules).toEqual(expect.arrayContaining(['R33', 'M1-linked']))
    expect(fresh.flags).toContain('merchant_untrusted')
    expect(fresh.rules).not.toContain('M3-claim')
    expect(fresh.meta).toEqual(filed.claims.quote.meta)
  })
})
