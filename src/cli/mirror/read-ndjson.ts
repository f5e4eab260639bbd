/** Lines of a stream, one after the other, without ever holding more than one of them. */
import { MAX_LINE } from '../../hub/feed-line.js'

/**
 * Reads lines; an unfinished last one counts too. An empty one is refused: a few packed bytes can hold them by the billion.
 * @throws TypeError for a line that no hub writes, and whatever the stream throws
 */
export async function* readNdjson(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') throw new TypeError('a line is empty')
      yield line
    }
    if (rest.length > MAX_LINE) throw new TypeError(`a line is longer than ${MAX_LINE} characters`)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
