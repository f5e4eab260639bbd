/** What a deployment to Workers would upload; the tests inside workerd can't see it, for they switch nodejs_compat on. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BrowserBundles } from '../src/pages/complaint/bundles.js'

/** Bytes compressed. Workers take five times as much, but every new isolate loads and compiles it all before it answers. */
const BUDGET = 700_000
const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'worker-bundle-'))
let output = ''
let bundle = ''

beforeAll(() => {
  const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')
  const run = spawnSync(
    process.execPath,
    ['--no-warnings', wrangler, 'deploy', '--dry-run', '--outdir', folder],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    },
  )
  output = run.stdout + run.stderr
  expect(run.status, output).toBe(0)
  bundle = readFileSync(join(folder, 'worker.js'), 'utf8')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

it('the worker needs nothing of Node', () => {
  expect(output).not.toMatch(/nodejs_compat|built into node/)
  expect(bundle.match(/(?:from|import|require)\s*\(?\s*["'](?:node:)?[a-z_/]+["']/g) ?? []).toEqual([])
})

it('the worker carries no script of a browser, and Cloudflare serves them all', () => {
  const scripts: BrowserBundles = JSON.parse(readFileSync(join(root, 'dist/browser.json'), 'utf8'))
  expect(Object.keys(scripts).sort()).toEqual(['case', 'intake', 'seal'])
  expect(readdirSync(join(root, 'dist/assets/client')).sort()).toEqual(
    Object.values(scripts)
      .map(({ file }) => file)
      .sort(),
  )
  for (const { file, text, sha256 } of Object.values(scripts)) {
    expect(readFileSync(join(root, 'dist/assets/client', file), 'utf8')).toBe(text)
    expect(bundle).toContain(sha256)
    // A piece that would stand in a string as it is.
    const [piece = ''] = (text.match(/[\w$.,;:=()[\]{}]{50,}/g) ?? []).sort((a, b) => b.length - a.length)
    expect(piece.length).toBeGreaterThan(0)
    expect(bundle.includes(piece), piece).toBe(false)
  }
  expect(readFileSync(join(root, 'dist/assets/seal.js'), 'utf8')).toBe(scripts.seal?.text)
})

it('the worker stays within its size', () => {
  expect(gzipSync(bundle, { level: 9 }).length).toBeLessThan(BUDGET)
})
