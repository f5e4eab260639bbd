/** Reads a file that a person attaches: known by its first bytes, and images drawn anew, so that no EXIF, no place, goes along. */
import { type AttachmentType, fileTypeOf, TYPE_BYTES } from '../../dispute/file-type.js'
import { MAX_ATTACHMENT_BYTES } from '../../dispute/payload.js'

/** A file as it will be encrypted. */
export interface ReadFile {
  name: string
  type: Exclude<AttachmentType, 'image/webp'>
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
  const head = new Uint8Array(await bytesOf(file.slice(0, TYPE_BYTES)))
  const type = fileTypeOf(head)
  if (type === 'image/heic') throw new FileError('heic')
  if (!type) throw new FileError('type')
  const name = file.name.replace(/\.[^.]*$/, '').slice(0, MAX_NAME) || 'file'
  if (type === 'application/pdf') {
    if (file.size > MAX_ATTACHMENT_BYTES) throw new FileError('too-large')
    return { name: `${name}.pdf`, type, bytes: new Uint8Array(await bytesOf(file)) }
  }
  const blob = await drawAnew(file, type)
  if (blob.size > MAX_ATTACHMENT_BYTES) throw new FileError('too-large')
  const isPng = blob.type === 'image/png'
  return {
    name: `${name}.${isPng ? 'png' : 'jpg'}`,
    type: isPng ? 'image/png' : 'image/jpeg',
    bytes: new Uint8Array(await bytesOf(blob)),
  }
}

async function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer()
  } catch {
    // A file in the cloud that could not be fetched, or one that was removed meanwhile.
    throw new FileError('unreadable')
  }
}

async function drawAnew(file: File, type: Exclude<AttachmentType, 'application/pdf'>): Promise<Blob> {
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
    if (type === 'image/png') {
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
