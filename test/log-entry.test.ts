import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatEntry, type LogEntry, MAX_ENTRY_BYTES, parseEntry } from '../src/log/entry.js'
import { LogError } from '../src/log/error.js'
import invalid from './vectors/invalid/log-entry.json' with { type: 'json' }
import valid from './vectors/valid/log-entry.json' with { type: 'json' }

const sample: LogEntry = {
  at: 1790000000000,
  issuer: 'th-demo',
  kind: 'record',
  sha256: 'ab'.repeat(32),
  v: 1,
}

describe('a log entry is read and written in its canonical form', () => {
  test.each(valid.cases)('$name', ({ entry, text }) => {
    expect(formatEntry(entry as LogEntry)).toBe(text)
    expect(parseEntry(text)).toEqual(entry)
    expect(parseEntry(new TextEncoder().encode(text))).toEqual(entry)
  })

  test('members that are not part of the entry stay out of it', () => {
    expect(formatEntry({ ...sample, statement: 'x' } as LogEntry)).toBe(formatEntry(sample))
  })

  test('every entry survives the way to text and back', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 })
    const hash = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString('hex'))
    const entries = fc.record({
      at: fc.maxSafeNat(),
      issuer: name,
      kind: name,
      sha256: hash,
      v: fc.constant(1 as const),
    })
    fc.assert(
      fc.property(entries, (entry) => {
        expect(parseEntry(formatEntry(entry))).toEqual(entry)
      }),
    )
  })
})

describe('a log entry is refused', () => {
  test.each(invalid.cases)('$name', ({ text, code }) => {
    expect(() => parseEntry(text)).toThrow(expect.objectContaining({ name: 'LogError', code }))
    // A lone surrogate has no bytes of its own, the escaped one in the vectors has.
    expect(() => parseEntry(new TextEncoder().encode(text))).toThrow(LogError)
  })

  test('bytes that are not UTF-8', () => {
    const bytes = Buffer.from(formatEntry(sample).replace('th-demo', 'th-dem?'))
    bytes[bytes.indexOf('?')] = 0xff
    expect(() => parseEntry(bytes)).toThrow(expect.objectContaining({ code: 'entry-malformed' }))
  })

  test('a byte order mark before the bytes', () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(formatEntry(sample))])
    expect(() => parseEntry(bytes)).toThrow(expect.objectContaining({ code: 'entry-malformed' }))
  })

  test('more bytes than a bundle can count', () => {
    const rest = formatEntry({ ...sample, kind: 'k' }).length - 1
    const fits = formatEntry({ ...sample, kind: 'k'.repeat(MAX_ENTRY_BYTES - rest) })
    expect(fits).toHaveLength(MAX_ENTRY_BYTES)
    expect(parseEntry(fits)).toMatchObject({ issuer: 'th-demo' })
    const tooLarge = expect.objectContaining({ code: 'entry-too-large' })
    expect(() => parseEntry(fits.replace('"kind":"', '"kind":"k'))).toThrow(tooLarge)
    // Counted in bytes: as many Thai characters need three times the room.
    expect(() => formatEntry({ ...sample, kind: 'ก'.repeat(22_000) })).toThrow(tooLarge)
  })
})
