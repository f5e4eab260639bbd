/** `trustmark case message`: words to the others, encrypted to exactly those who shall read them. */
import { type Command, Option } from 'commander'
import { ConfigError } from '../../../node.js'
import { actCommand, counterpart, everybody } from '../act.js'
import type { OpenedCase } from '../open-case.js'
import { type MessageReader, READERS } from '../send-event.js'

type Addressee = MessageReader | 'all'

export function messageCommand(): Command {
  const command = actCommand<{ to?: Addressee }>({
    name: 'message',
    description: 'write to the consumer or the other agency',
    examples: [
      'message JP-7Q4K9-MXW2C --to consumer --text "回答をお待ちください。" --lang ja',
      'message JP-7Q4K9-MXW2C --to lead --text "ร้านขอเวลาถึงวันศุกร์" --lang th --translation "en=The shop asks for time until Friday." --made human',
      'reply JP-7Q4K9-MXW2C --text-file answer.txt --attach contract.pdf',
    ],
    note: 'Without --to it goes from the lead to the consumer, and from the partner to the lead. Your own agency can always read it again.',
    options: (command) =>
      command.addOption(new Option('--to <reader>', 'who reads it').choices([...READERS, 'all'])),
    act({ opened, options, texts }) {
      if (texts.length === 0) throw new ConfigError('A message needs --text or --text-file.')
      return { draft: { event: { type: 'message' }, to: chooseReaders(opened, options.to) } }
    },
  })
  return command.alias('reply')
}

function chooseReaders(opened: OpenedCase, to: Addressee | undefined): readonly MessageReader[] {
  if (to === undefined) return counterpart(opened)
  const open = everybody(opened)
  if (to === 'all') return open
  if (open.includes(to)) return [to]
  throw new ConfigError(
    opened.view.partner === null
      ? 'This case has no partner.'
      : `The partner, ${opened.view.partner}, can't read this case yet: "trustmark case share ${opened.view.case}" first.`,
  )
}
