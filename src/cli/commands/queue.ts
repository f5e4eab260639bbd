/** `trustmark queue`: what waits for the secretariat; it sees metadata only, for nobody but the parties can read a case. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { memberId } from '../../alliance/definition.js'
import { intakeLimits } from '../../api/case-forms.js'
import { type SecretariatQueue, secretariatQueue } from '../../dispute/case-view.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import { INTAKE_BUCKETS } from '../../hub/cases/intake-limits.js'
import { ConfigError } from '../../node.js'
import { readReference } from '../cases/act.js'
import { expectStatus, readAnswer } from '../hub-client.js'
import { assignCase } from '../operator/assign-case.js'
import { type OperatorDesk, openOperatorDesk } from '../operator/operator-desk.js'
import { surroundingsOf, type Terminal, terminalOf } from '../terminal.js'

interface QueueOptions {
  operator: string
  hub?: string
  release?: string
  assign?: string
  to?: string
  limit?: string
  for: string
}

export function queueCommand(): Command {
  return new Command('queue')
    .description('list complaints that wait for the secretariat, release or assign one (operator)')
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--hub <origin>', 'the hub’s origin, if the folder does not name it')
    .option('--release <case>', 'let a parked case go on: it is none of a flood')
    .option('--assign <case>', 'name an agency for a case that has none; with --to')
    .option('--to <member>', 'which agency')
    .option('--limit <bucket=number>', `raise or lower a limit of intake: ${INTAKE_BUCKETS.join(', ')}`)
    .option('--for <time>', 'how long the limit holds, such as 30m, 2h or 7d', '2h')
    .addHelpText(
      'after',
      `
Examples:
  trustmark queue --operator ./operator --hub https://hub.example
  trustmark queue --operator ./operator --release JP-7Q4K9-MXW2C
  trustmark queue --operator ./operator --assign JP-7Q4K9-MXW2C --to jp-ccj
  trustmark queue --operator ./operator --limit hub=2000 --for 2h

Nothing is ever dropped: a parked case waits until it is released, and its consumer can see that it waits.`,
    )
    .action(async (options: QueueOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now, http } = surroundingsOf(command)
      const given = [options.release, options.assign, options.limit].filter((value) => value !== undefined)
      if (given.length > 1) throw new ConfigError('Give one of --release, --assign and --limit.')
      const seconds = (): number => Math.floor(now() / 1000)
      const desk = await openOperatorDesk(resolve(cwd, options.operator), options.hub, { http, now: seconds })
      if (options.release !== undefined) await release(desk, readReference(options.release), terminal)
      else if (options.assign !== undefined)
        await assign(desk, readReference(options.assign), options.to, terminal)
      else if (options.limit !== undefined) await limit(desk, options.limit, options.for, terminal)
      else await list(desk, terminal)
    })
}

async function list({ hub }: OperatorDesk, terminal: Terminal): Promise<void> {
  const queue = readAnswer(expectStatus(await hub.get('/v1/queue'), 200), secretariatQueue, 'a queue')
  terminal.result(queue)
  for (const line of formatQueue(queue)) terminal.print(line)
}

function formatQueue({ cases, undelivered }: SecretariatQueue): string[] {
  const { officer, claimTypes } = caseTexts('en')
  if (cases.length + undelivered.length === 0) return ['Nothing waits.']
  return [
    ...cases.map(({ case: ref, filedAt, parked, state, lead, due, meta }) => {
      const route = `${meta.consumerCountry} → ${meta.merchantCountry ?? '?'}`
      const what = parked ? 'parked as suspected spam' : officer.states[state]
      return `${ref}  ${filedAt.slice(0, 10)}  ${route}  ${claimTypes[meta.claimType]}  ${what}${lead ? `, lead ${lead}` : ''}${due ? `, due ${due}` : ''}`
    }),
    ...undelivered.map(
      ({ case: ref, member, role, attempts, since, failure }) =>
        `${ref}  not receipted by ${member} (${role}) since ${since.slice(0, 10)}, told ${attempts} times${failure ? `: ${failure}` : ''}; telephone them`,
    ),
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
  const { seq, state } = await assignCase(desk, ref, to)
  terminal.result({ case: ref, to, seq, state })
  terminal.print(`${ref} is assigned to ${to}; the consumer is asked to encrypt it to that agency.`)
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
