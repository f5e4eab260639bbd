/**
 * Our proofs as a stranger checks them: the program printed in docs/offline.md, which uses Node alone and nothing of ours,
 * says of every proof the same as we do.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatCheckpoint } from '../../src/log/checkpoint.js'
import { formatEntry } from '../../src/log/entry.js'
import { hashLeaf } from '../../src/log/hash.js'
import { signNote } from '../../src/log/note.js'
import { inclusionProof } from '../../src/log/proof.js'
import { formatTlogProof, type TlogProof } from '../../src/log/tlog-proof.js'
import { sha256Hex } from '../../src/trust/digest.js'
import { verifyLogged } from '../../src/verify.js'
import { createTestHub, recordClaims, signRecord, type TestHub } from '../hub-fixture.js'
import { MemoryLog } from '../log-naive-tree.js'

const folder = mkdtempSync(join(tmpdir(), 'trustmark-proof-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const program = join(folder, 'check-proof.mjs')
const guide = readFileSync(new URL('../../docs/offline.md', import.meta.url), 'utf8')

let t: TestHub
let record: string
let vkey: string

/** Runs the guide's program on a record and its proof. */
function check(jws: string, proof: string, key = vkey): { status: number | null; told: string } {
  const [recordFile, proofFile] = [join(folder, 'r.jwt'), join(folder, 'r.tlog-proof')]
  writeFileSync(recordFile, jws)
  writeFileSync(proofFile, proof)
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, recordFile, proofFile, key], {
    encoding: 'utf8',
  })
  return { status, told: stdout + stderr }
}

beforeAll(async () => {
  const [, text = ''] = /```js\n(.*?)```/s.exec(guide) ?? []
  expect([...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from)).toEqual(['node:crypto', 'node:fs'])
  writeFileSync(program, text)
  t = await createTestHub()
  const dbd = await t.admit('th-dbd')
  record = await signRecord(dbd, recordClaims(dbd, t.now()))
  await t.push(record)
  ;[vkey] = t.hub.keys.vkeys
})

describe('the guide’s own program', () => {
  it('confirms the proof that a hub gives', async () => {
    const proof = await (await t.app.request('/v1/records/th-dbd:R-1/proof')).text()
    expect(check(record, proof)).toEqual({
      status: 0,
      told: 'LOGGED: entry 1 of 127.0.0.1:8787/log, size 2, accepted 2026-11-22T03:00:00.000Z\n',
    })
  })

  it.each([
    [1, 0],
    [2, 0],
    [3, 2],
    [7, 4],
    [255, 254],
    [256, 128],
    [257, 256],
    [1000, 513],
    [4097, 4096],
  ])('agrees in a tree of %i about entry %i, and about its falsifications', async (size, index) => {
    const log = new MemoryLog()
    const entryOf = (i: number, sha256: string) =>
      new TextEncoder().encode(formatEntry({ at: i, issuer: 'th-dbd', kind: 'record', sha256, v: 1 }))
    const extra = entryOf(index, sha256Hex(record))
    await log.append(
      Array.from({ length: size }, (_, i) =>
        hashLeaf(i === index ? extra : entryOf(i, sha256Hex(String(i)))),
      ),
    )
    const note = formatCheckpoint({ origin: t.hub.keys.logOrigin, size, root: log.root })
    const parts: TlogProof = {
      index,
      proof: await inclusionProof(index, size, log),
      checkpoint: await signNote(note, ...t.hub.keys.log),
      extra,
    }
    const anchor = {
      alliance: `${t.hub.origin}/alliance`,
      origin: t.hub.origin,
      federation: [],
      operator: [],
      log: { origin: t.hub.keys.logOrigin, vkey },
      demo: true,
    }
    const agree = async (proof: string, holds: boolean): Promise<void> => {
      const ours = await verifyLogged(proof, record, anchor).then(
        () => true,
        () => false,
      )
      expect([ours, check(record, proof).status === 0]).toEqual([holds, holds])
    }
    await agree(formatTlogProof(parts), true)
    await agree(formatTlogProof({ ...parts, index: index + 1 }), false)
    await agree(formatTlogProof({ ...parts, proof: [...parts.proof, new Uint8Array(32)] }), false)
    if (parts.proof.length > 0) await agree(formatTlogProof({ ...parts, proof: parts.proof.slice(1) }), false)
    await agree(formatTlogProof({ ...parts, extra: entryOf(index + 1, sha256Hex(record)) }), false)
    await agree(formatTlogProof(parts).replace(`\n${size}\n`, `\n${size + 1}\n`), false)
  })

  it('refuses another record, another log’s key, and a forged signature', async () => {
    const proof = await (await t.app.request('/v1/records/th-dbd:R-1/proof')).text()
    expect(check(`${record}A`, proof).told).toContain('another record')
    const other = await createTestHub()
    expect(check(record, proof, other.hub.keys.vkeys[0]).told).toContain('no signature by')
    const [body, signature = ''] = proof.split('\n— ')
    const [name, encoded = ''] = signature.trimEnd().split(' ')
    const bytes = Buffer.from(encoded, 'base64')
    bytes[20] = bytes[20]! ^ 1
    expect(check(record, `${body}\n— ${name} ${bytes.toString('base64')}\n`).told).toContain('signature')
  })
})
