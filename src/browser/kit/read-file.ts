/** Reads a file that a person attaches: known by its first bytes, and images drawn anew, so that no EXIF, no place, goes along. */
import { MAX_ATTACHMENT_BYTES } from '../../dispute/payload.js'

/** A file as it will be encrypted. */
export interface ReadFile {
  name: string
  type: 'image/jpeg' | 'image/png' | 'application/pdf'
  bytes: Uint8Array<ArrayBuffer>
}

/** Why a file can't be attached. `heic`: what iPhones make of photographs, which few officers can open. */
export type FileFault = 'empty' | 'heic' | 'type' | 'too-large' | 'unreadable'

export class FileError extends Error {
  override readonly name = 'FileError'
  readonly code: FileFault

  constructor(code: FileFault) {
    super(code)
    this.code = code
  }
}

/** Longest side of a picture in pixels: small print on a receipt stays readable. */
export const MAX_SIDE = 3000
/** Largest photograph that is opened at all: a telephone with 2 GB of memory must decode it. */
const MAX_PHOTO_BYTES = 40 * 1024 * 1024
/** Above this a drawn PNG is a photograph and shrinks as JPEG. */
const MAX_PNG_BYTES = 3 * 1024 * 1024
const JPEG_QUALITY = 0.86
/** Longest name that is kept: the ending is made anew. */
const MAX_NAME = 120

/** @throws FileError */
export async function readFile(file: File): Promise<ReadFile> {
  if (file.size === 0) throw new FileError('empty')
  if (file.size > MAX_PHOTO_BYTES) throw new FileError('too-large')
  const head = new Uint8Array(await bytesOf(file.slice(0, 16)))
  const kind = sniff(head)
  if (kind === 'heic') throw new FileError('heic')
  if (!kind) throw new FileError('type')
  const name = file.name.replace(/\.[^.]*$/, '').slice(0, MAX_NAME) || 'file'
  if (kind === 'pdf') {
    if (file.size > MAX_ATTACHMENT_BYTES) throw new FileError('too-large')
    return { name: `${name}.pdf`, type: 'application/pdf', bytes: new Uint8Array(await bytesOf(file)) }
  }
  const blob = await drawAnew(file, kind)
  if (blob.size > MAX_ATTACHMENT_BYTES) throw new FileError('too-large')
  const isPng = blob.type === 'image/png'
  return {
    name: `${name}.${isPng ? 'png' : 'jpg'}`,
    type: isPng ? 'image/png' : 'image/jpeg',
    bytes: new Uint8Array(await bytesOf(blob)),
  }
}

/** What the first bytes say. The name's ending and the stated type are the sender's word only. */
export function sniff(head: Uint8Array): 'jpeg' | 'png' | 'webp' | 'pdf' | 'heic' | undefined {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(0, 5) === '%PDF-') return 'pdf'
  if (text(4, 8) === 'ftyp' && /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(text(8, 12))) return 'heic'
  return undefined
}

async function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer()
  } catch {
    // A file in the cloud that could not be fetched, or one that was removed meanwhile.
    throw new FileError('unreadable')
  }
}

async function drawAnew(file: File, kind: 'jpeg' | 'png' | 'webp'): Promise<Blob> {
  const address = URL.createObjectURL(file)
  try {
    // An <img> turns a photograph as its EXIF says; createImageBitmap of older browsers does not.
    const image = new Image()
    image.src = address
    await image.decode().catch(() => {
      throw new FileError('unreadable')
    })
    const scale = Math.min(1, MAX_SIDE / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    const context = canvas.getContext('2d')
    if (!context) throw new FileError('unreadable')
    if (kind === 'png') {
      context.drawImage(image, 0, 0, canvas.width, canvas.height)
      const png = await toBlob(canvas, 'image/png')
      if (png.size <= MAX_PNG_BYTES) return png
    }
    // JPEG knows no transparency: without white beneath, it would turn black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await toBlob(canvas, 'image/jpeg')
  } finally {
    URL.revokeObjectURL(address)
  }
}

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new FileError('unreadable'))), type, JPEG_QUALITY),
  )
}
