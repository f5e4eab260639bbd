/** The second half of the tour: a complaint from Japan about a Thai shop, from its route to "resolved" (DESIGN 4.9, 4.10). */
import { PassThrough } from 'node:stream'
import type { MemberDefinition } from '../../alliance/definition.js'
import { createHubApi } from '../../browser/kit/hub-api.js'
import { formatCaseSecret } from '../../dispute/case-reference.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import { reasonWords } from '../../dispute/routing/reason-text.js'
import { namedMembers, tellReasons } from '../../dispute/routing/tell-reasons.js'
import { readPayload } from '../../trust/jws.js'
import { runCommandLine } from '../command-line.js'
import { caseCommand } from '../commands/case.js'
import { inboxCommand } from '../commands/inbox.js'
import type { HubClient } from '../hub-client.js'
import { type DemoComplaint, fileComplaint } from './demo-consumer.js'
import { findWords } from './find-words.js'
import { demoFolders } from './seed.js'
import type { Teller } from './teller.js'

const STORY = '三週間待っても荷物が届きません。店に二度書きましたが返事がありません。'
const IDENTITY = { name: '山田花子', email: 'hanako.yamada@consumer.example' }
const ORDER = 'SILK-2026-4711'

const SUM = ['--remedy', 'refund', '--amount', '1290', '--currency', 'THB']
const MERCHANT_ANSWER = [
  ...['--result', 'offers', ...SUM, '--text', 'ร้านยินดีคืนเงินเต็มจำนวน', '--lang', 'th'],
  ...['--translation', 'en=The shop will refund the full amount.', '--made', 'human'],
]
const OFFER = [...SUM, '--text', '店は全額を返金すると言っています。', '--lang', 'ja']

function complaintAbout(shop: string): DemoComplaint {
  const day = (before: number): string =>
    new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10)
  const paid = { amount: '1290', currency: 'THB' }
  return {
    question: {
      kind: 'complaint',
      relation: 'B2C',
      consumerCountry: 'JP',
      purchaseUrl: shop,
      claimType: 'non_delivery',
      amountBand: 0,
      currency: 'THB',
      lang: 'ja',
      contactedMerchant: true,
      otherProceedings: false,
      minor: false,
    },
    payload: {
      shop: { name: 'Somjai Silk Demo', url: shop },
      transaction: { orderNo: ORDER, date: day(24), paid, paymentMethod: 'card' },
      contacted: { date: day(7), channel: 'email', result: 'no_answer' },
      remedy: { sought: ['refund'], amount: paid },
      story: { lang: 'ja', text: STORY, made: 'original' },
      conveyIdentity: true,
    },
    identity: IDENTITY,
  }
}

/** Plays the complaint on the tour's hub, whose members jp-ccj and th-ocpb have their folders below the data folder. */
export async function tellComplaint(
  client: HubClient,
  data: string,
  shop: string,
  { step, say }: Teller,
): Promise<void> {
  const api = createHubApi(client.origin, { fetch })
  const complaint = complaintAbout(shop)
  const now = (): number => Math.floor(Date.now() / 1000)
  const as = (member: string, ...args: string[]) => runAs(demoFolders(data).member(member), args, say)
  const act = (member: string, verb: string, ...more: string[]) => as(member, 'case', verb, her.ref, ...more)

  await step('Her parcel never came: where does a complaint from Japan go?')
  const quote = await api.routeQuote(complaint.question)
  say(`She is told in Japanese: ${quote.reasons[0]?.text}`)
  for (const { rule, text } of await explain(client, quote.quote)) say(`${rule}  ${text}`)

  await step('She files it, in Japanese; her browser encrypts it first')
  const her = await fileComplaint(api, complaint, now, quote)
  const { keys } = her.route
  say(
    `Sealed to ${keys.lead.length} key of CCJ, ${keys.partner.length} of OCPB and her own; who she is, to CCJ and herself only.`,
  )
  say(`She keeps the reference ${her.ref} and a secret: ${formatCaseSecret(her.secret)}`)

  await step('CCJ’s officer opens the inbox, on CCJ’s own machine')
  await as('jp-ccj', 'inbox')
  await as('jp-ccj', 'case', 'show', her.ref)
  await act('jp-ccj', 'accept')
  await act('jp-ccj', 'share')

  await step('OCPB takes it up with the shop in Thailand')
  await as('th-ocpb', 'inbox')
  await act('th-ocpb', 'accept')
  await act('th-ocpb', 'notified')
  await act('th-ocpb', 'answered', ...MERCHANT_ANSWER)

  await step('CCJ conveys the offer, and she decides')
  await act('jp-ccj', 'offer', ...OFFER)
  const offered = await her.lastMessage()
  say(
    `She reads: ${offered?.offer?.remedy} ${offered?.offer?.amount?.amount} ${offered?.offer?.amount?.currency}, "${offered?.texts[0]?.text}"`,
  )
  await her.act({ type: 'offer_answered', accept: true })
  const { view } = await her.open()
  say(`She accepts. The case is ${view.state}: ${view.outcome}, after ${view.events.length} signed events.`)
  say(`Every word is erased on ${view.erasesOn}.`)

  await step('Was the hub ever told what she wrote?')
  const { files, bytes, found } = findWords(data, [
    STORY,
    STORY.slice(0, 8),
    IDENTITY.name,
    IDENTITY.email,
    ORDER,
  ])
  if (found.length > 0) throw new Error(`her words lie in ${JSON.stringify(found)}`)
  say(
    `${files} files of the hub and the agencies (${(bytes / 1e6).toFixed(1)} MB) searched for her words, her name, her address and the order number: nothing.`,
  )
}

/** The same reasons in English, told from the signed quote. */
async function explain(client: HubClient, quote: string): Promise<{ rule: string; text: string }[]> {
  const claims = readPayload<QuoteClaims>(quote)
  const definitions = new Map<string, MemberDefinition>()
  for (const id of namedMembers(claims)) {
    const { definition } = JSON.parse((await client.get(`/v1/members/${id}`)).text)
    definitions.set(id, definition)
  }
  const words = reasonWords('en', (id) => definitions.get(id))
  return tellReasons(claims, words).flatMap(({ rule, text }) => (text === null ? [] : [{ rule, text }]))
}

/** What the tour repeats of a command's JSON result. */
interface Told {
  cases?: { case: string; state: string; receipt: string }[]
  complaint?: { story: { lang: string; text: string } }
  identity?: { name: string }
  type?: string
  seq?: number
  state?: string
  identityConveyed?: boolean
}

/** Runs a command as an officer would, and tells its result. @throws Error when it did not end well */
async function runAs(folder: string, args: string[], say: Teller['say']): Promise<void> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine([inboxCommand, caseCommand], ['--json', ...args], {
    cwd: folder,
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    now: Date.now,
    http: {},
  })
  const out = String(stdout.read() ?? '')
  if (code !== 0)
    throw new Error(`trustmark ${args.join(' ')} ended with ${code}: ${out}${stderr.read() ?? ''}`)
  say(`$ trustmark ${args.slice(0, 3).join(' ')}${args.length > 3 ? ' …' : ''}`)
  for (const line of retell(JSON.parse(out) as Told)) say(`  ${line}`)
}

function retell({ cases, complaint, identity, type, seq, state, identityConveyed }: Told): string[] {
  return [
    ...(cases ?? []).map(
      (one) => `${one.case}: checked, opened with this agency’s key; receipt ${one.receipt}`,
    ),
    ...(complaint ? [`${identity?.name} writes (${complaint.story.lang}): ${complaint.story.text}`] : []),
    ...(type ? [`event ${seq} "${type}", signed by this agency; the case is now "${state}"`] : []),
    ...(identityConveyed ? ['who she is went along, for she allowed it'] : []),
  ]
}
