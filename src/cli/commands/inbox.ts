/** `trustmark inbox`: new complaints and news of the agency's cases; signs a receipt for what really opens here. */
import { Command } from 'commander'
import { formatInbox, formatKnown, formatLine } from '../cases/format-inbox.js'
import { addDeskOptions, type CaseDesk, type DeskOptions, openDesk } from '../cases/open-desk.js'
import { type InboxCase, readInbox, readParked } from '../cases/read-inbox.js'
import { wordsOf } from '../cases/words/words.js'
import { EXIT, type Terminal, terminalOf } from '../terminal.js'
import { warnOfReadableKeys } from './sign.js'

interface InboxOptions extends DeskOptions {
  wait?: boolean
  parked?: boolean
  all?: boolean
}

export function inboxCommand(): Command {
  return addDeskOptions(new Command('inbox'), { reads: true })
    .description('list new complaints and news of cases; sign for those that this machine can open')
    .option('--wait', 'wait until something comes')
    .option('--parked', 'list what is kept back as suspected spam; nothing is signed')
    .option('--all', 'list every case that this machine knows, the next due first; asks no hub')
    .addHelpText(
      'after',
      `
Examples:
  trustmark inbox
  trustmark inbox --lang ja
  while trustmark inbox --wait --json; do :; done > inbox.ndjson

Each case is checked before anything is signed: its quote, every signed event, its envelope and whom it is sealed
to. A receipt is signed only when an enc key of this folder opens the complaint. What does not hold together, or can
not be opened, is named with its reason; then the exit code is 1, and the next run looks at it again.`,
    )
    .action(async (options: InboxOptions, command: Command) => {
      const terminal = terminalOf(command)
      const desk = await openDesk(command, options)
      await warnOfReadableKeys(desk.workspace, terminal)
      if (options.all) listAll(desk, terminal)
      else if (options.parked) await listParked(desk, terminal)
      else await listNews(desk, options.wait === true, terminal)
    })
}

async function listNews(desk: CaseDesk, wait: boolean, terminal: Terminal): Promise<void> {
  let cases = await readInbox(desk, { wait })
  while (wait && cases.length === 0) cases = await readInbox(desk, { wait })
  terminal.result({ cursor: desk.folder.read().cursor, cases: cases.map(toJson) })
  if (cases.length === 0) terminal.print(wordsOf(desk.lang).inbox.nothing)
  for (const line of formatInbox(cases, desk.lang)) terminal.print(line)
  const first = cases.find(({ receipt }) => receipt !== 'refused')
  if (first) terminal.print(`\nNext: trustmark case show ${first.item.case}`)
  if (cases.some(({ receipt }) => receipt === 'refused')) terminal.exit(EXIT.refused)
}

function toJson({ item, news, receipt, reason }: InboxCase): object {
  return {
    ...item,
    news: news.map(({ seq, type, at }) => ({ seq, type, at })),
    receipt,
    ...(reason !== undefined && { reason }),
  }
}

async function listParked(desk: CaseDesk, terminal: Terminal): Promise<void> {
  const parked = await readParked(desk)
  terminal.result({ parked })
  if (parked.length === 0) terminal.print(wordsOf(desk.lang).inbox.nothing)
  for (const item of parked) terminal.print(formatLine(item, desk.lang))
  if (parked.length > 0)
    terminal.print('\nLook at one with "trustmark case show"; the secretariat releases it.')
}

function listAll(desk: CaseDesk, terminal: Terminal): void {
  const cases = Object.entries(desk.folder.read().cases).sort(
    ([a, one], [b, other]) => (one.due ?? '9').localeCompare(other.due ?? '9') || a.localeCompare(b),
  )
  terminal.result({ cases: cases.map(([ref, known]) => ({ case: ref, ...known })) })
  for (const [ref, known] of cases) {
    terminal.print(formatKnown(ref, known, desk.lang))
    if (known.problem !== null) terminal.print(`    ${wordsOf(desk.lang).inbox.notTaken}: ${known.problem}`)
  }
}
