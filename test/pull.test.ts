/** `trustmark pull`: the others' records as a spreadsheet or as JSON lines, from a copy that is verified here. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/cli/command-line.js'
import { pullCommand } from '../src/cli/commands/pull.js'
import { formatCsvLine } from '../src/cli/pull/csv.js'
import { COLUMNS, type PulledRow } from '../src/cli/pull/to-row.js'
import { createWorkspace } from '../src/cli/workspace.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signErasure,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'
import { createRulelessHub } from './ruleless-hub.js'

const folder = mkdtempSync(join(tmpdir(), 'trustmark-pull-test-'))
let t: TestHub
let dbd: TestMember
let vn: TestMember
let asked: string[] = []
let alter = (answer: Response, _path: string): Response | Promise<Response> => answer

interface Ran {
  code: number
  out: string
  err: string
}

/** In an agency's workspace unless told otherwise. */
async function pull(args: string[], cwd = 'agency'): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const chunks: string[] = []
  stdout.on('data', (chunk) => chunks.push(String(chunk)))
  asked = []
  const code = await runCommandLine([pullCommand], ['pull', ...args], {
    cwd: join(folder, cwd),
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: () => t.now() * 1000,
    http: {
      sleep: async () => undefined,
      fetch: async (url, init) => {
        const path = url.slice(ORIGIN.length)
        asked.push(path)
        return alter(await t.app.request(url, init), path)
      },
    },
  })
  return { code, out: chunks.join(''), err: String(stderr.read() ?? '') }
}

const rowsOf = ({ out }: Ran): PulledRow[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as PulledRow)
const idsOf = (ran: Ran) => rowsOf(ran).map(({ id }) => id)

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  vn = await t.admit('vn-ecomviet', { signed: false })
  const [mark] = vn.definition.marks
  const ofVietnam = (certificate: string, name: Record<string, string>) =>
    signRecord(
      vn,
      recordClaims(vn, t.now(), {
        certificate,
        mark: mark!.id,
        level: mark!.levels[0]!.id,
        url: `https://${certificate.toLowerCase()}.example`,
        facts: { operationalWebsite: true, yearsInOperation: 3 },
        holder: { name, identifiers: [] },
      }),
    )
  const results = await t.push(
    await signRecord(dbd, recordClaims(dbd, t.now())),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), { certificate: 'V-1', mark: 'verified', level: 'gold' }),
    ),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), {
        certificate: 'R-2',
        url: 'https://line.me/R/ti/p/@ruean-thai',
        holder: { name: { zh: '泰屋', en: '=HYPERLINK("https://evil.example";"Pay")' }, identifiers: [] },
      }),
    ),
    await signRecord(
      dbd,
      recordClaims(dbd, t.now(), {
        certificate: 'R-3',
        url: 'https://gone.example',
        holder: { identifiers: [] },
      }),
    ),
    await ofVietnam('A-1', { vi: 'Công ty Lụa', en: 'Silk "Best", Ltd.' }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
  t.tick()
  await t.push(await signStatus(dbd, 'th-dbd:R-2', 'suspended', t.now()))
  createWorkspace(join(folder, 'agency'), { member: 'vn-ecomviet', hub: ORIGIN })
  mkdirSync(join(folder, 'plain'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('trustmark pull', () => {
  it('gives the others’ records in force as JSON lines, and says what it left out', async () => {
    const ran = await pull([])
    expect(ran.code).toBe(0)
    expect(idsOf(ran)).toEqual(['th-dbd:R-1', 'th-dbd:R-3', 'th-dbd:V-1'])
    expect(ran.err).toContain('3 records')
    expect(ran.err).toContain('1 of vn-ecomviet’s own are left out')
    expect(ran.err).toContain('1 not in force are left out')
    expect(rowsOf(ran)[0]).toEqual({
      id: 'th-dbd:R-1',
      member: 'th-dbd',
      mark: 'registered',
      level: 'registered',
      kind: 'identity',
      verdict: 'identity-confirmed',
      name_en: 'Somjai Silk Co., Ltd.',
      name_th: 'บริษัท สมใจผ้าไหม จำกัด',
      name_vi: '',
      name_ja: '',
      name_other: '',
      country: 'TH',
      identifiers: 'th-juristic:0105548060561',
      presences: 'https://somjai-silk.example',
      platforms: 'web',
      valid_from: new Date((t.now() - 1) * 1000).toISOString(),
      valid_until: new Date((t.now() - 1 + 300 * 86_400) * 1000).toISOString(),
      status: '',
      status_since: '',
      status_reason: '',
      disclosure: expect.stringMatching(/^(full|partial|none)$/),
      communication: expect.any(String),
      privacy: expect.any(String),
      security: expect.any(String),
      redress: expect.any(String),
      log_index: 2,
      as_of: new Date(t.now() * 1000).toISOString(),
    })
  })

  it('says of every record what it is, where told to: suspended since when and why, on which platform', async () => {
    const rows = rowsOf(await pull(['--all', '--own']))
    expect(rows.map(({ id }) => id)).toEqual([
      'th-dbd:R-1',
      'th-dbd:R-2',
      'th-dbd:R-3',
      'th-dbd:V-1',
      'vn-ecomviet:A-1',
    ])
    expect(rows[1]).toMatchObject({
      verdict: 'suspended',
      status: 'suspended',
      status_since: new Date(t.now() * 1000).toISOString(),
      status_reason: 'test',
      platforms: 'line',
      name_other: 'zh: 泰屋',
      log_index: 7,
    })
  })

  it('filters by member, mark, kind and country', async () => {
    expect(idsOf(await pull(['--kind', 'quality']))).toEqual(['th-dbd:V-1'])
    expect(idsOf(await pull(['--mark', 'th-dbd/verified/gold']))).toEqual(['th-dbd:V-1'])
    expect(idsOf(await pull(['--mark', 'registered,verified', '--country', 'th']))).toHaveLength(3)
    expect(idsOf(await pull(['--country', 'JP']))).toEqual([])
    expect(idsOf(await pull(['--member', 'vn-ecomviet']))).toEqual(['vn-ecomviet:A-1'])
  })

  it('gives a spreadsheet that Excel opens: a mark for UTF-8, one header, and no formula', async () => {
    const { code, out } = await pull(['--csv', '--all', '--own', '-o', 'others.csv'])
    expect(code).toBe(0)
    expect(out).toContain('5 records in')
    const text = readFileSync(join(folder, 'agency', 'others.csv'), 'utf8')
    expect(text.startsWith('\ufeffid,member,mark,level,kind,verdict,name_en,name_th')).toBe(true)
    const table = parseCsv(text.slice(1))
    expect(table[0]).toEqual([...COLUMNS])
    expect(table).toHaveLength(6)
    expect(table.every((row) => row.length === COLUMNS.length)).toBe(true)
    const column = (name: (typeof COLUMNS)[number]) => table.slice(1).map((row) => row[COLUMNS.indexOf(name)])
    expect(column('name_th')[0]).toBe('บริษัท สมใจผ้าไหม จำกัด')
    expect(column('name_en')[1]).toBe('\'=HYPERLINK("https://evil.example";"Pay")')
    expect(column('name_en')[4]).toBe('Silk "Best", Ltd.')
    expect(readdirSync(join(folder, 'agency')).filter((name) => name.includes('.new'))).toEqual([])
  })

  it('fetches only what is new the next time, and forgets what was erased', async () => {
    await pull([])
    expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([])
    const [index] = (await t.hub.store.history('th-dbd:R-3')).map((entry) => entry.index)
    t.tick()
    await t.push(await signErasure(dbd, [index!], t.now()))
    const ran = await pull([])
    expect(idsOf(ran)).toEqual(['th-dbd:R-1', 'th-dbd:V-1'])
    expect(asked.some((path) => path.startsWith('/v1/snapshot'))).toBe(false)
  })

  it('works in any folder for whoever is no member: everything, from the hub that is named', async () => {
    const ran = await pull(['--from', ORIGIN, '--json', '-o', 'all.ndjson'], 'plain')
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.out)).toMatchObject({
      hub: ORIGIN,
      records: 3,
      passed: { own: 0, notInForce: 1, withoutMark: 0 },
      findings: { count: 0 },
    })
    expect(readFileSync(join(folder, 'plain', 'all.ndjson'), 'utf8').split('\n')).toHaveLength(4)
  })

  it('tells what the hub accepted against its rules, which is no failure of the pull', async () => {
    const shared = t
    t = await createRulelessHub()
    mkdirSync(join(folder, 'ruleless'))
    const ran = await pull(['--from', ORIGIN], 'ruleless')
    t = shared
    expect(ran.code).toBe(0)
    expect(idsOf(ran)).toEqual(['th-dbd:R-1'])
    expect(ran.err).toContain('The hub accepted entry 1 against its rule bad-claims')
  })

  it('refuses what it can’t understand, and leaves no file behind that is not whole', async () => {
    const wrong = [
      ['--kind', 'best'],
      ['--country', 'Vietnam'],
      ['--member', 'DBD'],
      ['--mark', 'a/b/c/d'],
      ['--member', 'th-nobody'],
      ['--mark', 'verifed'],
      ['--json'],
      ['--from', 'https://other.example'],
      ['-o', 'nowhere/rows.csv'],
    ]
    for (const args of wrong) expect([args, (await pull(args)).code]).toEqual([args, 2])
    expect((await pull([], 'plain')).code).toBe(2)
    mkdirSync(join(folder, 'late'))
    alter = (answer, path) => (path.startsWith('/log/tile') ? new Response(new Uint8Array(32)) : answer)
    const ran = await pull(['--from', ORIGIN, '--csv', '-o', 'rows.csv', '--json'], 'late')
    alter = (answer) => answer
    expect(ran.code).not.toBe(0)
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code: 'tiles-differ' } })
    expect(existsSync(join(folder, 'late', 'rows.csv'))).toBe(false)
    expect(readdirSync(join(folder, 'late')).filter((name) => name.startsWith('rows'))).toEqual([])
  })
})

describe('a line of CSV', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('=', '+', ';', ',', '"', ' ', '\n', '\r', 'a') }),
  )

  it('reads back as it was written, but for apostrophes before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const [read] = parseCsv(formatCsvLine(cells))
        expect(read?.map((text) => text.replaceAll("'", ''))).toEqual(
          cells.map((text) => text.replaceAll("'", '')),
        )
      }),
    )
  })

  it('starts no formula, in a cell or behind a separator in it', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const [[read = ''] = []] = parseCsv(formatCsvLine([text, 'end']))
        for (const part of [read, ...read.split(/[,;\t\r\n]/)])
          expect(part.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
      }),
    )
    expect(formatCsvLine(['-1+cmd', 7])).toBe("'-1+cmd,7\r\n")
  })
})

/** Reads RFC 4180 by its own rules, so that the writer is not judged by itself. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (character === '"') quoted = true
    else if (character === ',') {
      row.push(cell)
      cell = ''
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
      at += 1
    } else cell += character
  }
  return rows
}
