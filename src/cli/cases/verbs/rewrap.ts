/** `trustmark case rewrap` and `recover`: the complaint sealed anew, to officers' new keys or to the consumer's new secret. */
import type { Command } from 'commander'
import { recoveryView } from '../../../dispute/case-forms.js'
import { CHECK_DIGITS, recoveryCheck } from '../../../dispute/recovery-check.js'
import { ConfigError } from '../../../node.js'
import { Refusal } from '../../../refusal.js'
import { expectStatus, readAnswer } from '../../hub-client.js'
import { actCommand, addYes } from '../act.js'
import type { CaseDesk } from '../open-desk.js'
import { resealCase } from '../reseal.js'

export function rewrapCommand(): Command {
  return actCommand({
    name: 'rewrap',
    description: 'seal the case to all present keys of both agencies, after an officer got a new one',
    examples: ['rewrap JP-7Q4K9-MXW2C'],
    note: 'Run it where a key is that can open the case. Files need nothing: their keys lie in the complaint.',
    async act({ desk, opened }) {
      const { envelope, sha256 } = await resealCase(desk, opened)
      const event = { type: 'rewrapped', reason: 'new_officer_key', envelope: sha256 } as const
      return { draft: { event, envelope } }
    },
  })
}

export function recoverCommand(): Command {
  return actCommand<{ code: string }>({
    name: 'recover',
    description: 'give the case to a consumer who lost her secret, once you know that it is her',
    examples: [
      'recover JP-7Q4K9-MXW2C --code "1234 5678 9012 3456 7890"',
      'recover JP-7Q4K9-MXW2C --code 12345678',
    ],
    note: `Her screen shows eight digits that name her request, and ${CHECK_DIGITS} more that show whether the new keys are those of her own browser. With all of them this is checked here; with eight you compare the rest yourself. Whoever holds the new secret reads everything: be sure of the person first.`,
    options: (command) =>
      addYes(command).requiredOption('--code <digits>', 'the digits that she reads to you from her screen'),
    async act({ desk, opened, options, terminal, confirm }) {
      const ref = opened.view.case
      const { code, check: read } = readCode(options.code)
      const { consumer, requestedAt } = await readRequest(desk, ref, code)
      const check = await recoveryCheck(ref, consumer)
      if (read !== '' && read !== check)
        throw new Refusal('unknown-key', {
          detail: `The digits after the first eight do not fit the keys that the hub shows: she misread one, or the keys are not hers. Let her read them once more. If they still differ, tell the operator and do not recover the case.`,
        })
      for (const line of formatIdentity(opened.identity)) terminal.note(line)
      terminal.note(
        `New keys were asked for at ${requestedAt}. The digits after her first eight: ${group(check)}`,
      )
      const same = read === '' ? ', and does her screen show just these digits' : ''
      const question = `Did you reach her at a telephone or address above, not at one that she gave now, is it her${same}?`
      if (!(await confirm(question))) return undefined
      const { envelope, sha256 } = await resealCase(desk, opened, { consumer })
      return {
        draft: {
          event: {
            type: 'rewrapped',
            reason: 'new_consumer_secret',
            envelope: sha256,
            consumer: { sign: consumer.sign, enc: consumer.enc },
          },
          envelope,
        },
        result: { check, checked: read !== '' },
        lines: ['She can open the case with her new secret now; the old one opens nothing any more.'],
      }
    },
  })
}

/** Digits that name a request at the hub. */
const CODE_DIGITS = 8

/** @throws ConfigError */
function readCode(typed: string): { code: string; check: string } {
  const digits = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '')
  if (/^\d+$/.test(digits) && [CODE_DIGITS, CODE_DIGITS + CHECK_DIGITS].includes(digits.length))
    return { code: digits.slice(0, CODE_DIGITS), check: digits.slice(CODE_DIGITS) }
  throw new ConfigError(
    `--code has the ${CODE_DIGITS} digits of her request, or all ${CODE_DIGITS + CHECK_DIGITS} of her screen.`,
  )
}

function group(digits: string): string {
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ')
}

async function readRequest(desk: CaseDesk, ref: string, code: string) {
  const response = await desk.hub.get(`/v1/cases/${ref}/recovery?code=${code}`)
  return readAnswer(expectStatus(response, 200), recoveryView, 'a request for new keys')
}

function formatIdentity(
  identity: { name: string; email?: string; phone?: string; address?: string } | null,
): string[] {
  if (!identity)
    throw new ConfigError('This machine can’t read who the consumer is, so it can’t check either.')
  const { name, email, phone, address } = identity
  return ['She filed as:', ...[name, phone, email, address].flatMap((value) => (value ? [`  ${value}`] : []))]
}
