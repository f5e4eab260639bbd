/**
 * Starts a headless Chromium that comes with `npm ci`, without a package manager's libraries or fonts: unpacked
 * once per version into `node_modules/.cache`, with the Thai and Japanese fonts of the @fontsource packages.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { unpackFont } from './unpack-font.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MODULES = join(ROOT, 'node_modules')

/** Faces that the pages' system font stack finds on telephones of their readers. */
const FONTS = [400, 700].flatMap((weight) => [
  `noto-sans-thai/files/noto-sans-thai-thai-${weight}-normal.woff`,
  `noto-sans-jp/files/noto-sans-jp-japanese-${weight}-normal.woff`,
  `noto-sans-jp/files/noto-sans-jp-latin-${weight}-normal.woff`,
  `noto-sans-jp/files/noto-sans-jp-vietnamese-${weight}-normal.woff`,
])

/** `--no-sandbox` as root needs it; the rest keeps the browser from calling home or keeping a profile. */
const ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

let launched: Promise<Browser> | undefined

/**
 * The browser of this process, which all its test files share: each closes its contexts, and the browser ends with the
 * process. `CHROMIUM_PATH` names another one, for machines that the packed one does not fit.
 */
export function sharedBrowser(): Promise<Browser> {
  launched ??= launchBrowser()
  return launched
}

async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  if (own) return chromium.launch({ executablePath: own, args: ARGS })
  const folder = await unpackBrowser()
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  }
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: ARGS, env })
}

async function unpackBrowser(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8'))
  const cache = join(MODULES, '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const partial = await mkdtemp(join(cache, 'chromium-partial-'))
  // The package unpacks into the temporary folder, and its libraries only where it believes itself on Lambda.
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  await addFonts(partial, folder)
  try {
    await rename(partial, folder)
  } catch (error) {
    // Another process was faster; its copy is whole, for a rename is all or nothing.
    if (!existsSync(folder)) throw error
    await rm(partial, { recursive: true, force: true })
  }
  return folder
}

/** `folder` is where the partial one will stand at last: fontconfig wants absolute paths. */
async function addFonts(partial: string, folder: string): Promise<void> {
  const fonts = join(partial, 'fonts')
  await mkdir(fonts, { recursive: true })
  for (const font of FONTS) {
    const name = font.replaceAll('/', '_').replace(/woff$/, 'ttf')
    await writeFile(join(fonts, name), unpackFont(await readFile(join(MODULES, '@fontsource', font))))
  }
  await writeFile(
    join(partial, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
  <alias><family>system-ui</family><prefer>
    <family>Open Sans</family><family>Noto Sans Thai</family><family>Noto Sans JP</family>
  </prefer></alias>
  <alias><family>sans-serif</family><prefer>
    <family>Open Sans</family><family>Noto Sans Thai</family><family>Noto Sans JP</family>
  </prefer></alias>
</fontconfig>
`,
  )
}
