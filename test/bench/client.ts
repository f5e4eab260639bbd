/**
 * A lean HTTP client for load: keep-alive connections, one request in flight on each, no parsing beyond status and
 * Content-Length. Under autocannon the bare route was busy for 0.38 of a core at most: a client that is slower than
 * the server measures itself, and pulls every ratio towards 1.
 */
import { connect, type Socket } from 'node:net'

export interface Load {
  /** Requests answered per second. */
  perSecond: number
  /** Milliseconds from sending a request to its last byte, one per request, in order of arrival. */
  latencies: number[]
}

/**
 * Sends every path once, over so many connections at a time, and waits for all answers.
 * @throws Error when an answer is not 200
 */
export async function load(port: number, paths: readonly string[], connections: number): Promise<Load> {
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\n\r\n`),
  )
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const latencies: number[] = []
  let next = 0
  const started = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      const read = createReader(socket)
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sent = performance.now()
        socket.write(request)
        await read()
        latencies.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const socket of sockets) socket.destroy()
  return { perSecond: paths.length / seconds, latencies }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })
}

/** Gives a function that waits for the end of the next answer. */
function createReader(socket: Socket): () => Promise<void> {
  let missing = -1
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined
  socket.on('data', (chunk: Buffer) => {
    if (missing < 0) {
      // Node sends the head of an answer in one piece.
      const end = chunk.indexOf('\r\n\r\n')
      const head = chunk.toString('latin1', 0, end)
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
      if (!head.startsWith('HTTP/1.1 200 ') || length === undefined)
        return settle?.reject(new Error(`unexpected answer: ${chunk.toString('latin1', 0, 600)}`))
      missing = Number(length) + end + 4
    }
    missing -= chunk.length
    if (missing > 0) return
    missing = -1
    settle?.resolve()
  })
  socket.once('close', () => settle?.reject(new Error('the server closed the connection')))
  return () =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject }
    })
}
