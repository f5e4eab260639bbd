/** `trustmark erase`: a holder asks to be forgotten, and the agency's records about it vanish (DESIGN 5, erasure). */
import { Command } from 'commander'
import { ConfigError } from '../../node.js'
import { chooseSigner } from '../agency/choose-signer.js'
import { formatRecordId } from '../agency/claims.js'
import { type EraseSummary, eraseRecords, type ToErase } from '../agency/erase-record.js'
import { keepErased } from '../agency/erased.js'
import { createHubClient } from '../hub-client.js'
import { EXIT, folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { chooseHub, openWorkspace } from '../workspace.js'
import { addSignerOptions, type SignerOptions, warnOfReadableKeys } from './sign.js'

interface EraseCommandOptions extends SignerOptions {
  to?: string
  yes?: boolean
  allowAgain?: boolean
}

export function eraseCommand(): Command {
  return addSignerOptions(new Command('erase'))
    .description('erase records for good, because their holder asks to be forgotten')
    .argument('<record...>', 'certificate numbers or record ids')
    .option('--to <hub>', 'address of the hub, if init did not name it')
    .option('--yes', 'do not ask before erasing')
    .option('--allow-again', 'erase nothing: let a record that was erased here be published anew')
    .addHelpText(
      'after',
      `
Examples:
  trustmark erase V-2569-0102
  trustmark erase th-dbd:V-2569-0102 th-dbd:R-2569-0007 --yes
  trustmark erase V-2569-0102 --allow-again

Erasing is for a holder who asks to be forgotten. For a mark that ended or was taken away, use "trustmark status
<record> revoked": shoppers then see that it was, and erasing would hide it from them.

The public log keeps that something was published and erased, when and by whom, and nothing of what it said.
Mirrors forget at their next sync; signed answers that somebody holds stay valid for an hour at most.`,
    )
    .action(async (certificates: string[], options: EraseCommandOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { http, now } = surroundingsOf(command)
      const workspace = chooseHub(openWorkspace(folderOf(command)), options.to)
      if (options.allowAgain) {
        const ids = certificates.map((one) => (one.includes(':') ? one : formatRecordId(workspace, one)))
        keepErased(workspace, ids, false)
        terminal.print(`${ids.join(', ')}: may be published again. Next: trustmark import, sign, push`)
        terminal.result({ allowed: ids })
        return
      }
      if (!options.yes && !terminal.interactive)
        throw new ConfigError('Erasing is final, and nobody is there to be asked. Add --yes.')
      await warnOfReadableKeys(workspace, terminal)
      const summary = await eraseRecords(workspace, createHubClient(workspace.hub, http), {
        certificates,
        now: () => Math.floor(now() / 1000),
        signer: await chooseSigner(workspace, options),
        confirm: async (records, sameHolder) => {
          tellRecords(records, terminal)
          if (sameHolder.length > 0)
            terminal.print(`Not named, and about the same holder: ${sameHolder.join(', ')}`)
          return (
            options.yes === true ||
            terminal.confirm(
              'Everything that was ever published about this is erased. It can NOT be undone. Go on?',
            )
          )
        },
      })
      tellSummary(summary, terminal)
    })
}

function tellRecords(records: readonly ToErase[], terminal: Terminal): void {
  for (const { id, published } of records) {
    terminal.print(
      published
        ? `${id}: ${published.mark}/${published.level}, ${published.status}; log entries ${published.indices.join(', ')}`
        : `${id}: not published; its draft and signed copy in this folder`,
    )
  }
}

function tellSummary(summary: EraseSummary, terminal: Terminal): void {
  const { ended, erased, removed, rejected, pending, register, file } = summary
  terminal.result({
    ended,
    erased: erased.map(({ id, entries, index }) => ({ record: id, entries, index: index ?? null })),
    removed,
    rejected,
    pending,
    register: register?.count ?? null,
  })
  if (ended === 'cancelled') {
    terminal.print('Nothing was erased.')
    terminal.exit(EXIT.cancelled)
    return
  }
  for (const { id, entries, index } of erased) {
    const by = index === undefined ? 'another machine erased it meanwhile' : `by log entry ${index}`
    terminal.print(`${id}: erased at the hub and in this folder (log entries ${entries.join(', ')}; ${by})`)
  }
  for (const id of removed) terminal.print(`${id}: removed from this folder; the hub never had it`)
  for (const { id, detail, code } of rejected) terminal.print(`${id}: NOT erased. ${detail} [${code}]`)
  for (const id of pending)
    terminal.print(`${id}: the hub has the erasure but has not decided; run this again in a minute`)
  if (register)
    terminal.print(
      `register as of ${new Date(register.at * 1000).toISOString()}: ${register.count} in force${'index' in register.result ? '' : ' (not accepted yet; the next push sends it again)'}`,
    )
  if (erased.length + removed.length > 0) {
    terminal.print(
      `\nYours to do: remove the rows from ${file ?? 'your spreadsheet'} and from your other systems, and see to your backups and printed
reports. Until then an import here leaves these rows out; another machine's folder would publish them anew.`,
    )
  }
  if (rejected.length + pending.length > 0) terminal.exit(EXIT.refused)
}
