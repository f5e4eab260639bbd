/** `trustmark case accept` and `decline`: lead and partner each review a case for themselves (as ECC-Net's centres do). */
import { type Command, Option } from 'commander'
import { DECLINE_REASONS, type DeclineReason } from '../../../dispute/taxonomy.js'
import { actCommand, addYes, counterpart } from '../act.js'

export function acceptCommand(): Command {
  return actCommand({
    name: 'accept',
    description: 'take the case, as the agency that leads or as its partner',
    examples: ['accept JP-7Q4K9-MXW2C', 'accept JP-7Q4K9-MXW2C --text "We have taken up your complaint."'],
    note: 'A text goes to the consumer from the agency that leads, and to that agency from its partner.',
    act: ({ opened }) => ({
      draft: {
        event: { type: opened.view.role === 'partner' ? 'partner_accepted' : 'accepted' },
        to: counterpart(opened),
      },
    }),
  })
}

export function declineCommand(): Command {
  return actCommand<{ reason: DeclineReason }>({
    name: 'decline',
    description: 'do not take the case, with the reason',
    examples: [
      'decline JP-7Q4K9-MXW2C --reason no_jurisdiction --text "The shop is not in our country."',
      'decline JP-7Q4K9-MXW2C --reason merchant_unidentifiable --yes',
    ],
    note: 'Declined by the lead, the case is closed; the consumer may reopen it once. Declined by the partner, it goes back to the lead.',
    options: (command) =>
      addYes(command).addOption(
        new Option('--reason <reason>', 'why').choices([...DECLINE_REASONS]).makeOptionMandatory(),
      ),
    async act({ opened, options, confirm }) {
      const partner = opened.view.role === 'partner'
      const ends = partner ? 'It goes back to the agency that leads.' : 'The case is closed by this.'
      if (!(await confirm(`Decline ${opened.view.case} (${options.reason})? ${ends}`))) return undefined
      const event = { type: partner ? 'partner_declined' : 'declined', reason: options.reason } as const
      return { draft: { event, to: counterpart(opened) } }
    },
  })
}
