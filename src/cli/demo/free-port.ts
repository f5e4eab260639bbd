/** Finding a port for a hub that lives only for a while: a tour, or a test. */
import { createServer } from 'node:net'

/** A port of 127.0.0.1 that is free at this moment; take it at once. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
