/** What look-ups and pages are measured against: the same server with one route that answers one ready text. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { serveParent } from './child.js'

const [port = ''] = process.argv.slice(2)
let body = ''
let type = 'application/json'
const app = new Hono()
  .get('/v1/verify', (c) => c.body(body, 200, { 'Content-Type': type }))
  .get('/r/:record', (c) => c.body(body, 200, { 'Content-Type': type }))
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const started = serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () =>
    resolve(started),
  )
})
serveParent(
  async (message) => {
    body = String(message.body)
    type = message.type === undefined ? type : String(message.type)
    return {}
  },
  async () => {
    server.close()
  },
)
