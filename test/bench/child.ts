/** Processes that are measured apart from the one that asks: started here, asked over IPC, told to stop. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A process under measurement. `ask` sends a message and gives the next answer; one question at a time. */
export interface Child {
  ask<T>(message: object): Promise<T>
  /** Processor time used so far in microseconds, garbage collection and thread pool included. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

/** Starts `<name>.js` beside this bundle and waits until it says that it is ready. */
export async function startChild(name: string, ...args: string[]): Promise<Child> {
  const profile =
    process.env.BENCH_PROFILE === name ? ['--cpu-prof', '--cpu-prof-dir=dist/bench/profiles'] : []
  const child = fork(join(import.meta.dirname, `${name}.js`), args, {
    serialization: 'advanced',
    execArgv: ['--enable-source-maps', ...profile],
  })
  const ask = <T>(message: object): Promise<T> => {
    const answered = answer<T>(child, name)
    child.send(message)
    return answered
  }
  await answer(child, name)
  return {
    ask,
    cpu: () => ask<number>({ cpu: true }),
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.send({ stop: true })
      await exited
    },
  }
}

function answer<T>(child: ChildProcess, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${name} ended with code ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as T)
    })
  })
}

/** The child's side: answers each message with what `handle` gives, and ends when told to. */
export function serveParent(
  handle: (message: Record<string, unknown>) => Promise<unknown>,
  close: () => Promise<void>,
): void {
  process.on('message', async (message: Record<string, unknown>) => {
    if (message.stop) {
      await close()
      process.disconnect()
      return
    }
    const { user, system } = process.cpuUsage()
    process.send?.(message.cpu ? user + system : await handle(message))
  })
  // Whoever asked is gone, perhaps killed: nobody else would stop this process.
  process.once('disconnect', () => process.exit())
  process.send?.('ready')
}
