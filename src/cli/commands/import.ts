/** `trustmark import`: reads a spreadsheet into drafts, and says of every row it rejects why. */
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { dayOf } from '../../alliance/days.js'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { formatRecordId } from '../agency/claims.js'
import { readErased } from '../agency/erased.js'
import { importFile } from '../agency/import-file.js'
import type { RecordDraft } from '../import/build-draft.js'
import { refuseContainer } from '../import/decode.js'
import { FIELD_HELP } from '../import/fields.js'
import { type Delimiter, ENCODINGS, type Encoding, parseMapping } from '../import/mapping.js'
import { formatReport } from '../import/report.js'
import { templateFor } from '../import/template.js'
import { EXIT, folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { openWorkspace, readBytes, readText, type Workspace } from '../workspace.js'

interface ImportOptions {
  mapping?: string
  encoding?: Encoding
  delimiter?: string
  template?: boolean
  printMapping?: boolean
  lang?: Language
}

const DELIMITERS: Record<string, Delimiter> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  ',': ',',
  ';': ';',
  '\t': '\t',
}

export function importCommand(): Command {
  return new Command('import')
    .description('read a spreadsheet (CSV) into drafts of records; nothing leaves the folder')
    .argument('[file]', 'the CSV file: the whole register, one row for each shop')
    .option('--mapping <file>', 'what its columns mean; by default <file>.mapping.json beside it')
    .addOption(
      new Option('--encoding <name>', 'its encoding, where it can’t be recognised').choices(ENCODINGS),
    )
    .addOption(
      new Option('--delimiter <sign>', 'what separates its cells').choices(
        Object.keys(DELIMITERS).slice(0, 5),
      ),
    )
    .option('--template', 'print a CSV with the columns your records need and a sample row')
    .option('--print-mapping', 'print the mapping file for that template')
    .addOption(new Option('--lang <language>', 'language of template and mapping').choices(LANGUAGES))
    .addHelpText('after', formatHelp())
    .action((file: string | undefined, options: ImportOptions, command: Command) => {
      const terminal = terminalOf(command)
      const workspace = openWorkspace(folderOf(command))
      const { cwd, now } = surroundingsOf(command)
      const seconds = Math.floor(now() / 1000)
      if (options.template || options.printMapping)
        return printTemplate(workspace, options, terminal, seconds)
      if (file === undefined)
        throw new ConfigError('Name the CSV file, or print one to fill in with --template.')
      runImport(workspace, resolve(cwd, file), options, terminal, { cwd, now: seconds })
    })
}

function formatHelp(): string {
  const fields = FIELD_HELP.map(([field, meaning]) => `  ${field.padEnd(24)} ${meaning}`).join('\n')
  return `
Examples:
  trustmark import --template --lang th > shops.csv
  trustmark import --print-mapping --lang th > shops.mapping.json
  trustmark import shops.csv
  trustmark import register.csv --mapping dbd.mapping.json --encoding windows-874

All of them, --template too, need the agency's folder ("trustmark init"): its definition says which marks
you award and what they require. Remove the template's sample row when your own shops are in.

What a column can be mapped to:
${fields}`
}

function printTemplate(
  { definition }: Workspace,
  options: ImportOptions,
  terminal: Terminal,
  now: number,
): void {
  const today = dayOf(now, definition.calendar.timeZone)
  const own = LANGUAGES.find((language) => language === definition.languages[0])
  const { csv, mapping } = templateFor(definition, options.lang ?? own ?? 'en', today)
  if (options.template) terminal.print(csv.trimEnd())
  if (options.printMapping) terminal.print(mapping.trimEnd())
  terminal.result({ template: csv, mapping: JSON.parse(mapping) as object })
}

function runImport(
  workspace: Workspace,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
  { cwd, now }: { cwd: string; now: number },
): void {
  const beside = file.replace(/\.[^./\\]+$/, '').concat('.mapping.json')
  const mappingFile = options.mapping === undefined ? beside : resolve(cwd, options.mapping)
  const bytes = readBytes(file)
  // A workbook needs saving as CSV, whatever the mapping says; asking for a mapping first would send its officer in circles.
  refuseContainer(bytes)
  if (options.mapping === undefined && !existsSync(beside)) {
    throw new ConfigError(
      `There is no ${beside}, which would say what the columns mean. Name one with --mapping, or start from "trustmark import --print-mapping".`,
    )
  }
  const name = basename(file)
  const delimiter = options.delimiter === undefined ? undefined : DELIMITERS[options.delimiter]
  const result = importFile(workspace, bytes, parseMapping(readText(mappingFile)), {
    file: name,
    now,
    encoding: options.encoding,
    delimiter,
  })
  terminal.print(formatReport(result, name).trimEnd())
  const { drafts, rejected, notes, rows, encoding } = result
  const erased = listErasedRows(workspace, drafts)
  if (erased.length > 0) {
    terminal.print(
      `\n${erased.length} erased here at the holder's wish, and not published again: row ${erased.flatMap((draft) => draft.rows).join(', ')}\nRemove these rows from the spreadsheet. Should a holder want the mark again: trustmark erase <record id> --allow-again`,
    )
  }
  terminal.result({
    file: name,
    rows,
    encoding,
    drafts: drafts.length,
    rejected,
    notes,
    erased: erased.map(({ certificate }) => formatRecordId(workspace, certificate)),
  })
  if (drafts.length > 0) terminal.print('\nNext: trustmark sign')
  if (rejected.length > 0) terminal.exit(EXIT.refused)
}

/** Drafts of records that this folder erased; signing and pushing leave them out. */
function listErasedRows(workspace: Workspace, drafts: readonly RecordDraft[]): RecordDraft[] {
  const { hub } = workspace
  if (hub === undefined) return []
  const isErased = readErased({ ...workspace, hub })
  return drafts.filter(({ certificate }) => isErased(formatRecordId(workspace, certificate)))
}
