/** An officer's desk: the workspace with its keys, the hub, and the alliance's keys as pinned on this machine. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { JWK } from 'jose'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { ConfigError } from '../../node.js'
import { formatEntityId } from '../../record/record.js'
import { createSigner, type Signer } from '../../trust/signer.js'
import { type Anchor, readAnchor } from '../../verify.js'
import { listKeys, type WorkspaceKey } from '../agency/keys.js'
import { createHubClient } from '../hub-client.js'
import { pinAnchor, readAnchorFile } from '../look-up/anchor-file.js'
import { askHub } from '../look-up/ask-hub.js'
import { folderOf, surroundingsOf, terminalOf } from '../terminal.js'
import { chooseHub, KEY_FOLDER, openWorkspace, type Workspace } from '../workspace.js'
import { admissionMemory } from './admission-memory.js'
import { type CaseFolder, openCaseFolder } from './case-folder.js'
import { createHubDesk, type HubDesk } from './hub-desk.js'
import { type TrustedMembers, trustedMembers } from './trusted-members.js'

/** Options of every command at the desk. */
export interface DeskOptions {
  hub?: string
  lang?: string
  anchor?: string
}

export interface CaseDesk extends TrustedMembers {
  workspace: Workspace & { hub: string }
  /** Member id and entity identifier of the agency. */
  member: string
  entity: string
  /** In which language the officer reads. */
  lang: Language
  hub: HubDesk
  anchor: Anchor
  /** Signs events and receipts. */
  auth: Signer
  /** Every key on this machine that reads complaints. */
  readers: readonly { kid: string; privateJwk: JWK }[]
  folder: CaseFolder
  /** JWT seconds. */
  now: () => number
}

const ANCHOR = 'anchor.json'

/** Adds `--hub` and `--anchor`, and `--lang` where it chooses the language that is read. */
export function addDeskOptions(command: Command, { reads = false } = {}): Command {
  command
    .option('--hub <origin>', 'address of the hub, if init did not name it')
    .option(
      '--anchor <file>',
      'the alliance’s keys, got by another way; else those of the first use are kept',
    )
  if (reads)
    command.addOption(
      new Option('--lang <language>', 'in which language it is shown (default: the agency’s first)').choices([
        ...LANGUAGES,
      ]),
    )
  return command
}

/** @throws ConfigError when the workspace or its keys are not fit for it, Refusal when the hub is not the one pinned */
export async function openDesk(command: Command, options: DeskOptions): Promise<CaseDesk> {
  const { http, now: milliseconds, cwd } = surroundingsOf(command)
  const workspace = chooseHub(openWorkspace(folderOf(command)), options.hub)
  const now = (): number => Math.floor(milliseconds() / 1000)
  const client = createHubClient(workspace.hub, http)
  const hub = askHub(client)
  const folder = openCaseFolder(workspace)
  const stored = await listKeys(workspace)
  const given = options.anchor === undefined ? undefined : resolve(cwd, options.anchor)
  const pinned = join(folder.path, ANCHOR)
  const anchor = await (async (): Promise<Anchor> => {
    const first = !existsSync(pinned)
    const held = given ?? (first ? undefined : pinned)
    const read = held
      ? readAnchorFile(held, workspace.hub)
      : await readAnchor(await hub.text('/alliance/.well-known/openid-federation'), workspace.hub, now())
    await pinAnchor(pinned, read, hub)
    if (first && !given)
      terminalOf(command).note(
        `The alliance's keys were pinned as ${workspace.hub} shows them; compare them once by another way: ${pinned}`,
      )
    return read
  })()
  const members = trustedMembers(client, anchor, admissionMemory(folder))
  const auth = await createSigner(await chooseAuthKey(workspace, stored, members))
  const entity = formatEntityId(workspace.hub, workspace.member)
  return {
    workspace,
    member: workspace.member,
    entity,
    lang: readingLanguage(options.lang, workspace.definition.languages),
    hub: createHubDesk(client, { entity, signer: auth, now }),
    anchor,
    auth,
    readers: stored.flatMap(({ role, kid, privateJwk }) =>
      role === 'enc' && privateJwk ? [{ kid, privateJwk }] : [],
    ),
    folder,
    now,
    ...members,
  }
}

/** The language asked for, else the agency's first that the hub speaks, else English. */
export function readingLanguage(asked: string | undefined, languages: readonly string[]): Language {
  const wanted = asked === undefined ? languages : [asked, ...languages]
  return wanted.flatMap((tag) => LANGUAGES.filter((lang) => tag.split('-')[0] === lang))[0] ?? 'en'
}

/** The auth key; of several the one that the agency was admitted with, for a new one may still wait for that. */
async function chooseAuthKey(
  workspace: Workspace,
  stored: readonly WorkspaceKey[],
  members: TrustedMembers,
): Promise<JWK> {
  const own = stored.filter(({ role, privateJwk }) => role === 'auth' && privateJwk)
  const admitted =
    own.length > 1 ? (await members.keysOf([workspace.member])).get(workspace.member)?.auth : undefined
  const key = own.find(({ kid }) => !admitted || admitted.some((jwk) => jwk.kid === kid))
  if (key?.privateJwk) return key.privateJwk
  throw new ConfigError(
    `There is no auth key in ${join(workspace.folder, KEY_FOLDER)} ${own.length > 0 ? 'that you were admitted with' : ''}: it opens the inbox. Copy it there from the machine that has it.`,
  )
}
