/** Verifies `.tlog-proof` files offline, written from the C2SP text tlog-proof alone. */
import { checkInclusion, hashLeaf } from './merkle.js'
import { type Checkpoint, openCheckpoint, readBase64 } from './signed-note.js'

/** Where the file says that exactly these entry bytes stand, once all of it is verified. @throws Error */
export function checkTlogProof(
  file: string,
  vkey: string,
  entry: Uint8Array,
): { index: number; checkpoint: Checkpoint } {
  const split = file.indexOf('\n\n')
  const [first, ...lines] = file.slice(0, split).split('\n')
  if (split < 0 || first !== 'c2sp.org/tlog-proof@v1') throw new Error('not a tlog-proof')
  const extra = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  if (extra && readBase64(extra.slice(6)).length === 0) throw new Error('extra data that is none')
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? []
  if (digits === undefined) throw new Error('no index')
  const index = Number(digits)
  const path = lines.map(readBase64)
  const checkpoint = openCheckpoint(Buffer.from(file.slice(split + 2)), vkey)
  checkInclusion(index, checkpoint.size, hashLeaf(entry), path, checkpoint.root)
  return { index, checkpoint }
}
