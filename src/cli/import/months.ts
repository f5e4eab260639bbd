/** Names of the months as they stand in spreadsheets: Thai, English and Vietnamese, whole and short. */

const MONTHS: readonly (readonly string[])[] = [
  ['มกราคม', 'มค', 'january', 'jan'],
  ['กุมภาพันธ์', 'กพ', 'february', 'feb'],
  ['มีนาคม', 'มีค', 'march', 'mar'],
  ['เมษายน', 'เมย', 'april', 'apr'],
  ['พฤษภาคม', 'พค', 'may'],
  ['มิถุนายน', 'มิย', 'june', 'jun'],
  ['กรกฎาคม', 'กค', 'july', 'jul'],
  ['สิงหาคม', 'สค', 'august', 'aug'],
  ['กันยายน', 'กย', 'september', 'sep', 'sept'],
  ['ตุลาคม', 'ตค', 'october', 'oct'],
  ['พฤศจิกายน', 'พย', 'november', 'nov'],
  ['ธันวาคม', 'ธค', 'december', 'dec'],
]

/** The month of a name, 1 to 12; dots, spaces and case do not matter. Undefined when it names none. */
export function findMonth(name: string): number | undefined {
  const vietnamese = /^tháng (\d{1,2})(?: năm)?$/iu.exec(name.normalize('NFC').trim())?.[1]
  if (vietnamese !== undefined) return Number(vietnamese)
  const bare = name.toLowerCase().replace(/[\s.]|เดือน/g, '')
  const index = MONTHS.findIndex((names) => names.includes(bare))
  return index === -1 ? undefined : index + 1
}
