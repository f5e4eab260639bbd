/** `trustmark restore`: makes a hub's data from a backup, unless it is damaged or others have seen more of its log (operator). */

import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import { syncCopy } from '../../hub/mirror/sync-copy.js'
import { DataError } from '../../node/data-error.js'
import { type RestartedLog, restartLog } from '../../node/restart-log.js'
import { openForCatchUp, type Prepared, prepareRestore } from '../../node/restore-backup.js'
import { ConfigError } from '../../node.js'
import { createHubClient } from '../hub-client.js'
import { createHttpSource } from '../mirror/http-source.js'
import { DATA_OPTION, dataFolder, entries, migrationsFolder, showSteps } from '../operator/data-folder.js'
import { assertStartKnown, type Judged, judgeAll, objection } from '../operator/judge-restore.js'
import { type Surroundings, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'

interface RestoreOptions {
  from: string
  data?: string
  /** False for --no-known. */
  known?: string[] | false
  catchUp?: boolean
  force?: boolean
  generation?: number
  withoutKeys?: boolean
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('make a hub’s data from a backup (operator)')
    .requiredOption('--from <folder>', 'the backup')
    .option(...DATA_OPTION)
    .option(
      '--known <source>',
      'who else has seen the log: a mirror’s address, a copy’s or data folder, a file with a checkpoint (repeatable)',
      (source: string, all: string[] | undefined) => [...(all ?? []), source],
    )
    .option('--no-known', 'nobody can be asked: restore without comparing')
    .option('--catch-up', 'take the entries that the backup lacks from a mirror named with --known')
    .option(
      '--force',
      'go on without entries that others have seen: the log starts anew, under another name and key',
    )
    .option(
      '--generation <number>',
      'with --force: which start of the log this is at least, where only you can know (2 to 9999)',
      readGeneration,
    )
    .option('--without-keys', 'the backup has no private keys; you put them in place by hand')
    .addHelpText(
      'after',
      `
Examples:
  trustmark restore --from /backups/hub-2026-11-22 --data /var/lib/trustmark --known https://mirror.example
  trustmark restore --from /backups/hub-2026-11-22 --data /var/lib/trustmark --known https://mirror.example --catch-up
  trustmark restore --from /backups/hub-2026-11-22 --data /var/lib/trustmark --known ./old-data --force

The data folder must be empty. A backup that is damaged, or older than what is known, is refused, and nothing is written.
With --force every reader is told that the log was started anew; members send again what was lost ("trustmark push").`,
    )
    .action(async (options: RestoreOptions, command: Command) => {
      const terminal = terminalOf(command)
      const surroundings = surroundingsOf(command)
      const { known, catchUp, force } = options
      if (catchUp && force)
        throw new ConfigError(
          'Give --catch-up or --force: with the first nothing is lost, with the second it is.',
        )
      if (options.generation !== undefined && !force)
        throw new ConfigError('--generation is for --force: only a log that starts anew gets another name.')
      if (catchUp && !(known || []).some((name) => /^https?:/.test(name)))
        throw new ConfigError('--catch-up needs the address of a mirror: --known https://mirror.example')
      const data = dataFolder(options.data, surroundings)
      const steps = showSteps(terminal)
      const prepared = await prepareRestore({
        from: resolve(surroundings.cwd, options.from),
        data,
        migrations: migrationsFolder(),
        withoutKeys: options.withoutKeys,
        now: surroundings.now(),
        onStep: steps.onStep,
      }).finally(steps.stop)
      try {
        if (!known) await assertNobodyKnows(known, terminal)
        const judged = await judgeAll(prepared, known || [], surroundings)
        const restored = await settle(prepared, judged, options, { terminal, surroundings })
        prepared.finish()
        tell({ data, prepared, judged, ...restored }, options, terminal)
      } catch (error) {
        prepared.abandon()
        throw error
      }
    })
}

function readGeneration(text: string): number {
  if (/^([2-9]|[1-9][0-9]{1,3})$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number from 2 to 9999: hub.example/log-3 is the third start.')
}

async function assertNobodyKnows(known: false | undefined, terminal: Terminal): Promise<void> {
  if (known === false) return
  const question =
    'No --known was given. If anybody has seen newer entries than the backup has, the log would fork for good. Is nobody left to ask?'
  if (terminal.interactive && (await terminal.confirm(question))) return
  throw new DataError(
    'known-missing',
    'Say who else has seen the log, so that none of it is lost unseen: --known <mirror’s address, copy’s folder or checkpoint file>; or --no-known if there is nobody.',
  )
}

interface Settled {
  size: number
  caughtUp: number
  restarted?: RestartedLog
}

/** Takes what is missing, starts the log anew, or refuses. */
async function settle(
  prepared: Prepared,
  judged: readonly Judged[],
  { catchUp, force, generation }: RestoreOptions,
  { terminal, surroundings }: { terminal: Terminal; surroundings: Surroundings },
): Promise<Settled> {
  const { size } = prepared.manifest
  const against = objection(judged, size)
  if (force) {
    if (!against && judged.length > 0)
      throw new ConfigError(
        'Nothing that is known would be lost, so the log need not start anew: leave --force out.',
      )
    assertStartKnown(judged, generation)
    const seen = judged.filter(({ signed }) => signed).map(({ logOrigin }) => logOrigin)
    const start = { seen, least: generation }
    return { size, caughtUp: 0, restarted: await restartLog(prepared.folder, start, surroundings.now()) }
  }
  if (!against) return { size, caughtUp: 0 }
  if (!catchUp || against.code !== 'older-than-known') throw against
  const reached = await takeMissing(prepared, judged, { terminal, surroundings })
  const most = Math.max(...judged.map((one) => one.size))
  if (reached < most)
    throw new DataError(
      'older-than-known',
      `The mirrors have ${entries(reached)}, but ${most} were seen: ${entries(most - reached)} would still be lost.`,
    )
  return { size: reached, caughtUp: reached - size }
}

/** @returns the size reached @throws MirrorError when a mirror's copy does not hold */
async function takeMissing(
  prepared: Prepared,
  judged: readonly Judged[],
  { terminal, surroundings }: { terminal: Terminal; surroundings: Surroundings },
): Promise<number> {
  const from = [...judged].filter(({ hub }) => hub !== undefined).sort((a, b) => b.size - a.size)[0]
  const { copy, file } = await openForCatchUp(prepared, surroundings.now)
  let bar: ReturnType<Terminal['progress']> | undefined
  try {
    const source = createHttpSource(createHubClient(from?.hub ?? '', surroundings.http))
    const { size } = await syncCopy(copy, source, {
      onProgress(done, total) {
        bar ??= terminal.progress('Entries taken', total)
        bar.update(done)
      },
    })
    return size
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error
    throw new DataError('log-damaged', `${from?.name}: ${error.message}`, { index: error.index })
  } finally {
    bar?.stop()
    file.close()
  }
}

function tell(
  {
    data,
    prepared,
    judged,
    size,
    caughtUp,
    restarted,
  }: Settled & { data: string; prepared: Prepared; judged: Judged[] },
  { withoutKeys, known }: RestoreOptions,
  terminal: Terminal,
): void {
  const { manifest } = prepared
  terminal.print(
    `${data}: restored as of ${manifest.made}, ${entries(size)} of ${restarted?.logOrigin ?? manifest.logOrigin}.`,
  )
  if (caughtUp > 0)
    terminal.print(`${entries(caughtUp)} that the backup lacked came from a mirror and were verified.`)
  if (restarted) {
    terminal.print(
      `The log starts anew as ${restarted.logOrigin}; every answer says so. Publish its new key by a second way:\n  ${restarted.vkey}\n` +
        'Ask every member to run "trustmark push" again, and mirrors to make new copies.',
    )
    for (const { name, erasures } of judged)
      for (const { index, issuer, indices } of erasures)
        terminal.print(
          `Erased by entry ${index} of ${issuer}, says ${name} (not verified here), and in this data again: entries ${indices.join(', ')}. Ask ${issuer} to send the erasure again before the hub is opened to readers.`,
        )
  } else if (known === undefined || known === false || known.length === 0) {
    terminal.print(
      'What was erased after the backup was made is in this data again: members must send those erasures again.',
    )
  }
  if (withoutKeys && !manifest.keys)
    terminal.print(
      `The private keys are missing: put ${restarted ? 'federation.jwk.json' : 'federation.jwk.json and log.jwk.json'} (0600) into ${data}/keys before the hub is started.`,
    )
  if (manifest.missing.length > 0)
    terminal.print(
      `${manifest.missing.length} files of complaints were missing already when the backup was made.`,
    )
  terminal.print('Complaints filed after the backup was made are not in it, and stand in no log.')
  terminal.result({
    data,
    origin: manifest.origin,
    made: manifest.made,
    size,
    caughtUp,
    known: judged,
    ...(restarted && { restarted }),
  })
}
