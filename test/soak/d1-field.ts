/** Isolates of Cloudflare's runtime on one D1 database: each has its own memory and knows nothing of the others. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import { generateHubKeys } from '../../src/trust/key-file.js'
import type { PublicJwk } from '../../src/trust/keys.js'
import type { Field } from './field.js'

type D1 = Awaited<ReturnType<Miniflare['getD1Database']>>

/** @param script the bundled worker */
export async function openD1Field(
  script: string,
  migrations: string,
  isolates: number,
  operator: PublicJwk,
): Promise<Field> {
  const folder = mkdtempSync(join(tmpdir(), 'trustmark-soak-'))
  const keys = JSON.stringify({ ...(await generateHubKeys()), operator: [operator] })
  const names = Array.from({ length: isolates }, (_, i) => `hub-${i}`)
  const options = (start: number): MiniflareOptions => ({
    d1Persist: folder,
    workers: names.map((name) => ({
      name,
      modules: true,
      scriptPath: script,
      compatibilityDate: '2026-04-01',
      d1Databases: { DB: 'hub' },
      // The number of the start is read by nobody; it makes the runtime load everything anew.
      bindings: { HUB_KEYS: keys, HUB_ORIGIN: '', PORT: '', START: String(start) },
    })),
  })
  const runtime = new Miniflare(options(0))
  await migrate(await runtime.getD1Database('DB', names[0]), migrations)
  let starts = 0
  return {
    hubs: names.map((name) => async (path, init = {}) => {
      const worker = await runtime.getWorker(name)
      const { signal, ...rest } = init
      const answer = worker.fetch(
        `http://127.0.0.1:8787${path}`,
        rest as never,
      ) as unknown as Promise<Response>
      return signal ? Promise.race([answer, aborted(signal)]) : answer
    }),
    // The whole runtime is stopped with all that its isolates were about to do.
    async disturb() {
      starts += 1
      await runtime.setOptions(options(starts))
    },
    async tick() {
      await (await runtime.getWorker(names[0])).scheduled()
    },
    async close() {
      await runtime.dispose()
      rmSync(folder, { recursive: true })
    },
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** As `wrangler d1 migrations apply` does it. */
async function migrate(database: D1, folder: string): Promise<void> {
  await database
    .prepare('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)')
    .run()
  for (const { name, queries } of await readD1Migrations(folder)) {
    await database.batch(queries.map((query) => database.prepare(query)))
    await database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name).run()
  }
}
