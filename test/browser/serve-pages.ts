/** Serves a Hono app on a free port of this machine, for tests in a browser. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** A running server; close it. */
export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  origin: string
  close(): Promise<void>
}

/** `build` gets the origin, for pages name it. */
export function servePages(build: (origin: string) => Hono): Promise<PageServer> {
  return new Promise((resolve) => {
    let app: Hono | undefined
    const server = serve(
      {
        fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 503 }),
        port: 0,
        hostname: '127.0.0.1',
      },
      (info: AddressInfo) => {
        const origin = `http://127.0.0.1:${info.port}`
        app = build(origin)
        resolve({
          origin,
          // The browser outlives this server and keeps its connections open.
          close: () =>
            new Promise((done) => {
              server.close(() => done())
              if ('closeAllConnections' in server) server.closeAllConnections()
            }),
        })
      },
    )
  })
}
