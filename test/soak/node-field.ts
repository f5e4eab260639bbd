/** Hub processes on one SQLite file, as an operator might run them, each with its own port. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublicJwk } from '../../src/trust/keys.js'
import type { Field } from './field.js'

/** @param script the bundled hub process */
export async function openNodeField(script: string, processes: number, operator: PublicJwk): Promise<Field> {
  const data = mkdtempSync(join(tmpdir(), 'trustmark-soak-'))
  mkdirSync(join(data, 'keys'))
  writeFileSync(join(data, 'keys', 'operator.jwks.json'), JSON.stringify({ keys: [operator] }))
  const ports = await Promise.all(Array.from({ length: processes }, freePort))
  const children: ChildProcess[] = []
  // One after the other: the first makes the keys that the others find.
  for (const port of ports) children.push(await startHub(script, data, port))
  const end = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  return {
    hubs: ports.map((port) => (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)),
    async disturb() {
      const victim = Math.floor(Math.random() * processes)
      const [child, port] = [children[victim], ports[victim]]
      if (!child || port === undefined) return
      await end(child)
      children[victim] = await startHub(script, data, port)
    },
    // A hub on Node looks into its inbox by itself.
    tick: async () => {},
    async close() {
      await Promise.all(children.map(end))
      rmSync(data, { recursive: true })
    },
  }
}

function startHub(script: string, data: string, port: number): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [data, String(port)], { execArgv: ['--enable-source-maps'] })
    const onExit = (code: number | null): void => reject(new Error(`a hub ended with code ${code}`))
    child.once('exit', onExit)
    child.once('message', () => {
      child.off('exit', onExit)
      resolve(child)
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
