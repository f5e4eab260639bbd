/** What a look-up is measured against: the same server with one route that answers one ready text. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { serveParent } from './child.js'

const [port = ''] = process.argv.slice(2)
let body = ''
const app = new Hono().get('/v1/verify', (c) => c.body(body, 200, { 'Content-Type': 'application/json' }))
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const started = serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () =>
    resolve(started),
  )
})
serveParent(
  async (message) => {
    body = String(message.body)
    return {}
  },
  async () => {
    server.close()
  },
)
