/** The demo and the tour as a newcomer starts them: over real HTTP, with keys made on the spot. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/cli/command-line.js'
import { admitCommand } from '../src/cli/commands/admit.js'
import { inboxCommand } from '../src/cli/commands/inbox.js'
import { queueCommand } from '../src/cli/commands/queue.js'
import { tourCommand } from '../src/cli/commands/tour.js'
import { verifyCommand } from '../src/cli/commands/verify.js'
import { DESCRIBED_MEMBERS } from '../src/cli/demo/describe-members.js'
import { findFreePort } from '../src/cli/demo/free-port.js'
import { DISPUTE_MEMBERS, demoFolders, seedDemo } from '../src/cli/demo/seed.js'
import { startDemoHub } from '../src/cli/demo/start-demo-hub.js'
import { createHubClient } from '../src/cli/hub-client.js'
import { loadOperator } from '../src/cli/operator/operator-workspace.js'
import { sendStatement } from '../src/cli/operator/send-statement.js'
import { signDescription } from '../src/cli/operator/sign-admission.js'
import type { RunningHub } from '../src/node.js'
import type { Verdict } from '../src/record/verdict.js'

const data = mkdtempSync(join(tmpdir(), 'trustmark-demo-'))
let running: RunningHub
let origin: string
const now = () => Math.floor(Date.now() / 1000)

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine(
    [verifyCommand, tourCommand, admitCommand, inboxCommand, queueCommand],
    args,
    {
      cwd: data,
      env: {},
      stdin: new PassThrough(),
      stdout,
      stderr,
      now: Date.now,
      http: {},
    },
  )
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

async function ask(query: string): Promise<Verdict> {
  return (await (await fetch(`${origin}/v1/verify?${query}`)).json()) as Verdict
}

beforeAll(async () => {
  running = await startDemoHub({ data, port: await findFreePort() }, (line) => {
    throw new Error(JSON.stringify(line))
  })
  origin = running.config.origin
}, 60_000)
afterAll(async () => {
  await running?.close()
  rmSync(data, { recursive: true, force: true })
})

describe('the demo', () => {
  it('writes its address into the operator’s folder, so that the secretariat need not give it', async () => {
    expect(await loadOperator(demoFolders(data).operator)).toMatchObject({ hub: origin })
    const asked = await run('queue', '--operator', demoFolders(data).operator)
    expect(asked.code, asked.err).toBe(0)
  })

  it('is ready only once its members have published', async () => {
    const before = await fetch(`${origin}/readyz`)
    expect(before.status).toBe(503)
    expect(((await before.json()) as { detail: string }).detail).toContain('th-dbd')
    const seeded = await seedDemo(createHubClient(origin), data, now, () => undefined)
    for (const { published, certificates } of seeded) {
      expect(published).toBe(certificates)
      expect(published).toBeGreaterThan(20)
    }
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  })

  it('publishes nothing when it is started again', async () => {
    const { size } = (await (await fetch(`${origin}/readyz`)).json()) as { size: number }
    const seeded = await seedDemo(createHubClient(origin), data, now, () => undefined)
    expect(seeded.map(({ published }) => published)).toEqual([0, 0, 0, 0])
    expect(((await (await fetch(`${origin}/readyz`)).json()) as { size: number }).size).toBe(size)
  })

  it('answers the look-ups that it prints, and says that it is a demo', async () => {
    const silk = await ask('url=https://somjai-silk.example&for=JP')
    expect(silk).toMatchObject({ verdict: 'certified', demo: true })
    expect(silk.records[0]).toMatchObject({
      member: { id: 'th-dbd' },
      mark: { id: 'verified', level: 'platinum' },
    })
    expect(silk.complaints.map(({ member }) => member)).toContain('jp-ccj')
    expect((await ask('record=vn-ecomviet:SW-2026-0010')).verdict).toBe('revoked')
    expect((await ask('identifier=0999000001015')).verdict).toBe('certified')
    expect((await ask('record=th-dbd:V-2569-0106')).verdict).toBe('suspended')
  })

  it('has a certificate that has ended, and a shop whose higher mark did', async () => {
    expect((await ask('record=th-dbd:V-2568-0107')).verdict).toBe('expired')
    expect(await (await fetch(`${origin}/en/r/th-dbd:V-2568-0107`)).text()).toContain('Certificate expired')
    const shop = await ask('url=https://mai-toys.example')
    expect(shop.verdict).toBe('identity-confirmed')
    expect(shop.warnings.map(({ code }) => code)).toContain('higher-mark-lapsed')
  })

  it('says which letters of a Facebook name do not count, and repeats a pasted one as it was written', async () => {
    const asked = '/verify?q=https://m.facebook.com/Demo.Somchai.Bikes/%3Ffbclid=x'
    for (const path of ['/en/r/th-dbd:R-2567-0111', asked, '/directory?q=Somchai']) {
      const html = await (await fetch(origin + path, { headers: { accept: 'text/html' } })).text()
      expect(html, path).toMatch(/Facebook ignores full stops.*?demosomchaibikes/)
      expect(html.includes('facebook.com/Demo.Somchai.Bikes</bdi>'), path).toBe(path === asked)
    }
  })

  it('does not let DBD Verified spill onto the holder’s platform shop', async () => {
    const shop = await ask('url=https://shopee.co.th/demo_somjai_silk')
    expect(shop.verdict).toBe('identity-confirmed')
    expect(shop.records.map(({ mark }) => mark.id)).toEqual(['registered'])
  })

  it('admits the bodies that take complaints, with keys to encrypt to and an inbox each', async () => {
    for (const id of DISPUTE_MEMBERS) {
      const page = (await (await fetch(`${origin}/v1/members/${id}`)).json()) as {
        participation: string
        keys: { enc: unknown[] }
      }
      expect(page.participation).toBe('admitted')
      expect(page.keys.enc).toHaveLength(1)
      const { code, out } = await run('inbox', '-C', demoFolders(data).member(id), '--json')
      expect(code).toBe(0)
      expect(JSON.parse(out)).toEqual({ cursor: 0, cases: [] })
    }
  })

  it('describes further schemes, which have no keys, no records, and lead no complaint', async () => {
    const { members } = (await (await fetch(`${origin}/v1/members`)).json()) as {
      members: { id: string; participation: string; records: number }[]
    }
    const described = members.filter(({ participation }) => participation === 'described')
    expect(described.map(({ id, records }) => `${id} ${records}`)).toEqual(
      DESCRIBED_MEMBERS.map((id) => `${id} 0`),
    )
    const asked = await ask('url=https://nobody.example.kr')
    expect(asked.searched?.country).toEqual({ code: 'KR', publishes: false })
    expect(asked.searched?.schemes.map(({ member }) => member)).not.toContain('my-csm')
    const shown = {
      relation: 'B2C',
      consumerCountry: 'MY',
      merchantCountry: 'ES',
      markShown: 'es-confianzaonline',
    }
    const quote = await fetch(`${origin}/v1/route-quotes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...shown,
        kind: 'complaint',
        claimType: 'non_delivery',
        amountBand: 1,
        currency: 'EUR',
        lang: 'en',
        contactedMerchant: true,
        otherProceedings: false,
        minor: false,
      }),
    })
    const route = (await quote.json()) as { lead: string | null; partner: string | null }
    expect(quote.status, JSON.stringify(route)).toBe(200)
    expect(route).toMatchObject({ lead: null, partner: null })
  })

  it('admits them also in the data of an older demo, which only described them', async () => {
    const older = mkdtempSync(join(tmpdir(), 'trustmark-older-'))
    const hub = await startDemoHub({ data: older, port: await findFreePort() }, () => undefined)
    try {
      const client = createHubClient(hub.config.origin)
      const { signer } = await loadOperator(demoFolders(older).operator)
      for (const id of DISPUTE_MEMBERS) {
        const definition = JSON.parse(
          readFileSync(new URL(`../members/${id}/member.json`, import.meta.url), 'utf8'),
        )
        await sendStatement(client, await signDescription(definition, signer, client.origin, now()))
      }
      await seedDemo(client, older, now, () => undefined)
      const { members } = (await (await fetch(`${client.origin}/v1/members`)).json()) as {
        members: { id: string; participation: string }[]
      }
      const described: readonly string[] = DESCRIBED_MEMBERS
      expect(members.filter(({ participation }) => participation === 'admitted')).toHaveLength(7)
      expect(
        members.filter(({ participation }) => participation === 'described').map(({ id }) => id),
      ).toEqual(described)
    } finally {
      await hub.close()
      rmSync(older, { recursive: true })
    }
  }, 60_000)

  it('keeps every member’s register in agreement with the log', async () => {
    const { members } = (await (await fetch(`${origin}/v1/members`)).json()) as {
      members: { id: string; records: number; register: { count: number; agrees: boolean } | null }[]
    }
    const published = members.filter(({ register }) => register)
    expect(published.map(({ id }) => id)).toEqual(['jp-tradesafe', 'th-dbd', 'vn-ecomviet', 'vn-idea'])
    for (const { records, register } of published)
      expect(register).toMatchObject({ count: records, agrees: true })
  })
})

describe('trustmark verify', () => {
  it('prints the answer for a person and checks every signature itself', async () => {
    const { code, out } = await run(
      'verify',
      'https://somjai-silk.example',
      '--hub',
      origin,
      '--for',
      'JP',
      '--lang',
      'ja',
    )
    expect(code).toBe(0)
    expect(out).toContain('認証')
    expect(out).toContain('The record is signed by th-dbd')
    expect(out).toContain('What the hub says of the record is what was signed.')
    expect(out).toMatch(/The record is entry \d+ of the public log/)
    expect(out).not.toContain('FAIL')
  })

  it('pins the alliance’s keys, and refuses a hub with others', async () => {
    const file = join(data, 'anchor.json')
    const anchor = () => readFileSync(file, 'utf8')
    expect((await run('verify', 'th-dbd:V-2569-0101', '--hub', origin, '--pin', file)).code).toBe(0)
    const first = anchor()
    const pinned = await run('verify', 'th-dbd:V-2569-0101', '--hub', origin, '--anchor', file)
    expect(pinned.out).toContain('those of the anchor file')
    const otherData = mkdtempSync(join(tmpdir(), 'trustmark-other-'))
    const other = await startDemoHub({ data: otherData, port: await findFreePort() }, () => undefined)
    try {
      const there = other.config.origin
      const again = await run('verify', 'th-dbd:V-2569-0101', '--hub', there, '--pin', file)
      expect(again).toMatchObject({ code: 2 })
      expect(again.err).toContain('holds other keys')
      expect(anchor()).toBe(first)
      // The keys of one alliance under the name of another: what an impostor at that address would show.
      writeFileSync(join(data, 'moved.json'), first.replaceAll(origin, there))
      const wrong = await run(
        'verify',
        'th-dbd:V-2569-0101',
        '--hub',
        there,
        '--anchor',
        join(data, 'moved.json'),
      )
      expect(wrong).toMatchObject({ code: 1 })
      expect(wrong.err).toContain('Do not trust this')
    } finally {
      await other.close()
      rmSync(otherData, { recursive: true })
    }
  })

  it('ends with 1 for a shop without a mark, and names what was searched', async () => {
    const { code, out } = await run('verify', 'https://nobody.example', '--hub', origin)
    expect(code).toBe(1)
    expect(out).toContain('NO MARK FOUND')
    expect(out).toContain('SafeWeb')
  })
})

describe('trustmark admit', () => {
  it('refuses an application that was altered on its way to the operator', async () => {
    const application = JSON.parse(
      readFileSync(join(demoFolders(data).member('th-dbd'), 'application.json'), 'utf8'),
    )
    application.definition.marks[0].levels[0].presenceKinds = ['web']
    writeFileSync(join(data, 'altered.json'), JSON.stringify(application))
    const { code, err } = await run(
      'admit',
      join(data, 'altered.json'),
      '--operator',
      demoFolders(data).operator,
      '--to',
      origin,
    )
    expect(code).toBe(1)
    expect(err).toContain('application was signed over another definition')
  })
})

describe('trustmark tour', () => {
  it('tells the whole story, with who signed what, and ends well', async () => {
    const { code, out } = await run('tour', '--json')
    expect(code).toBe(0)
    const { steps } = JSON.parse(out) as { steps: { title: string; lines: string[] }[] }
    expect(steps).toHaveLength(13)
    const told = steps.flatMap(({ lines }) => lines).join('\n')
    expect(told).toContain('CERTIFIED')
    expect(told).toContain('Mark suspended')
    expect(told).toContain('Mark withdrawn')
    expect(told).toContain('refused (record-revoked)')
    expect(told).toContain('refused (id-not-own)')
    expect(told).toMatch(/R20 {2}.*\(CCJ\) is the agency of your country/)
    expect(told).toMatch(/opened with this agency’s key; receipt sent/)
    expect(told).toContain('山田花子 writes (ja): 三週間待っても')
    expect(told).toContain('The case is closed: resolved')
    expect(told).toMatch(/searched for her words, her name, her address and the order number: nothing/)
    expect(told).not.toContain('FAIL')
  })
})
