/** `trustmark status`: suspends, reinstates or revokes a record, at once. */
import { Argument, Command } from 'commander'
import { languageTag } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { STATUS_CHANGES, type StatusClaims } from '../../trust/statements.js'
import { changeStatus } from '../agency/change-status.js'
import { chooseSigner } from '../agency/choose-signer.js'
import { createHubClient } from '../hub-client.js'
import { EXIT, folderOf, surroundingsOf, terminalOf } from '../terminal.js'
import { chooseHub, openWorkspace } from '../workspace.js'
import { addSignerOptions, type SignerOptions, warnOfReadableKeys } from './sign.js'

interface StatusCommandOptions extends SignerOptions {
  reason: string
  lang?: string
  to?: string
  yes?: boolean
}

export function statusCommand(): Command {
  return addSignerOptions(new Command('status'))
    .description('suspend, reinstate or revoke a record; the next look-up shows it')
    .argument('<record>', 'certificate number or record id')
    .addArgument(new Argument('<change>', 'what happens').choices(STATUS_CHANGES))
    .requiredOption('--reason <text>', 'why, as everybody who looks it up will read it; name nobody in it')
    .option('--lang <language>', 'language of the reason (default: the agency’s first)')
    .option('--to <hub>', 'address of the hub, if init did not name it')
    .option('--yes', 'do not ask before revoking')
    .addHelpText(
      'after',
      `
Examples:
  trustmark status V-2569-0102 suspended --reason "ร้องเรียนหลายราย อยู่ระหว่างตรวจสอบ" --lang th
  trustmark status V-2569-0102 reinstated --reason "Complaints were settled." --lang en
  trustmark status th-dbd:V-2569-0102 revoked --reason "Ceased trading." --lang en

Suspension can be lifted. Revocation is final: a new mark needs a new certificate number.`,
    )
    .action(
      async (
        certificate: string,
        change: StatusClaims['status']['change'],
        options: StatusCommandOptions,
        command: Command,
      ) => {
        const terminal = terminalOf(command)
        const { http, now } = surroundingsOf(command)
        const workspace = chooseHub(openWorkspace(folderOf(command)), options.to)
        const lang = options.lang ?? workspace.definition.languages[0] ?? 'en'
        if (!languageTag.safeParse(lang).success)
          throw new ConfigError(`"${lang}" is no language tag such as th or en.`)
        const final = change === 'revoked' && !options.yes
        if (final && !terminal.interactive)
          throw new ConfigError('Revocation is final, and nobody is there to be asked. Add --yes.')
        await warnOfReadableKeys(workspace, terminal)
        const { id, ended, index, register } = await changeStatus(
          workspace,
          createHubClient(workspace.hub, http),
          {
            certificate,
            change,
            reason: { [lang]: options.reason },
            now: () => Math.floor(now() / 1000),
            signer: await chooseSigner(workspace, options),
            confirm: async (record, { mark, level, status }) =>
              !final ||
              terminal.confirm(
                `${record} (${mark}/${level}, now ${status}) will be revoked FOR EVER. Go on?`,
              ),
          },
        )
        terminal.result({
          record: id,
          change: ended === 'changed' ? change : null,
          index: index ?? null,
          register: register?.count ?? null,
        })
        if (ended === 'cancelled') {
          terminal.print('Nothing was changed.')
          terminal.exit(EXIT.cancelled)
          return
        }
        terminal.print(
          `${id} is ${change === 'reinstated' ? 'in force again' : change} (log entry ${index}); look: ${workspace.hub}/r/${id}`,
        )
        if (register)
          terminal.print(
            `register as of ${new Date(register.at * 1000).toISOString()}: ${register.count} in force`,
          )
      },
    )
}
