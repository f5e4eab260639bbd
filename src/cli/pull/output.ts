/** Where rows go: a file that is whole or not there, or standard output at the pace of whoever reads it. */
import { once } from 'node:events'
import { createWriteStream, existsSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ConfigError } from '../../node.js'
import { safeText } from '../terminal.js'

export interface Output {
  write(text: string): Promise<void>
  /** Ends it: only then is a file in its place. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): void
}

/**
 * @param file absolute path; one that is there is replaced at the end
 * @throws ConfigError when its folder is not there; the system's own error when nothing can be written there
 */
export function openFile(file: string): Output {
  const beside = `${file}.${process.pid}.new`
  if (!existsSync(dirname(file)))
    throw new ConfigError(`There is no folder ${dirname(file)}. Make it, or name another file with -o.`)
  // Opened at once: an hour of copying must not end at a folder that nobody may write to.
  const stream = createWriteStream(beside, { fd: openSync(beside, 'w') })
  // Writing fails by event; whoever writes or finishes next is told.
  let failure: unknown
  stream.on('error', (error) => {
    failure = error
  })
  return {
    async write(text) {
      if (failure) throw failure
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')])
    },
    async finish() {
      stream.end()
      await finished(stream)
      renameSync(beside, file)
    },
    abandon() {
      stream.destroy()
      rmSync(beside, { force: true })
    },
  }
}

/** What goes to a screen must not move its cursor; what goes to another program is left as it is. */
export function openStream(stream: Writable & { isTTY?: boolean }): Output {
  return {
    async write(text) {
      if (!stream.write(stream.isTTY ? safeText(text) : text)) await once(stream, 'drain')
    },
    finish: async () => undefined,
    abandon: () => undefined,
  }
}
