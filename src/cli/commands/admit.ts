/** `trustmark admit`: the operator admits an applicant, or describes an organisation that takes no part. */
import { Command } from 'commander'
import * as z from 'zod'
import { definitionFaults, memberDefinition } from '../../alliance/definition.js'
import { ConfigError } from '../../node.js'
import type { Signer } from '../../trust/signer.js'
import { createHubClient } from '../hub-client.js'
import { loadOperator } from '../operator/operator-workspace.js'
import { sendStatement } from '../operator/send-statement.js'
import { applicationFile, signAdmission, signDescription } from '../operator/sign-admission.js'
import { surroundingsOf, terminalOf } from '../terminal.js'
import { parseOrigin, readJson } from '../workspace.js'

interface AdmitOptions {
  to: string
  operator: string
  describe?: boolean
}

export function admitCommand(): Command {
  return new Command('admit')
    .description('admit a member: sign its application with the operator’s key and push it (operator)')
    .argument('<file>', 'application.json of the member, or with --describe its member.json')
    .requiredOption('--to <hub>', 'the hub’s origin')
    .requiredOption('--operator <folder>', 'the operator’s folder, made with "trustmark init --operator"')
    .option('--describe', 'describe an organisation from public sources; it signs nothing')
    .addHelpText(
      'after',
      `
Examples:
  trustmark admit dbd/application.json --operator operator --to https://hub.example
  trustmark admit members/th-ocpb/member.json --describe --operator operator --to https://hub.example`,
    )
    .action(async (file: string, options: AdmitOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { now, http } = surroundingsOf(command)
      const origin = parseOrigin(options.to)
      const { signer: operator } = await loadOperator(options.operator)
      const seconds = Math.floor(now() / 1000)
      const { member, statement } = options.describe
        ? await describe(file, operator, origin, seconds)
        : await admit(file, operator, origin, seconds)
      const sent = await sendStatement(createHubClient(origin, http), statement)
      terminal.print(
        `${member} is ${options.describe ? 'described' : 'admitted'}: ${sent.outcome}, log index ${sent.index}, signed by operator key ${operator.kid}.`,
      )
      terminal.result({ member, ...sent, kid: operator.kid })
    })
}

type Signing = [file: string, operator: Signer, origin: string, now: number]

async function admit(
  ...[file, operator, origin, now]: Signing
): Promise<{ member: string; statement: string }> {
  const application = readJson(file, applicationFile)
  return { member: application.member, statement: await signAdmission(application, operator, origin, now) }
}

async function describe(
  ...[file, operator, origin, now]: Signing
): Promise<{ member: string; statement: string }> {
  const definition = memberDefinition.parse(readJson(file, z.unknown()))
  const [fault] = definitionFaults(definition)
  if (fault) throw new ConfigError(`The definition does not hold together: ${fault}.`)
  return { member: definition.id, statement: await signDescription(definition, operator, origin, now) }
}
