/** `trustmark sign`: signs what the last import changed, with the agency's own key. */
import { Command } from 'commander'
import { ConfigError } from '../../node.js'
import { chooseSigner } from '../agency/choose-signer.js'
import { formatDifference } from '../agency/difference.js'
import { readDrafts } from '../agency/drafts.js'
import { findReadableKeys, listKeys } from '../agency/keys.js'
import { signDrafts } from '../agency/sign-drafts.js'
import { folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { chooseHub, FILES, openWorkspace, type Workspace } from '../workspace.js'

/** Options that say who signs. */
export interface SignerOptions {
  signer?: string
  kid?: string
}

export function signCommand(): Command {
  return addSignerOptions(new Command('sign'))
    .description('sign the records that are new or changed since they were published')
    .option('--to <hub>', 'address of the hub, if init did not name it')
    .addHelpText(
      'after',
      `
Examples:
  trustmark sign
  trustmark sign --signer "./sign-with-token --slot 2"

Works without a network. What is signed waits in ${FILES.outbox}; trustmark push sends it.`,
    )
    .action(async (options: SignerOptions & { to?: string }, command: Command) => {
      const terminal = terminalOf(command)
      const workspace = chooseHub(openWorkspace(folderOf(command)), options.to)
      if (!readDrafts(workspace))
        throw new ConfigError('Nothing was imported yet. Run "trustmark import <file>" first.')
      await warnOfReadableKeys(workspace, terminal)
      const signer = await chooseSigner(workspace, options)
      const now = Math.floor(surroundingsOf(command).now() / 1000)
      const summary = await signDrafts(workspace, { now, signer })
      const { difference, signed, kept, dropped } = summary
      for (const line of formatDifference(difference)) terminal.print(line)
      const parts = [
        `${signed.length} signed`,
        ...(kept.length > 0 ? [`${kept.length} signed before and still waiting`] : []),
        ...(dropped.length > 0 ? [`${dropped.length} withdrawn, for the file no longer says so`] : []),
      ]
      terminal.print(`${parts.join(', ')}.`)
      if (signed.length + kept.length > 0) terminal.print('Next: trustmark push')
      terminal.result({ signed, waiting: kept, withdrawn: dropped })
    })
}

/** Adds the options that say who signs; push and status have them too. */
export function addSignerOptions(command: Command): Command {
  return command
    .option(
      '--signer <command>',
      'sign with a token or HSM: signing input on stdin, base64url signature on stdout',
    )
    .option('--kid <kid>', 'which issue key, if there are several')
}

/** A private key that others on the machine can read is told, not refused: some file systems have no modes. */
export async function warnOfReadableKeys(workspace: Workspace, terminal: Terminal): Promise<void> {
  for (const file of findReadableKeys(await listKeys(workspace))) {
    terminal.note(`warning: other accounts of this machine can read ${file}; run: chmod 600 "${file}"`)
  }
}
