/** `trustmark backup`: a consistent copy of a hub's data while the hub runs, read again once it is written (operator). */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { makeBackup } from '../../node/make-backup.js'
import {
  DATA_OPTION,
  dataFolder,
  entries,
  formatBytes,
  migrationsFolder,
  showSteps,
} from '../operator/data-folder.js'
import { EXIT, surroundingsOf, terminalOf } from '../terminal.js'

interface BackupOptions {
  to: string
  data?: string
  withKeys?: boolean
}

export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the hub’s data to a folder while it runs (operator)')
    .requiredOption('--to <folder>', 'a folder that does not exist yet')
    .option(...DATA_OPTION)
    .option('--with-keys', 'copy the hub’s private keys too')
    .addHelpText(
      'after',
      `
Examples:
  trustmark backup --data /var/lib/trustmark --to /backups/hub-2026-11-22
  trustmark backup --data /var/lib/trustmark --to /backups/hub-2026-11-22 --with-keys

What was erased before is not in it. It holds complaints and webhook secrets, so keep it as safe as the hub, and delete old
ones: what is erased from the hub later stays in them. Consumers' mail addresses can't be read from it.`,
    )
    .action(async (options: BackupOptions, command: Command) => {
      const terminal = terminalOf(command)
      const surroundings = surroundingsOf(command)
      const to = resolve(surroundings.cwd, options.to)
      const steps = showSteps(terminal)
      const manifest = await makeBackup({
        data: dataFolder(options.data, surroundings),
        migrations: migrationsFolder(),
        to,
        withKeys: options.withKeys,
        now: surroundings.now(),
        onStep: steps.onStep,
      }).finally(steps.stop)
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      terminal.print(
        `${to}: ${entries(manifest.size)} of ${manifest.logOrigin}, ${manifest.files.length} files, ${formatBytes(bytes)}. Written and read again: whole.`,
      )
      if (manifest.keys)
        terminal.note(
          'The hub’s private keys are in it: whoever has this folder can sign as the hub. Keep it locked away.',
        )
      else
        terminal.note(
          'The hub’s private keys are not in it. Keep federation.jwk.json and log.jwk.json elsewhere: without them it can’t be served.',
        )
      terminal.result({ to, ...manifest })
      if (manifest.missing.length === 0) return
      terminal.note(
        `${manifest.missing.length} files of complaints are missing or damaged in the data folder, and so in the backup: ${manifest.missing.slice(0, 10).join(', ')}`,
      )
      terminal.exit(EXIT.refused)
    })
}
