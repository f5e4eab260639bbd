/** The hub as operators run it, in a process of its own: `hub-process.js <data folder> <port>`. */
import { startNodeHub } from '../../src/node.js'
import { serveParent } from './child.js'
import { ORIGIN } from './shops.js'

const [data = '', port = ''] = process.argv.slice(2)
const hub = await startNodeHub(
  { origin: ORIGIN, demo: true, host: '127.0.0.1', port: Number(port), data },
  (line) => console.error(line),
)
serveParent(async () => ({}), hub.close)
