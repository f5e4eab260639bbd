/** `trustmark case share`: lets the partner read the complaint, and tells it who she is as far as she allowed that. */
import type { Command } from 'commander'
import type { IdentityPayload } from '../../../dispute/payload.js'
import { actCommand } from '../act.js'
import type { OpenedCase } from '../open-case.js'
import { wordsOf } from '../words/words.js'

export function shareCommand(): Command {
  return actCommand<{ identity: boolean }>({
    name: 'share',
    description: 'let the partner read the complaint',
    examples: [
      'share JP-7Q4K9-MXW2C',
      'share JP-7Q4K9-MXW2C --text "Please ask the shop for a refund." --lang en',
      'share JP-7Q4K9-MXW2C --without-identity',
    ],
    note: 'Her name and contact details go along only where she allowed that they may be conveyed, as she gave them; your text goes to the partner.',
    options: (command) =>
      command.option('--without-identity', 'do not tell who the consumer is, though she allowed it'),
    act({ desk, opened, options }) {
      const { withoutIdentity } = options as { withoutIdentity?: boolean }
      const { said } = wordsOf(desk.lang)
      const allowed = allowedIdentity(opened)
      const identity = withoutIdentity ? undefined : allowed
      return {
        draft: {
          event: { type: 'shared' },
          to: ['partner'],
          ...(identity && { message: { identity } }),
        },
        result: { identityConveyed: identity !== undefined },
        lines: [identity ? said.identity : allowed ? said.identityKept : said.identityNotAllowed],
      }
    },
  })
}

/**
 * What she lets be conveyed. What she agreed to later counts before what she filed, for she was shown exactly that; only
 * a message of her own is her agreement.
 */
function allowedIdentity({ complaint, identity, messages, chain }: OpenedCase): IdentityPayload | undefined {
  const agreed = messages.findLast(
    ({ seq, payload }) => payload?.identity && chain.events[seq]?.actor === 'consumer',
  )?.payload?.identity
  if (agreed) return agreed
  return complaint?.conveyIdentity === true ? (identity ?? undefined) : undefined
}
