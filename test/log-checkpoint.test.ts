import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from '../src/log/checkpoint.js'
import { EMPTY_ROOT } from '../src/log/hash.js'
import { createNoteVerifier, type NoteVerifier } from '../src/log/note-key.js'
import invalid from './vectors/invalid/log-checkpoint.json' with { type: 'json' }
import valid from './vectors/valid/log-checkpoint.json' with { type: 'json' }

const root = new Uint8Array(32).fill(7)
let verifiers: NoteVerifier[]

beforeAll(async () => {
  verifiers = [await createNoteVerifier(valid.vkey)]
})

describe('a checkpoint opens', () => {
  test.each(valid.cases)('$name', async ({ note, size, root, extensions }) => {
    const opened = await openCheckpoint(note, { origin: valid.origin, verifiers })
    expect(opened).toMatchObject({ origin: valid.origin, size, extensions })
    expect(Buffer.from(opened.root).toString('hex')).toBe(root)
    expect(opened.verified.map(({ name }) => name)).toEqual([valid.origin])
    expect(note.startsWith(opened.text)).toBe(true)
  })

  test('any size and root survive the way to text and back', () => {
    const roots = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), roots, (size, root) => {
        const checkpoint = { origin: 'hub.example/log', size, root }
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ...checkpoint, extensions: [] })
      }),
    )
  })

  test('of the empty log', () => {
    const text = formatCheckpoint({ origin: 'hub.example/log', size: 0, root: EMPTY_ROOT })
    expect(text).toBe('hub.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')
    expect(parseCheckpoint(text)).toMatchObject({ size: 0, root: EMPTY_ROOT })
  })
})

describe('a checkpoint is refused', () => {
  test.each(invalid.cases)('$name', async ({ note, code }) => {
    expect(invalid.vkey).toBe(valid.vkey)
    const opening = openCheckpoint(note, { origin: invalid.origin, verifiers })
    await expect(opening).rejects.toMatchObject({ name: 'LogError', code })
  })

  test('cut off before its last newline', () => {
    const text = formatCheckpoint({ origin: 'hub.example/log', size: 3, root })
    expect(() => parseCheckpoint(text.slice(0, -1))).toThrow(
      expect.objectContaining({ code: 'checkpoint-malformed' }),
    )
  })
})

describe('a checkpoint is not written', () => {
  test.each([
    ['with an empty origin', { origin: '' }, 'checkpoint-malformed'],
    ['with a line break in its origin', { origin: 'a\n9' }, 'checkpoint-malformed'],
    ['with a negative size', { size: -1 }, 'tree-size-invalid'],
    ['with a fraction in its size', { size: 1.5 }, 'tree-size-invalid'],
    ['with a size that JavaScript would round', { size: 2 ** 53 }, 'tree-size-invalid'],
    ['with a root of 31 bytes', { root: new Uint8Array(31) }, 'hash-length'],
    ['for an empty log with another root', { size: 0 }, 'checkpoint-malformed'],
  ])('%s', (_name, change, code) => {
    const checkpoint = { origin: 'hub.example/log', size: 3, root, ...change }
    expect(() => formatCheckpoint(checkpoint)).toThrow(expect.objectContaining({ name: 'LogError', code }))
  })
})
