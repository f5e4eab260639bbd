import { beforeAll, describe, expect, test } from 'vitest'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { formatEntry, type LogEntry } from '../src/log/entry.js'
import { hashLeaf } from '../src/log/hash.js'
import { signNote } from '../src/log/note.js'
import {
  createNoteSigner,
  createNoteVerifier,
  ED25519,
  formatVerifierKey,
  type NoteVerifier,
} from '../src/log/note-key.js'
import { inclusionProof } from '../src/log/proof.js'
import { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from '../src/log/tlog-proof.js'
import { MemoryLog } from './log-naive-tree.js'
import invalid from './vectors/invalid/log-tlog-proof.json' with { type: 'json' }
import valid from './vectors/valid/log-tlog-proof.json' with { type: 'json' }

const encode = (text: string) => new TextEncoder().encode(text)
let verifiers: NoteVerifier[]

beforeAll(async () => {
  verifiers = [await createNoteVerifier(valid.vkey)]
})

describe('an offline proof verifies', () => {
  test.each(valid.cases)('$name', async ({ text, entry, index, size, root }) => {
    const verified = await verifyTlogProof(text, { entry: encode(entry), origin: valid.origin, verifiers })
    expect(verified).toEqual({ index, size, root: new Uint8Array(Buffer.from(root, 'hex')) })
    expect(formatTlogProof(parseTlogProof(text))).toBe(text)
  })

  test('extra data comes along, signed by no one', () => {
    const { text, extra } = valid.cases.find((vector) => vector.extra)!
    expect(Buffer.from(parseTlogProof(text).extra!).toString('base64')).toBe(extra)
  })

  test('from entry to proof file, as a hub makes it', async () => {
    const origin = 'hub.example/alliance/log'
    const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const signer = createNoteSigner(origin, pair.privateKey, publicKey)
    const verifier = await createNoteVerifier(formatVerifierKey({ name: origin, type: ED25519, publicKey }))
    const entries = Array.from({ length: 300 }, (_, i): LogEntry => {
      return { at: 1790000000000 + i, issuer: 'th-demo', kind: 'record', sha256: 'ab'.repeat(32), v: 1 }
    }).map((entry) => encode(formatEntry(entry)))
    const log = new MemoryLog()
    await log.append(entries.map(hashLeaf))
    const checkpoint = await signNote(formatCheckpoint({ origin, size: log.size, root: log.root }), signer)
    for (const index of [0, 255, 256, 299]) {
      const text = formatTlogProof({ index, proof: await inclusionProof(index, 300, log), checkpoint })
      const trust = { origin, verifiers: [verifier] }
      expect(await verifyTlogProof(text, { entry: entries[index]!, ...trust })).toMatchObject({
        index,
        size: 300,
      })
      const wrong = verifyTlogProof(text, { entry: entries[index - 1] ?? entries[1]!, ...trust })
      await expect(wrong).rejects.toMatchObject({ code: 'root-mismatch' })
    }
  })
})

describe('an offline proof is refused', () => {
  test.each(invalid.cases)('$name', async ({ text, entry, code }) => {
    expect(invalid.vkey).toBe(valid.vkey)
    const verifying = verifyTlogProof(text, { entry: encode(entry), origin: invalid.origin, verifiers })
    await expect(verifying).rejects.toMatchObject({ name: 'LogError', code })
  })

  test('with a hash of 31 bytes, already when it is read', () => {
    const { text } = invalid.cases.find(({ name }) => name === 'a hash of 31 bytes')!
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'hash-length' }))
  })

  test('that is longer than any proof', () => {
    const { text } = valid.cases[0]!
    expect(() => parseTlogProof(text + 'x'.repeat(1_100_000))).toThrow(
      expect.objectContaining({ code: 'tlog-proof-malformed' }),
    )
  })
})

describe('an offline proof is not written', () => {
  const hash = new Uint8Array(32)
  test.each<[string, Partial<TlogProof>, string]>([
    ['with a negative index', { index: -1 }, 'tlog-proof-malformed'],
    ['with a fraction as index', { index: 0.5 }, 'tlog-proof-malformed'],
    ['with a hash of 31 bytes', { proof: [hash.subarray(1)] }, 'hash-length'],
    ['with 64 hashes', { proof: new Array<Uint8Array>(64).fill(hash) }, 'tlog-proof-malformed'],
    ['with too much extra data', { extra: new Uint8Array(65_536) }, 'tlog-proof-malformed'],
  ])('%s', (_name, change, code) => {
    expect(() => formatTlogProof({ index: 0, proof: [], checkpoint: 'x', ...change })).toThrow(
      expect.objectContaining({ name: 'LogError', code }),
    )
  })

  test('empty extra data leaves no line', () => {
    const text = formatTlogProof({ index: 0, proof: [hash], checkpoint: 'x', extra: new Uint8Array(0) })
    expect(text).not.toContain('extra')
    expect(parseTlogProof(text)).toEqual({ index: 0, proof: [hash], checkpoint: 'x' })
  })
})
