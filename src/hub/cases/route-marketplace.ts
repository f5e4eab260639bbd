/** The marketplace of a purchase, brought down to a host or a platform's code: whatever else was typed is not kept. */
import { PRESENCE_KINDS } from '../../alliance/definition.js'
import { type Presence, PresenceError, parsePresence } from '../../record/presence.js'
import { Refusal } from '../../refusal.js'

/** Codes of platforms whose shops the hub knows. */
const PLATFORMS: readonly string[] = PRESENCE_KINDS.filter((kind) => kind !== 'web')

export interface NamedMarketplace {
  /** Host or code: it names a company, never a shop or a person. */
  name: string
  /** Address by which the marketplace's own records are looked up; absent for a platform. */
  url?: string
}

/** @throws Refusal `bad-query` naming field and remedy; what was typed is not repeated */
export function readMarketplace(typed: string): NamedMarketplace {
  const code = typed.trim().toLowerCase()
  if (PLATFORMS.includes(code)) return { name: code }
  try {
    return nameOf(parsePresence(typed))
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    // A platform's own page names no shop, but it does name the platform.
    const platform = error.code === 'platform-without-shop' ? platformOf(typed) : undefined
    if (platform) return { name: platform }
    throw new Refusal('bad-query', {
      detail: `marketplace is the web address of the marketplace, such as https://market.example, or one of ${PLATFORMS.join(', ')}. Leave it out if there is none.`,
      at: 'marketplace',
    })
  }
}

function nameOf(presence: Presence): NamedMarketplace {
  if (presence.kind !== 'web') return { name: presence.kind }
  return { name: new URL(presence.url).host, url: presence.url }
}

function platformOf(typed: string): string | undefined {
  const host = /^(?:https?:\/\/)?([^/?#\s]+)/i.exec(typed.trim())?.[1]?.toLowerCase() ?? ''
  return PLATFORMS.find((platform) => host.split('.').includes(platform))
}
