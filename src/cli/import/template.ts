/** A table for an agency's officers to fill in, and the mapping file that belongs to it (`trustmark import --template`). */
import type { MemberDefinition } from '../../alliance/definition.js'
import { inLanguage, type Language, pickText, type Translated } from '../../alliance/text.js'
import { IDENTIFIER_SCHEMES } from '../../record/identifier.js'
import { nameFacts } from './fact-headers.js'
import { requiredFacts } from './fact-types.js'
import type { DateStyle, MappingFile } from './mapping.js'
import { type SampleContext, sampleCell } from './sample-row.js'

type Label = Translated<string>

/** Header texts; those of dates say how to write them. */
const LABELS = {
  certificate: { en: 'Certificate number', th: 'เลขที่ใบรับรอง', vi: 'Số chứng nhận', ja: '認証番号' },
  level: { en: 'Mark and level', th: 'เครื่องหมายและระดับ', vi: 'Dấu và cấp', ja: 'マークと等級' },
  kind: { en: 'Kind of holder', th: 'ประเภทผู้ประกอบการ', vi: 'Loại chủ thể', ja: '事業者の種別' },
  name: { en: 'Name', th: 'ชื่อ', vi: 'Tên', ja: '名称' },
  englishName: { en: 'Name', th: 'ชื่อภาษาอังกฤษ', vi: 'Tên tiếng Anh', ja: '英語名称' },
  identifier: { en: 'Register number', th: 'เลขทะเบียนนิติบุคคล', vi: 'Mã số doanh nghiệp', ja: '法人番号' },
  url: {
    en: 'Website or shop page',
    th: 'เว็บไซต์หรือหน้าร้าน',
    vi: 'Website hoặc trang cửa hàng',
    ja: 'ウェブサイト・店舗ページ',
  },
  email: { en: 'E-mail', th: 'อีเมล', vi: 'E-mail', ja: 'メールアドレス' },
  phone: { en: 'Telephone', th: 'โทรศัพท์', vi: 'Điện thoại', ja: '電話番号' },
  from: {
    en: 'First day (YYYY-MM-DD)',
    th: 'วันที่อนุมัติ (วว/ดด/ปปปป พ.ศ.)',
    vi: 'Ngày cấp (ngày/tháng/năm)',
    ja: '有効期間開始日（令和○年○月○日）',
  },
  until: {
    en: 'Last day (YYYY-MM-DD)',
    th: 'วันหมดอายุ (วว/ดด/ปปปป พ.ศ.)',
    vi: 'Ngày hết hạn (ngày/tháng/năm)',
    ja: '有効期間満了日（令和○年○月○日）',
  },
  remarks: {
    en: 'Remarks (not published)',
    th: 'หมายเหตุ (ไม่เผยแพร่)',
    vi: 'Ghi chú (không công bố)',
    ja: '備考（非公開）',
  },
} satisfies Record<string, Label>

const WORDS = {
  natural: { en: 'person', th: 'บุคคลธรรมดา', vi: 'cá nhân', ja: '個人' },
  juristic: { en: 'company', th: 'นิติบุคคล', vi: 'pháp nhân', ja: '法人' },
  yes: { en: 'yes', th: 'ใช่', vi: 'có', ja: 'はい' },
  no: { en: 'no', th: 'ไม่ใช่', vi: 'không', ja: 'いいえ' },
} satisfies Record<string, Label>

const ABOUT: Label = {
  en: 'One row for each shop; rows with one certificate number are one record. Format the columns of numbers as text. Leave the register number of a natural person empty. Save as "CSV UTF-8".',
  th: 'หนึ่งแถวต่อหนึ่งร้าน แถวที่มีเลขที่ใบรับรองเดียวกันเป็นระเบียนเดียวกัน จัดรูปแบบคอลัมน์ตัวเลขเป็นข้อความ บุคคลธรรมดาให้เว้นเลขทะเบียนว่าง บันทึกเป็น "CSV UTF-8"',
  vi: 'Mỗi cửa hàng một dòng; các dòng cùng số chứng nhận là một bản ghi. Định dạng cột số là văn bản. Để trống mã số của cá nhân. Lưu dạng "CSV UTF-8".',
  ja: '1店舗につき1行。認証番号が同じ行は1件の記録になります。番号の列は文字列形式にしてください。個人の番号は空欄にしてください。「CSV UTF-8」で保存してください。',
}

/** How officers of a language write dates; the mapping may be changed. */
const DATES: Translated<DateStyle> = {
  en: { calendar: 'gregory', order: 'ymd' },
  th: { calendar: 'buddhist', order: 'dmy' },
  vi: { calendar: 'gregory', order: 'dmy' },
  ja: { calendar: 'japanese', order: 'ymd' },
}

/** Two files' worth of text. */
export interface Template {
  /** A CSV with headers and one sample row, with byte order mark and CRLF, so that Excel opens it in the right encoding. */
  csv: string
  /** The mapping file for it, as indented JSON. */
  mapping: string
}

/** Names of the member's levels in the language, each standing for one `mark/level`. */
function levelNames(definition: MemberDefinition, lang: Language): Record<string, string> {
  const levels = definition.marks
    .filter((mark) => mark.status.state !== 'ended')
    .flatMap((mark) => mark.levels.map((level) => ({ mark, level })))
  const nameOf = ({ level }: (typeof levels)[number]): string => pickText(level.name, lang).text
  return Object.fromEntries(
    levels.map((one) => {
      const shared = levels.filter((other) => nameOf(other) === nameOf(one)).length > 1
      const name = shared ? `${pickText(one.mark.name, lang).text} ${nameOf(one)}` : nameOf(one)
      return [name, `${one.mark.id}/${one.level.id}`]
    }),
  )
}

function quote(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/**
 * The template for a member: the columns that its records need, with headers in the language, and a mapping that
 * reads them. A filled-in template imports without changes to the mapping, and so does its sample row.
 * @param today YYYY-MM-DD, the sample's first day
 */
export function templateFor(definition: MemberDefinition, lang: Language, today: string): Template {
  const label = (key: keyof typeof LABELS): string => inLanguage(LABELS[key], lang)
  const scheme =
    IDENTIFIER_SCHEMES.find((known) => known.startsWith(`${definition.country.toLowerCase()}-`)) ?? 'lei'
  const facts = [...requiredFacts(definition)]
  const headers = nameFacts(
    definition,
    lang,
    [...facts.map(([fact]) => fact)],
    Object.keys(LABELS).map((key) => label(key as keyof typeof LABELS)),
  )
  const headerOf = (fact: string): string => headers.get(fact) ?? fact
  const columns: Record<string, string> = {
    [label('certificate')]: 'certificate',
    [label('level')]: 'level',
    [label('kind')]: 'holder.kind',
    [label('name')]: 'holder.name',
    ...(lang !== 'en' && { [label('englishName')]: 'holder.name.en' }),
    [label('identifier')]: `identifier.${scheme}`,
    [label('url')]: 'presence.url',
    [label('email')]: 'holder.contact.email',
    [label('phone')]: 'holder.contact.phone',
    [label('from')]: 'validFrom',
    [label('until')]: 'validUntil',
    ...Object.fromEntries(facts.map(([fact]) => [headerOf(fact), `fact.${fact}`])),
    [label('remarks')]: 'ignore',
  }
  const levels = levelNames(definition, lang)
  const yesNo = { [inLanguage(WORDS.yes, lang)]: 'yes', [inLanguage(WORDS.no, lang)]: 'no' }
  const mapping: MappingFile = {
    about: [inLanguage(ABOUT, lang), ...factHelp(definition, lang, headerOf)],
    language: lang,
    dates: inLanguage(DATES, lang),
    defaults: { country: definition.country, 'holder.languages': lang },
    columns,
    values: {
      [label('level')]: levels,
      [label('kind')]: {
        [inLanguage(WORDS.natural, lang)]: 'natural',
        [inLanguage(WORDS.juristic, lang)]: 'juristic',
      },
      ...Object.fromEntries(
        facts.filter(([, type]) => type === 'boolean').map(([fact]) => [headerOf(fact), yesNo]),
      ),
    },
  }
  const sample: SampleContext = {
    definition,
    lang,
    dates: inLanguage(DATES, lang),
    today,
    levels,
    juristic: inLanguage(WORDS.juristic, lang),
    yes: inLanguage(WORDS.yes, lang),
    no: inLanguage(WORDS.no, lang),
  }
  const rows = [Object.keys(columns), Object.values(columns).map((field) => sampleCell(field, sample))]
  const csv = rows.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('')
  return { csv: `\ufeff${csv}`, mapping: `${JSON.stringify(mapping, null, 2)}\n` }
}

/** What each fact column is for: the rules that ask for it, in the officer's language. */
function factHelp(
  definition: MemberDefinition,
  lang: Language,
  headerOf: (fact: string) => string,
): string[] {
  return [...requiredFacts(definition).keys()].map((fact) => {
    const rules = definition.marks.flatMap((mark) =>
      mark.levels.flatMap((level) =>
        level.requirements
          .filter(({ schema }) => JSON.stringify(schema).includes(`"${fact}"`))
          .map(({ text }) => `${mark.id}/${level.id}: ${pickText(text, lang).text}`),
      ),
    )
    return `${headerOf(fact)}: ${rules.join(' | ')}`
  })
}
