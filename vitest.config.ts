import { defineConfig } from 'vitest/config'

/** Three projects: everything on Node, the shared contract again in workerd on D1, and the stories in a browser. */
export default defineConfig({
  test: {
    // By default one core is left idle, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/conformance/*.test.ts'],
          testTimeout: 30_000,
          // Files share a process and its modules, whose loading would take longer than most files' tests. So no test may
          // leave a global or a module changed; house.test.ts looks for it.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Files that run in one process share one Chromium.
          isolate: false,
          // Alone: these wait for a browser, and a machine that is busy otherwise makes them slow and fail.
          sequence: { groupOrder: 1 },
        },
      },
      './test/workers/vitest.config.ts',
    ],
  },
})
