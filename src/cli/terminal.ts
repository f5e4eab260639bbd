/** What a command sees of its terminal: text for people, one JSON object for programs, questions and progress. */
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import cliProgress from 'cli-progress'
import type { Command } from 'commander'
import type { HubClientOptions } from './hub-client.js'

/** Exit codes of every command; `trustmark --help` prints this list. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  unreachable: 3,
  cancelled: 4,
  failed: 5,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What each exit code means, in the words of the help. */
export const EXIT_HELP: Record<keyof typeof EXIT, string> = {
  done: 'done',
  refused: 'something was refused or rejected, or is not published yet; the rest was done',
  usage: 'wrong use or configuration: nothing was done',
  unreachable: "the hub can't be reached; nothing is lost, run it again",
  cancelled: 'a question was answered with no: nothing was done',
  failed: 'an unexpected failure',
}

/** What a run is surrounded by; a test brings its own. */
export interface Surroundings {
  cwd: string
  env: Record<string, string | undefined>
  stdin: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean }
  /** Epoch ms. */
  now: () => number
  /** How hubs are reached. */
  http: HubClientOptions
}

/** Shows how far a task is; `stop` leaves the line as it stands. */
export interface Progress {
  update(done: number): void
  stop(): void
}

export interface Terminal {
  json: boolean
  /** Whether somebody sits there who can be asked. */
  interactive: boolean
  /** A line of the result for people; nothing with `--json`. */
  print(text: string): void
  /** A line beside the result, on stderr. */
  note(text: string): void
  /** The result for programs: with `--json` the one object on stdout, else nothing. */
  result(value: object): void
  /** Asks; anything but y or yes is no. Only when `interactive`. */
  confirm(question: string): Promise<boolean>
  progress(label: string, total: number): Progress
  /** Sets the exit code with which the program ends. */
  exit(code: ExitCode): void
}

const programs = new WeakMap<Command, { surroundings: Surroundings; exit: (code: ExitCode) => void }>()

/** Tells a program's commands what surrounds them. */
export function surround(program: Command, surroundings: Surroundings, exit: (code: ExitCode) => void): void {
  programs.set(program, { surroundings, exit })
}

/** The surroundings of a command: those of its program, else the process's own. */
export function surroundingsOf(command: Command): Surroundings {
  return programs.get(rootOf(command))?.surroundings ?? processSurroundings()
}

/** The terminal of a command, with `--json` as given anywhere on the line. */
export function terminalOf(command: Command): Terminal {
  const { json = false } = command.optsWithGlobals<{ json?: boolean }>()
  const exit = programs.get(rootOf(command))?.exit ?? setExitCode
  return createTerminal(surroundingsOf(command), json, exit)
}

/** The workspace folder of a command: `-C`, else the current one. */
export function folderOf(command: Command): string {
  const { workspace = '.' } = command.optsWithGlobals<{ workspace?: string }>()
  return resolve(surroundingsOf(command).cwd, workspace)
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}

function setExitCode(code: ExitCode): void {
  process.exitCode = code
}

export function processSurroundings(): Surroundings {
  const { env, stdin, stdout, stderr } = process
  return { cwd: process.cwd(), env, stdin, stdout, stderr, now: Date.now, http: {} }
}

/**
 * Text as a terminal may get it: what a hub, a file or a shop's name holds must not move the cursor, clear lines that
 * were printed, or turn the direction round. Line breaks stay, for our own texts have them.
 */
export function safeText(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, ' ')
}

/** JSON may go to a terminal too: what JSON.stringify leaves as it is and a terminal obeys stands escaped. */
function safeJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function createTerminal(surroundings: Surroundings, json: boolean, exit: (code: ExitCode) => void): Terminal {
  const { stdin, stdout, stderr } = surroundings
  const interactive = !json && stdin.isTTY === true && stderr.isTTY === true
  return {
    json,
    interactive,
    print: (text) => {
      if (!json) stdout.write(`${safeText(text)}\n`)
    },
    note: (text) => {
      stderr.write(`${safeText(text)}\n`)
    },
    result: (value) => {
      if (json) stdout.write(`${safeJson(value)}\n`)
    },
    confirm: (question) => ask(question, stdin, stderr),
    progress: (label, total) =>
      stderr.isTTY === true ? bar(label, total, stderr) : lines(label, total, stderr),
    exit,
  }
}

async function ask(question: string, input: Readable, output: Writable): Promise<boolean> {
  const reader = createInterface({ input, output })
  // Ctrl-D, or a terminal that goes away, answers no; `question` alone would wait for ever.
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')))
  try {
    return /^y(es)?$/i.test((await Promise.race([reader.question(`${question} [y/N] `), closed])).trim())
  } finally {
    reader.close()
  }
}

function bar(label: string, total: number, stream: Writable): Progress {
  const shown = new cliProgress.SingleBar({
    stream: stream as NodeJS.WritableStream,
    format: `${label} {bar} {value}/{total} ({eta_formatted} left)`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
  })
  shown.start(total, 0)
  return { update: (done) => shown.update(done), stop: () => shown.stop() }
}

/** A log gets a line for each tenth of the way, so that a night's push stays readable. */
const STEPS = 10

function lines(label: string, total: number, stream: Writable): Progress {
  let told = 0
  return {
    update(done) {
      const step = total === 0 ? STEPS : Math.floor((done * STEPS) / total)
      if (step <= told) return
      told = step
      stream.write(`${label}: ${done} of ${total}\n`)
    },
    stop: () => undefined,
  }
}
