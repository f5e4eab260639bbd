/** The log as an unrelated verifier sees it: Sigstore's own checkpoint and Merkle code checks what ours made. */
import { createPublicKey } from 'node:crypto'
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js'
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatCheckpoint } from '../../src/log/checkpoint.js'
import { formatEntry } from '../../src/log/entry.js'
import { hashLeaf } from '../../src/log/hash.js'
import { signNote } from '../../src/log/note.js'
import { createNoteSigner, type NoteSigner } from '../../src/log/note-key.js'
import { inclusionProof } from '../../src/log/proof.js'
import { createTestHub } from '../hub-fixture.js'
import { MemoryLog } from '../log-naive-tree.js'
import { readBundle } from './c2sp/read-log.js'
import { readVerifierKey } from './c2sp/signed-note.js'
import { growTo, logOf } from './grown-log.js'

const origin = 'hub.example/alliance/log'
const entries = Array.from({ length: 70_000 }, (_, i) =>
  Buffer.from(
    formatEntry({ at: 1790000000000 + i, issuer: 'th-demo', kind: 'record', sha256: 'ab'.repeat(32), v: 1 }),
  ),
)

let signer: NoteSigner
let tlog: Parameters<typeof verifyCheckpoint>[1][number]

beforeAll(async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey))
  signer = createNoteSigner(origin, pair.privateKey, new Uint8Array(spki.subarray(-32)))
  tlog = {
    // Sigstore finds a log by the first four bytes of its ID, and its key's name within its URL.
    logID: Buffer.concat([signer.keyId, Buffer.alloc(28)]),
    baseURL: `https://${origin}`,
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
})

/** Our log of this size, and an entry of it in the form Sigstore takes. */
async function prove(size: number, index: number) {
  const log = new MemoryLog()
  await log.append(entries.slice(0, size).map(hashLeaf))
  const envelope = await signNote(formatCheckpoint({ origin, size, root: log.root }), signer)
  const hashes = (await inclusionProof(index, size, log)).map((hash) => Buffer.from(hash))
  const inclusionProofOf = {
    logIndex: String(index),
    treeSize: String(size),
    hashes,
    checkpoint: { envelope },
  }
  return { canonicalizedBody: entries[index]!, inclusionProof: inclusionProofOf } as Parameters<
    typeof verifyCheckpoint
  >[0] &
    Parameters<typeof verifyMerkleInclusion>[0]
}

describe('Sigstore verifies our checkpoint and inclusion proof', () => {
  test.each([
    [1, 0],
    [2, 1],
    [255, 254],
    [256, 0],
    [257, 256],
    [65_536, 40_000],
    [65_537, 65_536],
    [70_000, 12_345],
  ])('log of %d, index %d', async (size, index) => {
    const entry = await prove(size, index)
    const checkpoint = verifyCheckpoint(entry, [tlog])
    expect(checkpoint).toMatchObject({ origin, logSize: BigInt(size) })
    expect(() => verifyMerkleInclusion(entry, checkpoint)).not.toThrow()
  })
})

describe('Sigstore verifies what a hub serves', () => {
  test('checkpoint, entry and inclusion proof, fetched over HTTP', async () => {
    const hub = await createTestHub()
    await growTo(hub, 600)
    const get = logOf(hub)
    const { name, id, key } = readVerifierKey((await (await get('vkey')).text()).trim())
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
    const log = {
      logID: Buffer.concat([id, Buffer.alloc(28)]),
      baseURL: `http://${name}`,
      publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
      validFor: { start: new Date(0), end: new Date(8.64e15) },
    }
    const envelope = await (await get('checkpoint')).text()
    const bundle = await readBundle(get, 1, 256)
    for (const index of [256, 300, 511]) {
      const proof = (await (await get(`proof/inclusion?index=${index}&size=600`)).json()) as {
        hashes: string[]
      }
      const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'base64'))
      const entry = {
        canonicalizedBody: bundle[index - 256]!,
        inclusionProof: { logIndex: String(index), treeSize: '600', hashes, checkpoint: { envelope } },
      } as Awaited<ReturnType<typeof prove>>
      const checkpoint = verifyCheckpoint(entry, [log])
      expect(checkpoint).toMatchObject({ origin: name, logSize: 600n })
      expect(() => verifyMerkleInclusion(entry, checkpoint)).not.toThrow()
      entry.inclusionProof.logIndex = String(index - 1)
      expect(() => verifyMerkleInclusion(entry, checkpoint)).toThrow()
    }
  })
})

describe('Sigstore refuses', () => {
  test('an altered leaf', async () => {
    const entry = await prove(300, 17)
    const checkpoint = verifyCheckpoint(entry, [tlog])
    entry.canonicalizedBody = Buffer.from(entry.canonicalizedBody.toString().replace('record', 'status'))
    expect(() => verifyMerkleInclusion(entry, checkpoint)).toThrow('does not match')
  })

  test('an altered checkpoint', async () => {
    const entry = await prove(300, 17)
    entry.inclusionProof.checkpoint!.envelope = entry.inclusionProof.checkpoint!.envelope.replace(
      '\n300\n',
      '\n301\n',
    )
    expect(() => verifyCheckpoint(entry, [tlog])).toThrow('invalid checkpoint signature')
  })
})
