/** An HTTP server for an app, until it is closed. */
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { compressPages } from './compress.js'
import { ConfigError } from './config.js'

/** How often a server that closes looks for connections on which nothing happens any more (ms). */
const IDLE_INTERVAL = 20

export interface Listening {
  /** The port it listens on, also where 0 was asked for. */
  port: number
  /** Stops accepting, and lets running requests end. */
  close(): Promise<void>
}

/** @param port 0 for one that is free. @throws ConfigError when the port is taken */
export async function listen(app: Hono, port: number, host: string): Promise<Listening> {
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const started = serve({ fetch: compressPages(app.fetch), port, hostname: host }, () => resolve(started))
    started.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(`Port ${port} is taken. Stop what listens there, or set PORT to another number.`)
          : error,
      )
    })
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise<void>((resolve) => {
        // A connection whose last answer is out may be kept open by the other side: it is closed once it is idle.
        const idle = setInterval(() => {
          if ('closeIdleConnections' in server) server.closeIdleConnections()
        }, IDLE_INTERVAL)
        server.close(() => {
          clearInterval(idle)
          resolve()
        })
      }),
  }
}
