/** Packing pages into one gzip stream (RFC 1952) on every runtime, a page at a time. */

/**
 * The next page is asked for when what came of the one before was taken, so that whoever reads slowly fills no memory. Piping
 * through a CompressionStream would not do that: on Node its readable side counts 16,384 chunks as one buffer.
 *
 * An error among the pages ends the stream with it, before the trailer that makes a gzip file whole.
 */
export function gzipPages(pages: AsyncIterator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  const compressor = new CompressionStream('gzip')
  const writer = compressor.writable.getWriter()
  let packed: Uint8Array[] = []
  const emptied = collect(compressor.readable, (chunk) => packed.push(chunk))
  // Its failure is told by the writer, which is awaited; here it would go unheard until the end.
  emptied.catch(() => {})
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let ended = false
          while (packed.length === 0 && !ended) {
            const { done, value } = await pages.next()
            await (done ? writer.close() : writer.write(value))
            if (done) await emptied
            ended = done === true
          }
          for (const chunk of packed) controller.enqueue(chunk)
          packed = []
          if (ended) controller.close()
        } catch (error) {
          controller.error(error)
          await writer.abort(error).catch(() => {})
        }
      },
      async cancel(reason) {
        await writer.abort(reason).catch(() => {})
        await pages.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

async function collect(stream: ReadableStream<Uint8Array>, put: (chunk: Uint8Array) => void): Promise<void> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    put(value)
  }
}
