/** `trustmark tour`: publish, look up abroad, suspend, revoke, then a complaint until it is resolved; read in a minute or two. */
import { Command } from 'commander'
import { playTour } from '../demo/tour.js'
import { terminalOf } from '../terminal.js'

/** Time to read a step on a terminal (ms); a log needs none. */
const PAUSE = 2500

export function tourCommand(): Command {
  return new Command('tour')
    .description(
      'play a mark’s life and a complaint’s: publish, look up, revoke, file, route, resolve; with who signed what',
    )
    .option('--fast', 'without pauses')
    .action(async (options: { fast?: boolean }, command: Command) => {
      const terminal = terminalOf(command)
      const steps: { title: string; lines: string[] }[] = []
      const started = Date.now()
      await playTour({
        step: async (title) => {
          steps.push({ title, lines: [] })
          if (steps.length > 1 && terminal.interactive && !options.fast)
            await new Promise((resolve) => setTimeout(resolve, PAUSE))
          terminal.print(`\n${steps.length}. ${title}\n`)
        },
        say: (line) => {
          steps.at(-1)?.lines.push(line)
          terminal.print(`   ${line}`)
        },
      })
      terminal.print(
        `\nAll of this ran on a hub of its own, which is gone now (${((Date.now() - started) / 1000).toFixed(1)} s).`,
      )
      terminal.result({ steps })
    })
}
