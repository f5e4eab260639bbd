/** An agency's folder: who it is, its keys, what it imported, signed and published (DESIGN 5, "Command line"). */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { type MemberDefinition, memberDefinition, memberId } from '../alliance/definition.js'
import { definitionFaults } from '../alliance/definition-faults.js'
import { ConfigError, packageRoot } from '../node.js'

/** Names of the files in a workspace; keys stand in {@link KEY_FOLDER}. */
export const FILES = {
  settings: 'trustmark.json',
  definition: 'definition.json',
  /** For the operator: definition, public keys, application and proofs. Nothing secret. */
  application: 'application.json',
  /** The last import. */
  drafts: 'drafts.json',
  /** Signed records that the hub has not answered for, one JWS per line. */
  outbox: 'outbox.ndjson',
  /** What the hub refused, and why. */
  rejected: 'rejected.json',
  /** Which records were erased here, by hash only: an import must not publish them again by itself. */
  erased: 'erased.json',
  /** What the hub's feed says this member has published; it may be deleted and is read anew then. */
  published: 'published.json',
} as const

export const KEY_FOLDER = 'keys'
/** Only the officer's own account may list or read private keys. */
const FOLDER_MODE = 0o700
const SECRET_MODE = 0o600

const settingsFile = z.strictObject({ member: memberId, hub: z.string().optional() })

/** An opened workspace. */
export interface Workspace {
  /** Absolute path. */
  folder: string
  /** Member id. */
  member: string
  definition: MemberDefinition
  /** Origin of the hub that everything here is signed for; undefined until one is named. */
  hub: string | undefined
}

export interface NewWorkspace {
  member: string
  /** The member's definition; by default the one that the package brings. */
  definition?: unknown
  hub?: string | undefined
}

/** Makes a workspace. @throws ConfigError when there is one already, or the definition does not hold together */
export function createWorkspace(folder: string, { member, definition, hub }: NewWorkspace): Workspace {
  const path = resolve(folder)
  refuseOverwriting(path)
  const settings = { member, ...(hub !== undefined && { hub: parseOrigin(hub) }) }
  const parsed = parseDefinition(definition ?? readPackagedDefinition(member), member)
  mkdirSync(path, { recursive: true })
  makeKeyFolder(path)
  // A definition is digested as it stands in the file, so nothing is added or left out.
  writeJson(join(path, FILES.definition), parsed)
  writeJson(join(path, FILES.settings), settings)
  return { folder: path, member, definition: parsed, hub: settings.hub }
}

/** @throws ConfigError when the folder is no agency's workspace */
export function openWorkspace(folder: string): Workspace {
  const path = resolve(folder)
  const file = join(path, FILES.settings)
  if (!existsSync(file)) {
    throw new ConfigError(
      `There is no ${FILES.settings} in ${path}. Go to the agency's folder, name it with -C <folder>, or make one with "trustmark init".`,
    )
  }
  const settings = readJson(file, settingsFile)
  const definition = parseDefinition(readJson(join(path, FILES.definition), z.unknown()), settings.member)
  return { folder: path, member: settings.member, definition, hub: settings.hub }
}

/**
 * Fixes the hub of a workspace, or checks that it is the same one.
 * @throws ConfigError for another hub: every signed record names its hub, so a folder serves one
 */
export function chooseHub(workspace: Workspace, origin: string | undefined): Workspace & { hub: string } {
  const given = origin === undefined ? undefined : parseOrigin(origin)
  const hub = given ?? workspace.hub
  if (hub === undefined) {
    throw new ConfigError(
      'No hub is named. Give its address with --to, such as --to https://hub.example; it is remembered.',
    )
  }
  if (workspace.hub !== undefined && workspace.hub !== hub) {
    throw new ConfigError(
      `This folder is for the hub ${workspace.hub}, not for ${hub}. Every signed record names its hub, so another hub needs a folder of its own: "trustmark init --hub ${hub}" in a new one.`,
    )
  }
  if (workspace.hub === undefined) {
    writeJson(join(workspace.folder, FILES.settings), { member: workspace.member, hub })
  }
  return { ...workspace, hub }
}

/** An https origin, or http on this machine. @throws ConfigError */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  const secure = url?.protocol === 'https:' || (local && url.protocol === 'http:')
  if (url && secure && url.origin === text.replace(/\/$/, '')) return url.origin
  throw new ConfigError(
    `"${text}" is not a hub's address: an https origin without a path, such as https://hub.example (http only for 127.0.0.1).`,
  )
}

/** Ids of the members whose definitions the package brings. */
export function listPackagedMembers(): string[] {
  return readdirSync(join(packageRoot(), 'members'))
    .filter((name) => memberId.safeParse(name).success)
    .sort()
}

function readPackagedDefinition(member: string): unknown {
  const file = join(packageRoot(), 'members', member, 'member.json')
  if (memberId.safeParse(member).success && existsSync(file)) return readJson(file, z.unknown())
  throw new ConfigError(
    `No definition of "${member}" comes with this package; it has ${listPackagedMembers().join(', ')}. Give one with --definition <file>.`,
  )
}

function parseDefinition(value: unknown, member: string): MemberDefinition {
  const parsed = memberDefinition.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ConfigError(
      `The definition has a fault at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
    )
  }
  const [fault] = definitionFaults(parsed.data)
  if (fault) throw new ConfigError(`The definition does not hold together: ${fault}.`)
  if (parsed.data.id !== member) {
    throw new ConfigError(
      `The definition is that of ${parsed.data.id}, not of ${member}. Give --member ${parsed.data.id}.`,
    )
  }
  return parsed.data
}

/** @throws ConfigError when the folder is a workspace, of an agency or of the operator */
export function refuseOverwriting(folder: string): void {
  const taken = [FILES.settings, KEY_FOLDER].find((name) => existsSync(join(folder, name)))
  if (taken === undefined) return
  throw new ConfigError(`${join(folder, taken)} exists: nothing is overwritten. Choose an empty folder.`)
}

/** Makes `keys/` for the owner's account only. @returns its path */
export function makeKeyFolder(folder: string): string {
  const path = join(folder, KEY_FOLDER)
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE })
  // The process's umask may have taken bits away, never added any; a folder that was there may be too open.
  chmodSync(path, FOLDER_MODE)
  return path
}

/** Writes a private key, never over another file. */
export function writeSecret(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: SECRET_MODE, flag: 'wx' })
}

/** Writes a JSON file whole: a reader, or a crash, never meets half of it. */
export function writeJson(file: string, value: unknown): void {
  writeText(file, `${JSON.stringify(value, null, 2)}\n`)
}

/** Writes a text file whole, through a file beside it that takes its place. */
export function writeText(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, text)
  renameSync(beside, file)
}

/** @throws ConfigError naming the file and what is wrong with it */
export function readJson<T extends z.ZodType>(file: string, schema: T): z.infer<T> {
  const parsed = schema.safeParse(parseFile(file))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ConfigError(`${file} has a fault at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`)
}

function parseFile(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new ConfigError(`${file} is not JSON.`)
  }
}

/** @throws ConfigError when there is no such file, or it can't be read */
export function readText(file: string): string {
  return new TextDecoder().decode(readBytes(file))
}

/** @throws ConfigError when there is no such file, or it can't be read */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new ConfigError(
      code === 'ENOENT' ? `There is no file ${file}.` : `${file} can't be read (${code ?? String(error)}).`,
    )
  }
}
