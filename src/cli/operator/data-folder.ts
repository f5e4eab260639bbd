/** Options that backup, restore and rebuild share: which data folder, and how far a step is. */
import { join, resolve } from 'node:path'
import type { OnStep } from '../../node/check-backup.js'
import { packageRoot } from '../../node.js'
import type { Progress, Surroundings, Terminal } from '../terminal.js'

export const DATA_OPTION = [
  '--data <folder>',
  'the hub’s data folder (default: HUB_DATA, else ./data)',
] as const

/** The data folder of a command, absolute. */
export function dataFolder(given: string | undefined, { cwd, env }: Surroundings): string {
  return resolve(cwd, given ?? (env.HUB_DATA || './data'))
}

export function migrationsFolder(): string {
  return join(packageRoot(), 'src/store/migrations')
}

const LABELS: Record<Parameters<OnStep>[0], string> = {
  files: 'Bytes read',
  entries: 'Entries checked',
  replay: 'Entries replayed',
}

/** One bar for each step, made when the step begins. */
export function showSteps(terminal: Terminal): { onStep: OnStep; stop(): void } {
  let current: { step: string; progress: Progress } | undefined
  return {
    onStep(step, done, total) {
      if (current?.step !== step) {
        current?.progress.stop()
        current = { step, progress: terminal.progress(LABELS[step], total) }
      }
      current.progress.update(done)
    },
    stop: () => current?.progress.stop(),
  }
}

/** Bytes for people. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** `1 entry`, `2 entries`. */
export function entries(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}
