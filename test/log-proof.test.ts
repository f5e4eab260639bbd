import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LogError } from '../src/log/error.js'
import { consistencyProof, inclusionProof } from '../src/log/proof.js'
import { verifyConsistency, verifyInclusion } from '../src/log/verify-proof.js'
import {
  leafHashes,
  MemoryLog,
  naiveConsistency,
  naivePath,
  naiveRoot,
  UniformLog,
} from './log-naive-tree.js'
import badConsistency from './vectors/invalid/log-consistency-proof.json' with { type: 'json' }
import badInclusion from './vectors/invalid/log-inclusion-proof.json' with { type: 'json' }
import goodConsistency from './vectors/valid/log-consistency-proof.json' with { type: 'json' }
import goodInclusion from './vectors/valid/log-inclusion-proof.json' with { type: 'json' }

const leaves = leafHashes(70_000)
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')
const SMALL = 40
const roots = Array.from({ length: 601 }, (_, size) => naiveRoot(leaves.slice(0, size)))

// One log of 600 serves all smaller sizes, from tiles that have grown since.
const log = new MemoryLog()
await log.append(leaves.slice(0, 600))

describe('inclusion proofs', () => {
  test(`of every leaf in every tree up to ${SMALL} are as RFC 6962 says, and prove only their own index`, async () => {
    for (let size = 1; size <= SMALL; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, log)
        expect(proof.map(hex)).toEqual(naivePath(index, leaves.slice(0, size)).map(hex))
        for (let other = 0; other < size; other++) {
          const claim = { index: other, size, leafHash: leaves[index]!, root: roots[size]!, proof }
          if (other === index) verifyInclusion(claim)
          else expect(() => verifyInclusion(claim)).toThrow(LogError)
        }
      }
    }
  })

  test('across tiles', async () => {
    const places = fc.integer({ min: 1, max: 600 }).chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)))
    await fc.assert(
      fc.asyncProperty(places, async ([index, size]) => {
        const proof = await inclusionProof(index, size, log)
        expect(proof.map(hex)).toEqual(naivePath(index, leaves.slice(0, size)).map(hex))
        verifyInclusion({ index, size, leafHash: leaves[index]!, root: roots[size]!, proof })
      }),
    )
  })

  test('across three tile levels, with one read of a few tiles', async () => {
    const large = new MemoryLog()
    await large.append(leaves)
    const size = leaves.length
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
      large.reads.length = 0
      const proof = await inclusionProof(index, size, large)
      expect(large.reads).toHaveLength(1)
      expect(large.reads[0]!.length).toBeLessThanOrEqual(5)
      expect(new Set(large.reads[0]!.map(({ level, index }) => `${level}/${index}`)).size).toBe(
        large.reads[0]!.length,
      )
      expect(proof.map(hex)).toEqual(naivePath(index, leaves).map(hex))
      verifyInclusion({ index, size, leafHash: leaves[index]!, root: large.root, proof })
    }
  })

  test('in trees beyond 32 bits', async () => {
    const places = fc
      .integer({ min: 2 ** 31, max: 2 ** 53 - 1 })
      .chain((n) => fc.tuple(fc.maxSafeNat(), fc.constant(n)))
    await fc.assert(
      fc.asyncProperty(places, async ([place, size]) => {
        const index = place % size
        const uniform = new UniformLog(size)
        const proof = await inclusionProof(index, size, uniform)
        const claim = { index, size, leafHash: uniform.leaf, root: uniform.rootAt(size), proof }
        verifyInclusion(claim)
        expect(() => verifyInclusion({ ...claim, leafHash: leaves[0]! })).toThrow(LogError)
      }),
      { numRuns: 50 },
    )
  })

  test('of the only leaf is empty and needs no tile', async () => {
    const fresh = new MemoryLog()
    expect(await inclusionProof(0, 1, fresh)).toEqual([])
    expect(fresh.reads).toEqual([])
  })

  test.each(goodInclusion.cases)('published example verifies: $name', (vector) => {
    verifyInclusion(toInclusion(vector))
  })

  test.each(badInclusion.cases)('published example is refused: $name', (vector) => {
    expect(() => verifyInclusion(toInclusion(vector))).toThrow(
      expect.objectContaining({ name: 'LogError', code: vector.code }),
    )
  })

  test('any altered, dropped, added or exchanged hash is refused', async () => {
    const places = fc.integer({ min: 2, max: 600 }).chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)))
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), fc.nat(), fc.nat(255), async ([index, size], at, kind, bit) => {
        const proof = await inclusionProof(index, size, log)
        const claim = { index, size, leafHash: leaves[index]!, root: roots[size]!, proof }
        for (const mutant of mutate(proof, at, kind, bit)) {
          expect(() => verifyInclusion({ ...claim, proof: mutant })).toThrow(LogError)
        }
        expect(() => verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, bit) })).toThrow(LogError)
        expect(() => verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toThrow(LogError)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    [0, 0, 'index-out-of-range'],
    [5, 5, 'index-out-of-range'],
    [-1, 5, 'index-out-of-range'],
    [0.5, 5, 'index-out-of-range'],
    [Number.NaN, 5, 'index-out-of-range'],
    [0, -1, 'tree-size-invalid'],
    [0, 1.5, 'tree-size-invalid'],
    [0, 2 ** 53, 'tree-size-invalid'],
    [0, 601, 'tile-missing'],
  ])('none of index %d in %d entries: %s', async (index, size, code) => {
    await expect(inclusionProof(index, size, log)).rejects.toMatchObject({ name: 'LogError', code })
  })
})

describe('consistency proofs', () => {
  test(`between all trees up to ${SMALL} are as RFC 6962 says, and verify`, async () => {
    for (let to = 0; to <= SMALL; to++) {
      for (let from = 0; from <= to; from++) {
        const proof = await consistencyProof(from, to, log)
        expect(proof.map(hex)).toEqual(naiveConsistency(from, leaves.slice(0, to)).map(hex))
        verifyConsistency({ from, to, fromRoot: roots[from]!, toRoot: roots[to]!, proof })
      }
    }
  })

  test('across tiles', async () => {
    const spans = fc.integer({ min: 0, max: 600 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)))
    await fc.assert(
      fc.asyncProperty(spans, async ([from, to]) => {
        const proof = await consistencyProof(from, to, log)
        expect(proof.map(hex)).toEqual(naiveConsistency(from, leaves.slice(0, to)).map(hex))
        verifyConsistency({ from, to, fromRoot: roots[from]!, toRoot: roots[to]!, proof })
      }),
    )
  })

  test('across three tile levels, with one read', async () => {
    const large = new MemoryLog()
    await large.append(leaves)
    for (const from of [1, 256, 65_535, 65_536, 65_537, 69_999]) {
      large.reads.length = 0
      const proof = await consistencyProof(from, 70_000, large)
      expect(large.reads).toHaveLength(1)
      const fromRoot = naiveRoot(leaves.slice(0, from))
      verifyConsistency({ from, to: 70_000, fromRoot, toRoot: large.root, proof })
    }
  })

  test('between trees beyond 32 bits', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 2 ** 52 }), fc.integer({ min: 1, max: 2 ** 52 - 1 }))
    await fc.assert(
      fc.asyncProperty(sizes, async ([from, more]) => {
        const to = from + more
        const uniform = new UniformLog(to)
        const proof = await consistencyProof(from, to, uniform)
        const claim = { from, to, fromRoot: uniform.rootAt(from), toRoot: uniform.rootAt(to), proof }
        verifyConsistency(claim)
        expect(() => verifyConsistency({ ...claim, fromRoot: leaves[0]! })).toThrow(LogError)
      }),
      { numRuns: 50 },
    )
  })

  test.each(goodConsistency.cases)('published example verifies: $name', (vector) => {
    verifyConsistency(toConsistency(vector))
  })

  test.each(badConsistency.cases)('published example is refused: $name', (vector) => {
    expect(() => verifyConsistency(toConsistency(vector))).toThrow(
      expect.objectContaining({ name: 'LogError', code: vector.code }),
    )
  })

  test('any altered, dropped, added or exchanged hash is refused', async () => {
    const spans = fc
      .integer({ min: 2, max: 600 })
      .chain((n) => fc.tuple(fc.integer({ min: 1, max: n }), fc.constant(n)))
    await fc.assert(
      fc.asyncProperty(spans, fc.nat(), fc.nat(), fc.nat(255), async ([from, to], at, kind, bit) => {
        const proof = await consistencyProof(from, to, log)
        const claim = { from, to, fromRoot: roots[from]!, toRoot: roots[to]!, proof }
        for (const mutant of mutate(proof, at, kind, bit)) {
          expect(() => verifyConsistency({ ...claim, proof: mutant })).toThrow(LogError)
        }
        expect(() => verifyConsistency({ ...claim, fromRoot: flip(claim.fromRoot, bit) })).toThrow(LogError)
        expect(() => verifyConsistency({ ...claim, toRoot: flip(claim.toRoot, bit) })).toThrow(LogError)
      }),
      { numRuns: 200 },
    )
  })

  test('a log that rewrote one entry cannot prove itself consistent', async () => {
    const forged = new MemoryLog()
    await forged.append(leaves.slice(0, 600).with(17, leaves[999]!))
    const proof = await consistencyProof(400, 600, forged)
    expect(() =>
      verifyConsistency({ from: 400, to: 600, fromRoot: roots[400]!, toRoot: forged.root, proof }),
    ).toThrow(expect.objectContaining({ code: 'root-mismatch' }))
  })

  test('two roots of one size are refused', () => {
    const claim = { from: 5, to: 5, fromRoot: roots[5]!, toRoot: roots[6]!, proof: [] }
    expect(() => verifyConsistency(claim)).toThrow(expect.objectContaining({ code: 'root-mismatch' }))
  })

  test('from nothing, the first root must be that of the empty tree and the proof empty', () => {
    const claim = { from: 0, to: 5, fromRoot: roots[0]!, toRoot: roots[5]!, proof: [] }
    verifyConsistency(claim)
    expect(() => verifyConsistency({ ...claim, fromRoot: roots[1]! })).toThrow(
      expect.objectContaining({ code: 'root-mismatch' }),
    )
    expect(() => verifyConsistency({ ...claim, proof: [roots[5]!] })).toThrow(
      expect.objectContaining({ code: 'proof-length' }),
    )
  })

  test.each([
    [6, 5, 'tree-size-invalid'],
    [-1, 5, 'tree-size-invalid'],
    [1.5, 5, 'tree-size-invalid'],
    [1, 2 ** 53, 'tree-size-invalid'],
    [1, 700, 'tile-missing'],
  ])('none from %d to %d: %s', async (from, to, code) => {
    await expect(consistencyProof(from, to, log)).rejects.toMatchObject({ name: 'LogError', code })
  })
})

function toInclusion(vector: {
  index: number
  size: number
  leafHash: string
  root: string
  proof: string[]
}) {
  return {
    ...vector,
    leafHash: bytes(vector.leafHash),
    root: bytes(vector.root),
    proof: vector.proof.map(bytes),
  }
}

function toConsistency(vector: {
  from: number
  to: number
  fromRoot: string
  toRoot: string
  proof: string[]
}) {
  const { from, to, fromRoot, toRoot, proof } = vector
  return { from, to, fromRoot: bytes(fromRoot), toRoot: bytes(toRoot), proof: proof.map(bytes) }
}

/** Wrong proofs near a right one; `at` and `kind` choose where. */
function mutate(proof: readonly Uint8Array[], at: number, kind: number, bit: number): Uint8Array[][] {
  const mutants = [proof.toSpliced(at % (proof.length + 1), 0, leaves[kind % leaves.length]!)]
  if (proof.length === 0) return mutants
  const place = at % proof.length
  const other = kind % proof.length
  mutants.push(proof.with(place, flip(proof[place]!, bit)))
  mutants.push(proof.with(place, proof[place]!.subarray(1)))
  mutants.push(proof.toSpliced(place, 1))
  mutants.push(proof.toSpliced(place, 0, proof[place]!))
  if (place !== other) mutants.push(proof.with(place, proof[other]!).with(other, proof[place]!))
  return mutants
}

function flip(hash: Uint8Array, bit: number): Uint8Array {
  return hash.with(bit >> 3, hash[bit >> 3]! ^ (1 << (bit & 7)))
}
