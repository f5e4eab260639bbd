/** `trustmark rebuild`: makes the database anew from log and statements, and says what its views had wrong (operator). */
import { resolve } from 'node:path'
import { Command } from 'commander'
import type { Difference } from '../../node/compare-tables.js'
import { type Rebuilt, rebuildDatabase } from '../../node/rebuild-database.js'
import { ConfigError } from '../../node.js'
import { DATA_OPTION, dataFolder, entries, migrationsFolder } from '../operator/data-folder.js'
import { EXIT, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'

interface RebuildOptions {
  data?: string
  into?: string
  replace?: boolean
}

export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description('make the hub’s database anew from its log, and compare the two (operator)')
    .option(...DATA_OPTION)
    .option('--into <file>', 'where to write it (default: hub.rebuilt.sqlite in the data folder)')
    .option('--replace', 'put it in the old one’s place, which is kept; the hub must be stopped')
    .addHelpText(
      'after',
      `
Examples:
  trustmark rebuild --data /var/lib/trustmark              beside a hub that runs: changes nothing of it
  trustmark rebuild --data /var/lib/trustmark --replace    with the hub stopped

Every entry is verified and decided again as on its day; complaints, settings and checkpoints are copied. Exit code 1: a view
was wrong (the new file has it right), or the log does not replay, which is told with its index; nothing is replaced then.`,
    )
    .action(async (options: RebuildOptions, command: Command) => {
      const terminal = terminalOf(command)
      const surroundings = surroundingsOf(command)
      const { into, replace } = options
      if (replace && into !== undefined)
        throw new ConfigError('Give --into or --replace: what replaces the database has its name.')
      let bar: ReturnType<Terminal['progress']> | undefined
      const rebuilt = await rebuildDatabase({
        data: dataFolder(options.data, surroundings),
        migrations: migrationsFolder(),
        into: into === undefined ? undefined : resolve(surroundings.cwd, into),
        replace,
        now: surroundings.now(),
        onProgress(done, total) {
          bar ??= terminal.progress('Entries replayed', total)
          bar.update(done)
        },
      }).finally(() => bar?.stop())
      tell(rebuilt, terminal)
    })
}

function tell(rebuilt: Rebuilt, terminal: Terminal): void {
  const { counts, first, filled, size, root, file, kept } = rebuilt
  const wrong = Object.values(counts).reduce((sum, count) => sum + count, 0)
  terminal.print(`${entries(size)} replayed; the root is the one that was signed (${root}).`)
  if (filled > 0)
    terminal.print(`${filled} rows of an older version now say what it did not keep, such as countries.`)
  terminal.print(
    wrong === 0
      ? 'Every view was right.'
      : `${wrong} rows were wrong and are right in the new file: ${listCounts(counts)}.`,
  )
  for (const difference of first) terminal.print(`  ${formatDifference(difference)}`)
  if (wrong > first.length) terminal.print(`  … and ${wrong - first.length} more`)
  if (kept === undefined)
    terminal.print(
      `Made: ${file}. It holds all that the database holds, also what is erased from the hub later. Delete it once you need it no more.`,
    )
  else
    terminal.print(
      `${file} was replaced. The old one is kept as ${kept}: it holds all that it held, also what is erased from the hub later. Delete it once you need it no more.`,
    )
  terminal.result({ ...rebuilt, wrong })
  if (wrong > 0) terminal.exit(EXIT.refused)
}

function listCounts(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([table, count]) => `${count} of ${table}`)
    .join(', ')
}

function formatDifference({ table, key, how, columns }: Difference): string {
  const what =
    how === 'differs'
      ? `had another ${columns?.join(', ')}`
      : how === 'extra'
        ? 'should not exist'
        : 'was missing'
  return `${table} ${key.join(' ')}: ${what}`
}
