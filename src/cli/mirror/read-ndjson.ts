/** Lines of a stream, one after the other, without ever holding more than one of them. */

/** Longest line in characters: the largest admission is 262,144, its line's other members some hundred. */
const MAX_LINE = 400_000

/**
 * Reads lines; an unfinished last one counts too, and empty ones do not.
 * @throws TypeError for a line that no hub writes, and whatever the stream throws
 */
export async function* readNdjson(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield line
    if (rest.length > MAX_LINE) throw new TypeError(`a line is longer than ${MAX_LINE} characters`)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
