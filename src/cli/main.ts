/** The `trustmark` command: every subcommand is one file in commands/ that exports a function making it. */
import type { Command } from 'commander'
import { runCommandLine } from './command-line.js'
import { admitCommand } from './commands/admit.js'
import { auditCommand } from './commands/audit.js'
import { backupCommand } from './commands/backup.js'
import { caseCommand } from './commands/case.js'
import { demoCommand } from './commands/demo.js'
import { eraseCommand } from './commands/erase.js'
import { importCommand } from './commands/import.js'
import { inboxCommand } from './commands/inbox.js'
import { initCommand } from './commands/init.js'
import { keygenCommand } from './commands/keygen.js'
import { mirrorCommand } from './commands/mirror.js'
import { pullCommand } from './commands/pull.js'
import { pushCommand } from './commands/push.js'
import { queueCommand } from './commands/queue.js'
import { rebuildCommand } from './commands/rebuild.js'
import { restoreCommand } from './commands/restore.js'
import { rotateCommand } from './commands/rotate.js'
import { routeCommand } from './commands/route.js'
import { serveCommand } from './commands/serve.js'
import { signCommand } from './commands/sign.js'
import { standingCommand } from './commands/standing.js'
import { statusCommand } from './commands/status.js'
import { tourCommand } from './commands/tour.js'
import { verifyCommand } from './commands/verify.js'
import { webhookCommand } from './commands/webhook.js'

/** In the order in which the help lists them. */
const COMMANDS: readonly (() => Command)[] = [
  initCommand,
  keygenCommand,
  importCommand,
  signCommand,
  pushCommand,
  statusCommand,
  eraseCommand,
  pullCommand,
  inboxCommand,
  caseCommand,
  webhookCommand,
  verifyCommand,
  auditCommand,
  routeCommand,
  mirrorCommand,
  serveCommand,
  demoCommand,
  tourCommand,
  admitCommand,
  standingCommand,
  rotateCommand,
  queueCommand,
  backupCommand,
  restoreCommand,
  rebuildCommand,
]

// A reader that closes early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2))
