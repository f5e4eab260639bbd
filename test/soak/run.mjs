/**
 * Bundles the soak test and runs it: many clients publish through several hubs on one database while hubs are killed,
 * then an outsider audits the log. One JSON line of figures on standard output.
 * Usage: npm run soak [-- --minutes 3] [-- --processes 2] [-- --clients 6] [-- --d1]. With --d1 the hubs are isolates of
 * workerd on one D1 database. Exit codes: 0 nothing was wrong, 1 something was, or it could not run.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bundleSoak } from './bundle.mjs'

const { main } = await bundleSoak()
const root = fileURLToPath(new URL('../..', import.meta.url))
const soak = spawn(process.execPath, ['--enable-source-maps', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: root,
})
soak.on('exit', (code) => {
  process.exitCode = code ?? 1
})
