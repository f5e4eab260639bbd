/**
 * The operator's later word on the log's keys, from files alone. It adds a key only where a key that was trusted before shows
 * that it was logged: who stole a key that was retired holds the operator's old announcement of it too, and can put it into any
 * log of his own. What it retires is believed at once, for that makes nothing true.
 */
import { applyLogKeys, readLogKeyChange } from '../../../extend-anchor.js'
import type { LogKeyChange } from '../../../log/key-set.js'
import { type Anchor, listLogKeys } from '../../../verify.js'
import type { LogDesk } from './check-logged.js'
import { asRefuted, type StatementFile } from './evidence.js'
import type { Refuted } from './report.js'

interface KeyWord {
  file: StatementFile
  change: LogKeyChange
}

/**
 * Lets the desk trust what the operator's statements make of its keys.
 * @returns what does not hold; a statement without a proof is none of it, and changes nothing where it announces
 */
export async function followKeys(files: readonly StatementFile[], log: LogDesk): Promise<Refuted[]> {
  const refuted: Refuted[] = []
  const words: KeyWord[] = []
  for (const file of files) {
    try {
      words.push({ file, change: await readLogKeyChange(log.anchor, file.jws) })
    } catch (error) {
      refuted.push(asRefuted(error, file.file))
    }
  }
  const isRetirement = ({ change }: KeyWord): boolean => change.change === 'retired'
  const gone = new Set(words.filter(isRetirement).map(({ change }) => change.vkey))
  // A key that was announced may vouch for the next announcement, in whatever order the files lie.
  let open = words
  for (let before = -1; open.length !== before; ) {
    before = open.length
    const rest: KeyWord[] = []
    for (const word of open) {
      const { state } = await log.checkStatement(word.file, 'log-key')
      if (state !== 'confirmed') rest.push(word)
      else if (!isRetirement(word) && !gone.has(word.change.vkey))
        log.trust(applyLogKeys(log.anchor, [word.change]))
    }
    open = rest
  }
  for (const { file } of open) {
    const logged = await log.checkStatement(file, 'log-key')
    if (logged.state === 'refuted') refuted.push(logged)
  }
  const retired = words.filter(isRetirement)
  log.trust(withoutKeys(log.anchor, gone))
  try {
    listLogKeys(log.anchor)
  } catch (error) {
    refuted.push(asRefuted(error, retired.map(({ file }) => file.file).join(', ')))
  }
  return refuted
}

/** Unlike the library's, it may leave no key: then nothing is confirmed, and why is told once. */
function withoutKeys(anchor: Anchor, gone: ReadonlySet<string>): Anchor {
  if (gone.size === 0) return anchor
  return {
    ...anchor,
    log: { ...anchor.log, retired: [...new Set([...(anchor.log.retired ?? []), ...gone])] },
  }
}
