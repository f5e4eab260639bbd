/** `trustmark case notified`, `answered` and `silent`: what passed between the agency that reaches the merchant and it. */
import { type Command, Option } from 'commander'
import { MERCHANT_RESULTS, type MerchantResult, REMEDIES, type Remedy } from '../../../dispute/taxonomy.js'
import { actCommand, counterpart } from '../act.js'
import { addMoneyOptions, type MoneyOptions, readMoney } from '../message-options.js'

export function notifiedCommand(): Command {
  return actCommand({
    name: 'notified',
    description: 'record that the merchant was asked to answer; once more when the second notice is due',
    examples: ['notified JP-7Q4K9-MXW2C'],
    act: ({ opened }) => ({ draft: { event: { type: 'merchant_notified' }, to: counterpart(opened) } }),
  })
}

export function answeredCommand(): Command {
  return actCommand<MoneyOptions & { result: MerchantResult; remedy?: Remedy }>({
    name: 'answered',
    description: 'record what the merchant answered',
    examples: [
      'answered JP-7Q4K9-MXW2C --result offers --remedy refund --amount 1290 --currency THB --text "ร้านยินดีคืนเงิน" --lang th --translation "en=The shop will refund." --made human',
      'answered JP-7Q4K9-MXW2C --result refuses --text-file answer.txt --attach receipt.pdf',
    ],
    note: 'The hub sees the result’s code. Words and amounts are encrypted to the agency that leads, or to the consumer where there is no partner.',
    options: (command) =>
      addMoneyOptions(
        command
          .addOption(
            new Option('--result <result>', 'how it answered')
              .choices([...MERCHANT_RESULTS])
              .makeOptionMandatory(),
          )
          .addOption(new Option('--remedy <remedy>', 'what it offers or accepts').choices([...REMEDIES])),
      ),
    act({ opened, options: { result, remedy, ...money } }) {
      const amount = readMoney(money)
      const merchant = { result, ...(remedy && { remedy }), ...(amount && { amount }) }
      return {
        draft: {
          event: { type: 'merchant_responded', result },
          message: { merchant },
          to: counterpart(opened),
        },
        result: { merchant },
      }
    },
  })
}

export function silentCommand(): Command {
  return actCommand({
    name: 'silent',
    description: 'record that the merchant did not answer the second notice in time',
    examples: ['silent JP-7Q4K9-MXW2C'],
    act: ({ opened }) => ({ draft: { event: { type: 'merchant_silent' }, to: counterpart(opened) } }),
  })
}
