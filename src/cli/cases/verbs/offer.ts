/** `trustmark case offer` and `close`: how the lead brings a case to its end; "resolved" is the consumer's own word. */
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { AGENCY_OUTCOMES, REMEDIES, type Remedy } from '../../../dispute/taxonomy.js'
import { ConfigError } from '../../../node.js'
import { actCommand, addYes, everybody } from '../act.js'
import { addMoneyOptions, type MoneyOptions, readMoney } from '../message-options.js'

export function offerCommand(): Command {
  return actCommand<MoneyOptions & { remedy: Remedy; until?: string }>({
    name: 'offer',
    description: 'convey an offer of the merchant to the consumer',
    examples: [
      'offer JP-7Q4K9-MXW2C --remedy refund --amount 1290 --currency THB --text "全額が返金されます。" --lang ja',
      'offer JP-7Q4K9-MXW2C --remedy replace --until 2026-12-31',
    ],
    note: 'She accepts or refuses it on her page. What it says is encrypted; the hub only sees that there is an offer.',
    options: (command) =>
      addMoneyOptions(
        command.addOption(
          new Option('--remedy <remedy>', 'what is offered').choices([...REMEDIES]).makeOptionMandatory(),
        ),
      ).option('--until <date>', 'how long it stands, such as 2026-12-31'),
    act({ opened, options }) {
      const amount = readMoney(options)
      const until = readDate(options.until)
      const offer = { remedy: options.remedy, ...(amount && { amount }), ...(until && { until }) }
      return {
        draft: { event: { type: 'offer_made' }, message: { offer }, to: everybody(opened) },
        result: { offer },
      }
    },
  })
}

export function closeCommand(): Command {
  return actCommand<{ outcome: (typeof AGENCY_OUTCOMES)[number] }>({
    name: 'close',
    description: 'end the case with an outcome',
    examples: ['close JP-7Q4K9-MXW2C --outcome merchant_silent --text "…" --lang ja --yes'],
    note: 'An agency never closes a case as resolved: that is the consumer’s word. She may reopen it once. Its content is erased 90 days later.',
    options: (command) =>
      addYes(command).addOption(
        new Option('--outcome <outcome>', 'how it ended').choices([...AGENCY_OUTCOMES]).makeOptionMandatory(),
      ),
    async act({ opened, options: { outcome }, confirm }) {
      if (!(await confirm(`Close ${opened.view.case} as ${outcome}?`))) return undefined
      return { draft: { event: { type: 'closed', outcome }, to: everybody(opened) } }
    },
  })
}

/** @throws ConfigError */
function readDate(given: string | undefined): string | undefined {
  if (given === undefined || z.iso.date().safeParse(given).success) return given
  throw new ConfigError(`"${given}" is no date such as 2026-12-31.`)
}
