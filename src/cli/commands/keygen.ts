/** `trustmark keygen`: makes an agency's keys and its application to the alliance. */
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import * as z from 'zod'
import { ConfigError } from '../../node.js'
import { KEY_ROLES, type KeyRole } from '../../trust/keys.js'
import { writeApplication } from '../agency/application.js'
import { createExternalSigner } from '../agency/external-signer.js'
import { addPublicKey, generateWorkspaceKeys, listKeys, type WorkspaceKey } from '../agency/keys.js'
import { folderOf, surroundingsOf, type Terminal, terminalOf } from '../terminal.js'
import { chooseHub, openWorkspace, readJson, type Workspace } from '../workspace.js'

interface KeygenOptions {
  role?: KeyRole[]
  hub?: string
  public?: string
  signer?: string
  leaveDefinitionUnsigned?: boolean
}

const PURPOSE: Record<KeyRole, string> = {
  issue: 'signs records; keep it on the machine that publishes',
  auth: 'opens the inbox of complaints',
  enc: 'reads complaints; every officer can have one',
  recovery:
    'replaces all others if they are lost or stolen: move this file OFFLINE now (a USB stick in a safe)',
}

export function keygenCommand(): Command {
  return new Command('keygen')
    .description('make the agency’s keys, and the application for the operator')
    .addOption(
      new Option('--role <role...>', 'only these roles; a role that has a key gets a further one').choices(
        KEY_ROLES,
      ),
    )
    .option('--hub <origin>', 'address of the hub to apply at, if init did not name it')
    .option('--public <file>', 'public JWK of an issue key in a token or HSM, instead of making one')
    .option(
      '--signer <command>',
      'signs with that key: signing input on stdin, base64url signature on stdout',
    )
    .option(
      '--leave-definition-unsigned',
      'apply with keys only: the rules of your marks then warn, and refuse nothing',
    )
    .addHelpText(
      'after',
      `
Examples:
  trustmark keygen                    one key of each role, and application.json
  trustmark keygen --role enc         a further key for reading complaints
  trustmark keygen --public token.jwk.json --signer ./sign-with-token

No private key ever leaves the folder: application.json holds public keys and proofs.`,
    )
    .action(async (options: KeygenOptions, command: Command) => {
      const terminal = terminalOf(command)
      const { cwd, now } = surroundingsOf(command)
      const opened = openWorkspace(folderOf(command))
      const workspace = options.hub === undefined ? opened : chooseHub(opened, options.hub)
      const made = await makeKeys(workspace, options, cwd)
      tellKeys(made, terminal)
      const file = await apply(workspace, options, terminal, Math.floor(now() / 1000))
      terminal.result({
        keys: made.map(({ role, kid, file }) => ({ role, kid, file })),
        application: file ?? null,
      })
    })
}

async function makeKeys(workspace: Workspace, options: KeygenOptions, cwd: string): Promise<WorkspaceKey[]> {
  const existing = await listKeys(workspace)
  if (options.role === undefined && options.public === undefined && existing.length > 0) {
    // Run again, it makes no second set: it only writes the application, for which a hub must be known.
    if (workspace.hub !== undefined) return []
    throw new ConfigError(
      'There are keys already. Name a role to add one (--role enc), or the hub to apply at (--hub).',
    )
  }
  const made: WorkspaceKey[] = []
  if (options.public !== undefined) {
    made.push(await addPublicKey(workspace, 'issue', readJson(resolve(cwd, options.public), z.unknown())))
  }
  const first = existing.length === 0 ? KEY_ROLES.filter((role) => role !== 'issue' || made.length === 0) : []
  return [...made, ...(await generateWorkspaceKeys(workspace, options.role ?? first))]
}

function tellKeys(made: readonly WorkspaceKey[], terminal: Terminal): void {
  if (made.length === 0) terminal.print('There are keys already; none was made.')
  for (const { role, file, privateJwk } of made) {
    terminal.print(`${role.padEnd(9)}${file}`)
    terminal.print(
      `         ${PURPOSE[role]}${privateJwk ? '' : ' (public half; the private one stays where it is)'}`,
    )
  }
}

/** @returns the file, or undefined when there is nothing to apply with yet */
async function apply(
  workspace: Workspace,
  options: KeygenOptions,
  terminal: Terminal,
  now: number,
): Promise<string | undefined> {
  if (workspace.hub === undefined) {
    terminal.print(
      'No hub is named yet, so there is no application. Run "trustmark keygen --hub <origin>" when you know it.',
    )
    return undefined
  }
  const keys = await listKeys(workspace)
  const missing = KEY_ROLES.filter((role) => role !== 'enc' && !keys.some((key) => key.role === role))
  if (missing.length > 0) {
    terminal.print(`application.json is not written: no key for ${missing.join(', ')} is in the folder.`)
    return undefined
  }
  const token = keys.find(({ role, privateJwk }) => role === 'issue' && !privateJwk)
  const external =
    token && options.signer !== undefined ? createExternalSigner(options.signer, token.publicJwk) : undefined
  const signDefinition = !options.leaveDefinitionUnsigned
  const { file } = await writeApplication(workspace, workspace.hub, { now, signDefinition, external })
  terminal.print(`\nThe application is ${file}`)
  terminal.print(
    `  It ${signDefinition ? 'signs' : 'does NOT sign'} definition.json, holds no secret, and goes to the operator of ${workspace.hub}.`,
  )
  terminal.print('Next: send it; then trustmark import')
  return file
}
