/** `trustmark case ask`: a question to the consumer. While she has it, every other clock stands still. */
import type { Command } from 'commander'
import { INFO_REQUESTS } from '../../../dispute/taxonomy.js'
import { ConfigError } from '../../../node.js'
import { actCommand } from '../act.js'

export function askCommand(): Command {
  return actCommand<{ for: string }>({
    name: 'ask',
    description: 'ask the consumer for something',
    examples: [
      'ask JP-7Q4K9-MXW2C --for order_number --text "ご注文番号を教えてください。" --lang ja',
      'ask JP-7Q4K9-MXW2C --for proof_of_payment,photographs --text-file question.txt --lang ja',
    ],
    note: `What can be asked for: ${INFO_REQUESTS.join(', ')}. She sees the codes in her own language, and your text as you wrote it.`,
    options: (command) => command.requiredOption('--for <what>', 'what is needed, with commas between'),
    act: ({ options }) => ({
      draft: { event: { type: 'info_requested', asks: readAsks(options.for) }, to: ['consumer', 'lead'] },
    }),
  })
}

/** @throws ConfigError for what can't be asked for */
function readAsks(given: string): (typeof INFO_REQUESTS)[number][] {
  const codes = [...new Set(given.split(',').map((code) => code.trim()))]
  return codes.map((code) => {
    const known = INFO_REQUESTS.find((request) => request === code)
    if (known) return known
    throw new ConfigError(`"${code}" can't be asked for; it is one of ${INFO_REQUESTS.join(', ')}.`)
  })
}
