/** Consumers' mail addresses, closed under a key in a file of its own, which backups of the data leave out (facts 3.3). */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AddressBox } from '../hub/cases/ports.js'

const KEY_BYTES = 32
/** NIST SP 800-38D: 96 bits, drawn at random; fine for far more addresses than there will be. */
const IV_BYTES = 12
const PURPOSE = new TextEncoder().encode('trustmark hub: consumer address v1')

/** Opens the box, making its key (0600) when there is none. @throws Error when the file holds no such key */
export async function openAddressBox(file: string): Promise<AddressBox> {
  const key = await crypto.subtle.importKey('raw', readKey(file), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const algorithm = (iv: Uint8Array<ArrayBuffer>) => ({ name: 'AES-GCM', iv, additionalData: PURPOSE })
  return {
    async close(address) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const bytes = new TextEncoder().encode(address)
      const closed = await crypto.subtle.encrypt(algorithm(iv), key, bytes)
      return Buffer.concat([iv, new Uint8Array(closed)]).toString('base64url')
    },
    async open(closed) {
      const bytes = new Uint8Array(Buffer.from(closed, 'base64url'))
      try {
        const opened = await crypto.subtle.decrypt(
          algorithm(bytes.slice(0, IV_BYTES)),
          key,
          bytes.slice(IV_BYTES),
        )
        return new TextDecoder().decode(opened)
      } catch {
        throw new Error(`an address was closed under another key than that in ${file}`)
      }
    },
  }
}

function readKey(file: string): Uint8Array<ArrayBuffer> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const read = (): string | undefined => {
    try {
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const key = new Uint8Array(Buffer.from(read() ?? makeKey(file) ?? read() ?? '', 'base64url'))
  if (key.length !== KEY_BYTES) throw new Error(`${file} holds no key of ${KEY_BYTES} bytes in base64url`)
  return key
}

/** @returns undefined when another process was first: linking fails then, and nobody sees a file half-written */
function makeKey(file: string): string | undefined {
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES))).toString('base64url')
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${key}\n`, { mode: 0o600 })
  try {
    linkSync(unfinished, file)
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  } finally {
    rmSync(unfinished, { force: true })
  }
}
