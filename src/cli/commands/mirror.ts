/** `trustmark mirror`: a copy of a hub's log that verifies everything itself, for an agency that need not trust the hub. */
import { Command } from 'commander'
import { fillDirectory } from '../../hub/directory/fill.js'
import { createHubClient } from '../hub-client.js'
import { readAnchorFile } from '../look-up/anchor-file.js'
import { follow, stoppable } from '../mirror/follow.js'
import { formatHoldings, type Holdings, mirrorFolder } from '../mirror/mirror-folder.js'
import { type OpenedCopy, openCopyFolder } from '../mirror/open-copy-folder.js'
import { surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'

interface MirrorOptions {
  from: string
  data: string
  anchor?: string
  follow?: true
}

export function mirrorCommand(): Command {
  return new Command('mirror')
    .description('copy a hub’s whole log, verify every entry, and keep the copy up to date')
    .option(
      '--from <origin>',
      'the hub to copy (HUB_ORIGIN)',
      process.env.HUB_ORIGIN || 'http://127.0.0.1:8787',
    )
    .option('--data <folder>', 'where the copy stands', './copy')
    .option('--anchor <file>', 'the alliance’s keys, got by another way; else those that the hub shows now')
    .option('--follow', 'go on until stopped: wait for news and take it at once')
    .addHelpText(
      'after',
      `
The hub is not believed: each signature, each signer's authority, each log entry and the log's checkpoint are verified
here. It may be stopped at any moment, and goes on where it was. What is wrong is named with its log index:
checkpoint-invalid, forked, rolled-back, log-restarted, tiles-differ, entry-differs, snapshot-truncated, withheld,
log-too-large, entry-invalid (docs/mirrors.md says what to do). The copy then keeps what it had verified.

Examples:
  trustmark mirror --from https://hub.example --data ./copy --anchor alliance.json
  trustmark mirror --from https://hub.example --data ./copy --follow
  trustmark serve --mirror ./copy --port 8790`,
    )
    .action(async (options: MirrorOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { now, http } = surroundingsOf(command)
      const origin = parseOrigin(options.from)
      const anchor = options.anchor ? readAnchorFile(options.anchor, origin) : undefined
      const stop = stopOnSignal(options.follow === true)
      const client = createHubClient(origin, stoppable(http, stop.signal))
      let opened: OpenedCopy | undefined
      let held: Holdings | undefined
      try {
        const copy = await openCopyFolder(options.data, {
          client,
          anchor,
          now,
          report: (error) => terminal.note(error instanceof Error ? error.message : String(error)),
        })
        opened = copy
        const sync = async (): Promise<void> => {
          const before = held
          held = await mirrorFolder(copy, client, terminal, stop.signal)
          // What nothing came to need not be told again.
          if (before && held.size === held.from) return
          for (const line of formatHoldings(held)) terminal.print(line)
        }
        await sync()
        // Of a copy of an earlier version; nothing to do for others.
        await fillDirectory(copy.copy, { signal: stop.signal })
        if (options.follow) await follow(copy, client, terminal, sync, stop.signal)
      } catch (error) {
        if (!stop.signal.aborted) throw error
      } finally {
        stop.forget()
        await opened?.close()
      }
      if (held) terminal.result(held)
    })
}

/** A copy may be killed at any moment; one that follows is also told to end in good order. */
function stopOnSignal(listens: boolean): { signal: AbortSignal; forget(): void } {
  const controller = new AbortController()
  const stop = (): void => controller.abort()
  const signals = listens ? (['SIGINT', 'SIGTERM'] as const) : []
  for (const name of signals) process.once(name, stop)
  return {
    signal: controller.signal,
    forget: () => {
      for (const name of signals) process.off(name, stop)
    },
  }
}
