/** Finds a text in bytes however it may have got there: as it is, escaped, or in another encoding. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every form of a text that a program writes without meaning to; each is looked for as bytes. */
function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8')
  const escaped = [...text]
    .flatMap((character) => character.split(''))
    .map((unit) =>
      unit.charCodeAt(0) < 128 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .join('')
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(escaped),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(utf8.toString('hex').toUpperCase()),
    ...base64Forms(utf8),
  ]
}

/** In base64 a text looks different at each of three places; the characters that its neighbours share are cut off. */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url')
    const from = Math.ceil((shift * 4) / 3)
    const core = whole.slice(from, Math.floor(((shift + bytes.length) * 4) / 3))
    return [Buffer.from(core), Buffer.from(core.replaceAll('-', '+').replaceAll('_', '/'))]
  })
}

export function hasTrace(bytes: Buffer, text: string): boolean {
  return formsOf(text).some((form) => bytes.includes(form))
}

/** Which of the texts stand anywhere in a file or folder: `<text> in <file>`. */
export function tracesIn(path: string, texts: Readonly<Record<string, string>>): string[] {
  if (statSync(path).isDirectory())
    return readdirSync(path).flatMap((name) => tracesIn(join(path, name), texts))
  return tracesInBytes(readFileSync(path), texts).map((name) => `${name} in ${path}`)
}

export function tracesInBytes(bytes: Buffer, texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts)
    .filter(([, text]) => hasTrace(bytes, text))
    .map(([name]) => name)
}
