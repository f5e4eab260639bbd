/** `trustmark case show`, `save` and `export`: what this agency may read of a case, decrypted on this machine only. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import type { MemberDefinition } from '../../../alliance/definition.js'
import type { LocalText } from '../../../alliance/text.js'
import type { QuoteClaims } from '../../../dispute/envelope.js'
import { reasonWords } from '../../../dispute/routing/reason-text.js'
import { namedMembers, tellReasons } from '../../../dispute/routing/tell-reasons.js'
import { memberOf } from '../../../record/record.js'
import { Refusal } from '../../../refusal.js'
import { EXIT, surroundingsOf, terminalOf } from '../../terminal.js'
import { formatExamples, readReference } from '../act.js'
import { writePrivate } from '../attachments.js'
import { readCase } from '../check-case.js'
import { exportCase } from '../export-case.js'
import { formatCase } from '../format-case.js'
import { nextSteps } from '../next-steps.js'
import { type OpenedCase, openCheckedCase } from '../open-case.js'
import { addDeskOptions, type CaseDesk, type DeskOptions, openDesk } from '../open-desk.js'
import { caseReader } from '../reader.js'
import { saveCase } from '../save-case.js'

/** Members that a case is told with. The one whose mark she saw she named herself: there may be none such. */
async function definitionsFor(desk: CaseDesk, claims: QuoteClaims): Promise<Map<string, MemberDefinition>> {
  const { record, markShown } = claims.quote.meta
  const known = [...namedMembers(claims), ...(record === null ? [] : [memberOf(record)])]
  const shown = markShown === null || known.includes(markShown) ? [] : [markShown]
  const ofMark = desk.definitionsOf(shown).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'member-unknown') return []
    throw error
  })
  return new Map([...(await desk.definitionsOf(known)), ...(await ofMark)])
}

async function openReference(
  command: Command,
  typed: string,
  options: DeskOptions,
): Promise<{ desk: CaseDesk; opened: OpenedCase }> {
  const ref = readReference(typed)
  const desk = await openDesk(command, options)
  return { desk, opened: await openCheckedCase(desk, await readCase(desk, ref)) }
}

export function showCommand(): Command {
  return addDeskOptions(new Command('show'), { reads: true })
    .description('show a case in your language: route, complaint, what happened, what can be done')
    .argument('<case>', 'case reference')
    .addHelpText(
      'after',
      formatExamples(
        ['show JP-7Q4K9-MXW2C', 'show JP-7Q4K9-MXW2C --lang th'],
        'Codes are shown in your language; what people wrote stays in theirs, named and marked line by line.',
      ),
    )
    .action(async (typed: string, options: DeskOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { desk, opened } = await openReference(command, typed, options)
      const { view, keys, quote } = opened
      const definitions = await definitionsFor(desk, quote)
      const names = new Map<string, { name: LocalText }>([...definitions, ...keys])
      const reader = caseReader(desk.lang, names, desk.workspace.definition.calendar?.timeZone ?? 'UTC')
      const reasons = tellReasons(
        quote,
        reasonWords(desk.lang, (id) => definitions.get(id)),
      )
      terminal.result({ ...exportCase(opened), reasons, next: nextSteps(view) })
      for (const line of formatCase(opened, reasons, reader)) terminal.print(line)
    })
}

export function saveCommand(): Command {
  return addDeskOptions(new Command('save'))
    .description('save the complaint and its files, decrypted, for your account only')
    .argument('<case>', 'case reference')
    .requiredOption('--to <folder>', 'where; a folder named after the case is made in it')
    .addHelpText(
      'after',
      formatExamples(
        ['save JP-7Q4K9-MXW2C --to ./saved'],
        'Files get names of their own; a sender’s name for one stands in payload.json. A file is saved only when its content is of the type that its sender stated. Scan it before you open it: nobody could on the way.',
      ),
    )
    .action(async (typed: string, options: DeskOptions & { to: string }, command: Command) => {
      const terminal = terminalOf(command)
      const { desk, opened } = await openReference(command, typed, options)
      const saved = await saveCase(desk, opened, resolve(surroundingsOf(command).cwd, options.to))
      terminal.result({ case: opened.view.case, ...saved })
      terminal.print(`${saved.folder}:`)
      terminal.print('  payload.json')
      for (const { file, called, bytes } of saved.files)
        terminal.print(`  ${file}  ${bytes} bytes, called "${called.replaceAll(/\s+/g, ' ')}" by its sender`)
      for (const { called, reason } of saved.refused)
        terminal.print(`  NOT SAVED: "${called.replaceAll(/\s+/g, ' ')}": ${reason}`)
      if (saved.refused.length > 0) terminal.exit(EXIT.refused)
    })
}

export function exportCommand(): Command {
  return addDeskOptions(new Command('export'))
    .description('write everything this agency may read of a case as one JSON object')
    .argument('<case>', 'case reference')
    .option('--file <file>', 'into a file for your account only, instead of stdout')
    .addHelpText(
      'after',
      formatExamples(['export JP-7Q4K9-MXW2C --file case.json', 'export JP-7Q4K9-MXW2C --json | jq .events']),
    )
    .action(async (typed: string, options: DeskOptions & { file?: string }, command: Command) => {
      const terminal = terminalOf(command)
      const { opened } = await openReference(command, typed, options)
      const content = exportCase(opened)
      if (options.file === undefined) {
        terminal.result(content)
        terminal.print(JSON.stringify(content, null, 2))
        return
      }
      const file = resolve(surroundingsOf(command).cwd, options.file)
      writePrivate(file, `${JSON.stringify(content, null, 2)}\n`)
      terminal.result({ case: opened.view.case, file })
      terminal.print(file)
    })
}
