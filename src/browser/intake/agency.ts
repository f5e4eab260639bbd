/** Names of agencies and of codes as the reader has them. */
import { pickText } from '../../alliance/text.js'
import type { Option } from '../kit/form.js'
import type { MemberLine } from '../kit/hub-api.js'
import type { Intake } from './intake.js'

/** "Consumer Affairs Center (Japan)", or the name alone where it says the country; the id while no list of members is there. */
export function agencyName({ members, settings, lang }: Intake, id: string): string {
  const member = members.find((one) => one.id === id)
  if (!member) return id
  const name = pickText(member.name, lang).text
  const country = countryName(settings.words, member.country)
  if (name.includes(country)) return name
  return lang === 'ja' ? `${name}（${country}）` : `${name} (${country})`
}

export function countryName(
  { countries }: { countries: readonly { value: string; label: string }[] },
  code: string,
): string {
  return countries.find(({ value }) => value === code)?.label ?? code
}

/** Marks that a shop can show, by the member that awards them. */
export function markOptions(members: readonly MemberLine[], lang: string): Option[] {
  return members.flatMap(({ id, marks }) =>
    marks.length === 0
      ? []
      : [{ value: id, label: marks.map(({ name }) => pickText(name, lang).text).join(', ') }],
  )
}

/** Codes with their labels, in the order of the codes. */
export function codeOptions<T extends string>(
  codes: readonly T[],
  labels: Readonly<Record<T, string>>,
): Option[] {
  return codes.map((value) => ({ value, label: labels[value] }))
}
