/** `trustmark demo`: a hub on this machine with invented shops, published by demo members through the public API. */
import { Command } from 'commander'
import { ConfigError, readConfig } from '../../node.js'
import { demoFolders, seedDemo } from '../demo/seed.js'
import { startDemoHub } from '../demo/start-demo-hub.js'
import { createHubClient } from '../hub-client.js'
import { surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { parseOrigin } from '../workspace.js'
import { untilStopped } from './serve.js'

export function demoCommand(): Command {
  return new Command('demo')
    .description('run a demo hub with invented shops; the named agencies take no part in it')
    .option('--to <origin>', 'fill a demo hub that runs already, with the operator’s key of --data')
    .option('--data <folder>', 'data folder (default: HUB_DATA, else ./data)')
    .addHelpText(
      'after',
      '\nEnvironment: PORT (8787), HUB_DATA (./data). HUB_ORIGIN must be unset: a demo stays on this machine.',
    )
    .action(async (options: { to?: string; data?: string }, command: Command) => {
      const terminal = terminalOf(command)
      const { env, now, http } = surroundingsOf(command)
      const seconds = () => Math.floor(now() / 1000)
      const config = readConfig({ ...env, ...(options.data && { HUB_DATA: options.data }) })
      if (options.to) {
        const origin = parseOrigin(options.to)
        await seedDemo(createHubClient(origin, http), config.data, seconds, terminal.note)
        announce(terminal, origin, config.data)
        return
      }
      if (!config.demo)
        throw new ConfigError(
          'HUB_ORIGIN is set, but a demo stays on this machine. Unset it, or run "trustmark serve".',
        )
      const running = await startDemoHub(config, (line) => terminal.note(JSON.stringify(line)))
      terminal.print(
        `Trustmark Hub, a demo on ${config.origin}: the shops are invented, and the agencies named take no part in it.`,
      )
      try {
        await seedDemo(createHubClient(config.origin, http), config.data, seconds, terminal.note)
      } catch (error) {
        await running.close()
        throw error
      }
      announce(terminal, config.origin, config.data)
      terminal.print(`\nData is in ${config.data}. Stop with Ctrl-C.`)
      terminal.result({ origin: config.origin, data: config.data })
      await untilStopped(running)
    })
}

/** Look-ups to paste, the pages, and the inboxes of the demo's agencies. */
function announce(terminal: Terminal, origin: string, data: string): void {
  const { member } = demoFolders(data)
  terminal.print(`
Ready. Paste a look-up:
  curl '${origin}/v1/verify?url=https://somjai-silk.example&for=JP'
  curl '${origin}/v1/verify?record=vn-ecomviet:SW-2026-0010'
  curl -H 'Accept: application/jwt' '${origin}/v1/verify?identifier=0999000001015'

Or open the page:
  ${origin}/        ${origin}/th/   ${origin}/vi/   ${origin}/ja/
  ${origin}/ja/verify?q=https://somjai-silk.example&for=JP

Or complain as a consumer in Japan, and act as the agencies that get it (you hold their demo keys):
  ${origin}/ja/complaint?url=https://somjai-silk.example
  trustmark inbox -C ${member('jp-ccj')}
  trustmark case show <reference> -C ${member('jp-ccj')} --lang en
  trustmark inbox -C ${member('th-ocpb')}      after CCJ has shared the case`)
}
