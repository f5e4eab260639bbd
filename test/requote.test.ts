/** A fresh quote for a case that its consumer passes on: only when its agency does not answer, and only for her. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { QuoteClaims } from '../src/dispute/envelope.js'
import type { RouteQuote } from '../src/dispute/route-question.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import type { Problem } from '../src/refusal.js'
import { readPayload } from '../src/trust/jws.js'
import {
  asAgency,
  asConsumer,
  asOperator,
  type Filed,
  fileCase,
  json,
  prepareFiling,
  readJson,
} from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { signStanding } from './hub-fixture.js'

const DAY = 86_400
let stage: TestStage
beforeAll(async () => {
  stage = await createStage()
})

const path = (ref: string) => `/v1/cases/${ref}/route-quotes`
const ask = (filed: Filed) => asConsumer(stage, filed).request(path(filed.ref), { method: 'POST' })
const claimsOf = ({ quote }: RouteQuote) => readPayload<QuoteClaims>(quote).quote
const codeOf = async (response: Response) =>
  [response.status, ((await response.json()) as Problem).code] as const
/** Nobody signs for anything. */
async function wait(days: number): Promise<void> {
  stage.t.tick(days * DAY)
  await sweepCases(stage.t.hub)
}

describe('a fresh quote for a case', () => {
  it('is refused while its agency answers', async () => {
    const filed = await fileCase(stage)
    expect(await codeOf(await ask(filed))).toEqual([409, 'event-not-allowed'])
    await asAgency(stage, 'jp-ccj').receipt(filed.ref)
    expect(await codeOf(await ask(filed))).toEqual([409, 'event-not-allowed'])
  })

  it('is for its consumer alone', async () => {
    const [filed, other] = [await fileCase(stage), await fileCase(stage)]
    await wait(6)
    const post = { method: 'POST' }
    expect(await codeOf(await stage.request(path(filed.ref), post))).toEqual([401, 'not-authorised'])
    expect(await codeOf(await asConsumer(stage, other).request(path(filed.ref), post))).toEqual([
      404,
      'case-unknown',
    ])
    expect(await codeOf(await asAgency(stage, 'jp-ccj').request(path(filed.ref), post))).toEqual([
      403,
      'not-a-party',
    ])
    expect(await codeOf(await asOperator(stage).request(path(filed.ref), post))).toEqual([403, 'not-a-party'])
  })

  it('passes over a lead that signs for nothing, for the same facts and under the same reference', async () => {
    const filed = await fileCase(stage)
    await wait(6)
    const quote = await readJson<RouteQuote>(await ask(filed))
    const claims = claimsOf(quote)
    expect([claims.lead, claims.partner, claims.case]).toEqual(['th-ocpb', null, filed.ref])
    expect(claims.meta).toEqual(filed.claims.quote.meta)
    expect(claims.recipients.map(({ member }) => member)).toEqual(['th-ocpb'])
    expect(quote.linked).toBeUndefined()
  })

  it('files no second case', async () => {
    const filed = await fileCase(stage)
    await wait(6)
    const { quote } = await readJson<RouteQuote>(await ask(filed))
    const { filing } = await prepareFiling(stage)
    const response = await stage.request('/v1/complaints', json({ ...filing, quote }))
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect((await asConsumer(stage, filed).view(filed.ref)).events.at(0)?.type).toBe('created')
  })

  it('passes over a lead that was suspended', async () => {
    const filed = await fileCase(stage, {
      question: { consumerCountry: 'VN', merchantCountry: 'TH', lang: 'vi' },
    })
    await asAgency(stage, 'vn-vcc').receipt(filed.ref)
    const standing = (participation: string) =>
      signStanding(stage.operator, 'vn-vcc', participation, stage.now())
    await stage.t.push(await standing('suspended'))
    expect(claimsOf(await readJson<RouteQuote>(await ask(filed))).lead).toBe('th-ocpb')
    stage.t.tick()
    await stage.t.push(await standing('admitted'))
    expect(await codeOf(await ask(filed))).toEqual([409, 'event-not-allowed'])
  })

  it('names the agency that the secretariat chose, whatever the rules say', async () => {
    const filed = await fileCase(stage)
    await wait(6)
    await asOperator(stage).send(filed.ref, { type: 'assigned', to: 'vn-vcc' })
    const claims = claimsOf(await readJson<RouteQuote>(await ask(filed)))
    expect([claims.outcome, claims.lead, claims.partner]).toEqual(['case', 'vn-vcc', 'th-ocpb'])
    expect(claims.flags).not.toContain('unmatched')
    expect([...new Set(claims.recipients.map(({ member }) => member))]).toEqual(['vn-vcc', 'th-ocpb'])
  })
})
