/** `trustmark route`, against a hub and without one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/cli/command-line.js'
import { routeCommand } from '../src/cli/commands/route.js'
import type { RouteQuote } from '../src/dispute/route-question.js'
import { RULESET } from '../src/dispute/routing/ruleset.js'
import { readAnchor } from '../src/verify.js'
import { createTestHub, ORIGIN, recordClaims, signRecord, signRegister, type TestHub } from './hub-fixture.js'

let t: TestHub
const folder = mkdtempSync(join(tmpdir(), 'trustmark-route-'))
/** What a hub between the command and the real one does to an answer. */
let alter = (answer: RouteQuote): RouteQuote => answer
let sent: string[] = []

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  sent = []
  const code = await runCommandLine([routeCommand], ['route', ...args], {
    cwd: folder,
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: () => t.now() * 1000,
    http: {
      sleep: async () => undefined,
      fetch: async (url, init) => {
        if (init.method === 'POST') sent.push(String(init.body))
        const response = await t.app.request(url, init)
        if (!url.endsWith('/v1/route-quotes') || response.status !== 200) return response
        return Response.json(alter((await response.json()) as RouteQuote))
      },
    },
  })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

beforeAll(async () => {
  t = await createTestHub()
  for (const id of ['jp-ccj', 'th-ocpb', 'vn-vcc']) await t.admit(id)
  const dbd = await t.admit('th-dbd')
  await t.push(await signRecord(dbd, recordClaims(dbd, t.now())))
  await t.push(await signRegister(dbd, ['th-dbd:R-1'], t.now()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HUB = ['--hub', ORIGIN]
const SHOP = 'https://somjai-silk.example'

describe('trustmark route', () => {
  it('tells who leads, who reaches the shop and why, in the language asked for', async () => {
    const { code, out } = await run(SHOP, '--from', 'JP', '--lang', 'ja', ...HUB)
    expect(code).toBe(0)
    expect(out).toContain('主担当: jp-ccj')
    expect(out).toContain('店舗への連絡: th-ocpb')
    expect(out).toContain('R20  国民生活センター越境消費者センター')
    expect(out).toContain(`signed by ${ORIGIN}/alliance, and says what is shown`)
    expect(out).toContain('This hub is a demo')
  })

  it('sends a band, never the amount, and nothing that names anybody', async () => {
    await run('th-dbd:R-1', '--from', 'vn', '--amount', '2500000', '--currency', 'vnd', ...HUB)
    expect(JSON.parse(sent[0]!)).toEqual({
      kind: 'complaint',
      relation: 'B2C',
      consumerCountry: 'VN',
      record: 'th-dbd:R-1',
      claimType: 'non_delivery',
      amountBand: 1,
      currency: 'VND',
      lang: 'en',
      contactedMerchant: true,
      otherProceedings: false,
      minor: false,
    })
  })

  it('explains every gate and rule with its source, up to the gate that ends it', async () => {
    const { out } = await run(SHOP, '--from', 'JP', '--explain', ...HUB)
    for (const { id, stage } of RULESET.rules)
      expect(out).toMatch(new RegExp(`[·●] ${stage} ${id}(:|$)`, 'm'))
    expect(out).toContain('● base R20\n')
    expect(out).toContain('· gate G2: not so (kind = complaint or enquiry, relation = B2B)')
    expect(out).toContain('source: Consumer Affairs Agency of Japan')
    const closed = await run(SHOP, '--from', 'JP', '--no-contacted', '--explain', ...HUB)
    expect(closed.out).toContain('● gate G6')
    expect(closed.out).toContain('The last gate ends it (precontact)')
    expect(closed.out).not.toContain('base R20')
  })

  it('gives one JSON object', async () => {
    const { code, out } = await run(SHOP, '--from', 'JP', '--json', ...HUB)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      answer: { outcome: 'case', lead: 'jp-ccj' },
      anchor: { alliance: `${ORIGIN}/alliance` },
      pinned: false,
    })
  })

  it('tells the reasons from the signed quote, whatever the hub says and in whatever language she writes', async () => {
    alter = (answer) => ({
      ...answer,
      reasons: answer.reasons.map(({ rule }) => ({ rule, text: 'Pay the fee first.' })),
    })
    const { code, out } = await run(SHOP, '--from', 'JP', '--write', 'ja', '--lang', 'en', ...HUB)
    alter = (answer) => answer
    expect(code).toBe(0)
    expect(out).not.toContain('Pay the fee')
    expect(out).toMatch(/R20 {2}Cross-border Consumer center Japan, .* is the agency of your country/)
    expect(out).toMatch(
      /A1 {2}In this demonstration it is assumed that such complaints are taken by Office of the/,
    )
  })

  it('shows the claim beside a report of a forged mark', async () => {
    const { out } = await run(
      'https://copy.example',
      '--from',
      'TH',
      '--mark-shown',
      'th-dbd',
      '--merchant-country',
      'VN',
      ...HUB,
    )
    expect(out).toContain('Leads: th-dbd')
    expect(out).toContain('— Beside it, the claim for money —')
    expect(out).toContain('Leads: th-ocpb')
  })

  it.each<[string, (answer: RouteQuote) => RouteQuote]>([
    ['another lead', (answer) => ({ ...answer, lead: 'vn-vcc' })],
    [
      'other keys',
      (answer) => ({
        ...answer,
        recipients: answer.recipients.map((key) => ({ ...key, kid: 'x'.repeat(43) })),
      }),
    ],
    ['another rule', (answer) => ({ ...answer, reasons: [{ rule: 'R90', text: 'x' }] })],
    ['an altered quote', (answer) => ({ ...answer, quote: `${answer.quote.slice(0, -4)}AAAA` })],
  ])('believes no hub that shows %s than it signed', async (_, change) => {
    alter = change
    const { code, out, err } = await run(SHOP, '--from', 'JP', ...HUB)
    alter = (answer) => answer
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).not.toBe('')
  })

  it('believes only the keys of an anchor file', async () => {
    const configuration = await (await t.app.request('/alliance/.well-known/openid-federation')).text()
    const file = join(folder, 'anchor.json')
    writeFileSync(file, JSON.stringify(await readAnchor(configuration, ORIGIN, t.now())))
    expect((await run(SHOP, '--from', 'JP', '--anchor', file, ...HUB)).out).toContain(
      'those of the anchor file',
    )
    const other = await createTestHub()
    const foreign = await (await other.app.request('/alliance/.well-known/openid-federation')).text()
    writeFileSync(file, JSON.stringify(await readAnchor(foreign, ORIGIN, t.now())))
    expect((await run(SHOP, '--from', 'JP', '--anchor', file, ...HUB)).code).toBe(1)
  })

  it.each([
    [['--from', 'Japan'], '--from'],
    [['--from', 'JP', '--amount', 'much'], '--amount'],
    [['--from', 'JP', '--amount', '1', '--currency', 'XTS'], 'no bands for XTS'],
    [['--from', 'JP', '--mark-shown', 'DBD'], '--mark-shown'],
    [['--from', 'JP', '--members', 'nowhere'], 'holds no <member>/member.json'],
    [['--from', 'JP', '--offline', '--record', 'xx-none:1'], 'no member file'],
  ])('names what is wrong with %j', async (args, word) => {
    const { code, err } = await run(...args, ...HUB)
    expect([code, err]).toEqual([2, expect.stringContaining(word)])
  })

  it('passes on the hub’s own refusals', async () => {
    const { code, err } = await run('th-dbd:R-404', '--from', 'JP', ...HUB)
    expect([code, err]).toEqual([1, expect.stringContaining('No record has this id')])
  })

  it('decides without a hub by the same rules', async () => {
    const { code, out } = await run('th-dbd:V-1', '--from', 'JP', '--offline', '--explain')
    expect(code).toBe(0)
    expect(sent).toEqual([])
    expect(out).toContain('Leads: jp-ccj')
    expect(out).toContain('● modifier A1')
    const members = new URL('../members', import.meta.url).pathname
    const { out: json, err } = await run(
      SHOP,
      '--from',
      'KR',
      '--merchant-country',
      'JP',
      '--members',
      members,
      '--json',
    )
    expect(JSON.parse(json)).toMatchObject({ route: { outcome: 'referral', reasons: [{ rule: 'R34' }] } })
    expect(err).toContain('not looked up')
  })
})
