/** `trustmark rotate`: replaces keys, in steps between which every machine may restart (DESIGN 4.5). */
import { Command } from 'commander'
import { beginCommand, finishCommand } from '../operator/log-key-at-hub.js'
import { announceCommand, retireCommand } from '../operator/log-key-at-operator.js'

export function rotateCommand(): Command {
  return new Command('rotate')
    .description('replace a key, in steps that survive a restart (operator)')
    .addCommand(logKeyCommand())
}

function logKeyCommand(): Command {
  return new Command('log-key')
    .description('replace the key that signs the log’s checkpoints')
    .addHelpText(
      'after',
      `
The log's key is on the hub's machine; the operator's word, which alone makes a key count, is given on another.
In this order; every step may be repeated, and a step too early is refused with what to do first:

  1. hub       trustmark rotate log-key begin            makes the next key and prints its verifier line
  2. hub       start the hub again                       it signs each checkpoint with both keys
  3. operator  trustmark rotate log-key announce <line>  says in the log that the next key counts too
  4. hub       trustmark rotate log-key finish           makes the next key the current one
  5. hub       start the hub again                       it signs with the new key alone
  6. operator  trustmark rotate log-key retire <old>     says in the log that the old key counts no more

Leave some weeks between 3 and 4: who looks in meanwhile learns the new key from a checkpoint that the old one signed.
Was the old key stolen, go through all six at once. On Workers the keys are in a file: see --keys, and docs/log-keys.md.`,
    )
    .addCommand(beginCommand())
    .addCommand(announceCommand())
    .addCommand(finishCommand())
    .addCommand(retireCommand())
}
