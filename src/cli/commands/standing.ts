/** `trustmark standing`: the operator suspends a member, lets it leave, or admits it again (DESIGN 4.5). */
import { resolve } from 'node:path'
import { Argument, Command } from 'commander'
import { memberId } from '../../alliance/definition.js'
import { languageTag } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { createHubClient } from '../hub-client.js'
import { readKnownMember } from '../operator/member-standing.js'
import { loadOperator } from '../operator/operator-workspace.js'
import { sendStatement } from '../operator/send-statement.js'
import { signStanding } from '../operator/sign-admission.js'
import { EXIT, surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'

const STANDINGS = ['admitted', 'suspended', 'left'] as const

/** What everybody sees from the next look-up on. */
const EFFECTS: Record<(typeof STANDINGS)[number], string> = {
  admitted: 'its records count again',
  suspended: 'each of its records shows "issuer suspended", and nothing that it signs is accepted',
  left: 'each of its records shows "issuer left", and nothing that it signs is accepted',
}

interface StandingOptions {
  reason: string
  lang: string
  to: string
  operator: string
  yes?: boolean
}

export function standingCommand(): Command {
  return new Command('standing')
    .description('suspend a member, let it leave, or admit it again (operator)')
    .argument('<member>', 'the member’s id, such as th-dbd')
    .addArgument(new Argument('<standing>', 'its standing from now on').choices(STANDINGS))
    .requiredOption('--reason <text>', 'why; it stands in the public log for good, so name no person in it')
    .option('--lang <language>', 'language of the reason', 'en')
    .requiredOption('--to <hub>', 'the hub’s origin')
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--yes', 'do not ask before suspending or leaving')
    .addHelpText(
      'after',
      `
Examples:
  trustmark standing th-dbd suspended --reason "Its keys may be in other hands." --operator operator --to https://hub.example
  trustmark standing th-dbd admitted --reason "New keys are in place." --operator operator --to https://hub.example

The next look-up shows it. Nothing of the member's records is lost: "admitted" brings them back.`,
    )
    .action(
      async (
        member: string,
        participation: (typeof STANDINGS)[number],
        options: StandingOptions,
        command: Command,
      ) => {
        const terminal = terminalOf(command)
        const { cwd, now, http } = surroundingsOf(command)
        const { lang, reason } = options
        if (!memberId.safeParse(member).success)
          throw new ConfigError(`"${member}" is no member's id such as th-dbd.`)
        if (!languageTag.safeParse(lang).success)
          throw new ConfigError(`"${lang}" is no language tag such as th or en.`)
        const asks = participation !== 'admitted' && !options.yes
        if (asks && !terminal.interactive)
          throw new ConfigError(
            'This touches every record of the member, and nobody is there to be asked. Add --yes.',
          )
        const client = createHubClient(parseOrigin(options.to), http)
        const { signer: operator } = await loadOperator(resolve(cwd, options.operator))
        const known = await readKnownMember(client, member)
        if (!known) throw new ConfigError(`${client.origin} has no member ${member}. Check the id.`)
        const question = `${member} is ${known.participation}, with ${known.records} records in force. It will be ${participation}: ${EFFECTS[participation]}. Go on?`
        if (asks && !(await terminal.confirm(question))) {
          terminal.result({ member, standing: known.participation, outcome: 'cancelled' })
          terminal.print('Nothing was changed.')
          terminal.exit(EXIT.cancelled)
          return
        }
        const standing = { member, participation, reason: { [lang]: reason } }
        const seconds = Math.floor(now() / 1000)
        const sent = await sendStatement(
          client,
          await signStanding(standing, operator, client.origin, seconds),
        )
        terminal.print(
          `${member} is ${participation} (log index ${sent.index}, signed by operator key ${operator.kid}): ${EFFECTS[participation]}.`,
        )
        terminal.result({ member, standing: participation, ...sent, kid: operator.kid })
      },
    )
}
