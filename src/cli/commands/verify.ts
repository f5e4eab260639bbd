/** `trustmark verify`: looks a shop up abroad, for a person, and checks every signature itself. */

import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { countryCode, LANGUAGES, type Language } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { readQuestion } from '../../pages/look-up/question.js'
import { POSITIVE_VERDICTS } from '../../record/verdict.js'
import { createHubClient } from '../hub-client.js'
import { pinAnchor, readAnchorFile } from '../look-up/anchor-file.js'
import { askHub } from '../look-up/ask-hub.js'
import { checkLookUp } from '../look-up/check-lookup.js'
import { formatLookUp } from '../look-up/format-verdict.js'
import { collectEvidence, remember } from '../look-up/offline/collect-evidence.js'
import { assertSavable, saveEvidence } from '../look-up/offline/save-evidence.js'
import { verifyOffline } from '../look-up/offline/verify-offline.js'
import { EXIT, surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'

interface VerifyOptions {
  hub: string
  for?: string
  lang: Language
  anchor?: string
  pin?: string
  save?: string
  offline?: true
  proof: string[]
  admission?: string
  verdict?: string
}

/** Options that mean something only with, or only without, `--offline`. */
const ONLINE = ['for', 'pin', 'save'] as const
const OFFLINE = ['proof', 'admission', 'verdict'] as const

export function verifyCommand(): Command {
  return new Command('verify')
    .description('look a shop up, and check the signatures behind the answer')
    .argument(
      '<question>',
      'web address, platform shop link or the text around it, record id, or registration number; with --offline a file or folder',
    )
    .option('--hub <origin>', 'the hub to ask', process.env.HUB_ORIGIN || 'http://127.0.0.1:8787')
    .option('--for <country>', 'your country, to see who helps you there (such as JP)')
    .addOption(
      new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'),
    )
    .option('--anchor <file>', 'the alliance’s keys, pinned earlier with --pin or got by another way')
    .option('--pin <file>', 'write the alliance’s keys as this hub shows them')
    .option('--save <folder>', 'keep what the answer rests on, to check it later without network')
    .option('--offline', 'ask nobody: check a record, a proof, or a folder made by --save, against --anchor')
    .option(
      '--proof <file>',
      'with --offline: a .tlog-proof; may be given again',
      (file, before: string[]) => [...before, file],
      [],
    )
    .option('--admission <file>', 'with --offline: the admission of the record’s issuer')
    .option('--verdict <file>', 'with --offline: the hub’s signed answer')
    .addHelpText(
      'after',
      `
Exit code 0: a mark is in force and everything checked out; 1: not so.
With --offline, 0: all that was given holds and nothing of it speaks against the record; 1: not so. What was not given
is named as not confirmed, and does not change the code.

Examples:
  trustmark verify https://somjai-silk.example --for JP --lang ja
  trustmark verify th-dbd:V-2026-0001 --hub https://hub.example --anchor alliance.json
  trustmark verify th-dbd:V-2026-0001 --hub https://hub.example --save ./evidence
  trustmark verify --offline ./evidence --anchor ./evidence/anchor.json
  trustmark verify --offline record.jwt --proof record.tlog-proof --verdict verdict.jwt --anchor alliance.json`,
    )
    .action(async (question: string, options: VerifyOptions, command: Command) => {
      const terminal = terminalOf(command)
      const surroundings = surroundingsOf(command)
      assertFits(options)
      if (options.offline) {
        const named = command.getOptionValueSource('hub') === 'cli' ? parseOrigin(options.hub) : undefined
        await verifyOffline(question, { ...options, origin: named }, surroundings, terminal)
        return
      }
      const { cwd, now, http } = surroundings
      const folder = options.save === undefined ? undefined : resolve(cwd, options.save)
      if (folder) assertSavable(folder)
      const origin = parseOrigin(options.hub)
      const pinned = options.anchor ? readAnchorFile(options.anchor, origin) : undefined
      const query = {
        ...readQuestion(question, origin),
        ...(options.for && { for: readCountry(options.for) }),
      }
      const asking = remember(askHub(createHubClient(origin, http)))
      const { hub } = asking
      const looked = await checkLookUp(hub, origin, query, now() / 1000, pinned, {
        followsLog: pinned !== undefined && (options.pin !== undefined || folder !== undefined),
      })
      if (options.pin) await pinAnchor(options.pin, looked.anchor, hub)
      for (const line of formatLookUp(looked, options.lang)) terminal.print(line)
      const saved =
        folder &&
        saveEvidence(folder, await collectEvidence(looked, asking, now() / 1000), looked, {
          question,
          at: new Date(now()).toISOString(),
        })
      if (saved) {
        terminal.print(`Kept in ${saved.folder}: ${saved.files.join(', ')}`)
        terminal.print(`Check it without network: trustmark verify --offline ${options.save} --anchor <file>`)
      }
      terminal.result(saved ? { ...looked, saved } : looked)
      const inForce = POSITIVE_VERDICTS.includes(looked.verdict.verdict)
      if (!inForce || !looked.trusted) terminal.exit(EXIT.refused)
    })
}

/** @throws ConfigError for options that can't mean anything together */
function assertFits(options: VerifyOptions): void {
  const { offline = false } = options
  const stray = (offline ? ONLINE : OFFLINE).find((name) => (options[name]?.length ?? 0) > 0)
  if (!stray) return
  throw new ConfigError(
    offline
      ? `--${stray} needs the hub, and --offline asks nobody. Leave one of them out.`
      : `--${stray} belongs to --offline, which checks files and asks nobody.`,
  )
}

function readCountry(text: string): string {
  const code = text.toUpperCase()
  if (countryCode.safeParse(code).success) return code
  throw new ConfigError(`--for is the code of a country, such as JP, not "${text}".`)
}
