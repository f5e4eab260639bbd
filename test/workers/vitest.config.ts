/** The tests inside workerd, Cloudflare's runtime: the worker as deployed, on D1, with fresh keys for each run. */
import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { kCurrentWorker } from 'miniflare'
import { defineConfig } from 'vitest/config'
import { ensureBrowser } from '../../scripts/write-browser.mjs'
import { generateHubKeys } from '../../src/trust/key-file.js'
import { generateKey } from '../../src/trust/keys.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig(async () => {
  // Wrangler builds the browsers' scripts before it deploys, and here this does.
  await ensureBrowser()
  const operator = await generateKey('operator')
  const keys = { ...(await generateHubKeys()), operator: [operator.publicJwk] }
  return {
    plugins: [
      cloudflareTest({
        wrangler: { configPath: path('../../wrangler.toml') },
        miniflare: {
          // All of the internet that the worker reaches in a test: it answers with the status that the path names.
          outboundService: (request: Request) =>
            new Response(null, { status: Number(new URL(request.url).pathname.slice(1)) }),
          // What a visitor reaches: `exports.default` is the Worker alone, without the files that are served in front of it.
          serviceBindings: { FRONT: kCurrentWorker },
          // A database that has no tables at first.
          d1Databases: { EMPTY_DB: 'empty' },
          // These also cover what somebody's own .dev.vars or [vars] say.
          bindings: {
            HUB_KEYS: JSON.stringify(keys),
            HUB_ORIGIN: '',
            PORT: '',
            OPERATOR_KEY: JSON.stringify(operator.privateJwk),
            MIGRATIONS: await readD1Migrations(path('../../src/store/migrations')),
          },
        },
      }),
    ],
    test: {
      name: 'workers',
      include: ['*.test.ts'],
      testTimeout: 30_000,
      sequence: { groupOrder: 2 },
      // Without it every test file loads hundreds of modules of these packages one by one.
      deps: { optimizer: { ssr: { enabled: true, include: ['kysely', 'zod'] } } },
    },
  }
})
