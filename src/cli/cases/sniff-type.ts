/** What a file really is, by its first bytes: the sender's word for it decides nothing (OWASP File Upload). */
import type { ATTACHMENT_TYPES } from '../../dispute/payload.js'

export type AttachmentType = (typeof ATTACHMENT_TYPES)[number]

/** The extension of each type, by which an officer's machine chooses the program that opens it. */
export const EXTENSIONS: Readonly<Record<AttachmentType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}

/** Readers of PDF look for its mark this far into a file, so a picture that holds one there is two things at once. */
const PDF_SEARCH = 1024

/**
 * The type of a file by its magic bytes; undefined for anything else, and for a picture that a PDF reader would open
 * too: such a file shows one thing to who checks it and another to who reads it.
 */
export function sniffType(bytes: Uint8Array): AttachmentType | undefined {
  const head = latin1(bytes.subarray(0, PDF_SEARCH))
  if (head.startsWith('%PDF-')) return 'application/pdf'
  if (head.includes('%PDF-')) return undefined
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  return undefined
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
