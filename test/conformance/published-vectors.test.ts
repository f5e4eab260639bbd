/** Vectors that others published, put to our code and to the verifier written from the C2SP texts: both agree with them. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../src/log/encoding.js'
import * as ours from '../../src/log/note.js'
import { createNoteSigner, createNoteVerifier, parseVerifierKey } from '../../src/log/note-key.js'
import { verifyConsistency, verifyInclusion } from '../../src/log/verify-proof.js'
import badCheckpoint from '../vectors/invalid/log-checkpoint.json' with { type: 'json' }
import badConsistency from '../vectors/invalid/log-consistency-proof.json' with { type: 'json' }
import badInclusion from '../vectors/invalid/log-inclusion-proof.json' with { type: 'json' }
import badNote from '../vectors/invalid/log-note.json' with { type: 'json' }
import badTlogProof from '../vectors/invalid/log-tlog-proof.json' with { type: 'json' }
import badGo from '../vectors/invalid/sumdb-note.json' with { type: 'json' }
import argon from '../vectors/valid/argon2020-proofs.json' with { type: 'json' }
import goodCheckpoint from '../vectors/valid/log-checkpoint.json' with { type: 'json' }
import goodConsistency from '../vectors/valid/log-consistency-proof.json' with { type: 'json' }
import goodInclusion from '../vectors/valid/log-inclusion-proof.json' with { type: 'json' }
import goodNote from '../vectors/valid/log-note.json' with { type: 'json' }
import goodPath from '../vectors/valid/log-tile-path.json' with { type: 'json' }
import goodTlogProof from '../vectors/valid/log-tlog-proof.json' with { type: 'json' }
import tree from '../vectors/valid/log-tree.json' with { type: 'json' }
import go from '../vectors/valid/sumdb-note.json' with { type: 'json' }
import { checkConsistency, checkInclusion, hashLeaf, treeHash } from './c2sp/merkle.js'
import { tilePath } from './c2sp/read-log.js'
import { openCheckpoint, openNote, readBase64, readVerifierKey } from './c2sp/signed-note.js'
import { checkTlogProof } from './c2sp/tlog-proof.js'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const hashes = (proof: readonly string[]) => proof.map(readBase64)
const verifiersOf = (vkeys: readonly string[]) => Promise.all(vkeys.map(createNoteVerifier))

describe('notes of Go’s checksum database', () => {
  it.each(go.cases)('open: $name', async ({ vkeys, note, text }) => {
    const opened = await ours.openNote(note, await verifiersOf(vkeys))
    expect(opened.text).toBe(text)
    expect(opened.verified.map(({ name }) => name)).toEqual(vkeys.map((vkey) => vkey.split('+')[0]))
    for (const vkey of vkeys) expect(openNote(bytes(note), vkey)).toBe(text)
  })

  it('are written byte for byte by who has the published seed', async () => {
    const { vkey, seed, text, signed } = go.signer
    const { name, publicKey } = parseVerifierKey(vkey)
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), readBase64(seed)])
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
    expect(await ours.signNote(text, createNoteSigner(name, key, publicKey))).toBe(signed)
  })

  it.each(badGo.cases)('are refused: $name', async ({ vkey, note, code }) => {
    await expect(ours.openNote(note, await verifiersOf([vkey]))).rejects.toMatchObject({ code })
    expect(() => openNote(bytes(note), vkey)).toThrow()
  })

  it('are refused: bytes that are not UTF-8', async () => {
    const { vkey } = badGo.cases[0]!
    const note = readBase64(badGo.notUtf8)
    // Our code takes a text. What a lenient decoder makes of such bytes is another text than the one that was signed.
    await expect(ours.openNote(note.toString(), await verifiersOf([go.signer.vkey]))).rejects.toMatchObject({
      code: 'signature-invalid',
    })
    expect(() => openNote(note, vkey)).toThrow()
  })

  it.each(badGo.vkeys)('have no such key: $name', ({ vkey }) => {
    expect(() => parseVerifierKey(vkey)).toThrow()
    expect(() => readVerifierKey(vkey)).toThrow()
  })

  it('have no key that is a part of the published one, or has one other character', () => {
    const { vkey } = go.signer
    for (let i = 0; i < vkey.length; i += 1) {
      const raised = vkey.slice(0, i) + String.fromCharCode(vkey.charCodeAt(i) + 1) + vkey.slice(i + 1)
      for (const bad of [vkey.slice(i + 1), vkey.slice(0, i), raised]) {
        expect(() => parseVerifierKey(bad), bad).toThrow()
        expect(() => readVerifierKey(bad), bad).toThrow()
      }
    }
  })
})

describe('proofs of a Certificate Transparency log of 961,984,013 entries', () => {
  const { size, root, inclusion, consistency } = argon
  const { index, leafHash } = inclusion
  const { from, fromRoot } = consistency

  it('its entry stands in it', () => {
    checkInclusion(index, size, readBase64(leafHash), hashes(inclusion.proof), readBase64(root))
    const proof = inclusion.proof.map(decodeBase64)
    verifyInclusion({ index, size, leafHash: decodeBase64(leafHash), root: decodeBase64(root), proof })
  })

  it('it begins with its earlier tree', () => {
    const [first, second] = [
      { size: from, root: readBase64(fromRoot) },
      { size, root: readBase64(root) },
    ]
    checkConsistency(first, second, hashes(consistency.proof))
    expect(() => checkConsistency({ ...first, size: from + 1 }, second, hashes(consistency.proof))).toThrow()
    const proof = consistency.proof.map(decodeBase64)
    verifyConsistency({ from, to: size, fromRoot: decodeBase64(fromRoot), toRoot: decodeBase64(root), proof })
  })
})

describe('the verifier from the C2SP texts', () => {
  it('imports nothing of the hub', () => {
    const folder = new URL('c2sp/', import.meta.url)
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(3)
    const imported = files.flatMap((file) => [
      ...readFileSync(new URL(file, folder), 'utf8').matchAll(
        /\bfrom '([^']+)'|\b(?:import|require)\(?\s*'([^']+)/g,
      ),
    ])
    const own = files.map((file) => `./${file.replace(/\.ts$/, '.js')}`)
    expect(
      imported
        .map(([, name, called]) => name ?? called)
        .filter((name) => name !== 'node:crypto' && !own.includes(name!)),
    ).toEqual([])
  })

  it('opens every valid note and checkpoint, and no other', () => {
    for (const { vkey, note, text } of goodNote.cases) expect(openNote(bytes(note), vkey)).toBe(text)
    for (const { note, size, root } of goodCheckpoint.cases)
      expect(openCheckpoint(bytes(note), goodCheckpoint.vkey)).toMatchObject({
        size,
        root: Buffer.from(root, 'hex'),
      })
    for (const { name, note } of badNote.cases)
      expect(() => openNote(bytes(note), badNote.vkey), name).toThrow()
    for (const { name, note } of badCheckpoint.cases)
      expect(() => openCheckpoint(bytes(note), badCheckpoint.vkey), name).toThrow()
  })

  it('accepts every valid proof, and no other', () => {
    for (const { index, size, leafHash, root, proof } of goodInclusion.cases)
      checkInclusion(index, size, readBase64(leafHash), hashes(proof), readBase64(root))
    for (const { name, index, size, leafHash, root, proof } of badInclusion.cases)
      expect(
        () => checkInclusion(index, size, readBase64(leafHash), hashes(proof), readBase64(root)),
        name,
      ).toThrow()
    type Claim = (typeof goodConsistency.cases)[number]
    const check = ({ from, to, fromRoot, toRoot, proof }: Claim) =>
      checkConsistency(
        { size: from, root: readBase64(fromRoot) },
        { size: to, root: readBase64(toRoot) },
        hashes(proof),
      )
    for (const claim of goodConsistency.cases) check(claim)
    for (const claim of badConsistency.cases) expect(() => check(claim), claim.name).toThrow()
  })

  it('accepts every valid .tlog-proof, and no other', () => {
    const { vkey } = goodTlogProof
    for (const { text, entry, index, size } of goodTlogProof.cases)
      expect(checkTlogProof(text, vkey, bytes(entry))).toMatchObject({ index, checkpoint: { size } })
    for (const { name, text, entry } of badTlogProof.cases)
      expect(() => checkTlogProof(text, badTlogProof.vkey, bytes(entry)), name).toThrow()
  })

  it('hashes trees and names tiles as published', () => {
    const leaves = tree.leaves.map((hex) => hashLeaf(Buffer.from(hex, 'hex')))
    tree.roots.forEach((root, size) => {
      expect(treeHash(leaves.slice(0, size)).toString('hex')).toBe(root)
    })
    for (const { path, level, index, width } of goodPath.cases)
      expect(tilePath(level as number | 'entries', index, width)).toBe(path)
    // The example of tlog-tiles.
    expect(tilePath(0, 1234067)).toBe('tile/0/x001/x234/067')
  })
})
