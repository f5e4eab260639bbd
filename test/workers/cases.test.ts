/** The story of a case inside workerd: on D1 and R2, as deployed. */
import {
  applyD1Migrations,
  createExecutionContext,
  createScheduledController,
  env,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import ccjDefinition from '../../members/jp-ccj/member.json?raw'
import dbdDefinition from '../../members/th-dbd/member.json?raw'
import ocpbDefinition from '../../members/th-ocpb/member.json?raw'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { MAX_SEALED_ATTACHMENT_BYTES } from '../../src/dispute/envelope.js'
import { sealAttachment } from '../../src/dispute/sealed/attachment.js'
import { openComplaint } from '../../src/dispute/sealed/open-complaint.js'
import { createCaseStore } from '../../src/store/case-store.js'
import { openD1 } from '../../src/store/d1.js'
import { createDatabaseAttachments } from '../../src/store/database-attachments.js'
import { createR2Attachments } from '../../src/store/r2-attachments.js'
import { createSigner } from '../../src/trust/signer.js'
import worker from '../../src/worker.js'
import { attachmentContract, sampleBytes } from '../attachment-contract.js'
import { asAgency, asConsumer, asOperator, fileCase, json, readJson, type Stage } from '../case-play.js'
import { COMPLAINT } from '../sealed-scene.js'
import { createMember, ORIGIN, type TestMember } from '../signing.js'

const now = () => Math.floor(Date.now() / 1000)

/** Sends to the worker with its bindings, or with others in their place. */
const sending =
  (changed: Partial<Parameters<typeof worker.fetch>[1]> = {}) =>
  async (path: string, init?: RequestInit): Promise<Response> => {
    const context = createExecutionContext()
    const response = await worker.fetch(new Request(`${ORIGIN}${path}`, init), bindings(changed), context)
    await waitOnExecutionContext(context)
    return response
  }
/** The worker keeps one hub for each environment that it is given. */
const environments = new Map<object, Parameters<typeof worker.fetch>[1]>()
function bindings(changed: object): Parameters<typeof worker.fetch>[1] {
  const known = environments.get(changed) ?? { ...env, ...changed }
  environments.set(changed, known)
  return known
}

let stage: Stage
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const operator = await createSigner(JSON.parse(env.OPERATOR_KEY))
  const members: Record<string, TestMember> = {}
  for (const text of [ccjDefinition, ocpbDefinition, dbdDefinition]) {
    const definition = JSON.parse(text) as MemberDefinition
    members[definition.id] = await createMember(definition, ORIGIN, operator, now() - 10)
  }
  stage = { origin: ORIGIN, request: sending({}), now, operator, members }
  const push = { statements: Object.values(members).map(({ admission }) => admission) }
  const { results } = await readJson<{ results: { outcome: string }[] }>(
    await stage.request('/v1/statements', json(push)),
  )
  expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
})

const OCTETS = { 'Content-Type': 'application/octet-stream' }
const listBucket = async () => (await env.ATTACHMENTS.list()).objects.map(({ key }) => key)

const openBoth = () =>
  createR2Attachments(env.ATTACHMENTS, createDatabaseAttachments(openD1(env.DB)), MAX_SEALED_ATTACHMENT_BYTES)
attachmentContract('D1', async () => createDatabaseAttachments(openD1(env.DB), MAX_SEALED_ATTACHMENT_BYTES))
attachmentContract('D1 and R2', async () => openBoth())

it('small files lie in D1, large ones in R2', async () => {
  const store = openBoth()
  await store.put('JP-00000-00001/small', sampleBytes(1_048_576))
  await store.put('JP-00000-00001/large', sampleBytes(1_048_577))
  expect(await listBucket()).toContain('JP-00000-00001/large')
  expect(await listBucket()).not.toContain('JP-00000-00001/small')
  await store.remove(['JP-00000-00001/small', 'JP-00000-00001/large'])
  expect(await listBucket()).not.toContain('JP-00000-00001/large')
})

it('who hangs up still gets into the log what it sent; what only reads ends with its caller', async () => {
  const kept: Promise<unknown>[] = []
  const context = { waitUntil: (promise: Promise<unknown>) => void kept.push(promise) }
  const send = async (method: string, path: string) =>
    (await worker.fetch(new Request(`${ORIGIN}${path}`, { method }), bindings({}), context)).status
  expect(await send('GET', '/v1/inbox?wait=25')).toBe(401)
  expect(await send('HEAD', '/v1/members')).toBe(200)
  expect(kept).toEqual([])
  for (const [i, method] of ['POST', 'PUT', 'DELETE'].entries()) {
    await send(method, '/v1/webhook')
    expect(kept).toHaveLength(i + 1)
  }
  await Promise.all(kept)
})

describe('a case on Workers', () => {
  it('is filed with its files, received, shared, and closed', async () => {
    const files = await Promise.all(
      [2000, 1_500_000].map((size) =>
        sealAttachment(sampleBytes(size), { name: `${size}.png`, type: 'image/png' }),
      ),
    )
    const filed = await fileCase(stage, {
      attachments: files.map(({ notice }) => notice),
      complaint: { attachments: files.map(({ key }) => key) },
    })
    const { ref } = filed
    const [her, ccj, ocpb] = [asConsumer(stage, filed), asAgency(stage, 'jp-ccj'), asAgency(stage, 'th-ocpb')]
    for (const { notice, sealed } of files) {
      const put = { method: 'PUT', headers: OCTETS, body: sealed }
      await readJson(await her.request(`/v1/cases/${ref}/attachments/${notice.id}`, put))
    }
    const kept = (await listBucket()).filter((key) => key.startsWith(ref))
    expect(kept).toEqual([`${ref}/${files[1]!.notice.id}`])

    const { items } = await ccj.inbox('?wait=1')
    expect(items).toMatchObject([{ case: ref, role: 'lead', type: 'created', receiptDue: true }])
    const { envelope } = await ccj.view(ref)
    const { payload } = await openComplaint(envelope!.complaint, stage.members['jp-ccj']!.encPrivate)
    expect(payload.story).toEqual(COMPLAINT.story)
    expect(await ccj.receipt(ref)).toMatchObject({ state: 'in_triage' })
    for (const { notice, sealed } of files) {
      const answer = await ccj.request(`/v1/cases/${ref}/attachments/${notice.id}`)
      expect(new Uint8Array(await answer.arrayBuffer()).length).toBe(sealed.length)
    }
    await ccj.send(ref, { type: 'accepted' })
    await ccj.send(ref, { type: 'shared' })
    expect((await ocpb.inbox()).items.map((item) => item.case)).toEqual([ref])
    await ocpb.receipt(ref)
    await ocpb.send(ref, { type: 'partner_declined', reason: 'no_jurisdiction' })
    await ccj.send(ref, { type: 'closed', outcome: 'advice_given' })
    expect(await her.view(ref)).toMatchObject({ phase: 'closed', outcome: 'advice_given', demo: true })
  })

  it('takes two events at once, and one of them stands', async () => {
    const { ref } = await fileCase(stage)
    const ccj = asAgency(stage, 'jp-ccj')
    await ccj.receipt(ref)
    const answers = await Promise.all([
      ccj.trySend(ref, { type: 'accepted' }),
      ccj.trySend(ref, { type: 'info_requested', asks: ['order_number'] }),
      ccj.trySend(ref, { type: 'declined', reason: 'other' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await ccj.view(ref)).events).toHaveLength(3)
  })

  it('refuses a large file without a bucket, and says how large one may be', async () => {
    const bare = { ...stage, request: sending({ ATTACHMENTS: undefined }) }
    const large = await sealAttachment(sampleBytes(1_500_000), { name: 'a.png', type: 'image/png' })
    await expect(
      fileCase(bare, { attachments: [large.notice], complaint: { attachments: [large.key] } }),
    ).rejects.toThrow('1048576 bytes')
    const small = await sealAttachment(sampleBytes(2000), { name: 'a.png', type: 'image/png' })
    const filed = await fileCase(bare, {
      attachments: [small.notice],
      complaint: { attachments: [small.key] },
    })
    const put = { method: 'PUT', headers: OCTETS, body: small.sealed }
    await readJson(
      await asConsumer(bare, filed).request(`/v1/cases/${filed.ref}/attachments/${small.notice.id}`, put),
    )
  })

  it('is parked when too many come from one address, as Cloudflare names it', async () => {
    const headers = { 'CF-Connecting-IP': '2001:db8:9:9::1' }
    let last = await fileCase(stage, { headers })
    for (let i = 0; i < 5; i += 1) last = await fileCase(stage, { headers })
    expect(last.accepted.parked).toBe(true)
    const release = json({ decision: 'release' })
    expect((await asOperator(stage).request(`/v1/queue/${last.ref}`, release)).status).toBe(200)
    const dump = JSON.stringify(await env.DB.prepare('select * from intake_counts').all())
    expect(dump).not.toContain('2001:db8')
  })

  it('is swept by the cron tick: agencies are told, deadlines lapse, content is erased', async () => {
    const ccj = asAgency(stage, 'jp-ccj')
    const register = async (url: string) =>
      expect((await ccj.request('/v1/webhook', json({ url }, {}, 'PUT'))).status).toBe(200)
    await register('https://agency.example/503')
    const [told, asked, over] = [await fileCase(stage), await fileCase(stage), await fileCase(stage)]
    for (const { ref } of [asked, over]) await ccj.receipt(ref)
    await ccj.send(asked.ref, { type: 'info_requested', asks: ['order_number'] })
    await ccj.send(over.ref, { type: 'closed', outcome: 'advice_given' })
    // As if their days had come; nothing else of a clock can be moved here.
    const past = Date.now() - 1000
    const { due } = await ccj.view(asked.ref)
    await env.DB.prepare(`update cases set due_at = ?, due = date('now', '-1 day') where ref = ?`)
      .bind(past, asked.ref)
      .run()
    expect(due).toMatch(/^\d{4}-/)
    await env.DB.prepare('update cases set erases_at = ? where ref = ?').bind(past, over.ref).run()
    await worker.scheduled(createScheduledController(), bindings(environments.keys().next().value!))
    const store = createCaseStore(openD1(env.DB))
    expect(await store.deliveries(told.ref)).toMatchObject([
      { attempts: 1, state: 'pending', failure: 'answered 503' },
    ])
    expect(await ccj.view(asked.ref)).toMatchObject({ state: 'closed', outcome: 'closed_no_reply' })
    expect((await store.find(over.ref))!.status.state).toBe('archived')
    expect(await store.envelope(over.ref)).toBeNull()

    await register('https://agency.example/204')
    const again = await fileCase(stage)
    await worker.scheduled(createScheduledController(), bindings(environments.keys().next().value!))
    expect(await store.deliveries(again.ref)).toMatchObject([{ attempts: 1, failure: null }])
  })
})
