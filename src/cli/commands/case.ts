/** `trustmark case <verb>`: everything an officer does with one case, on the machine where the agency's keys lie. */
import { Command } from 'commander'
import { acceptCommand, declineCommand } from '../cases/verbs/accept.js'
import { askCommand } from '../cases/verbs/ask.js'
import { answeredCommand, notifiedCommand, silentCommand } from '../cases/verbs/merchant.js'
import { messageCommand } from '../cases/verbs/message.js'
import { closeCommand, extendCommand, offerCommand } from '../cases/verbs/offer.js'
import { exportCommand, saveCommand, showCommand } from '../cases/verbs/read.js'
import { recoverCommand, rewrapCommand } from '../cases/verbs/rewrap.js'
import { shareCommand } from '../cases/verbs/share.js'
import { transferCommand } from '../cases/verbs/transfer.js'

/** In the order in which a case usually goes. */
const VERBS: readonly (() => Command)[] = [
  showCommand,
  saveCommand,
  exportCommand,
  acceptCommand,
  declineCommand,
  askCommand,
  messageCommand,
  shareCommand,
  notifiedCommand,
  answeredCommand,
  silentCommand,
  extendCommand,
  offerCommand,
  closeCommand,
  transferCommand,
  rewrapCommand,
  recoverCommand,
]

export function caseCommand(): Command {
  const command = new Command('case')
    .description('read a complaint and act in its case, as the agency that leads or its partner')
    .addHelpText(
      'after',
      `
A case from beginning to end, with CCJ leading and OCPB as its partner:
  CCJ    trustmark inbox
  CCJ    trustmark case show JP-7Q4K9-MXW2C
  CCJ    trustmark case accept JP-7Q4K9-MXW2C
  CCJ    trustmark case share JP-7Q4K9-MXW2C
  OCPB   trustmark inbox
  OCPB   trustmark case accept JP-7Q4K9-MXW2C
  OCPB   trustmark case notified JP-7Q4K9-MXW2C
  OCPB   trustmark case answered JP-7Q4K9-MXW2C --result offers --remedy refund --amount 1290 --currency THB
  CCJ    trustmark case offer JP-7Q4K9-MXW2C --remedy refund --amount 1290 --currency THB
Then the consumer accepts, and the case is resolved. "trustmark case show" always says what can be done next.`,
    )
  for (const create of VERBS) command.addCommand(create())
  return command
}
