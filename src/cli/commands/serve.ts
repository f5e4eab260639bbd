/** `trustmark serve`: runs the hub on this machine, configured by the environment. */
import { Command } from 'commander'
import { type RunningHub, readConfig, startNodeHub } from '../../node.js'
import { surroundingsOf, terminalOf } from '../terminal.js'

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the hub (HUB_ORIGIN, PORT, HOST, HUB_DATA)')
    .addHelpText(
      'after',
      `
Environment:
  HUB_ORIGIN  public origin, such as https://hub.example; fixed when the data folder is first used
  PORT, HOST  where to listen (8787 on 127.0.0.1); TLS belongs to the proxy in front
  HUB_DATA    folder of database and keys (./data); keys/operator.jwks.json must be there

Example:
  HUB_ORIGIN=https://hub.example HUB_DATA=/var/lib/trustmark trustmark serve`,
    )
    .action(async (_options: object, command: Command) => {
      const terminal = terminalOf(command)
      const config = readConfig(surroundingsOf(command).env)
      const running = await startNodeHub(config, (line) => terminal.note(JSON.stringify(line)))
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
export async function untilStopped(running: RunningHub): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await running.close()
}
