/**
 * Draws the picture that stands beside a shared link (Open Graph): the hub's two rings and its name in flat colours, as a PNG of
 * few colours, kept as text so that every runtime can serve it.
 * Usage: CHROMIUM_PATH=<browser> node scripts/draw-share-image.mjs writes src/pages/directory/share-image.ts. Without
 * CHROMIUM_PATH the browser is used that the browser tests unpacked. Exit codes: 0 written, 1 failed.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const WIDTH = 1200
const HEIGHT = 630
/** Shades between ground and sign: as many as four bits hold, enough for smooth edges. */
const SHADES = 16
const GROUND = [0x12, 0x35, 0x5b]
const SIGN = [0xff, 0xff, 0xff]

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><style>
html{background:rgb(${GROUND});color:rgb(${SIGN})}
body{margin:0;width:${WIDTH}px;height:${HEIGHT}px;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:44px}
svg{width:300px;fill:none;stroke:currentColor;stroke-width:3.75}
p{margin:0;font:700 104px/1 "Open Sans",system-ui,sans-serif}
</style><svg viewBox="2 9 44 30"><circle cx="17" cy="24" r="12"/><circle cx="31" cy="24" r="12"/></svg><p>Trustmark Hub</p></html>`

/**
 * Draws it.
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<Buffer>} the PNG
 */
export async function drawShareImage(browser) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
  await page.setContent(PAGE)
  const drawn = (await page.screenshot()).toString('base64')
  // One channel tells the shade: all colours lie between two.
  const reds = await page.evaluate(
    async ({ drawn, width, height }) => {
      const picture = new Image()
      picture.src = `data:image/png;base64,${drawn}`
      await picture.decode()
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d')
      context.drawImage(picture, 0, 0)
      return Array.from(context.getImageData(0, 0, width, height).data).filter((_, i) => i % 4 === 0)
    },
    { drawn, width: WIDTH, height: HEIGHT },
  )
  await page.close()
  return encodePng(reds.map((red) => Math.round(((red - GROUND[0]) / (SIGN[0] - GROUND[0])) * (SHADES - 1))))
}

/** A PNG with a palette and four bits for each point (PNG, section 11.2). */
function encodePng(shades) {
  const row = WIDTH / 2
  const data = Buffer.alloc(HEIGHT * (row + 1))
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < row; x += 1)
      data[y * (row + 1) + 1 + x] = (shades[y * WIDTH + 2 * x] << 4) | shades[y * WIDTH + 2 * x + 1]
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([4, 3, 0, 0, 0], 8)
  const palette = Buffer.from(
    Array.from({ length: SHADES }, (_, i) =>
      GROUND.map((from, channel) => Math.round(from + ((SIGN[channel] - from) * i) / (SHADES - 1))),
    ).flat(),
  )
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(data, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** The browser of the browser tests, with its own libraries and fonts. */
function launch() {
  const own = process.env.CHROMIUM_PATH
  const args = ['--no-sandbox', '--font-render-hinting=none']
  if (own) return chromium.launch({ executablePath: own, args })
  const cache = join(root, 'node_modules/.cache')
  const name = readdirSync(cache).find((folder) => /^chromium-\d/.test(folder))
  if (!name)
    throw new Error('Name a browser in CHROMIUM_PATH, or run a browser test once, which unpacks one.')
  const folder = join(cache, name)
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  }
  return chromium.launch({ executablePath: join(folder, 'chromium'), args, env })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch()
  try {
    const png = await drawShareImage(browser)
    const text = `/** Drawn by scripts/draw-share-image.mjs: the picture of a shared link, a PNG in base64. Do not edit. */
export const SHARE_IMAGE =
  '${png.toString('base64')}'
`
    writeFileSync(join(root, 'src/pages/directory/share-image.ts'), text)
    console.log(`${png.length} bytes`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await browser.close()
  }
}
