/** The QR code that leads to a record's page (ISO/IEC 18004), drawn by the hub: dark on light, with its quiet zone. */
import { encode } from 'uqr'
import { escapeXml } from './text-fit.js'

/** A crumpled parcel label or a scratched window may lose a quarter of the code. */
const CORRECTION = 'Q'
/** Modules of light around the code; section 6.3.8 wants four. */
const QUIET_ZONE = 4
/** Pixels of a module where nobody says how large to draw it. */
const MODULE = 8

/** The code's modules as one path of horizontal runs, and how many modules a side has with the quiet zone. */
export function codeOf(address: string): { path: string; size: number } {
  const { data, size } = encode(address, { ecc: CORRECTION, boostEcc: true, border: QUIET_ZONE })
  const runs: string[] = []
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue
      const start = x
      while (x < size && row[x]) x += 1
      runs.push(`M${start} ${y}h${x - start}v1H${start}z`)
    }
  }
  return { path: runs.join(''), size }
}

/** The code as a picture. @param title says where it leads */
export function drawCode(address: string, title: string, lang: string): string {
  const { path, size } = codeOf(address)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * MODULE}" height="${size * MODULE}" role="img" lang="${lang}" xml:lang="${lang}" aria-labelledby="t" shape-rendering="crispEdges"><title id="t">${escapeXml(title)}</title><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
}
