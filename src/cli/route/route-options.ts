/** The options of `trustmark route`: every field of a route's question, and how it is read from what was typed. */
import { type Command, Option } from 'commander'
import type { Language } from '../../alliance/text.js'
import { type RouteQuestion, routeQuestion } from '../../dispute/route-question.js'
import { amountBand, CASE_KINDS, CLAIM_TYPES, RELATIONS } from '../../dispute/taxonomy.js'
import { ConfigError } from '../../node.js'
import { recordId } from '../../record/record.js'

export interface RouteOptions {
  hub: string
  from: string
  kind: string
  relation: string
  claim: string
  merchantCountry?: string
  record?: string
  markShown?: string
  marketplace?: string
  amount?: string
  currency: string
  contacted: boolean
  otherProceedings: boolean
  minor: boolean
  lang: Language
  write?: string
  explain: boolean
  offline: boolean
  members?: string
  anchor?: string
}

export function addQuestionOptions(command: Command): Command {
  return command
    .requiredOption('--from <country>', 'the consumer’s country (such as JP)')
    .addOption(new Option('--kind <kind>', 'what is filed').choices(CASE_KINDS).default('complaint'))
    .addOption(new Option('--relation <relation>', 'who deals with whom').choices(RELATIONS).default('B2C'))
    .addOption(new Option('--claim <type>', 'what went wrong').choices(CLAIM_TYPES).default('non_delivery'))
    .option('--record <id>', 'the shop’s record, such as th-dbd:V-2026-0001')
    .option('--merchant-country <country>', 'where the shop seems to be')
    .option('--mark-shown <member>', 'the member whose mark the shop shows, such as th-dbd')
    .option('--marketplace <name>', 'the marketplace it was bought on: its address, or a code such as shopee')
    .option('--amount <number>', 'what is at stake; only its band is sent')
    .option('--currency <code>', 'currency of the amount', 'USD')
    .option('--no-contacted', 'the shop was not written to yet')
    .option('--other-proceedings', 'a court or another dispute body deals with it or has decided it', false)
    .option('--minor', 'the consumer is under age', false)
    .option(
      '--write <language>',
      'the language the consumer writes in, which translations depend on (default: --lang)',
    )
}

/**
 * The question as the hub takes it.
 * @param shop web address, shop link or record id
 * @throws ConfigError naming the option
 */
export function readRouteQuestion(shop: string | undefined, options: RouteOptions): RouteQuestion {
  const record = options.record ?? (shop !== undefined && recordId.safeParse(shop).success ? shop : undefined)
  const parsed = routeQuestion.safeParse({
    kind: options.kind,
    relation: options.relation,
    consumerCountry: options.from.toUpperCase(),
    ...(options.merchantCountry && { merchantCountry: options.merchantCountry.toUpperCase() }),
    ...(record !== undefined && { record }),
    ...(shop !== undefined && shop !== record && { purchaseUrl: shop }),
    ...(options.markShown && { markShown: options.markShown }),
    ...(options.marketplace && { marketplace: options.marketplace }),
    claimType: options.kind === 'mark_misuse' ? 'mark_misuse' : options.claim,
    amountBand: readBand(options),
    currency: options.currency.toUpperCase(),
    lang: options.write ?? options.lang,
    contactedMerchant: options.contacted,
    otherProceedings: options.otherProceedings,
    minor: options.minor,
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = String(issue?.path[0] ?? '')
  throw new ConfigError(`${OPTION_OF[field] ?? field}: ${issue?.message ?? 'not understood'}.`)
}

const OPTION_OF: Readonly<Record<string, string>> = {
  consumerCountry: '--from',
  merchantCountry: '--merchant-country',
  record: '--record',
  purchaseUrl: 'the shop',
  markShown: '--mark-shown',
  marketplace: '--marketplace',
  currency: '--currency',
  lang: '--write',
}

function readBand({ amount, currency }: RouteOptions): number {
  if (amount === undefined) return 0
  const number = Number(amount)
  const band = amountBand(number, currency.toUpperCase())
  if (!Number.isFinite(number) || number < 0)
    throw new ConfigError(`--amount is a number, such as 1290, not "${amount}".`)
  if (band === undefined) throw new ConfigError(`There are no bands for ${currency}. Give the amount in USD.`)
  return band
}
