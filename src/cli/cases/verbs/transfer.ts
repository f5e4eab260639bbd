/** `trustmark case transfer`: another member leads from now on; the complaint is sealed to its keys. */
import { type Command, Option } from 'commander'
import { memberId } from '../../../alliance/definition.js'
import { DECLINE_REASONS, type DeclineReason } from '../../../dispute/taxonomy.js'
import { ConfigError } from '../../../node.js'
import { actCommand, addYes } from '../act.js'
import { resealCase } from '../reseal.js'

export function transferCommand(): Command {
  return actCommand<{ to: string; reason: DeclineReason }>({
    name: 'transfer',
    description: 'hand the lead to another member',
    examples: ['transfer JP-7Q4K9-MXW2C --to th-ocpb --reason no_jurisdiction'],
    note: 'Complaint and identity are sealed to the new lead with keys that the operator signed and the log holds. This agency can then read only what it has saved.',
    options: (command) =>
      addYes(command)
        .requiredOption('--to <member>', 'which member leads from now on')
        .addOption(
          new Option('--reason <reason>', 'why').choices([...DECLINE_REASONS]).makeOptionMandatory(),
        ),
    async act({ desk, opened, options, confirm }) {
      const { to, reason } = options
      if (!memberId.safeParse(to).success || to === desk.member)
        throw new ConfigError(`--to is the id of another member, such as th-ocpb, not "${to}".`)
      const { envelope, sha256 } = await resealCase(desk, opened, { lead: to })
      if (!(await confirm(`Hand ${opened.view.case} to ${to}? You will no longer be able to read it.`)))
        return undefined
      return {
        draft: {
          event: { type: 'transferred', to, reason, envelope: sha256 },
          to: ['consumer'],
          envelope,
        },
        result: { to },
        lines: [`${to} leads once it has signed for it.`],
      }
    },
  })
}
