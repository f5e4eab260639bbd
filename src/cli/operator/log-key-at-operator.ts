/** `trustmark rotate log-key` on the operator's machine: `announce` and `retire` say in the log which keys count (DESIGN 4.5). */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { ConfigError } from '../../node.js'
import { createHubClient } from '../hub-client.js'
import { EXIT, surroundingsOf, terminalOf } from '../terminal.js'
import { announceLogKey, checkRetirement, type LogKeyOperator, retireLogKey } from './log-key-statements.js'
import { openOperatorDesk } from './operator-desk.js'

interface OperatorOptions {
  operator: string
  to?: string
  yes?: boolean
}

export function announceCommand(): Command {
  return addOperatorOptions(new Command('announce'))
    .description('say in the log that a new key counts too (on the operator’s machine)')
    .argument('<vkey>', 'its verifier line, as "begin" printed it')
    .addHelpText(
      'after',
      `
Refused until the hub signs with that key: who announces a line holds it against the hub's machine first.

Example:
  trustmark rotate log-key announce hub.example/log+0f1e2d3c+AT… --operator ./operator --to https://hub.example`,
    )
    .action(async (vkey: string, options: OperatorOptions, command: Command) => {
      const terminal = terminalOf(command)
      const operator = await openOperator(options, command)
      const { outcome, index } = await announceLogKey(operator, vkey)
      terminal.print(
        outcome === 'duplicate'
          ? `It was announced before, in log entry ${index}.`
          : `The key is announced (log index ${index}, signed by operator key ${operator.signer.kid}): verifiers learn it from there.`,
      )
      terminal.print('Next, on the hub’s machine: trustmark rotate log-key finish')
      terminal.result({ vkey, change: 'announced', outcome, index })
    })
}

export function retireCommand(): Command {
  return addOperatorOptions(new Command('retire'))
    .description('say in the log that an old key counts no more (on the operator’s machine)')
    .argument('<vkey>', 'its verifier line, as "finish" printed it')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Refused for the key that the hub signs with. A retired key never comes back.

Example:
  trustmark rotate log-key retire hub.example/log+a1b2c3d4+AT… --operator ./operator --to https://hub.example`,
    )
    .action(async (vkey: string, options: OperatorOptions, command: Command) => {
      const terminal = terminalOf(command)
      const operator = await openOperator(options, command)
      const before = await checkRetirement(operator, vkey)
      if (!before && !options.yes) {
        if (!terminal.interactive)
          throw new ConfigError('A retired key never comes back, and nobody is there to be asked. Add --yes.')
        if (!(await terminal.confirm(`${vkey} will count no more, for good. Go on?`))) {
          terminal.print('Nothing was changed.')
          terminal.result({ vkey, change: 'retired', outcome: 'cancelled' })
          terminal.exit(EXIT.cancelled)
          return
        }
      }
      const { outcome, index } = before ?? (await retireLogKey(operator, vkey))
      terminal.print(
        outcome === 'duplicate'
          ? `It was retired before, in log entry ${index}.`
          : `The key is retired (log index ${index}, signed by operator key ${operator.signer.kid}): whoever reads that refuses what it signs.`,
      )
      terminal.result({ vkey, change: 'retired', outcome, index })
    })
}

function addOperatorOptions(command: Command): Command {
  return command
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--to <hub>', 'the hub’s origin, if the folder does not name it')
}

async function openOperator({ operator, to }: OperatorOptions, command: Command): Promise<LogKeyOperator> {
  const { cwd, now: milliseconds, http } = surroundingsOf(command)
  const now = (): number => Math.floor(milliseconds() / 1000)
  const { signer, anchor } = await openOperatorDesk(resolve(cwd, operator), to, { http, now })
  return { client: createHubClient(anchor.origin, http), signer, anchor, now }
}
