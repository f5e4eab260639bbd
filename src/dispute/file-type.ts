/** What a file really is, by its first bytes: name and stated type are the sender's word only (OWASP File Upload). */
import type { ATTACHMENT_TYPES } from './payload.js'

export type AttachmentType = (typeof ATTACHMENT_TYPES)[number]

/** Readers of PDF look for its mark this far into a file, so a picture that holds one there is two things at once. */
export const TYPE_BYTES = 1024

/** What iPhones make of photographs (ISO 23008-12), which few officers can open: known, to be told, and not taken. */
const HEIC = /^ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/

/**
 * The type of a file by its magic bytes; undefined for anything else, and for a picture that a PDF reader would open
 * too: such a file shows one thing to who checks it and another to who reads it.
 * @param bytes the whole file, or its first {@link TYPE_BYTES}
 */
export function fileTypeOf(bytes: Uint8Array): AttachmentType | 'image/heic' | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, TYPE_BYTES))
  if (head.startsWith('%PDF-')) return 'application/pdf'
  if (head.includes('%PDF-')) return undefined
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  return HEIC.test(head.slice(4, 12)) ? 'image/heic' : undefined
}
