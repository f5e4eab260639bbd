/**
 * Bundles the command line, the verifier and the browsers' scripts with esbuild.
 * Usage: node scripts/build.mjs [--quiet]. Exit codes: 0 built, 1 failed.
 */
import { build } from 'esbuild'
import { writeBrowser } from './write-browser.mjs'

const quiet = process.argv.includes('--quiet')
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  sourcemap: true,
  logLevel: quiet ? 'warning' : 'info',
}

await Promise.all([
  // The command line keeps its packages outside: better-sqlite3 is native, and the rest loads faster unbundled.
  build({
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  }),
  // The verifier stands alone: one file for a browser, a Worker or Node, with everything it needs inside.
  build({
    ...common,
    entryPoints: { verify: 'src/verify.ts' },
    outdir: 'dist',
    platform: 'browser',
    minify: true,
  }),
  writeBrowser(),
]).catch(() => process.exit(1))
