/** A photograph as a telephone makes it: a JPEG whose EXIF says where it was taken and how it is turned. */
import type { Page } from 'playwright-core'

/** Stands in the EXIF: it must be nowhere afterwards. */
export const GPS_SENTINEL = 'GPS-SENTINEL-13.7563N-100.5018E'

/** Width and height as stored; EXIF turns it by 90 degrees. */
export const STORED = { width: 80, height: 40 }

export async function makePhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(({ width, height }) => {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')!
    context.fillStyle = '#a33'
    context.fillRect(0, 0, width, height)
    return canvas.toDataURL('image/jpeg').split(',')[1]!
  }, STORED)
  const jpeg = Buffer.from(base64, 'base64')
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)])
}

/** APP1 with a TIFF of two entries: Orientation 6, and ImageDescription with the place. */
function exif(): Buffer {
  const text = Buffer.from(`${GPS_SENTINEL}\0`, 'latin1')
  const tiff = Buffer.alloc(8 + 2 + 24 + 4)
  tiff.write('MM', 0, 'latin1')
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8)
  tiff.writeUInt16BE(0x010e, 10)
  tiff.writeUInt16BE(2, 12)
  tiff.writeUInt32BE(text.length, 14)
  tiff.writeUInt32BE(tiff.length, 18)
  tiff.writeUInt16BE(0x0112, 22)
  tiff.writeUInt16BE(3, 24)
  tiff.writeUInt32BE(1, 26)
  tiff.writeUInt16BE(6, 30)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text])
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xffe1, 0)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
