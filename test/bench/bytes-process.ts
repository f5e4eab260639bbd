/** What the feed is measured against: a server that hands out bytes it was given, as the feed pages them. */
import { createServer } from 'node:http'
import { serveParent } from './child.js'

const [port = ''] = process.argv.slice(2)
let pages: Uint8Array[] = []
const server = createServer((request, response) => {
  const page = pages[Number(request.url?.slice(1))]
  response.writeHead(page ? 200 : 404, { 'Content-Type': 'application/x-ndjson' }).end(page)
})
await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve))
serveParent(
  async (message) => {
    pages = message.pages as Uint8Array[]
    return {}
  },
  async () => {
    server.close()
    server.closeAllConnections()
  },
)
