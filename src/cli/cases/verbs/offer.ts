/** `trustmark case extend`, `offer` and `close`: how the lead brings a case to its end; "resolved" is the consumer's own word. */
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { MAX_EXTENSION_DAYS } from '../../../dispute/case-event.js'
import {
  AGENCY_OUTCOMES,
  EXTENSION_REASONS,
  type ExtensionReason,
  REMEDIES,
  type Remedy,
} from '../../../dispute/taxonomy.js'
import { ConfigError } from '../../../node.js'
import { actCommand, addYes, everybody } from '../act.js'
import { addMoneyOptions, type MoneyOptions, readMoney } from '../message-options.js'

export function extendCommand(): Command {
  return actCommand<{ days: number; reason: ExtensionReason }>({
    name: 'extend',
    description: 'take more time for the negotiation, once, and say why',
    examples: ['extend JP-7Q4K9-MXW2C --days 7 --reason merchant_asked_for_time'],
    note: `Up to ${MAX_EXTENSION_DAYS} calendar days, before the due day is over. The consumer is shown the reason.`,
    options: (command) =>
      command
        .addOption(
          new Option('--days <days>', 'how many calendar days more')
            .argParser(readDays)
            .makeOptionMandatory(),
        )
        .addOption(
          new Option('--reason <reason>', 'why').choices([...EXTENSION_REASONS]).makeOptionMandatory(),
        ),
    act: ({ opened, options: { days, reason } }) => ({
      draft: { event: { type: 'extended', days, reason }, to: everybody(opened) },
    }),
  })
}

export function offerCommand(): Command {
  return actCommand<MoneyOptions & { remedy: Remedy; until?: string; performed?: boolean }>({
    name: 'offer',
    description: 'convey an offer of the merchant to the consumer',
    examples: [
      'offer JP-7Q4K9-MXW2C --remedy refund --amount 1290 --currency THB --text "全額が返金されます。" --lang ja',
      'offer JP-7Q4K9-MXW2C --remedy replace --until 2026-12-31',
      'offer JP-7Q4K9-MXW2C --remedy refund --amount 1290 --currency THB --performed',
    ],
    note: 'She accepts or refuses it on her page. What it says is encrypted; the hub only sees that there is an offer. Her silence of 20 days counts as “resolved” only with --performed.',
    options: (command) =>
      addMoneyOptions(
        command.addOption(
          new Option('--remedy <remedy>', 'what is offered').choices([...REMEDIES]).makeOptionMandatory(),
        ),
      )
        .option('--until <date>', 'how long it stands, such as 2026-12-31')
        .option('--performed', 'the merchant has done it already: paid, sent, cancelled'),
    act({ opened, options }) {
      const amount = readMoney(options)
      const until = readDate(options.until)
      const offer = { remedy: options.remedy, ...(amount && { amount }), ...(until && { until }) }
      return {
        draft: {
          event: { type: 'offer_made', performed: options.performed === true },
          message: { offer },
          to: everybody(opened),
        },
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
function readDays(given: string): number {
  const days = Number(given)
  if (Number.isInteger(days) && days >= 1 && days <= MAX_EXTENSION_DAYS) return days
  throw new ConfigError(
    `A negotiation can be extended by 1 to ${MAX_EXTENSION_DAYS} days, not by "${given}".`,
  )
}

/** @throws ConfigError */
function readDate(given: string | undefined): string | undefined {
  if (given === undefined || z.iso.date().safeParse(given).success) return given
  throw new ConfigError(`"${given}" is no date such as 2026-12-31.`)
}
