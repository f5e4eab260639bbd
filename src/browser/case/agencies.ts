/** Agencies as the page names them: in the reader's language where there is a name in it (DESIGN 4.13). */
import { type Language, type LocalText, pickText } from '../../alliance/text.js'

/** A member as the page gives it to its script. */
export interface PageAgency {
  id: string
  entity: string
  name: LocalText
  shortName: LocalText
  country: string
  languages: readonly string[]
  /** `link` only where the value is a plain address (channelLink on the server). */
  channels: readonly { kind: string; value: string; link?: string | undefined }[]
  disputes: boolean
}

/** A name with the language that it is in. */
export interface AgencyName {
  text: string
  lang: string
  country: string
}

/** Names members by their id; an id that the page does not know stands for itself. */
export type NameAgency = (id: string) => AgencyName

export function nameAgencies(agencies: readonly PageAgency[], lang: Language): NameAgency {
  const byId = new Map(agencies.map((agency) => [agency.id, agency]))
  return (id) => {
    const agency = byId.get(id)
    if (!agency) return { text: id, lang: 'en', country: id.slice(0, 2).toUpperCase() }
    return { ...pickText(agency.name, lang), country: agency.country }
  }
}

/** Those that handle complaints, with the reader's own country first. */
export function disputeAgencies(
  agencies: readonly PageAgency[],
  country: string | undefined,
): { home: PageAgency[]; others: PageAgency[] } {
  const disputes = agencies.filter((agency) => agency.disputes)
  return {
    home: disputes.filter((agency) => agency.country === country),
    others: disputes.filter((agency) => agency.country !== country),
  }
}
