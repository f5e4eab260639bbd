/** `trustmark rotate log-key` on the hub's machine: `begin` makes the next key, `finish` makes it the current one (DESIGN 4.5). */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { ConfigError } from '../../node.js'
import { listLogKeys, readAnchor } from '../../verify.js'
import { createHubClient } from '../hub-client.js'
import { askHub } from '../look-up/ask-hub.js'
import { surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'
import { beginLogKey, finishLogKey } from './log-key-files.js'
import { beginLogKeyInSecret, finishLogKeyInSecret } from './log-key-secret.js'

interface HubMachineOptions {
  data?: string
  keys?: string
  hub?: string
}

export function beginCommand(): Command {
  return addHubOptions(new Command('begin'))
    .description('make the next key (on the hub’s machine)')
    .addHelpText(
      'after',
      `
Examples:
  trustmark rotate log-key begin --data /var/lib/trustmark
  trustmark rotate log-key begin --keys hub-keys.json --hub https://hub.example`,
    )
    .action(async (options: HubMachineOptions, command: Command) => {
      const terminal = terminalOf(command)
      const place = placeOf(options, command)
      const { file, vkey, made } =
        'data' in place ? await beginLogKey(place.data) : await beginLogKeyInSecret(place.keys, place.origin)
      terminal.print(made ? `The next key is in ${file}` : `The next key was made before; it is in ${file}`)
      terminal.print(`Its verifier line:\n  ${vkey}`)
      terminal.print(
        `Next: ${again(place)}, give the line to the operator by a way that nobody can alter, and let the operator run\n` +
          `  trustmark rotate log-key announce ${vkey} --operator <folder>`,
      )
      terminal.result({ file, vkey, made })
    })
}

export function finishCommand(): Command {
  return addHubOptions(new Command('finish'))
    .description('make the next key the current one (on the hub’s machine)')
    .addHelpText(
      'after',
      `
Refused until the log holds the operator's announcement of the next key.

Examples:
  trustmark rotate log-key finish --data /var/lib/trustmark
  trustmark rotate log-key finish --keys hub-keys.json --hub https://hub.example`,
    )
    .action(async (options: HubMachineOptions, command: Command) => {
      const terminal = terminalOf(command)
      const place = placeOf(options, command)
      const { current, retired } =
        'data' in place
          ? await finishLogKey(place.data)
          : finishLogKeyInSecret(place.keys, place.origin, await askTrustedKeys(place.origin, command))
      terminal.print(`The log's key is now ${current.vkey}`)
      terminal.print(`The old one is kept in ${retired.file}; delete that file once the key is retired.`)
      terminal.print(
        `Next: ${again(place)}, and every other process that serves this log; then let the operator run\n` +
          `  trustmark rotate log-key retire ${retired.vkey} --operator <folder>`,
      )
      terminal.result({ current, retired })
    })
}

function addHubOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'the hub’s data folder (default: HUB_DATA, else ./data)')
    .option('--keys <file>', 'for a hub on Workers: the file that is set as the secret HUB_KEYS')
    .option('--hub <origin>', 'with --keys: the hub’s origin')
}

/** Where the hub's keys are: in its data folder, or in a file whose content is a secret on Workers. */
type Place = { data: string } | { keys: string; origin: string }

function placeOf({ data, keys, hub }: HubMachineOptions, command: Command): Place {
  const { cwd, env } = surroundingsOf(command)
  if (keys === undefined) {
    if (hub !== undefined) throw new ConfigError('--hub goes with --keys: a data folder knows its hub.')
    return { data: resolve(cwd, data ?? (env.HUB_DATA || './data')) }
  }
  if (data !== undefined || hub === undefined)
    throw new ConfigError('--keys goes with --hub and without --data: such as --hub https://hub.example.')
  return { keys: resolve(cwd, keys), origin: parseOrigin(hub) }
}

function again(place: Place): string {
  return 'data' in place
    ? 'start the hub again'
    : `set the secret again (npx wrangler secret put HUB_KEYS < ${place.keys})`
}

/** Keys that the log trusts, as the hub's configuration tells them. */
async function askTrustedKeys(origin: string, command: Command): Promise<readonly string[]> {
  const { now, http } = surroundingsOf(command)
  const hub = askHub(createHubClient(origin, http))
  return listLogKeys(
    await readAnchor(await hub.text('/alliance/.well-known/openid-federation'), origin, now() / 1000),
  )
}
