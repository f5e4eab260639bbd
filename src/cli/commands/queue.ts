/** `trustmark queue`: what waits for the secretariat; it sees metadata only, for nobody but the parties can read a case. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { memberId } from '../../alliance/definition.js'
import { INTAKE_BUCKETS, intakeLimits } from '../../dispute/case-forms.js'
import { type SecretariatQueue, secretariatQueue } from '../../dispute/case-view.js'
import type { AuthoredText } from '../../dispute/payload.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import { ConfigError } from '../../node.js'
import { readReference } from '../cases/act.js'
import { addTextOptions, readTexts, type TextOptions } from '../cases/message-options.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import { type OperatorDesk, openOperatorDesk } from '../operator/operator-desk.js'
import { assertReferable, assignCase, readMetadata, referCase } from '../operator/secretariat-acts.js'
import { EXIT, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'

interface QueueOptions extends TextOptions {
  operator: string
  hub?: string
  release?: string
  assign?: string
  to?: string
  refer?: string
  yes?: boolean
  limit?: string
  for: string
}

export function queueCommand(): Command {
  const command = new Command('queue')
    .description('list complaints that wait for the secretariat; release, assign or refer one (operator)')
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--hub <origin>', 'the hub’s origin, if the folder does not name it')
    .option('--release <case>', 'let a parked case go on: it is none of a flood')
    .option('--assign <case>', 'name an agency for a case that has none; with --to')
    .option('--to <member>', 'which agency')
    .option(
      '--refer <case>',
      'close a case that no agency can take; tell its consumer with --text who can help',
    )
    .option('--yes', 'do not ask before referring')
    .option('--limit <bucket=number>', `raise or lower a limit of intake: ${INTAKE_BUCKETS.join(', ')}`)
    .option('--for <time>', 'how long the limit holds, such as 30m, 2h or 7d', '2h')
  return addTextOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  trustmark queue --operator ./operator --hub https://hub.example
  trustmark queue --operator ./operator --release JP-7Q4K9-MXW2C
  trustmark queue --operator ./operator --assign JP-7Q4K9-MXW2C --to jp-ccj
  trustmark queue --operator ./operator --refer JP-7Q4K9-MXW2C --lang ja --text "金融ADRにご相談ください。"
  trustmark queue --operator ./operator --limit hub=2000 --for 2h

Nothing is ever dropped: a parked case waits until it is released, and its consumer can see that it waits.
A referral can't be taken back; the consumer can open the case once more. Its text is encrypted to her alone.`,
    )
    .action(async (options: QueueOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now, http } = surroundingsOf(command)
      const { release: released, assign: assigned, refer: referred, limit: limited } = options
      const given = [released, assigned, referred, limited].filter((value) => value !== undefined)
      if (given.length > 1) throw new ConfigError('Give one of --release, --assign, --refer and --limit.')
      const texts = readTexts(options, cwd, 'en')
      if (texts.length > 0 && referred === undefined)
        throw new ConfigError('--text goes with --refer: the secretariat has no other words in a case.')
      const seconds = (): number => Math.floor(now() / 1000)
      const desk = await openOperatorDesk(resolve(cwd, options.operator), options.hub, { http, now: seconds })
      if (released !== undefined) await release(desk, readReference(released), terminal)
      else if (assigned !== undefined) await assign(desk, readReference(assigned), options.to, terminal)
      else if (referred !== undefined)
        await refer(desk, readReference(referred), { texts, yes: options.yes }, terminal)
      else if (limited !== undefined) await limit(desk, limited, options.for, terminal)
      else await list(desk, terminal)
    })
}

async function list({ hub }: OperatorDesk, terminal: Terminal): Promise<void> {
  const queue = readAnswer(expectStatus(await hub.get('/v1/queue'), 200), secretariatQueue, 'a queue')
  terminal.result(queue)
  for (const line of formatQueue(queue)) terminal.print(line)
}

function formatQueue({ cases, undelivered, members }: SecretariatQueue): string[] {
  const { officer, claimTypes } = caseTexts('en')
  return [
    ...(cases.length + undelivered.length === 0 ? ['Nothing waits.'] : []),
    ...cases.map(({ case: ref, filedAt, parked, state, lead, due, meta }) => {
      const route = `${meta.consumerCountry} → ${meta.merchantCountry ?? '?'}`
      const what = parked ? 'parked as suspected spam' : officer.states[state]
      return `${ref}  ${filedAt.slice(0, 10)}  ${route}  ${claimTypes[meta.claimType]}  ${what}${lead ? `, lead ${lead}` : ''}${due ? `, due ${due}` : ''}`
    }),
    ...undelivered.map(
      ({ case: ref, member, role, attempts, since, failure }) =>
        `${ref}  not receipted by ${member} (${role}) since ${since.slice(0, 10)}, told ${attempts} times${failure ? `: ${failure}` : ''}; telephone them`,
    ),
    ...members.map((fault) => `members: ${fault}`),
  ]
}

async function release({ hub }: OperatorDesk, ref: string, terminal: Terminal): Promise<void> {
  expectStatus(await hub.post(`/v1/queue/${ref}`, { decision: 'release' }), 200)
  terminal.result({ case: ref, parked: false })
  terminal.print(`${ref} is released: it goes to its agencies as if it had just been filed.`)
}

async function assign(
  desk: OperatorDesk,
  ref: string,
  to: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (to === undefined || !memberId.safeParse(to).success)
    throw new ConfigError('Name the agency with --to, such as --to jp-ccj.')
  const { seq, state } = await assignCase(desk, await readMetadata(desk, ref), to)
  terminal.result({ case: ref, to, seq, state })
  terminal.print(`${ref} is assigned to ${to}; the consumer is asked to encrypt it to that agency.`)
}

async function refer(
  desk: OperatorDesk,
  ref: string,
  { texts, yes }: { texts: readonly AuthoredText[]; yes: boolean | undefined },
  terminal: Terminal,
): Promise<void> {
  if (!yes && !terminal.interactive)
    throw new ConfigError(
      "This closes the case and can't be taken back, and nobody is there to be asked. Add --yes.",
    )
  const current = await readMetadata(desk, ref)
  assertReferable(current)
  const { claimType, consumerCountry, lang } = current.view.meta
  const tells = texts.length > 0 ? 'with your words to her' : 'and tell her nothing of who can help (--text)'
  const question = `${ref}: ${caseTexts('en').claimTypes[claimType]}, from ${consumerCountry}, in "${lang}". Close it as referred to another body, ${tells}?`
  if (!yes && !(await terminal.confirm(question))) {
    terminal.result({ case: ref, outcome: 'cancelled' })
    terminal.print('Nothing was sent.')
    terminal.exit(EXIT.cancelled)
    return
  }
  const { seq, state } = await referCase(desk, current, texts)
  terminal.result({ case: ref, outcome: 'referred', seq, state, texts: texts.length })
  terminal.print(`${ref} is closed as referred; its consumer is told, and can open it once more.`)
}

async function limit(
  { hub, now }: OperatorDesk,
  given: string,
  time: string,
  terminal: Terminal,
): Promise<void> {
  const [, bucket, number] = /^([a-z-]+)=(\d{1,7})$/.exec(given) ?? []
  if (bucket === undefined || !INTAKE_BUCKETS.some((known) => known === bucket))
    throw new ConfigError(`--limit is one of ${INTAKE_BUCKETS.join(', ')} with a number, such as hub=2000.`)
  const until = new Date((now() + readSpan(time)) * 1000).toISOString()
  const put = await hub.put('/v1/intake-limits', { bucket, limit: Number(number), until })
  const { limits } = readAnswer(expectStatus(put, 200), intakeLimits, 'limits of intake')
  terminal.result({ limits })
  for (const set of limits) terminal.print(`${set.bucket}: ${set.limit} an hour until ${set.until}`)
}

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 }

/** Seconds of `30m`, `2h` or `7d`. @throws ConfigError */
function readSpan(time: string): number {
  const [, number, unit = ''] = /^(\d{1,4})([mhd])$/.exec(time) ?? []
  const seconds = Number(number) * (UNITS[unit] ?? Number.NaN)
  if (seconds > 0) return seconds
  throw new ConfigError(`--for is a time such as 30m, 2h or 7d, not "${time}".`)
}
