/** Runs the `trustmark` command line: assembles the program, and turns whatever is thrown into words and an exit code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { SealError } from '../dispute/sealed/seal-error.js'
import { MirrorError } from '../hub/mirror/mirror-error.js'
import { HubMismatch } from '../hub/open-hub.js'
import { DataError, type DataErrorCode } from '../node/data-error.js'
import { ConfigError, packageRoot } from '../node.js'
import { IdentifierError } from '../record/identifier.js'
import { Refusal } from '../refusal.js'
import { HubClientError } from './hub-client.js'
import { ImportError } from './import/import-error.js'
import {
  EXIT,
  EXIT_HELP,
  type ExitCode,
  processSurroundings,
  type Surroundings,
  safeText,
  surround,
} from './terminal.js'

const HUB_EXIT: Partial<Record<HubClientError['code'], ExitCode>> = {
  unreachable: EXIT.unreachable,
  busy: EXIT.unreachable,
  'not-a-hub': EXIT.usage,
  'other-origin': EXIT.usage,
}

/** What the system says when a file can't be written where it should be. */
const NOT_WRITABLE = ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST']

/** Refusals of what the caller typed, not of anything that stands in the alliance's data. */
const WRONG_USE = ['bad-query', 'bad-request', 'bad-cursor']

/** What is wrong with a hub's data itself, not with where it is or how the command was used. */
const WRONG_DATA: readonly DataErrorCode[] = [
  'not-a-backup',
  'backup-damaged',
  'log-damaged',
  'views-differ',
  'older-than-known',
  'forked',
  'log-restarted',
]

/** What SQLite says of a disk that is full or fails, or of a folder that it may not write. */
const DISK_CODES = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)/

/** An error as it is told: a stable code, a paragraph, and the exit code. */
interface Told {
  code: string
  detail: string
  exit: ExitCode
  /** The log index where it shows, if it shows at one. */
  index?: number | undefined
}

/**
 * Runs one command line. Nothing in here or below ends the process.
 * @param commands each makes one command; fresh ones for each run, for a Command keeps its options
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runCommandLine(
  commands: readonly (() => Command)[],
  args: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): Promise<ExitCode> {
  const { stdout, stderr } = surroundings
  let exit: ExitCode = EXIT.done
  const program = createProgram(commands, surroundings)
  surround(program, surroundings, (code) => {
    exit = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exit
  } catch (error) {
    const json = args.includes('--json')
    const tell = (code: string, detail: string, index?: number): void => {
      if (json) stdout.write(`${JSON.stringify({ error: { code, detail, index } })}\n`)
    }
    if (error instanceof CommanderError) {
      // Commander has written its own words to stderr, or its help to stdout.
      if (error.exitCode === 0) return EXIT.done
      tell('usage', error.message)
      return EXIT.usage
    }
    const told = tellError(error)
    tell(told.code, told.detail, told.index)
    if (!json) stderr.write(`trustmark: ${safeText(told.detail)}\n`)
    return told.exit
  }
}

function createProgram(commands: readonly (() => Command)[], { stdout, stderr }: Surroundings): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string
  }
  const codes = Object.entries(EXIT).map(
    ([name, code]) => `  ${code}  ${EXIT_HELP[name as keyof typeof EXIT]}`,
  )
  const program = new Command('trustmark')
    .description('Publish signed trustmark records to a hub, and verify anybody’s.')
    .version(version)
    .option('-C, --workspace <folder>', 'the agency’s folder (default: the current one)')
    .option('--json', 'print one JSON object on stdout; everything else goes to stderr')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for usage and examples)')
    .exitOverride()
    .addHelpText('after', `\nExit codes:\n${codes.join('\n')}`)
  for (const create of commands) {
    const command = create()
    inherit(command, program)
    program.addCommand(command)
  }
  return program
}

/** Commander copies a program's settings only to commands that it makes itself. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const subcommand of command.commands) inherit(subcommand, command)
}

function exitOfRefusal(code: string | undefined): ExitCode {
  return code !== undefined && WRONG_USE.includes(code) ? EXIT.usage : EXIT.refused
}

function tellError(error: unknown): Told {
  if (error instanceof HubClientError) {
    return {
      code: error.problem ?? error.code,
      detail: error.message,
      exit: HUB_EXIT[error.code] ?? exitOfRefusal(error.problem),
    }
  }
  if (error instanceof MirrorError) {
    const { code, index, message } = error
    const where = index === undefined ? code : `${code} at log entry ${index}`
    return { code, detail: `${where}: ${message}`, exit: EXIT.refused, index }
  }
  if (error instanceof ConfigError || error instanceof HubMismatch) {
    return { code: 'configuration', detail: error.message, exit: EXIT.usage }
  }
  if (error instanceof DataError) {
    const exit = WRONG_DATA.includes(error.code) ? EXIT.refused : EXIT.usage
    return { code: error.code, detail: error.message, exit }
  }
  if (error instanceof ImportError) {
    return {
      code: error.code,
      detail: error.message,
      exit: error.code === 'bad-mapping' ? EXIT.usage : EXIT.refused,
    }
  }
  if (error instanceof Refusal)
    return { code: error.code, detail: error.message, exit: exitOfRefusal(error.code) }
  if (error instanceof SealError) return { code: error.code, detail: error.message, exit: EXIT.refused }
  if (error instanceof IdentifierError) return { code: error.code, detail: error.message, exit: EXIT.usage }
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException
  if (code !== undefined && NOT_WRITABLE.includes(code)) {
    // Writing to a file that is open fails without a path: then only the disk can be full.
    const what = path ?? 'A file of the folder'
    const detail =
      code === 'EEXIST'
        ? `${what} exists already, and nothing is overwritten.`
        : `${what} can't be written (${code}). Make room, change its permissions or choose another folder, and run it again.`
    return { code, detail, exit: EXIT.usage }
  }
  if (code !== undefined && DISK_CODES.test(code)) {
    return {
      code: code === 'SQLITE_FULL' ? 'disk-full' : 'disk-failed',
      detail: `The database can't be written (${code}): the disk is full or fails, or the folder may not be written. What was committed before is whole and stays usable. Make room, and run it again; it goes on where it was.`,
      exit: EXIT.usage,
    }
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    code: 'unexpected',
    detail: `unexpected failure. Please report it with the lines below; running the command again is safe.\n${stack}`,
    exit: EXIT.failed,
  }
}
