/** `trustmark push`: shows the difference, sends what is signed, and tells what became of every record. */
import { Command } from 'commander'
import { ConfigError } from '../../node.js'
import { chooseSigner } from '../agency/choose-signer.js'
import { formatDifference } from '../agency/difference.js'
import type { PushPlan } from '../agency/plan-push.js'
import { type PushSummary, pushOutbox } from '../agency/push.js'
import type { RejectedRecord } from '../agency/rejected.js'
import { createHubClient } from '../hub-client.js'
import { EXIT, folderOf, type Progress, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { chooseHub, openWorkspace } from '../workspace.js'
import { addSignerOptions, type SignerOptions, warnOfReadableKeys } from './sign.js'

interface PushCommandOptions extends SignerOptions {
  to?: string
  dryRun?: boolean
  sign?: boolean
  revokeMissing?: boolean
  yes?: boolean
}

export function pushCommand(): Command {
  return addSignerOptions(new Command('push'))
    .description('publish what is signed, after showing what will change')
    .option('--to <hub>', 'address of the hub; remembered')
    .option('--dry-run', 'show the difference and stop')
    .option('--sign', 'sign what is new or changed first')
    .option('--revoke-missing', 'revoke what the file no longer holds; revocation is final')
    .option('--yes', 'do not ask; without a terminal nothing is published unless it is given')
    .addHelpText(
      'after',
      `
Examples:
  trustmark push --dry-run
  trustmark push --to https://hub.example
  trustmark push --sign --yes            for a nightly job
  trustmark push --revoke-missing

Running it again is always safe: the hub is asked first what it has. Every push ends with the signed
register as of now: how many of your records are in force, and which.`,
    )
    .action(async (options: PushCommandOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { http, now } = surroundingsOf(command)
      const workspace = chooseHub(openWorkspace(folderOf(command)), options.to)
      if (!options.yes && !options.dryRun && !terminal.interactive) {
        const final = options.revokeMissing ? ' Revocation is final: look with --dry-run first.' : ''
        throw new ConfigError(
          `Nobody is there to be asked, so nothing was published. Add --yes, or --dry-run to compare only.${final}`,
        )
      }
      await warnOfReadableKeys(workspace, terminal)
      let progress: Progress | undefined
      try {
        const summary = await pushOutbox(workspace, createHubClient(workspace.hub, http), {
          now: () => Math.floor(now() / 1000),
          signer: await chooseSigner(workspace, options),
          sign: options.sign,
          dryRun: options.dryRun,
          revokeMissing: options.revokeMissing,
          confirm: (plan) => confirmPlan(plan, options, terminal),
          onProgress: (done, total) => {
            progress ??= terminal.progress('sent', total)
            progress.update(done)
          },
        })
        progress?.stop()
        progress = undefined
        tellSummary(summary, terminal)
      } finally {
        progress?.stop()
      }
    })
}

function tellPlan({ difference, revocations, unsigned, refusedBefore }: PushPlan, terminal: Terminal): void {
  const lines = formatDifference(difference, { revoking: revocations.length > 0, named: true })
  for (const line of lines) terminal.print(line)
  const never = unsigned.length - refusedBefore.length
  if (never > 0)
    terminal.print(`  not signed, so not sent: ${never}; run "trustmark sign" first, or push with --sign`)
  if (refusedBefore.length === 0) return
  terminal.print(`  rejected by the hub before and unchanged since, so not sent: ${refusedBefore.length}`)
  for (const one of refusedBefore) terminal.print(`    ${formatRejected(one)}`)
  terminal.print(
    '    Correct the row and import again; if the reason lies elsewhere and is gone, "trustmark sign" tries it again.',
  )
}

async function confirmPlan(
  plan: PushPlan,
  options: PushCommandOptions,
  terminal: Terminal,
): Promise<boolean> {
  tellPlan(plan, terminal)
  const { records, revocations } = plan
  if (options.yes || records.length + revocations.length === 0) return true
  const revoking = revocations.length > 0 ? ` and revoke ${revocations.length} FOR EVER` : ''
  return terminal.confirm(`Publish ${records.length}${revoking}?`)
}

function tellSummary(summary: PushSummary, terminal: Terminal): void {
  const { plan, ended, published, revoked, rejected, pending, register } = summary
  terminal.result(toJson(summary))
  if (ended === 'compared') {
    tellPlan(plan, terminal)
    return
  }
  if (ended === 'cancelled') {
    terminal.print('Nothing was sent.')
    terminal.exit(EXIT.cancelled)
    return
  }
  const counts = [
    `${published.length} published`,
    `${revoked.length} revoked`,
    `${rejected.length} rejected`,
    `${pending.length} undecided`,
  ]
  terminal.print(counts.filter((text, i) => i === 0 || !text.startsWith('0 ')).join(', '))
  for (const one of rejected) terminal.print(`  ${formatRejected(one)}`)
  for (const id of pending)
    terminal.print(`  ${id}: the hub has it but has not decided; push again in a minute`)
  if (register?.result.outcome === 'accepted' || register?.result.outcome === 'duplicate') {
    terminal.print(
      `register as of ${new Date(register.at * 1000).toISOString()}: ${register.count} in force (log entry ${register.result.index})`,
    )
  } else if (register?.result.outcome === 'rejected')
    terminal.print(`The register as of now was refused: ${register.result.problem.detail}`)
  const complete = rejected.length + pending.length + plan.unsigned.length === 0
  if (!complete || !register || !('index' in register.result)) terminal.exit(EXIT.refused)
}

/** One refusal in one line, with the rows to look at. */
function formatRejected({ id, rows, detail, code, source }: RejectedRecord): string {
  const where = rows.length > 0 ? `row ${rows.join(', ')}: ${id}` : id
  return `${where}: ${detail}${source ? ` Source: ${source}.` : ''} [${code}]`
}

function toJson({ plan, ended, published, revoked, rejected, pending, register }: PushSummary): object {
  const { difference, unsigned, refusedBefore } = plan
  const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)
  return {
    ended,
    difference: {
      new: ids(difference.new),
      changed: ids(difference.changed),
      unchanged: difference.unchanged.length,
      missing: difference.missing,
      rejectedRows: difference.rejected,
      revoked: ids(difference.revoked),
      notYet: ids(difference.notYet),
      ended: ids(difference.ended),
    },
    unsigned,
    refusedBefore,
    published,
    revoked,
    rejected,
    pending,
    register: register
      ? {
          count: register.count,
          digest: register.digest,
          at: new Date(register.at * 1000).toISOString(),
          outcome: register.result.outcome,
        }
      : null,
  }
}
