/** `trustmark pull`: the other members' records as a spreadsheet, from a copy of the log that is verified here. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { MARK_KINDS } from '../../alliance/definition.js'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import { readRoster } from '../../hub/roster.js'
import { ConfigError } from '../../node.js'
import { createHubClient } from '../hub-client.js'
import { readAnchorFile } from '../look-up/anchor-file.js'
import { type Holdings, mirrorFolder } from '../mirror/mirror-folder.js'
import { openCopyFolder } from '../mirror/open-copy-folder.js'
import { BYTE_ORDER_MARK, formatCsvLine } from '../pull/csv.js'
import { listRecords, type PassedOver } from '../pull/list-records.js'
import { type Output, openFile, openStream } from '../pull/output.js'
import { assertKnown, type FilterOptions, readFilter } from '../pull/read-filter.js'
import { COLUMNS, type PulledRow, toRow } from '../pull/to-row.js'
import { folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { FILES, openWorkspace, parseOrigin } from '../workspace.js'

interface PullOptions extends FilterOptions {
  from?: string
  csv?: true
  out?: string
  anchor?: string
}

/** The copy's folder in a workspace. */
const COPY_FOLDER = 'copy'

export function pullCommand(): Command {
  return new Command('pull')
    .description('get the other members’ records as a spreadsheet, or as JSON lines')
    .option('--from <hub>', 'the hub’s origin (default: that of the workspace)')
    .option('--member <id>', 'only records of this member; may be repeated, as the next three', collect)
    .option('--country <code>', 'only holders of this country, such as VN', collect)
    .option('--mark <mark>', 'only this mark: verified, th-dbd/verified or th-dbd/verified/gold', collect)
    .option('--kind <kind>', `only marks of this kind: ${MARK_KINDS.join(', ')}`, collect)
    .option('--all', 'also what is suspended, revoked, expired or not valid yet')
    .option('--own', 'also the records of this workspace’s own member')
    .option('--csv', 'a spreadsheet (CSV) instead of JSON lines')
    .option('-o, --out <file>', 'write to a file, which appears when it is whole (default: standard output)')
    .option('--anchor <file>', 'the alliance’s keys, pinned earlier or got by another way')
    .addHelpText(
      'after',
      `
A copy of the log is kept in the folder "${COPY_FOLDER}" of the workspace, and verified entry by entry; the next pull fetches only what is
new. Rows are as of the moment of the pull. Columns: ${COLUMNS.join(', ')}.
In CSV, what a spreadsheet would take for a formula gets an apostrophe before it; JSON lines hold everything as it is.

Examples:
  trustmark pull --csv -o others.csv
  trustmark pull --country VN --kind quality --csv -o vietnam.csv
  trustmark pull --from https://hub.example --all | jq -r .id          (in any folder)`,
    )
    .action(async (options: PullOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now, http, stdout } = surroundingsOf(command)
      if (terminal.json && options.out === undefined)
        throw new ConfigError(
          'With --json the summary goes to standard output: name a file for the records with -o.',
        )
      const folder = folderOf(command)
      const { hub, member } = readPlace(folder, options.from)
      const filter = readFilter(options, member)
      const client = createHubClient(hub, http)
      const anchor = options.anchor ? readAnchorFile(resolve(cwd, options.anchor), hub) : undefined
      const file = options.out === undefined ? undefined : resolve(cwd, options.out)
      const opened = await openCopyFolder(join(folder, COPY_FOLDER), { client, anchor, now })
      try {
        const output = file === undefined ? openStream(stdout) : openFile(file)
        const passed: PassedOver = { own: 0, notInForce: 0, withoutMark: 0 }
        try {
          const held = await mirrorFolder(opened, client, terminal).catch((error) => {
            throw explainRestart(error, opened.folder)
          })
          assertKnown(filter, (await readRoster(opened.copy)).members)
          const at = now()
          const rows = listRecords(opened.copy, filter, at, passed)
          const records = await writeRows(rows, output, { csv: options.csv === true, at })
          await output.finish()
          tell({ held, file, records, passed, own: filter.without }, terminal)
        } catch (error) {
          output.abandon()
          throw error
        }
      } finally {
        await opened.close()
      }
    })
}

/** A pull has one folder only: the earlier log's copy must leave it, and stays as evidence. */
function explainRestart(error: unknown, folder: string): unknown {
  if (!(error instanceof MirrorError) || error.code !== 'log-restarted') return error
  return new MirrorError(
    error.code,
    `${error.message} For a pull that means: rename ${folder}, and pull again.`,
    error.index,
    { cause: error },
  )
}

/** The agency's own hub, or the one that is named where there is no agency's workspace. @throws ConfigError */
function readPlace(folder: string, from: string | undefined): { hub: string; member: string | undefined } {
  const given = from === undefined ? undefined : parseOrigin(from)
  const workspace = existsSync(join(folder, FILES.settings)) ? openWorkspace(folder) : undefined
  const hub = given ?? workspace?.hub
  if (hub === undefined)
    throw new ConfigError(
      'No hub is named. Give its address with --from, such as --from https://hub.example.',
    )
  if (workspace?.hub !== undefined && workspace.hub !== hub)
    throw new ConfigError(
      `This folder is for the hub ${workspace.hub}, not for ${hub}. Pull from another hub in another folder.`,
    )
  return { hub, member: workspace?.member }
}

async function writeRows(
  pages: ReturnType<typeof listRecords>,
  output: Output,
  { csv, at }: { csv: boolean; at: number },
): Promise<number> {
  const asOf = new Date(at).toISOString()
  const line = (row: PulledRow): string =>
    csv ? formatCsvLine(COLUMNS.map((column) => row[column])) : `${JSON.stringify(row)}\n`
  let written = 0
  if (csv) await output.write(BYTE_ORDER_MARK + formatCsvLine(COLUMNS))
  for await (const page of pages) {
    await output.write(page.map((record) => line(toRow(record, asOf))).join(''))
    written += page.length
  }
  return written
}

interface Pulled {
  held: Holdings
  file: string | undefined
  records: number
  passed: PassedOver
  own: string | undefined
}

function tell({ held, file, records, passed, own }: Pulled, terminal: Terminal): void {
  const { hub, size, synced, findings } = held
  terminal.result({ hub, file, records, passed, size, asOf: synced, findings })
  // Beside rows on standard output a summary would be one of them.
  const say = file === undefined ? terminal.note : terminal.print
  say(
    `${records} records${file ? ` in ${file}` : ''}, as of ${synced}: ${size} log entries of ${hub}, verified.`,
  )
  if (passed.own > 0) say(`  ${passed.own} of ${own}’s own are left out; --own adds them.`)
  if (passed.notInForce > 0) say(`  ${passed.notInForce} not in force are left out; --all adds them.`)
  if (passed.withoutMark > 0)
    say(
      `  ${passed.withoutMark} of marks that their member no longer has are left out, as look-ups leave them out.`,
    )
  // What the hub should not have taken is its fault, and the rows are the log's all the same.
  for (const { index, code, detail } of findings.first)
    terminal.note(`The hub accepted entry ${index} against its rule ${code}: ${detail}`)
  if (findings.count > findings.first.length)
    terminal.note(`… and ${findings.count - findings.first.length} more.`)
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',').map((part) => part.trim())]
}
