/** `trustmark route`: where a complaint goes and why, asked of a hub or decided here by the same rules. */
import { Command, Option } from 'commander'
import { LANGUAGES } from '../../alliance/text.js'
import { createHubClient } from '../hub-client.js'
import { readAnchorFile } from '../look-up/anchor-file.js'
import { askRoute } from '../route/ask-hub.js'
import { decideOffline } from '../route/decide-offline.js'
import { formatRoute, showRoute } from '../route/format-route.js'
import { addQuestionOptions, type RouteOptions, readRouteQuestion } from '../route/route-options.js'
import { surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'

export function routeCommand(): Command {
  const command = new Command('route')
    .description('where a complaint goes, and why')
    .argument('[shop]', 'web address of the shop, its link on a platform, or the id of its record')
    .option('--hub <origin>', 'the hub to ask', process.env.HUB_ORIGIN || 'http://127.0.0.1:8787')
  return addQuestionOptions(command)
    .addOption(
      new Option('--lang <language>', 'language of the reasons').choices([...LANGUAGES]).default('en'),
    )
    .option('--explain', 'show every gate and rule in its order, with its source', false)
    .option('--anchor <file>', 'the alliance’s keys, pinned earlier with verify --pin')
    .option('--offline', 'decide here by the rules of this package, as a demo would', false)
    .option('--members <folder>', 'decide here, with the member files of that folder')
    .addHelpText(
      'after',
      `
No names, contacts or texts are asked for or sent. Without a hub nothing is looked up: name the record.

Examples:
  trustmark route https://somjai-silk.example --from JP --lang ja
  trustmark route th-dbd:V-2026-0001 --from VN --claim not_as_described --amount 2500000 --currency VND --explain
  trustmark route --offline --from KR --merchant-country JP
  trustmark route --from TH --kind mark_misuse --mark-shown jp-tradesafe https://copy.example`,
    )
    .action(async (shop: string | undefined, options: RouteOptions, self: Command) => {
      const terminal = terminalOf(self)
      const question = readRouteQuestion(shop, options)
      if (options.offline || options.members !== undefined) {
        if (question.purchaseUrl !== undefined)
          terminal.note(
            'Without a hub the address is not looked up. Name a record with --record to count one.',
          )
        const { found, directory } = decideOffline(question, options.members)
        print(terminal, showRoute(found, directory, options.lang), options)
        terminal.result({ route: found })
        return
      }
      const { now, http } = surroundingsOf(self)
      const origin = parseOrigin(options.hub)
      const pinned = options.anchor ? readAnchorFile(options.anchor, origin) : undefined
      const asked = await askRoute(
        createHubClient(origin, http),
        question,
        now() / 1000,
        pinned,
        options.lang,
      )
      print(terminal, asked.answer, options)
      terminal.print('')
      terminal.print(
        `The quote is signed by ${asked.anchor.alliance}${asked.pinned ? ', whose keys are those of the anchor file' : ''}, and says what is shown.`,
      )
      if (asked.anchor.demo) terminal.print('This hub is a demo: the agencies named take no part in it.')
      terminal.result(asked)
    })
}

function print(terminal: Terminal, found: Parameters<typeof formatRoute>[0], options: RouteOptions): void {
  for (const line of formatRoute(found, options.lang, options.explain)) terminal.print(line)
}
