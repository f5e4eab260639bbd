/** `trustmark serve`: runs the hub on this machine, configured by the environment, or serves look-ups from a copy. */
import { Command } from 'commander'
import { readConfig, startNodeHub } from '../../node.js'
import { serveCopy } from '../mirror/serve-copy.js'
import { surroundingsOf, terminalOf } from '../terminal.js'

interface ServeOptions {
  mirror?: string
  port?: string
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the hub (HUB_ORIGIN, PORT, HOST, HUB_DATA), or answer look-ups from a copy')
    .option('--mirror <folder>', 'serve a copy that "trustmark mirror" made, read-only')
    .option('--port <number>', 'where to listen (PORT)')
    .addHelpText(
      'after',
      `
Environment:
  HUB_ORIGIN  public origin, such as https://hub.example; fixed when the data folder is first used
  PORT, HOST  where to listen (8787 on 127.0.0.1); TLS belongs to the proxy in front
  HUB_DATA    folder of database and keys (./data); keys/operator.jwks.json must be there

A copy needs no keys and no HUB_ORIGIN. Each of its answers is that of its hub, with the headers Mirror-Of and
Mirror-Synced; "trustmark mirror --follow" may bring it up to date meanwhile.

Examples:
  HUB_ORIGIN=https://hub.example HUB_DATA=/var/lib/trustmark trustmark serve
  trustmark serve --mirror ./copy --port 8790`,
    )
    .action(async (options: ServeOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { env, now } = surroundingsOf(command)
      const log = (line: object): void => terminal.note(JSON.stringify(line))
      const chosen: typeof env = { ...env, PORT: options.port ?? env.PORT }
      if (options.mirror !== undefined) {
        // Nothing but where to listen is a copy's to configure.
        const { port, host } = readConfig({ PORT: chosen.PORT, HOST: chosen.HOST })
        const served = await serveCopy(options.mirror, { port, host, now, log })
        const { hub, size } = served
        terminal.print(
          `The copy of ${hub} (${size} entries) listens on ${host}:${served.port}, read-only, data in ${options.mirror}.`,
        )
        terminal.result({ mirrorOf: hub, size, host, port: served.port, data: options.mirror })
        await untilStopped(served)
        return
      }
      const config = readConfig(chosen)
      const running = await startNodeHub(config, log)
      terminal.print(
        `The hub ${config.origin} listens on ${config.host}:${config.port}, data in ${config.data}.`,
      )
      terminal.result({
        origin: config.origin,
        host: config.host,
        port: config.port,
        data: config.data,
        demo: config.demo,
      })
      await untilStopped(running)
    })
}

/** Waits for Ctrl-C or a service manager's stop, then lets running requests end. */
export async function untilStopped(running: { close(): Promise<void> }): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await running.close()
}
