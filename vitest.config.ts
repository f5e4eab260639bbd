import { defineConfig } from 'vitest/config'

/** Three projects: everything on Node, the shared contract again in workerd on D1, and the stories in a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/conformance/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      './test/workers/vitest.config.ts',
    ],
  },
})
