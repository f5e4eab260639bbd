/** `trustmark verify`: looks a shop up abroad, for a person, and checks every signature itself. */

import { Command, Option } from 'commander'
import * as z from 'zod'
import { countryCode, LANGUAGES, type Language } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { readQuestion } from '../../pages/question.js'
import { POSITIVE_VERDICTS } from '../../record/verdict.js'
import { Refusal, type RefusalCode } from '../../refusal.js'
import { createHubClient, type HubClient, HubClientError } from '../hub-client.js'
import { pinAnchor, readAnchorFile } from '../look-up/anchor-file.js'
import { checkLookUp } from '../look-up/check-lookup.js'
import { formatLookUp } from '../look-up/format-verdict.js'
import { EXIT, surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'

interface VerifyOptions {
  hub: string
  for?: string
  lang: Language
  anchor?: string
  pin?: string
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('look a shop up, and check the signatures behind the answer')
    .argument(
      '<question>',
      'web address, platform shop link or the text around it, record id, or registration number',
    )
    .option('--hub <origin>', 'the hub to ask', process.env.HUB_ORIGIN || 'http://127.0.0.1:8787')
    .option('--for <country>', 'your country, to see who helps you there (such as JP)')
    .addOption(
      new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'),
    )
    .option('--anchor <file>', 'the alliance’s keys, pinned earlier with --pin or got by another way')
    .option('--pin <file>', 'write the alliance’s keys as this hub shows them')
    .addHelpText(
      'after',
      `
Exit code 0: a mark is in force and everything checked out; 1: not so.

Examples:
  trustmark verify https://somjai-silk.example --for JP --lang ja
  trustmark verify th-dbd:V-2026-0001 --hub https://hub.example --anchor alliance.json`,
    )
    .action(async (question: string, options: VerifyOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { now, http } = surroundingsOf(command)
      const origin = parseOrigin(options.hub)
      const pinned = options.anchor ? readAnchorFile(options.anchor, origin) : undefined
      const query = {
        ...readQuestion(question, origin),
        ...(options.for && { for: readCountry(options.for) }),
      }
      const looked = await checkLookUp(
        getter(createHubClient(origin, http)),
        origin,
        query,
        now() / 1000,
        pinned,
      )
      if (options.pin) pinAnchor(options.pin, looked.anchor)
      for (const line of formatLookUp(looked, options.lang)) terminal.print(line)
      terminal.result(looked)
      const inForce = POSITIVE_VERDICTS.includes(looked.verdict.verdict)
      if (!inForce || !looked.trusted) terminal.exit(EXIT.refused)
    })
}

function readCountry(text: string): string {
  const code = text.toUpperCase()
  if (countryCode.safeParse(code).success) return code
  throw new ConfigError(`--for is the code of a country, such as JP, not "${text}".`)
}

/** Fetches text; the hub's own refusals come through as they are. */
export function getter(client: HubClient): (path: string, accept?: string) => Promise<string> {
  return async (path, accept = '*/*') => {
    const { status, text } = await client.get(path, { Accept: accept })
    if (status === 200) return text
    const problem = z.object({ code: z.string(), detail: z.string() }).safeParse(safeJson(text))
    if (problem.success) throw new Refusal(problem.data.code as RefusalCode, problem.data.detail)
    throw new HubClientError('refused', `The hub answered ${status} to ${path}.`)
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
