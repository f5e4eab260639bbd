/** What every verb that acts in a case shares: reading the case, checking that the act is open, sending, telling. */
import { Command } from 'commander'
import type { CaseEventType } from '../../dispute/case-event.js'
import { readCaseReference } from '../../dispute/case-reference.js'
import type { MessagePayload } from '../../dispute/payload.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import { ConfigError } from '../../node.js'
import { Refusal } from '../../refusal.js'
import { EXIT, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { type SealedFile, sealFiles } from './attachments.js'
import { readCase } from './check-case.js'
import { addTextOptions, readTexts, type TextOptions } from './message-options.js'
import { nextSteps } from './next-steps.js'
import { type OpenedCase, openCheckedCase } from './open-case.js'
import { addDeskOptions, type CaseDesk, type DeskOptions, openDesk } from './open-desk.js'
import { type EventDraft, type MessageReader, READERS, sendEvent } from './send-event.js'
import { wordsOf } from './words/words.js'

/** Options of every verb that acts. */
export type ActOptions = Omit<DeskOptions, 'lang'> & TextOptions & { attach?: string[]; yes?: boolean }

/** What a verb decides with. */
export interface ActContext<O> {
  desk: CaseDesk
  opened: OpenedCase
  options: O
  terminal: Terminal
  /** The texts of `--text` and its translations. */
  texts: ReturnType<typeof readTexts>
  /** Asks before what can't be taken back. @throws ConfigError when nobody is there to be asked */
  confirm(question: string): Promise<boolean>
}

/** What a verb sends, with more to tell; undefined when the officer said no. */
export interface Act {
  draft: Omit<EventDraft, 'message' | 'files'> & {
    message?: Pick<MessagePayload, 'merchant' | 'offer' | 'identity'>
  }
  /** Further members of the JSON result, and lines for people. */
  result?: object
  lines?: readonly string[]
}

export interface Verb<O> {
  name: string
  description: string
  /** Without the leading `trustmark case`. */
  examples: readonly string[]
  /** Closing words of the help. */
  note?: string
  options?: (command: Command) => Command
  act(context: ActContext<O>): Promise<Act | undefined> | Act | undefined
}

/** Makes the command of a verb that acts. */
export function actCommand<O extends object>(verb: Verb<ActOptions & O>): Command {
  const command = new Command(verb.name).description(verb.description).argument('<case>', 'case reference')
  verb.options?.(command)
  addTextOptions(command).option('--attach <file...>', 'files to go with it: jpg, png, webp or pdf')
  return addDeskOptions(command)
    .addHelpText('after', formatExamples(verb.examples, verb.note))
    .action(async (typed: string, options: ActOptions & O, self: Command) => {
      const terminal = terminalOf(self)
      const { cwd } = surroundingsOf(self)
      const ref = readReference(typed)
      const desk = await openDesk(self, { hub: options.hub, anchor: options.anchor })
      const opened = await openCheckedCase(desk, await readCase(desk, ref))
      const texts = readTexts(options, cwd, desk.workspace.definition.languages[0] ?? 'en')
      const files = await sealFiles(options.attach ?? [], cwd)
      const confirm = (question: string): Promise<boolean> => ask(question, options, terminal)
      const act = await verb.act({ desk, opened, options, terminal, texts, confirm })
      if (!act) {
        terminal.result({ case: ref, type: null })
        terminal.print(wordsOf(desk.lang).said.nothing)
        terminal.exit(EXIT.cancelled)
        return
      }
      assertOpen(desk, opened, act.draft.event.type)
      await send(desk, opened, act, texts, files, terminal)
    })
}

async function send(
  desk: CaseDesk,
  opened: OpenedCase,
  { draft, result, lines = [] }: Act,
  texts: ReturnType<typeof readTexts>,
  files: readonly SealedFile[],
  terminal: Terminal,
): Promise<void> {
  const sent = await sendEvent(desk, opened, { ...draft, files, message: { ...draft.message, texts } })
  const { case: ref, seq, sha256, state, type, again, missing } = sent
  terminal.result({ case: ref, type, seq, sha256, state, files: files.length, missing, again, ...result })
  const t = caseTexts(desk.lang)
  const { said } = wordsOf(desk.lang)
  if (again) terminal.print(said.movedOn)
  terminal.print(`${ref}: ${t.officer.events[type]} (${seq}). ${t.officer.states[state]}`)
  for (const line of lines) terminal.print(`  ${line}`)
  if (missing.length > 0) {
    terminal.note(
      `The event is accepted, but ${missing.length} of ${files.length} files did not get through. Do not send it again: the next "trustmark inbox" uploads them.`,
    )
    terminal.exit(EXIT.unreachable)
  } else if (files.length > 0) terminal.print(`  ${said.files.replace('{count}', String(files.length))}`)
}

/** The hub would refuse it too; said here, it names what this agency can do instead. */
function assertOpen(desk: CaseDesk, { view }: OpenedCase, type: CaseEventType): void {
  if (view.actions.includes(type)) return
  const t = caseTexts(desk.lang)
  throw new Refusal('event-not-allowed', {
    detail: `"${type}" is not open to ${desk.member} now: ${view.case} is "${view.state}" (${t.officer.states[view.state]}), and ${desk.member} is ${view.role}. It can: ${
      nextSteps(view)
        .map(({ command }) => command)
        .join('; ') || 'nothing'
    }. See "trustmark case show ${view.case}".`,
    value: type,
  })
}

function ask(question: string, { yes }: { yes?: boolean }, terminal: Terminal): Promise<boolean> {
  if (yes) return Promise.resolve(true)
  if (terminal.interactive) return terminal.confirm(question)
  throw new ConfigError(`This can't be taken back, and nobody is there to be asked. Add --yes. (${question})`)
}

/** Adds `--yes` to a verb that asks. */
export function addYes(command: Command): Command {
  return command.option('--yes', 'do not ask')
}

/** Reads a reference as officers type it. @throws ConfigError */
export function readReference(typed: string): string {
  const ref = readCaseReference(typed)
  if (ref !== undefined) return ref
  throw new ConfigError(`"${typed}" is no case reference such as JP-7Q4K9-MXW2C.`)
}

/** The words after a verb's help. */
export function formatExamples(examples: readonly string[], note?: string): string {
  const lines = examples.map((example) => `  trustmark case ${example}`)
  return `\nExamples:\n${lines.join('\n')}${note === undefined ? '' : `\n\n${note}`}`
}

/** The other side of this agency: a lead speaks to the consumer, a partner to the lead. */
export function counterpart({ view }: OpenedCase): MessageReader[] {
  return view.role === 'lead' ? ['consumer'] : ['lead']
}

/** Everybody who may read now: the partner only once the case was shared with it. */
export function everybody({ view }: OpenedCase): MessageReader[] {
  return READERS.filter((reader) => reader !== 'partner' || (view.partner !== null && view.shared))
}
