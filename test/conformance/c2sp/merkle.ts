/** Merkle trees by RFC 6962 section 2.1, and their proofs by RFC 9162 sections 2.1.3.2 and 2.1.4.2, and nothing else. */
import { createHash } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const ZERO = Buffer.from([0])
const ONE = Buffer.from([1])

export const emptyRoot = (): Buffer => sha256()
export const hashLeaf = (entry: Uint8Array): Buffer => sha256(ZERO, entry)
export const hashChildren = (left: Uint8Array, right: Uint8Array): Buffer => sha256(ONE, left, right)

/** MTH over leaf hashes, or over hashes of perfect subtrees that are all of one size. */
export function treeHash(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes
  if (only === undefined) return emptyRoot()
  if (hashes.length === 1) return only
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return hashChildren(treeHash(hashes.slice(0, k)), treeHash(hashes.slice(k)))
}

/** The root of every tree that these leaves went through as they grew: MTH(D[0:size]), each perfect subtree hashed once. */
export function growingTree(leaves: readonly Buffer[]): (size: number) => Buffer {
  const heights: (readonly Buffer[])[] = [leaves]
  for (let below = leaves; below.length > 1; ) {
    below = below.slice(0, below.length - (below.length % 2))
    const above = below.flatMap((left, i) => (i % 2 === 0 ? hashChildren(left, below[i + 1] ?? left) : []))
    heights.push(above)
    below = above
  }
  return (size) => {
    let right: Buffer | undefined
    heights.forEach((hashes, height) => {
      const count = Math.floor(size / 2 ** height)
      const left = count % 2 === 1 ? hashes[count - 1] : undefined
      if (left) right = right ? hashChildren(left, right) : left
    })
    return right ?? emptyRoot()
  }
}

function assertHashes(hashes: readonly Buffer[]): void {
  if (hashes.some((hash) => hash.length !== 32)) throw new Error('a SHA-256 hash has 32 bytes')
}

/** RFC 9162 2.1.3.2, with the RFC's names. @throws Error */
export function checkInclusion(
  leafIndex: number,
  treeSize: number,
  leaf: Buffer,
  path: readonly Buffer[],
  root: Buffer,
): void {
  assertHashes([leaf, root, ...path])
  if (leafIndex >= treeSize) throw new Error(`no index ${leafIndex} in a tree of ${treeSize}`)
  let fn = BigInt(leafIndex)
  let sn = BigInt(treeSize - 1)
  let r = leaf
  for (const p of path) {
    if (sn === 0n) throw new Error('the path is too long')
    if (fn & 1n || fn === sn) {
      r = hashChildren(p, r)
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else r = hashChildren(r, p)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  if (sn !== 0n || !r.equals(root)) throw new Error(`entry ${leafIndex} is not in this tree of ${treeSize}`)
}

/** RFC 9162 2.1.4.2, with the RFC's names; the empty tree begins every tree. @throws Error */
export function checkConsistency(
  first: { size: number; root: Buffer },
  second: { size: number; root: Buffer },
  path: readonly Buffer[],
): void {
  assertHashes([first.root, second.root, ...path])
  const inconsistent = new Error(`the tree of ${second.size} does not begin with that of ${first.size}`)
  if (first.size > second.size) throw inconsistent
  if (first.size === 0 || first.size === second.size) {
    const same = first.size === 0 ? first.root.equals(emptyRoot()) : first.root.equals(second.root)
    if (path.length > 0 || !same) throw inconsistent
    return
  }
  const [start, ...rest] = Number.isInteger(Math.log2(first.size)) ? [first.root, ...path] : path
  if (start === undefined || path.length === 0) throw inconsistent
  let fn = BigInt(first.size - 1)
  let sn = BigInt(second.size - 1)
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n]
  let fr = start
  let sr = start
  for (const c of rest) {
    if (sn === 0n) throw inconsistent
    if (fn & 1n || fn === sn) {
      fr = hashChildren(c, fr)
      sr = hashChildren(c, sr)
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else sr = hashChildren(sr, c)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  if (!fr.equals(first.root) || !sr.equals(second.root) || sn !== 0n) throw inconsistent
}
