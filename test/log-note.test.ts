import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  formatNote,
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  openNote,
  parseNote,
  signNote,
} from '../src/log/note.js'
import {
  createNoteSigner,
  createNoteVerifier,
  ED25519,
  ED25519_COSIGNATURE,
  formatVerifierKey,
  keyId,
  type NoteSigner,
  type NoteVerifier,
  parseVerifierKey,
} from '../src/log/note-key.js'
import invalid from './vectors/invalid/log-note.json' with { type: 'json' }
import invalidKey from './vectors/invalid/log-verifier-key.json' with { type: 'json' }
import valid from './vectors/valid/log-note.json' with { type: 'json' }

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function makeKey(name: string): Promise<{ signer: NoteSigner; verifier: NoteVerifier; vkey: string }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const vkey = formatVerifierKey({ name, type: ED25519, publicKey })
  return {
    signer: createNoteSigner(name, pair.privateKey, publicKey),
    verifier: await createNoteVerifier(vkey),
    vkey,
  }
}

let log: Awaited<ReturnType<typeof makeKey>>
let other: Awaited<ReturnType<typeof makeKey>>

beforeAll(async () => {
  log = await makeKey('hub.example/log')
  other = await makeKey('witness.example')
})

describe('verifier keys', () => {
  test('the example of the specification reads and writes', () => {
    const { vkey } = valid.cases[0]!
    const key = parseVerifierKey(vkey)
    expect(key).toMatchObject({ name: 'example.com/foo', type: ED25519 })
    expect(hex(keyId(key.name, key.type, key.publicKey))).toBe('530d903a')
    expect(formatVerifierKey(key)).toBe(vkey)
  })

  test('a key has another ID as cosigner, and can be read as such', () => {
    const { publicKey } = parseVerifierKey(log.vkey)
    const cosigner = formatVerifierKey({ name: 'hub.example/log', type: ED25519_COSIGNATURE, publicKey })
    expect(parseVerifierKey(cosigner)).toEqual({
      name: 'hub.example/log',
      type: ED25519_COSIGNATURE,
      publicKey,
    })
    expect(cosigner.split('+')[1]).not.toBe(log.vkey.split('+')[1])
  })

  test('a cosigner key does not verify note texts', async () => {
    const { publicKey } = parseVerifierKey(log.vkey)
    const cosigner = formatVerifierKey({ name: 'hub.example/log', type: ED25519_COSIGNATURE, publicKey })
    await expect(createNoteVerifier(cosigner)).rejects.toMatchObject({ code: 'key-type-unsupported' })
  })

  test.each(invalidKey.cases)('refused: $name', async ({ vkey, code }) => {
    expect(() => parseVerifierKey(vkey)).toThrow(expect.objectContaining({ name: 'LogError', code }))
    await expect(createNoteVerifier(vkey)).rejects.toMatchObject({ code })
  })
})

describe('notes that open', () => {
  test.each(valid.cases)('$name', async ({ vkey, note, text }) => {
    const verifier = await createNoteVerifier(vkey)
    const opened = await openNote(note, [verifier])
    expect(opened.text).toBe(text)
    expect(opened.verified.map(({ name, keyId }) => [name, hex(keyId)])).toEqual([
      [verifier.name, hex(verifier.keyId)],
    ])
    expect(formatNote(parseNote(note))).toBe(note)
  })

  test('a signed text opens with its key, and says who signed', async () => {
    const note = await signNote('text\n', log.signer, other.signer)
    const { text, verified } = await openNote(note, [other.verifier, log.verifier])
    expect(text).toBe('text\n')
    expect(verified.map(({ name }) => name)).toEqual(['hub.example/log', 'witness.example'])
  })

  test('any text without control characters survives signing and opening', async () => {
    const line = fc.string({ unit: 'grapheme' }).filter((s) => !/\p{Cc}/u.test(s))
    const texts = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => `${lines.join('\n')}\n`)
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const opened = await openNote(await signNote(text, log.signer), [log.verifier])
        expect(opened.text).toBe(text)
      }),
    )
  })

  test('a note takes lines of any signature type, and the most lines allowed', async () => {
    const { text, signatures } = parseNote(await signNote('text\n', log.signer))
    const lines = Array.from({ length: MAX_NOTE_SIGNATURES - 1 }, (_, i) => ({
      name: `witness${i}.example`,
      keyId: keyId(`witness${i}.example`, ED25519_COSIGNATURE, new Uint8Array(32)),
      signature: new Uint8Array(72).fill(i),
    }))
    const note = formatNote({ text, signatures: [...lines, ...signatures] })
    expect((await openNote(note, [log.verifier])).verified).toHaveLength(1)
  })

  test('a verifier of another signature type gets the text and the signature without key ID', async () => {
    const seen: unknown[] = []
    const cosigner: NoteVerifier = {
      name: 'witness.example',
      keyId: new Uint8Array([1, 2, 3, 4]),
      verify: async (text, signature) => {
        seen.push([new TextDecoder().decode(text), signature.length])
        return true
      },
    }
    const { text, signatures } = parseNote(await signNote('text\n', log.signer))
    const line = { name: cosigner.name, keyId: cosigner.keyId, signature: new Uint8Array(72) }
    const opened = await openNote(formatNote({ text, signatures: [...signatures, line] }), [
      log.verifier,
      cosigner,
    ])
    expect(opened.verified).toHaveLength(2)
    expect(seen).toEqual([['text\n', 72]])
  })
})

describe('notes that are refused', () => {
  test.each(invalid.cases)('$name', async ({ note, code }) => {
    const verifier = await createNoteVerifier(invalid.vkey)
    await expect(openNote(note, [verifier])).rejects.toMatchObject({ name: 'LogError', code })
  })

  test('any changed character of the text', async () => {
    const note = await signNote('hub.example/log\n42\nroot\n', log.signer)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(21),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        async (at, char) => {
          fc.pre(note[at] !== char)
          const altered = note.slice(0, at) + char + note.slice(at + 1)
          await expect(openNote(altered, [log.verifier])).rejects.toMatchObject({ name: 'LogError' })
        },
      ),
    )
  })

  test('one without trusted keys', async () => {
    const note = await signNote('text\n', log.signer)
    await expect(openNote(note, [])).rejects.toMatchObject({ code: 'signature-missing' })
  })

  test('one with a lone surrogate, which would verify as another text', async () => {
    const note = await signNote('text \ufffd\n', log.signer)
    await expect(openNote(note.replace('\ufffd', '\ud800'), [log.verifier])).rejects.toMatchObject({
      code: 'note-malformed',
    })
  })

  test('one that is too large', async () => {
    const note = await signNote('text\n', log.signer)
    await expect(openNote('x'.repeat(MAX_NOTE_LENGTH) + note, [log.verifier])).rejects.toMatchObject({
      code: 'note-too-large',
    })
    await expect(signNote(`${'x'.repeat(MAX_NOTE_LENGTH)}\n`, log.signer)).rejects.toMatchObject({
      code: 'note-too-large',
    })
  })

  test('two trusted keys with one name and ID', async () => {
    const note = await signNote('text\n', log.signer)
    await expect(openNote(note, [log.verifier, other.verifier, log.verifier])).rejects.toMatchObject({
      code: 'verifier-duplicate',
    })
  })
})

describe('what is not signed', () => {
  test.each(['', 'no newline', 'tab\t\n', 'carriage return\r\n', 'lone \ud800\n'])(
    'text %j',
    async (text) => {
      await expect(signNote(text, log.signer)).rejects.toMatchObject({
        name: 'LogError',
        code: 'note-malformed',
      })
    },
  )

  test('a text without any signer', async () => {
    await expect(signNote('text\n')).rejects.toMatchObject({ code: 'note-malformed' })
  })

  test.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\nb'])('key name %j', async (name) => {
    await expect(makeKey(name)).rejects.toMatchObject({ code: 'key-name-invalid' })
    await expect(signNote('text\n', { ...log.signer, name })).rejects.toMatchObject({
      code: 'key-name-invalid',
    })
  })
})
