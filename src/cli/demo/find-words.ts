/** Searching everything that a hub has stored for words that it must never have had (the sentinel test, facts 3.3). */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface WordSearch {
  files: number
  bytes: number
  /** Files in which a word was found, with the word. */
  found: { file: string; word: string }[]
}

/** Searches all files below a folder for words as they would lie in a database, a log or a write-ahead log. */
export function findWords(folder: string, words: readonly string[]): WordSearch {
  const needles = words.flatMap((word) =>
    [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le'), ...asBase64(word)].map((bytes) => ({
      word,
      bytes,
    })),
  )
  const search: WordSearch = { files: 0, bytes: 0, found: [] }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (!statSync(file).isFile()) continue
    const content = readFileSync(file)
    search.files += 1
    search.bytes += content.length
    const word = needles.find(({ bytes }) => content.includes(bytes))?.word
    if (word !== undefined) search.found.push({ file: relative(folder, file), word })
  }
  return search
}

/** How a text looks inside base64 at each of its three positions, without the characters that its neighbours change. */
function asBase64(word: string): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word, 'utf8')]).toString('base64url')
    return Buffer.from(text.slice(Math.ceil((shift * 4) / 3), -2))
  })
}
