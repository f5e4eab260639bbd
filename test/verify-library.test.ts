/** `trustmark-hub/verify` as a third party has it: one file without a runtime, that trusts each signer with its own only. */
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { safeText } from '../src/cli/terminal.js'
import { channelLink } from '../src/pages/frame/channel.js'
import { MAX_JSON_KEYS, parseStrictJson } from '../src/trust/json.js'
import * as library from '../src/verify.js'
import {
  createTestHub,
  ORIGIN,
  recordClaims,
  signRecord,
  signStatus,
  type TestHub,
  type TestMember,
} from './hub-fixture.js'

let t: TestHub
let dbd: TestMember
let tradesafe: TestMember
let configuration: string

const text = async (path: string) => (await t.app.request(path)).text()
const admitted = async (id: string) =>
  (JSON.parse(await text(`/v1/members/${id}`)) as { admission: { statement: string } }).admission.statement

beforeAll(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  tradesafe = await t.admit('jp-tradesafe')
  configuration = await text('/alliance/.well-known/openid-federation')
})

describe('the verifier', () => {
  it('bundles into one file for any runtime, which verifies a record', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: ['src/verify.ts'],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      metafile: true,
    })
    // It asks nobody and serves nobody: what does either has no place in it.
    const parts = Object.keys(metafile.inputs)
    expect(parts).toContain('src/extend-anchor.ts')
    for (const name of ['follow-log-keys', 'hub/read-changes', 'hub/feed-line', 'hub/alliance-configuration'])
      expect(parts).not.toContain(`src/${name}.ts`)
    const [file] = outputFiles
    expect(file!.text).not.toMatch(/^import |node:/m)
    const alone = (await import(
      `data:text/javascript;base64,${Buffer.from(file!.contents).toString('base64')}`
    )) as typeof library
    const anchor = await alone.readAnchor(configuration, ORIGIN, t.now())
    const member = await alone.verifyAdmission(await admitted('th-dbd'), anchor)
    const claims = await alone.verifyRecord(await signRecord(dbd, recordClaims(dbd, t.now())), member, anchor)
    expect(alone.coversAddress(claims, 'https://somjai-silk.example/shop')).toBe(true)
    expect(alone.coversAddress(claims, 'https://other.example')).toBe(false)
  })

  it('refuses a genuine signature of one member under another member’s record, mark or status', async () => {
    const anchor = await library.readAnchor(configuration, ORIGIN, t.now())
    const rogue = await library.verifyAdmission(await admitted('jp-tradesafe'), anchor)
    const own = recordClaims(tradesafe, t.now(), { mark: 'tradesafe', level: 'tradesafe', facts: {} })
    const foreign = recordClaims(dbd, t.now())
    const sign = (claims: typeof own) => signRecord(tradesafe, { ...claims, iss: own.iss })
    await expect(library.verifyRecord(await sign(foreign), rogue, anchor)).rejects.toMatchObject({
      code: 'type-not-permitted',
    })
    const renamed = { ...own, ref: foreign.ref, trustmark: { ...own.trustmark, id: foreign.trustmark.id } }
    await expect(library.verifyRecord(await sign(renamed), rogue, anchor)).rejects.toMatchObject({
      code: 'id-not-own',
    })
    const status = await signStatus(tradesafe, 'th-dbd:R-1', 'revoked', t.now())
    await expect(library.verifyStatus(status, rogue, anchor)).rejects.toMatchObject({ code: 'id-not-own' })
  })

  it('refuses keys of shops that the record’s address does not show', async () => {
    const anchor = await library.readAnchor(configuration, ORIGIN, t.now())
    const member = await library.verifyAdmission(await admitted('th-dbd'), anchor)
    const claims = recordClaims(dbd, t.now())
    claims.trustmark.presences[0]!.keys.push('web:bank.example')
    await expect(library.verifyRecord(await signRecord(dbd, claims), member, anchor)).rejects.toMatchObject({
      code: 'presence-not-canonical',
    })
  })
})

describe('strangers’ input', () => {
  it('with very many JSON keys is refused before it is read', () => {
    const object = (keys: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, i) => [i, 1])))
    expect(parseStrictJson(object(MAX_JSON_KEYS), 'It')).toBeTypeOf('object')
    expect(() => parseStrictJson(object(MAX_JSON_KEYS + 1), 'It')).toThrow(
      expect.objectContaining({ code: 'bad-json' }),
    )
  })

  it('can not move a terminal’s cursor or turn its text round', () => {
    expect(safeText('FAIL\u001b[2K\r  ok\u202e\u0007\nnext')).toBe('FAIL [2K   ok  \nnext')
  })

  it('is no link when it names a user before the host', () => {
    expect(channelLink('web', 'https://bank.example@evil.example/')).toBeUndefined()
    expect(channelLink('web', 'https://agency.example/help')).toBe('https://agency.example/help')
  })
})
