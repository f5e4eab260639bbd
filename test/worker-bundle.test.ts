/** What a deployment to Workers would upload; the tests inside workerd can't see it, for they switch nodejs_compat on. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

/**
 * Bytes compressed, a third of which are the scripts that it hands to browsers. Workers take five times as much, but every
 * new isolate loads and compiles it all before it answers.
 */
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

it('the worker stays within its size', () => {
  expect(gzipSync(bundle, { level: 9 }).length).toBeLessThan(BUDGET)
})
