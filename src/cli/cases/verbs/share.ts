/** `trustmark case share`: lets the partner read the complaint, and tells it who she is where she allowed that. */
import type { Command } from 'commander'
import { actCommand } from '../act.js'

export function shareCommand(): Command {
  return actCommand<{ identity: boolean }>({
    name: 'share',
    description: 'let the partner read the complaint',
    examples: [
      'share JP-7Q4K9-MXW2C',
      'share JP-7Q4K9-MXW2C --text "Please ask the shop for a refund." --lang en',
      'share JP-7Q4K9-MXW2C --without-identity',
    ],
    note: 'Who the consumer is goes along only where she allowed that it may be conveyed; your text goes to the partner.',
    options: (command) =>
      command.option('--without-identity', 'do not tell who the consumer is, though she allowed it'),
    act({ opened, options }) {
      const { withoutIdentity } = options as { withoutIdentity?: boolean }
      const allowed = opened.complaint?.conveyIdentity === true
      const identity = allowed && !withoutIdentity ? (opened.identity ?? undefined) : undefined
      return {
        draft: {
          event: { type: 'shared' },
          to: ['partner'],
          ...(identity && { message: { identity } }),
        },
        result: { identityConveyed: identity !== undefined },
        lines: [
          identity
            ? 'Who the consumer is was sent along, for she allowed it.'
            : `Who the consumer is was not sent${allowed ? '' : ': she did not allow it'}.`,
        ],
      }
    },
  })
}
