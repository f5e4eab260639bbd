/** `trustmark webhook`: where the hub tells the agency that there is news (Standard Webhooks); never what the news is. */
import { Command } from 'commander'
import { webhookView } from '../../dispute/case-forms.js'
import { ConfigError } from '../../node.js'
import { addDeskOptions, type DeskOptions, openDesk } from '../cases/open-desk.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import { terminalOf } from '../terminal.js'

interface WebhookOptions extends DeskOptions {
  url?: string
  remove?: boolean
}

export function webhookCommand(): Command {
  return addDeskOptions(new Command('webhook'))
    .description('say where the hub tells you that there is news, show it, or remove it')
    .option('--url <address>', 'an https address of yours; it replaces the one before, with a new secret')
    .option('--remove', 'tell nobody any more; the inbox still has everything')
    .addHelpText(
      'after',
      `
Examples:
  trustmark webhook                                         shows the address
  trustmark webhook --url https://agency.example/trustmark
  trustmark webhook --remove

Each call is signed per Standard Webhooks with the secret that is shown once, and says only that the inbox has news.`,
    )
    .action(async (options: WebhookOptions, command: Command) => {
      const terminal = terminalOf(command)
      if (options.url !== undefined && options.remove)
        throw new ConfigError('Give --url or --remove, not both.')
      const { hub } = await openDesk(command, options)
      if (options.remove) {
        expectStatus(await hub.remove('/v1/webhook'), 200, 204)
        terminal.result({ url: null })
        terminal.print('The webhook is removed.')
        return
      }
      if (options.url !== undefined) {
        const put = await hub.put('/v1/webhook', { url: options.url })
        const { url, secret } = readAnswer(expectStatus(put, 200, 201), webhookView, 'a webhook')
        terminal.result({ url, secret: secret ?? null })
        terminal.print(`The hub tells ${url} from now on.`)
        terminal.print(`  secret, shown this once: ${secret}`)
        return
      }
      const response = await hub.get('/v1/webhook')
      const shown =
        response.status === 404
          ? undefined
          : readAnswer(expectStatus(response, 200), webhookView, 'a webhook')
      terminal.result({ url: shown?.url ?? null })
      terminal.print(shown ? shown.url : 'There is no webhook. Make one with --url.')
    })
}
