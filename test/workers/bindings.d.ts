/** What the test runtime binds, beside the worker's own environment; see vitest.config.ts. */
declare namespace Cloudflare {
  interface Env {
    DB: D1Database
    EMPTY_DB: D1Database
    ATTACHMENTS: R2Bucket
    FRONT: Fetcher
    HUB_KEYS: string
    OPERATOR_KEY: string
    MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
  interface GlobalProps {
    mainModule: typeof import('../../src/worker.js')
  }
}
