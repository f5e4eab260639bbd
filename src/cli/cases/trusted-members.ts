/** What a desk knows of members: keys that the operator signed and the log holds, names and calendars as the hub shows them. */
import * as z from 'zod'
import { type MemberDefinition, memberDefinition } from '../../alliance/definition.js'
import type { HubPort } from '../../follow-log-keys.js'
import { type MemberKeys, readEncryptionKeys } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import { type HubClient, readAnswer } from '../hub-client.js'
import { askHub } from '../look-up/ask-hub.js'
import type { AdmissionMemory } from './admission-memory.js'

export interface TrustedMembers {
  /** Keys to encrypt to: of admitted members only, each verified as signed by the operator and logged. @throws Refusal */
  keysOf(members: readonly string[]): Promise<ReadonlyMap<string, MemberKeys>>
  /** Keys to verify with: also of members that were suspended, or left, since they signed. @throws Refusal */
  signersOf(members: readonly string[]): Promise<ReadonlyMap<string, MemberKeys>>
  /** Definitions of members as the hub shows them: for names and calendars, never for keys. */
  definitionsOf(members: readonly string[]): Promise<ReadonlyMap<string, MemberDefinition>>
}

/**
 * Asks for each member only once in a run.
 * @param memory of the newest admissions; absent where a machine keeps none
 */
export function trustedMembers(client: HubClient, anchor: Anchor, memory?: AdmissionMemory): TrustedMembers {
  const hub = rememberTexts(askHub(client))
  const known = new Map<string, ReturnType<typeof readEncryptionKeys>>()
  const read = async (
    members: readonly string[],
    anyStanding: boolean,
  ): Promise<ReadonlyMap<string, MemberKeys>> => {
    const all = new Map<string, MemberKeys>()
    for (const member of new Set(members)) {
      const name = `${member} ${anyStanding}`
      const asked =
        known.get(name) ??
        readEncryptionKeys(hub, client.origin, [member], {
          anchor,
          anyStanding,
          floor: memory?.floor() ?? {},
        })
      known.set(name, asked)
      for (const [id, keys] of await asked) {
        memory?.note(id, keys.index)
        all.set(id, keys)
      }
    }
    return all
  }
  return {
    keysOf: (members) => read(members, false),
    signersOf: (members) => read(members, true),
    async definitionsOf(members) {
      const pages = await Promise.all(
        [...new Set(members)].map(async (id) => readPage(await hub.text(`/v1/members/${id}`))),
      )
      return new Map(pages.map((definition) => [definition.id, definition]))
    },
  }
}

function rememberTexts(hub: HubPort): HubPort {
  const texts = new Map<string, Promise<string>>()
  return {
    ...hub,
    text(path) {
      const asked = texts.get(path) ?? hub.text(path)
      texts.set(path, asked)
      return asked
    },
  }
}

function readPage(text: string): MemberDefinition {
  return readAnswer({ text }, z.object({ definition: memberDefinition }), 'a member’s page').definition
}
