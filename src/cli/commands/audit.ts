/** `trustmark audit`: walks a hub's whole log as an outsider, and holds everything that it shows against it. */
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { createReport } from '../../hub/audit/report.js'
import { type Reader, readHead } from '../../hub/hub.js'
import { createMirrorApp } from '../../mirror-app.js'
import { ConfigError } from '../../node.js'
import { readQuestion } from '../../pages/look-up/question.js'
import type { VerdictQuery } from '../../record/verdict.js'
import type { Audit } from '../audit/audit.js'
import { copyAside, isFollowed } from '../audit/copy-aside.js'
import { formatAudit, formatFinding } from '../audit/format-audit.js'
import { memoryFileOf, readCheckpointFile, readMemory, remember } from '../audit/memory-file.js'
import { runAudit } from '../audit/run-audit.js'
import { createHubClient } from '../hub-client.js'
import { readAnchorFile } from '../look-up/anchor-file.js'
import { createHttpSource } from '../mirror/http-source.js'
import { type OpenedCopy, openCopyFolder, writeSynced } from '../mirror/open-copy-folder.js'
import { EXIT, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { parseOrigin, readText } from '../workspace.js'

interface AuditOptions {
  data?: string
  memory?: string
  checkpoint?: string[]
  anchor?: string
  ask?: string
  sample?: string
}

export function auditCommand(): Command {
  return new Command('audit')
    .description('check a hub from outside: its whole log, and that everything it shows follows from it')
    .argument('<hub>', 'the hub’s origin')
    .option(
      '--data <folder>',
      'keep the copy here, or go on with a mirror’s: only new entries are fetched and judged',
    )
    .option(
      '--memory <file>',
      'checkpoints seen before (default: in the --data folder, else ./trustmark-audit-<host>.json)',
    )
    .option('--checkpoint <file>', 'a checkpoint that somebody else saw; may be repeated', collect)
    .option('--anchor <file>', 'the alliance’s keys, pinned earlier or got by another way')
    .option('--ask <file>', 'further addresses, ids or numbers to look up, one per line')
    .option('--sample <number>', 'look at so many of each kind at most, chosen at random')
    .addHelpText(
      'after',
      `
Exit code 0: all well; 1: something is odd, and named with its log index; 2: wrong use, nothing was looked at; 3: the hub can't
be reached. Without --data the log is fetched whole into a temporary folder, which is removed afterwards. A folder that
"trustmark mirror --follow" writes just now is left as it is: the audit works on a temporary copy of it.
What each finding means: docs/audit.md.

Examples:
  trustmark audit https://hub.example
  trustmark audit https://hub.example --data ./copy --json          (every night)
  trustmark audit https://hub.example --checkpoint from-vietnam.txt (what another member saw)`,
    )
    .action(async (hub: string, options: AuditOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now, http } = surroundingsOf(command)
      const origin = parseOrigin(hub)
      const client = createHubClient(origin, http)
      const folder = options.data === undefined ? undefined : resolve(cwd, options.data)
      const memory = options.memory ? resolve(cwd, options.memory) : memoryFileOf(origin, folder, cwd)
      const notes = [
        ...readMemory(memory, origin),
        ...(options.checkpoint ?? []).map((file) => ({
          ...readCheckpointFile(resolve(cwd, file)),
          from: file,
        })),
      ]
      const further = options.ask ? readQuestions(resolve(cwd, options.ask), origin) : []
      const sample = readSample(options.sample)
      const anchor = options.anchor ? readAnchorFile(resolve(cwd, options.anchor), origin) : undefined
      const isShared = folder !== undefined && isFollowed(folder)
      if (isShared)
        terminal.note(`${folder} is kept up to date by another "trustmark", and is left as it is.`)
      await withCopy(folder, isShared, { client, now, anchor }, async (opened) => {
        const { copy } = opened
        const audit = createAudit({ client, copy, anchor: opened.anchor, now, sample, terminal })
        try {
          const { signed } = await runAudit(audit, notes, further)
          remember(memory, origin, signed, now())
          if (folder !== undefined && !isShared && !audit.report.stopped)
            writeSynced(folder, { at: now(), size: (await readHead(copy)).size })
        } catch (error) {
          for (const line of audit.report.findings.flatMap(formatFinding)) terminal.note(line)
          throw error
        }
        await tell(audit, memory, terminal)
      })
    })
}

function createAudit(
  parts: Pick<Audit, 'client' | 'copy' | 'anchor' | 'now' | 'sample'> & { terminal: Terminal },
): Audit {
  const { terminal, ...rest } = parts
  const apps = new WeakMap<Reader, ReturnType<Audit['answer']>>()
  return {
    ...rest,
    source: createHttpSource(parts.client),
    report: createReport(),
    random: (bound) => randomInt(Math.max(1, bound)),
    progress: (label, total) => terminal.progress(label, total),
    answer(reader) {
      const report = (error: unknown): void => {
        throw error
      }
      const app = apps.get(reader) ?? createMirrorApp({ copy: reader, synced: () => undefined, report })
      apps.set(reader, app)
      return app
    },
  }
}

async function tell({ report, copy }: Audit, memory: string, terminal: Terminal): Promise<void> {
  const { size, at } = await readHead(copy)
  const { checks, findings, omitted, stopped, ok } = report
  const about = { origin: copy.origin, log: copy.keys.logOrigin, size, at: new Date(at).toISOString() }
  for (const line of formatAudit(report, about)) terminal.print(line)
  terminal.result({
    hub: copy.origin,
    log: about.log,
    size,
    at: about.at,
    ok,
    stopped,
    checks,
    findings,
    omitted,
    memory,
  })
  if (!ok) terminal.exit(EXIT.refused)
}

/** Opens the kept copy, or one that is gone afterwards: a new one, or one of what its follower has. */
async function withCopy(
  folder: string | undefined,
  isShared: boolean,
  options: Parameters<typeof openCopyFolder>[1],
  use: (opened: OpenedCopy) => Promise<void>,
): Promise<void> {
  const own = folder === undefined || isShared ? mkdtempSync(join(tmpdir(), 'trustmark-audit-')) : undefined
  try {
    if (isShared && folder !== undefined && own !== undefined) copyAside(folder, own)
    const opened = await openCopyFolder(own ?? folder ?? '', options)
    try {
      await use(opened)
    } finally {
      await opened.close()
    }
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true })
  }
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}

/** @throws ConfigError */
function readSample(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new ConfigError(`--sample is a number such as 500, not "${text}".`)
}

function readQuestions(file: string, origin: string): VerdictQuery[] {
  return readText(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => readQuestion(line, origin))
}
