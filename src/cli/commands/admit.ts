/** `trustmark admit`: the operator admits an applicant, or describes an organisation that takes no part. */
import { resolve } from 'node:path'
import { Command } from 'commander'
import { memberDefinition } from '../../alliance/definition.js'
import { definitionFaults } from '../../alliance/definition-faults.js'
import { ConfigError } from '../../node.js'
import type { Signer } from '../../trust/signer.js'
import { createHubClient, type HubClient } from '../hub-client.js'
import { isAdmittedSo, isSameDefinition, readKnownMember } from '../operator/member-standing.js'
import { loadOperator } from '../operator/operator-workspace.js'
import { sendStatement } from '../operator/send-statement.js'
import { applicationFile, signAdmission, signDescription } from '../operator/sign-admission.js'
import { surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin, readJson } from '../workspace.js'

interface AdmitOptions {
  to: string
  operator: string
  describe?: boolean
  again?: boolean
}

/** What is to be signed, if it is not known to the hub in just this form. */
interface Intended {
  member: string
  /** Log index of the entry that says the same already. */
  knownAt: number | undefined
  sign(operator: Signer, now: number): Promise<string>
}

export function admitCommand(): Command {
  return new Command('admit')
    .description('admit a member: sign its application with the operator’s key and push it (operator)')
    .argument('<file>', 'application.json of the member, or with --describe its member.json')
    .requiredOption('--to <hub>', 'the hub’s origin')
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--describe', 'describe an organisation from public sources; it signs nothing')
    .option('--again', 'sign it although the hub has it in just this form')
    .addHelpText(
      'after',
      `
Examples:
  trustmark admit dbd/application.json --operator operator --to https://hub.example
  trustmark admit members/th-ocpb/member.json --describe --operator operator --to https://hub.example

Running it again sends nothing, unless definition or keys are others now.`,
    )
    .action(async (file: string, options: AdmitOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now, http } = surroundingsOf(command)
      const origin = parseOrigin(options.to)
      const client = createHubClient(origin, http)
      const { signer: operator } = await loadOperator(resolve(cwd, options.operator))
      const intend = options.describe ? describe : admit
      const { member, knownAt, sign } = await intend(resolve(cwd, file), client)
      const done = options.describe ? 'described' : 'admitted'
      if (knownAt !== undefined && !options.again) {
        terminal.print(
          `${member} is ${done} already, with just this definition${options.describe ? '' : ' and these keys'} (log index ${knownAt}). Nothing was sent; --again signs it anew.`,
        )
        terminal.result({ member, outcome: 'unchanged', index: knownAt, kid: operator.kid })
        return
      }
      const sent = await sendStatement(client, await sign(operator, Math.floor(now() / 1000)))
      terminal.print(
        `${member} is ${done}: ${sent.outcome}, log index ${sent.index}, signed by operator key ${operator.kid}.`,
      )
      terminal.result({ member, ...sent, kid: operator.kid })
    })
}

async function admit(file: string, client: HubClient): Promise<Intended> {
  const application = readJson(file, applicationFile)
  const { member } = application
  const known = await readKnownMember(client, member)
  return {
    member,
    knownAt: known && isAdmittedSo(known, application) ? known.admission.index : undefined,
    sign: (operator, now) => signAdmission(application, operator, client.origin, now),
  }
}

async function describe(file: string, client: HubClient): Promise<Intended> {
  const definition = readJson(file, memberDefinition)
  const [fault] = definitionFaults(definition)
  if (fault) throw new ConfigError(`The definition does not hold together: ${fault}.`)
  const known = await readKnownMember(client, definition.id)
  const same = known?.participation === 'described' && isSameDefinition(known, definition)
  return {
    member: definition.id,
    knownAt: same ? known.admission.index : undefined,
    sign: (operator, now) => signDescription(definition, operator, client.origin, now),
  }
}
