/** `trustmark init`: makes an agency's folder, or the operator's. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import * as z from 'zod'
import { ConfigError } from '../../node.js'
import { createOperatorWorkspace } from '../operator/operator-workspace.js'
import { folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { createWorkspace, listPackagedMembers, readJson } from '../workspace.js'

interface InitOptions {
  member?: string
  hub?: string
  definition?: string
  operator?: boolean
}

export function initCommand(): Command {
  return new Command('init')
    .description('make the folder of an agency, or (--operator) of the alliance’s operator')
    .argument('[folder]', 'where; the current folder by default')
    .option('--member <id>', `the agency: ${listPackagedMembers().join(', ')}, or any with --definition`)
    .option('--hub <origin>', 'address of the hub, such as https://hub.example')
    .option('--definition <file>', 'the agency’s own definition (member.json)')
    .option('--operator', 'make the operator’s key, which stays outside the running hub')
    .addHelpText(
      'after',
      `
Examples:
  trustmark init dbd --member th-dbd --hub https://hub.example
  trustmark init --operator ./operator

Nothing is ever overwritten.`,
    )
    .action(async (folder: string | undefined, options: InitOptions, command: Command) => {
      const terminal = terminalOf(command)
      const path = folder === undefined ? folderOf(command) : resolve(surroundingsOf(command).cwd, folder)
      if (options.operator) await initOperator(path, options, terminal)
      else initAgency(path, options, terminal, surroundingsOf(command).cwd)
    })
}

async function initOperator(path: string, { hub, member }: InitOptions, terminal: Terminal): Promise<void> {
  if (member !== undefined)
    throw new ConfigError(
      '--operator and --member exclude each other: operator and agencies keep their keys apart.',
    )
  const { folder, kid, keyFile, publicFile } = await createOperatorWorkspace(path, hub)
  terminal.print(`The operator's folder is ${folder}`)
  terminal.print(`  private key: ${keyFile}`)
  terminal.print(
    '    It admits members. Keep this folder off the machine that runs the hub, and a copy of it in a safe.',
  )
  terminal.print(`  public key:  ${publicFile}`)
  terminal.print('    Copy it to the hub, into the folder "keys" of its data folder.')
  terminal.result({ folder, kid, keyFile, publicFile })
}

function initAgency(
  path: string,
  { member, hub, definition }: InitOptions,
  terminal: Terminal,
  cwd: string,
): void {
  const given =
    definition === undefined
      ? undefined
      : readJson(resolve(cwd, definition), z.looseObject({ id: z.string() }))
  const id = member ?? given?.id
  if (id === undefined) {
    throw new ConfigError(
      `Say which agency this is: --member with one of ${listPackagedMembers().join(', ')}, or --definition <file>.`,
    )
  }
  const workspace = createWorkspace(path, { member: id, definition: given, hub })
  terminal.print(
    `The folder of ${workspace.member} is ${workspace.folder}${workspace.hub ? `, for the hub ${workspace.hub}` : ''}`,
  )
  terminal.print('  definition.json  who you are, your marks and their rules; read it, you will sign it')
  terminal.print('  keys/            for your own account only')
  terminal.print('Next: trustmark keygen')
  terminal.result({ folder: workspace.folder, member: workspace.member, hub: workspace.hub ?? null })
}
