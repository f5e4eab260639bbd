/** Complaints over HTTP: who is let in, what is refused, and that none of it is kept on the way. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../src/dispute/case-view.js'
import { sealAttachment } from '../src/dispute/sealed/attachment.js'
import { createConsumer } from '../src/dispute/sealed/consumer.js'
import { signAssertion } from '../src/dispute/sealed/sign-case.js'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import type { Problem } from '../src/refusal.js'
import { encodeBase64url } from '../src/trust/json.js'
import { generateKey } from '../src/trust/keys.js'
import { createJti, createSigner, type Signer, signJws } from '../src/trust/signer.js'
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
import { ADDRESS_HEADER, ORIGIN, signStanding } from './hub-fixture.js'

let stage: TestStage
beforeAll(async () => {
  stage = await createStage()
})

async function refused(
  response: Response | Promise<Response>,
  status: number,
  code: string,
): Promise<Problem> {
  const answer = await response
  const problem = (await answer.json()) as Problem
  expect([answer.status, problem.code], problem.detail).toEqual([status, code])
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  if (status === 401) expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
  return problem
}

describe('who asks', () => {
  const TYP = 'client-authentication+jwt'
  const ccj = () => stage.members['jp-ccj']!
  const entity = formatEntityId(ORIGIN, 'jp-ccj')
  const claims = (over: object = {}) => ({
    iss: entity,
    sub: entity,
    aud: formatAllianceId(ORIGIN),
    iat: stage.now(),
    exp: stage.now() + 300,
    jti: createJti(),
    ...over,
  })
  const ask = (token: string) => stage.request('/v1/inbox', { headers: { Authorization: `Bearer ${token}` } })
  const sign = (over: object = {}, signer: Signer = ccj().auth, typ = TYP) =>
    signJws(signer, typ, claims(over))
  const part = (value: object) => encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))

  it('is shown by a client assertion, which opens one request', async () => {
    const token = await sign()
    expect((await ask(token)).status).toBe(200)
    await refused(ask(token), 401, 'assertion-used')
    expect((await ask(await sign())).status).toBe(200)
  })

  it('is shown by what the library signs, too', async () => {
    const token = await signAssertion(ccj().auth, {
      entity,
      alliance: formatAllianceId(ORIGIN),
      iat: stage.now(),
    })
    expect((await ask(token)).status).toBe(200)
  })

  it('is remembered as spent for as long as any clock could take it for valid', async () => {
    const token = await sign()
    expect((await ask(token)).status).toBe(200)
    for (let i = 0; i < 12; i += 1) {
      stage.t.tick(30)
      const answer = await ask(token)
      expect(answer.status).toBe(401)
    }
  })

  it.each<[string, () => string | Promise<string>]>([
    ['without a token', () => ''],
    ['of another scheme', () => 'Basic abc'],
    ['with half a key', () => `Bearer ${'A'.repeat(42)}`],
    ['with words', () => 'Bearer let me in'],
    ['with an empty signature', async () => `Bearer ${(await sign()).replace(/[^.]*$/, '')}`],
    ['with an altered signature', async () => `Bearer ${(await sign()).slice(0, -8)}AAAAAAAA`],
    [
      'with altered claims',
      async () => {
        const [head, , signature] = (await sign()).split('.')
        return `Bearer ${head}.${part(claims({ iss: formatEntityId(ORIGIN, 'th-ocpb') }))}.${signature}`
      },
    ],
    ['with the wrong typ', async () => `Bearer ${await sign({}, ccj().auth, 'jwt')}`],
    [
      'with the typ of an event',
      async () => `Bearer ${await sign({}, ccj().auth, 'trustmark-case-event+jwt')}`,
    ],
    [
      'with alg none',
      () => `Bearer ${part({ alg: 'none', kid: ccj().auth.kid, typ: TYP })}.${part(claims())}.AAAA`,
    ],
    [
      'with alg HS256',
      () => `Bearer ${part({ alg: 'HS256', kid: ccj().auth.kid, typ: TYP })}.${part(claims())}.AAAA`,
    ],
    [
      'with a key of its own in the header',
      async () =>
        `Bearer ${part({ alg: 'ES256', kid: ccj().auth.kid, typ: TYP, jwk: {} })}.${part(claims())}.AAAA`,
    ],
    ['with the key that issues records', async () => `Bearer ${await sign({}, ccj().signer)}`],
    ['with the recovery key', async () => `Bearer ${await sign({}, ccj().recovery)}`],
    ['with another member’s key', async () => `Bearer ${await sign({}, stage.members['th-ocpb']!.auth)}`],
    ['with the operator’s key', async () => `Bearer ${await sign({}, stage.operator)}`],
    [
      'as the alliance, with a member’s key',
      async () => `Bearer ${await sign({ iss: formatAllianceId(ORIGIN), sub: formatAllianceId(ORIGIN) })}`,
    ],
    [
      'with a key that nobody knows',
      async () => `Bearer ${await sign({}, await createSigner((await generateKey('auth')).privateJwk))}`,
    ],
    ['as nobody', async () => `Bearer ${await sign({ iss: 'https://x.example', sub: 'https://x.example' })}`],
    ['for another', async () => `Bearer ${await sign({ sub: formatEntityId(ORIGIN, 'th-ocpb') })}`],
    [
      'addressed to another hub',
      async () => `Bearer ${await sign({ aud: 'https://other.example/alliance' })}`,
    ],
    ['addressed to the origin', async () => `Bearer ${await sign({ aud: ORIGIN })}`],
    ['addressed to several', async () => `Bearer ${await sign({ aud: [formatAllianceId(ORIGIN)] })}`],
    ['expired', async () => `Bearer ${await sign({ iat: stage.now() - 400, exp: stage.now() - 100 })}`],
    ['valid for too long', async () => `Bearer ${await sign({ exp: stage.now() + 301 })}`],
    [
      'from the future',
      async () => `Bearer ${await sign({ iat: stage.now() + 61, exp: stage.now() + 200 })}`,
    ],
    ['without exp', async () => `Bearer ${await sign({ exp: undefined })}`],
    ['without jti', async () => `Bearer ${await sign({ jti: undefined })}`],
    ['with a short jti', async () => `Bearer ${await sign({ jti: 'abc' })}`],
    ['with a claim too many', async () => `Bearer ${await sign({ scope: 'all' })}`],
    ['too large', () => `Bearer ${'a'.repeat(5000)}.b.c`],
  ])('is refused %s', async (_, authorization) => {
    const headers: Record<string, string> = { Authorization: await authorization() }
    await refused(stage.request('/v1/inbox', { headers }), 401, 'not-authorised')
  })

  it('an assertion that was refused is not spent', async () => {
    const jti = createJti()
    await refused(ask(await sign({ jti, aud: ORIGIN })), 401, 'not-authorised')
    expect((await ask(await sign({ jti }))).status).toBe(200)
  })

  it('keeps the addresses of agencies, of the secretariat and of consumers apart', async () => {
    const consumer = { Authorization: `Bearer ${'A'.repeat(43)}` }
    for (const path of ['/v1/inbox', '/v1/webhook', '/v1/queue'])
      await refused(stage.request(path, { headers: consumer }), 403, 'not-a-party')
    await refused(asAgency(stage, 'jp-ccj').request('/v1/queue'), 403, 'not-a-party')
    await refused(asOperator(stage).request('/v1/inbox'), 403, 'not-a-party')
    expect((await asOperator(stage).request('/v1/queue')).status).toBe(200)
  })

  it('a member that was suspended is turned away, and let in again afterwards', async () => {
    const vcc = asAgency(stage, 'vn-vcc')
    const standing = async (participation: string) => {
      stage.t.tick()
      const [result] = await stage.t.push(
        await signStanding(stage.operator, 'vn-vcc', participation, stage.now()),
      )
      expect(result?.outcome).toBe('accepted')
    }
    await standing('suspended')
    expect((await refused(vcc.request('/v1/inbox'), 401, 'not-authorised')).detail).toContain('suspended')
    await standing('admitted')
    expect((await vcc.request('/v1/inbox')).status).toBe(200)
  })
})

describe('from other origins', () => {
  it.each([
    ['/v1/complaints', 'POST'],
    ['/v1/cases/JP-7Q4K9-MXW2C', 'GET'],
    ['/v1/cases/JP-7Q4K9-MXW2C/events', 'POST'],
    ['/v1/cases/JP-7Q4K9-MXW2C/attachments/AAAAAAAAAAAAAAAAAAAAAA', 'PUT'],
    ['/v1/webhook', 'DELETE'],
    ['/v1/route-quotes', 'POST'],
  ])('a preflight to %s lets %s and the key pass', async (path, method) => {
    const answer = await stage.request(path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://agency.example',
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(answer.headers.get('Access-Control-Allow-Methods')!.split(', ')).toContain(method)
    expect(answer.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
  })

  it('answers and refusals can be read, with the time to wait', async () => {
    const answer = await stage.request('/v1/inbox', { headers: { Origin: 'https://agency.example' } })
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After')
    await refused(Promise.resolve(answer), 401, 'not-authorised')
  })

  it('other methods are named', async () => {
    const answer = await stage.request('/v1/webhook', { method: 'POST' })
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD, PUT, DELETE, OPTIONS'])
  })
})

describe('a filing', () => {
  it('is answered with its place, and again when it is sent again', async () => {
    const { filing, ref } = await prepareFiling(stage)
    const first = await stage.request('/v1/complaints', json(filing))
    expect(first.headers.get('Location')).toBe(`${ORIGIN}/v1/cases/${ref}`)
    expect(first.headers.get('Cache-Control')).toBe('no-store')
    const accepted = await readJson(first, 201)
    expect(accepted).toMatchObject({ case: ref, parked: false, missing: [] })
    expect(await readJson(await stage.request('/v1/complaints', json(filing)), 201)).toEqual(accepted)
  })

  it('is refused when it is no JSON, too large, or says more than it may', async () => {
    const { filing } = await prepareFiling(stage)
    const text = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(filing) }
    await refused(stage.request('/v1/complaints', text), 415, 'unsupported-media-type')
    await refused(
      stage.request('/v1/complaints', json({ ...filing, work: 'x'.repeat(1_100_000) })),
      413,
      'body-too-large',
    )
    const chatty = await refused(
      stage.request('/v1/complaints', json({ ...filing, name: 'Hanako' })),
      422,
      'bad-claims',
    )
    // What she did not mean to send is not sent back, either, to be kept in some log.
    expect(JSON.stringify(chatty)).not.toContain('Hanako')
    await refused(stage.request('/v1/complaints', json({})), 422, 'bad-claims')
    await refused(stage.request('/v1/complaints', json({ ...filing, work: '0' })), 422, 'work-insufficient')
    await refused(
      stage.request('/v1/complaints', json({ ...filing, notify: { email: 'a@b.example', lang: 'ja' } })),
      422,
      'no-mail',
    )
  })
})

describe('a case', () => {
  let filed: Filed
  beforeAll(async () => {
    filed = await fileCase(stage)
  })

  it('opens to its consumer, its lead, and nobody else', async () => {
    const view = await asConsumer(stage, filed).view(filed.ref)
    expect(view).toMatchObject({
      role: 'consumer',
      state: 'received',
      lead: 'jp-ccj',
      partner: 'th-ocpb',
      demo: true,
    })
    expect((await asAgency(stage, 'jp-ccj').view(filed.ref)).role).toBe('lead')
    const path = `/v1/cases/${filed.ref}`
    await refused(asAgency(stage, 'vn-vcc').request(path), 404, 'case-unknown')
    // An officer holds no secret that could have been mistyped.
    expect(await (await asAgency(stage, 'vn-vcc').request(path)).text()).not.toContain('secret')
    const other = await fileCase(stage)
    await refused(asConsumer(stage, other).request(path), 404, 'case-unknown')
    await refused(stage.request(path), 401, 'not-authorised')
    for (const ref of ['JP-00000-00000', 'x', '..%2f..', 'jp-7q4k9-mxw2c'])
      await refused(asConsumer(stage, filed).request(`/v1/cases/${ref}`), 404, 'case-unknown')
  })

  it('gives its complaint to the partner only once the lead has shared it', async () => {
    const [ccj, ocpb, dbd] = ['jp-ccj', 'th-ocpb', 'th-dbd'].map((id) => asAgency(stage, id))
    const path = `/v1/cases/${filed.ref}/envelope`
    await refused(ocpb!.request(path), 403, 'not-a-party')
    expect(await ccj!.receipt(filed.ref)).toMatchObject({ state: 'in_triage' })
    await ccj!.send(filed.ref, { type: 'accepted' })
    await ccj!.send(filed.ref, { type: 'shared' })
    const envelope = await readJson<Record<string, unknown>>(await ocpb!.request(path))
    expect(Object.keys(envelope).sort()).toEqual([
      'attachments',
      'case',
      'envelope',
      'envelopeSha256',
      'quote',
      'revision',
    ])
    expect(await ocpb!.receipt(filed.ref)).toMatchObject({ state: 'shared' })
    if (filed.claims.quote.cc.includes('th-dbd')) await refused(dbd!.request(path), 403, 'not-a-party')
  })

  it('refuses a body that is none, and one that is too large', async () => {
    const ccj = asAgency(stage, 'jp-ccj')
    const path = `/v1/cases/${filed.ref}`
    await refused(ccj.request(`${path}/events`, json({})), 422, 'bad-claims')
    await refused(ccj.request(`${path}/events`, json({ event: 'x', note: 'y' })), 422, 'bad-claims')
    await refused(
      ccj.request(`${path}/events`, json({ event: 'x'.repeat(1_100_000) })),
      413,
      'body-too-large',
    )
    await refused(ccj.request(`${path}/receipts`, json({ receipt: 'x'.repeat(9000) })), 422, 'bad-claims')
    await refused(
      ccj.request(`${path}/receipts`, json({ receipt: 'x'.repeat(20_000) })),
      413,
      'body-too-large',
    )
    await refused(
      ccj.request(`${path}/receipts`, { method: 'POST', body: 'x' }),
      415,
      'unsupported-media-type',
    )
  })
})

describe('wrong secrets', () => {
  it('are slowed down by network, while the right one always opens', async () => {
    const filed = await fileCase(stage)
    const open = (key: string, address: string) =>
      stage.request(`/v1/cases/${filed.ref}`, {
        headers: { Authorization: `Bearer ${key}`, [ADDRESS_HEADER]: address },
      })
    const statuses = new Map<number, number>()
    for (let i = 0; i < 100; i += 1) {
      const { status } = await open(String(i).padStart(43, '0'), '198.51.100.7')
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect([...statuses]).toEqual([
      [404, 60],
      [429, 40],
    ])
    const slowed = await open('0'.repeat(43), '198.51.100.7')
    expect(Number(slowed.headers.get('Retry-After'))).toBeGreaterThan(0)
    await refused(slowed, 429, 'too-many-requests')
    expect((await open(filed.consumer.accessKey, '198.51.100.7')).status).toBe(200)
    await refused(open('0'.repeat(43), '198.51.100.8'), 404, 'case-unknown')
    stage.t.tick(3600)
    await refused(open('0'.repeat(43), '198.51.100.7'), 404, 'case-unknown')
  })

  it('of one household count together, whatever address of its network they come from', async () => {
    const filed = await fileCase(stage)
    const open = (address: string) =>
      stage.request(`/v1/cases/${filed.ref}`, {
        headers: { Authorization: `Bearer ${'0'.repeat(43)}`, [ADDRESS_HEADER]: address },
      })
    for (let i = 0; i < 60; i += 1)
      await refused(open(`2001:db8:1:2::${i.toString(16)}`), 404, 'case-unknown')
    await refused(open('2001:db8:1:2:ffff::1'), 429, 'too-many-requests')
    await refused(open('2001:db8:1:3::1'), 404, 'case-unknown')
  })

  it('open nothing, a thousand of them from one address, however near they come', async () => {
    const filed = await fileCase(stage)
    const from = { [ADDRESS_HEADER]: '198.51.100.77' }
    const head = `${filed.consumer.accessKey.slice(0, 37)}`
    const answers = new Map<number, number>()
    for (let i = 0; i < 1000; i += 1) {
      const key = `${head}${String(i).padStart(6, '_')}`
      const { status } = await stage.request(`/v1/cases/${filed.ref}`, {
        headers: { Authorization: `Bearer ${key}`, ...from },
      })
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    expect([...answers]).toEqual([
      [404, 60],
      [429, 940],
    ])
    const right = { Authorization: `Bearer ${filed.consumer.accessKey}`, ...from }
    const opened = await readJson<CaseView>(await stage.request(`/v1/cases/${filed.ref}`, { headers: right }))
    expect(opened.role).toBe('consumer')
  })
})

describe('sealed files', () => {
  const OCTETS = { 'Content-Type': 'application/octet-stream' }
  let filed: Filed
  let file: Awaited<ReturnType<typeof sealAttachment>>
  const put = (
    player: ReturnType<typeof asConsumer>,
    id: string,
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = OCTETS,
  ) => player.request(`/v1/cases/${filed.ref}/attachments/${id}`, { method: 'PUT', headers, body })
  const get = (player: ReturnType<typeof asConsumer>, id: string) =>
    player.request(`/v1/cases/${filed.ref}/attachments/${id}`)

  beforeAll(async () => {
    file = await sealAttachment(new Uint8Array(70_000).fill(7), {
      name: 'receipt.pdf',
      type: 'application/pdf',
    })
    filed = await fileCase(stage, { attachments: [file.notice], complaint: { attachments: [file.key] } })
  })

  it('are announced first, and must be exactly what was announced', async () => {
    expect(filed.accepted.missing).toEqual([file.notice.id])
    const her = asConsumer(stage, filed)
    const { id } = file.notice
    await refused(get(her, id), 404, 'attachment-unknown')
    const altered = file.sealed.slice()
    altered[100]! ^= 1
    await refused(put(her, id, altered), 422, 'attachment-differs')
    await refused(put(her, id, file.sealed.slice(0, -1)), 422, 'attachment-differs')
    const longer = new Uint8Array(file.sealed.length + 1)
    longer.set(file.sealed)
    await refused(put(her, id, longer), 413, 'body-too-large')
    await refused(put(her, id, file.sealed, { 'Content-Type': 'image/png' }), 415, 'unsupported-media-type')
    await refused(put(her, 'A'.repeat(22), file.sealed), 404, 'attachment-unknown')
    expect((await her.view(filed.ref)).attachments).toEqual([{ ...file.notice, stored: false }])
  })

  it('stop being read as soon as they are longer than announced', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const answer = asConsumer(stage, filed).request(`/v1/cases/${filed.ref}/attachments/${file.notice.id}`, {
      method: 'PUT',
      headers: OCTETS,
      body: endless,
      duplex: 'half',
    } as RequestInit)
    await refused(answer, 413, 'body-too-large')
    expect(pulled).toBeLessThan(10)
  })

  it('name no place of the hub’s', async () => {
    const her = asConsumer(stage, filed)
    for (const id of [
      '..%2f..%2fhub.sqlite',
      '%2e%2e',
      '.',
      'a'.repeat(500),
      `${'A'.repeat(21)}%00`,
      `${'A'.repeat(21)}/`,
    ]) {
      for (const answer of [await put(her, id, file.sealed), await get(her, id)])
        expect(answer.status).toBe(404)
    }
  })

  it('come from who announced them, and go to who may read the complaint', async () => {
    const [her, ccj, ocpb] = [asConsumer(stage, filed), asAgency(stage, 'jp-ccj'), asAgency(stage, 'th-ocpb')]
    const { id } = file.notice
    await refused(put(ccj, id, file.sealed), 403, 'not-a-party')
    await refused(put(ocpb, id, file.sealed), 403, 'not-a-party')
    await refused(put(asAgency(stage, 'vn-vcc'), id, file.sealed), 404, 'case-unknown')
    expect(await readJson(await put(her, id, file.sealed))).toEqual({ ...file.notice, stored: true })
    expect((await put(her, id, file.sealed, { 'Content-Type': 'application/jose' })).status).toBe(200)
    for (const player of [her, ccj]) {
      const answer = await get(player, id)
      expect(answer.headers.get('Content-Type')).toBe('application/octet-stream')
      expect(answer.headers.get('Content-Disposition')).toBe('attachment')
      expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox')
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(file.sealed)
    }
    await refused(get(ocpb, id), 403, 'not-a-party')
    await refused(get(asAgency(stage, 'vn-vcc'), id), 404, 'case-unknown')
    await ccj.receipt(filed.ref)
    await ccj.send(filed.ref, { type: 'accepted' })
    await ccj.send(filed.ref, { type: 'shared' })
    expect((await get(ocpb, id)).status).toBe(200)
  })

  it('of an agency come from that agency', async () => {
    const [her, ccj] = [asConsumer(stage, filed), asAgency(stage, 'jp-ccj')]
    const letter = await sealAttachment(new Uint8Array(10), { name: 'letter.pdf', type: 'application/pdf' })
    const { missing } = await ccj.send(
      filed.ref,
      { type: 'message' },
      {
        attachments: [letter.notice],
        words: {
          payload: { v: 1, texts: [{ lang: 'ja', text: 'x', made: 'original' }], attachments: [letter.key] },
          to: [filed.consumer.keys.enc, ...stage.members['jp-ccj']!.keys.enc],
        },
      },
    )
    expect(missing).toEqual([letter.notice.id])
    await refused(put(her, letter.notice.id, letter.sealed), 403, 'not-a-party')
    await refused(put(asAgency(stage, 'th-ocpb'), letter.notice.id, letter.sealed), 403, 'not-a-party')
    expect((await put(ccj, letter.notice.id, letter.sealed)).status).toBe(200)
    expect((await get(her, letter.notice.id)).status).toBe(200)
  })
})

describe('a hub with room for small files only', () => {
  it('says so before anything is announced', async () => {
    const { t } = stage
    const attachments = { ...t.hub.cases.attachments, maxBytes: 1000 }
    const { createApp } = await import('../src/app.js')
    const app = createApp({
      hub: { ...t.hub, cases: { ...t.hub.cases, attachments } },
      report: (error) => t.reported.push(error),
    })
    const large = await sealAttachment(new Uint8Array(1000), { name: 'a.png', type: 'image/png' })
    const { filing } = await prepareFiling(stage, {
      attachments: [large.notice],
      complaint: { attachments: [large.key] },
    })
    const problem = await refused(
      Promise.resolve(app.request('/v1/complaints', json(filing))),
      413,
      'body-too-large',
    )
    expect(problem.detail).toContain('1000 bytes')
  })
})

describe('the inbox', () => {
  it('is paged by a cursor that only grows', async () => {
    const ccj = asAgency(stage, 'jp-ccj')
    const refs = [await fileCase(stage), await fileCase(stage)].map(({ ref }) => ref)
    const all = await ccj.inbox()
    expect(all.items.slice(-2).map((item) => item.case)).toEqual(refs)
    const page = await ccj.inbox('?limit=1')
    expect(page).toEqual({ items: [all.items[0]], next: all.items[0]!.cursor })
    expect(await ccj.inbox(`?after=${all.next}`)).toEqual({ items: [], next: all.next })
    for (const query of ['?after=-1', '?limit=0', '?limit=201', '?wait=x', '?parked=2'])
      await refused(ccj.request(`/v1/inbox${query}`), 400, 'bad-query')
  })

  it('wakes a waiting agency when something comes', async () => {
    const ccj = asAgency(stage, 'jp-ccj')
    const { next } = await ccj.inbox('?limit=200')
    const began = performance.now()
    const waiting = ccj.inbox(`?after=${next}&wait=55`)
    const { ref } = await fileCase(stage)
    expect((await waiting).items.map((item) => item.case)).toEqual([ref])
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('answers nothing when nothing comes, or as soon as the hub closes', async () => {
    const { createApp } = await import('../src/app.js')
    const closing = new AbortController()
    const app = createApp({
      hub: stage.t.hub,
      report: (error) => stage.t.reported.push(error),
      longestWait: 1,
      closing: closing.signal,
    })
    const impatient = {
      ...stage,
      request: async (path: string, init?: RequestInit) => app.request(path, init),
    }
    const ccj = asAgency(impatient, 'jp-ccj')
    const { next } = await ccj.inbox('?limit=200')
    let began = performance.now()
    expect((await ccj.inbox(`?after=${next}&wait=3600`)).items).toEqual([])
    expect(performance.now() - began).toBeGreaterThan(900)
    closing.abort()
    began = performance.now()
    expect((await ccj.inbox(`?after=${next}&wait=3600`)).items).toEqual([])
    expect(performance.now() - began).toBeLessThan(900)
  })

  it('asks no more once the caller has left', async () => {
    const ccj = asAgency(stage, 'jp-ccj')
    const { next } = await ccj.inbox('?limit=200')
    const leaving = new AbortController()
    const began = performance.now()
    const answer = ccj.request(`/v1/inbox?after=${next}&wait=55`, { signal: leaving.signal })
    setTimeout(() => leaving.abort(), 100)
    await answer
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('an agency’s webhook', () => {
  const ccj = () => asAgency(stage, 'jp-ccj')
  const register = (url: unknown) => ccj().request('/v1/webhook', json({ url }, {}, 'PUT'))

  it('is its own to register, look at and remove; its secret is shown once', async () => {
    await refused(ccj().request('/v1/webhook'), 404, 'not-found')
    const first = await readJson<{ url: string; secret: string }>(await register('https://ccj.example/hook'))
    expect(first.url).toBe('https://ccj.example/hook')
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(await readJson(await ccj().request('/v1/webhook'))).toEqual({ url: 'https://ccj.example/hook' })
    await refused(asAgency(stage, 'th-ocpb').request('/v1/webhook'), 404, 'not-found')
    const second = await readJson<{ secret: string }>(await register('https://ccj.example/hook'))
    expect(second.secret).not.toBe(first.secret)
    expect((await ccj().request('/v1/webhook', { method: 'DELETE' })).status).toBe(200)
    expect((await ccj().request('/v1/webhook', { method: 'DELETE' })).status).toBe(200)
    await refused(ccj().request('/v1/webhook'), 404, 'not-found')
  })

  it.each([
    'http://ccj.example/hook',
    'ftp://ccj.example/hook',
    'javascript:alert(1)',
    'https://user:password@ccj.example/hook',
    'https://192.168.0.1/hook',
    'https://169.254.169.254/latest',
    'https://[fd00::1]/hook',
    'https://[::ffff:10.0.0.1]/hook',
    'https://intranet/hook',
    'http://10.0.0.1:8080/hook',
    `https://ccj.example/${'x'.repeat(1000)}`,
    'hook',
    '',
  ])('is refused at %s', async (url) => {
    await refused(register(url), 422, 'bad-webhook')
  })

  it('may lie on the same machine in a demo only', async () => {
    expect((await register('http://127.0.0.1:9999/hook')).status).toBe(200)
    expect((await ccj().request('/v1/webhook', { method: 'DELETE' })).status).toBe(200)
    const { checkWebhookUrl } = await import('../src/hub/cases/webhooks.js')
    for (const url of [
      'https://127.0.0.1/hook',
      'https://localhost/hook',
      'https://[::1]/hook',
      'https://2130706433/',
    ])
      expect(() => checkWebhookUrl(url, false), url).toThrow('public name')
    expect(() => checkWebhookUrl('http://ccj.example/hook', false)).toThrow('https://')
  })
})

describe('a consumer who lost her secret', () => {
  it('asks with new keys, and the lead alone finds them under the code that she tells it', async () => {
    const filed = await fileCase(stage)
    const path = `/v1/cases/${filed.ref}/recovery`
    const { keys } = await createConsumer(filed.ref, '111122223333444455556666')
    const { code } = await readJson<{ code: string }>(await stage.request(path, json({ consumer: keys })))
    expect(code).toMatch(/^\d{8}$/)
    const found = await readJson(await asAgency(stage, 'jp-ccj').request(`${path}?code=${code}`))
    expect(found).toMatchObject({ case: filed.ref, code, consumer: keys })
    await refused(asAgency(stage, 'jp-ccj').request(`${path}?code=00000000`), 404, 'not-found')
    await refused(asAgency(stage, 'jp-ccj').request(path), 404, 'not-found')
    await refused(asAgency(stage, 'th-ocpb').request(`${path}?code=${code}`), 403, 'not-a-party')
    await refused(asAgency(stage, 'vn-vcc').request(`${path}?code=${code}`), 404, 'case-unknown')
    await refused(asConsumer(stage, filed).request(`${path}?code=${code}`), 403, 'not-a-party')
    // Nothing has changed for whoever holds the old secret.
    expect((await asConsumer(stage, filed).view(filed.ref)).consumer.enc).toEqual(filed.consumer.keys.enc)
  })

  it('is refused for keys that are none, and beyond a few an hour', async () => {
    const filed = await fileCase(stage)
    const { keys } = await createConsumer(filed.ref, '111122223333444455556666')
    const ask = (ref: string, consumer: object, address = '203.0.113.5') =>
      stage.request(`/v1/cases/${ref}/recovery`, json({ consumer }, { [ADDRESS_HEADER]: address }))
    await refused(ask('JP-0', keys), 404, 'case-unknown')
    const foreign = { ...keys, sign: { ...keys.sign, kid: keys.enc.kid } }
    await refused(ask(filed.ref, foreign), 422, 'bad-claims')
    await refused(ask(filed.ref, { ...keys, secret: '1' }), 422, 'bad-claims')
    for (let i = 0; i < 4; i += 1) expect((await ask(filed.ref, keys)).status).toBe(200)
    await refused(ask(filed.ref, keys), 429, 'too-many-requests')
    expect((await ask(filed.ref, keys, '203.0.113.6')).status).toBe(200)
  })

  it('is answered alike whether there is a case or not, and for one that is erased', async () => {
    const own = await createStage()
    const [filed, erased] = [await fileCase(own), await fileCase(own)]
    const { store } = own.t.hub.cases
    await asConsumer(own, erased).send(erased.ref, { type: 'withdrawn' })
    own.t.tick(100 * 86_400)
    await sweepCases(own.t.hub)
    expect((await store.find(erased.ref))!.consumer).toBeNull()
    const none = 'JP-00000-00000'
    const { keys } = await createConsumer(none, '111122223333444455556666')
    let network = 0
    const ask = async (ref: string, consumer: object) => {
      network += 1
      const headers = { [ADDRESS_HEADER]: `198.51.100.${network}` }
      const answer = await own.request(`/v1/cases/${ref}/recovery`, json({ consumer }, headers))
      const { case: named, ...body } = (await answer.json()) as Record<string, unknown>
      expect([undefined, ref]).toContain(named)
      return { status: answer.status, body, after: answer.headers.get('Retry-After') }
    }
    const code = expect.stringMatching(/^\d{8}$/) as string
    for (const ref of [filed.ref, none, erased.ref]) {
      const foreign = { ...keys, sign: { ...keys.sign, kid: keys.enc.kid } }
      expect((await ask(ref, foreign)).status).toBe(422)
      for (let i = 0; i < 10; i += 1)
        expect(await ask(ref, keys)).toEqual({ status: 200, body: { code }, after: null })
      // From whichever network: else the limit would tell.
      expect(await ask(ref, keys)).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
    }
    expect(await store.recoveries(none, 0)).toEqual([])
    expect(await store.recoveries(erased.ref, 0)).toEqual([])
    expect(await store.recoveries(filed.ref, 0)).toHaveLength(10)
    expect(own.t.reported).toEqual([])
  })

  it('is not pushed out by strangers, and found for a week', async () => {
    const own = await createStage()
    const filed = await fileCase(own)
    const path = `/v1/cases/${filed.ref}/recovery`
    const ask = async (i: number) => {
      const { keys } = await createConsumer(filed.ref, String(i).padStart(24, '1'))
      const headers = { [ADDRESS_HEADER]: `198.51.100.${i % 200}` }
      return readJson<{ code: string }>(await own.request(path, json({ consumer: keys }, headers)))
    }
    const hers = await ask(0)
    for (let i = 1; i < 60; i += 1) {
      if (i % 9 === 0) own.t.tick(3600)
      await ask(i)
    }
    const find = () => asAgency(own, 'jp-ccj').request(`${path}?code=${hers.code}`)
    own.t.tick(6 * 86_400)
    expect((await find()).status).toBe(200)
    own.t.tick(86_400)
    await refused(find(), 404, 'not-found')
  })
})

describe('nothing of this', () => {
  it('is in the public log', async () => {
    const filed: CaseView[] = await Promise.all(
      [await fileCase(stage)].map((one) => asConsumer(stage, one).view(one.ref)),
    )
    const feed = await (await stage.request('/v1/changes?limit=1000')).text()
    const kinds = new Set(
      feed
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    )
    expect([...kinds].sort()).toEqual(['admission', 'standing'])
    for (const view of filed) expect(feed).not.toContain(view.case)
  })

  it('made the hub fail', () => expect(stage.t.reported).toEqual([]))
})
