/** What stands above every page of a copy: whose copy it is, as of when, and where the hub's own page is (DESIGN 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Language } from '../alliance/text.js'
import { phrase, Time } from './phrase.js'
import type { Reader } from './reader.js'

/** How far a copy is. */
export interface CopyState {
  /** When it was last found to be up to date, or of its newest entry where it never was (ISO 8601). */
  at: string
  /** Log entries it holds. */
  size: number
}

interface CopyTexts {
  title: string
  says: { one: string; other: string }
  ask: string
}

const TEXTS: Record<Language, CopyTexts> = {
  en: {
    title: 'Copy',
    says: {
      one: 'A copy of {hub}, as of {time}, with {count} log entry.',
      other: 'A copy of {hub}, as of {time}, with {count} log entries.',
    },
    ask: 'Ask the hub itself',
  },
  th: {
    title: 'สำเนา',
    says: {
      one: 'สำเนาของ {hub} ณ {time} มี {count} รายการในบันทึก',
      other: 'สำเนาของ {hub} ณ {time} มี {count} รายการในบันทึก',
    },
    ask: 'ตรวจสอบกับระบบต้นทาง',
  },
  vi: {
    title: 'Bản sao',
    says: {
      one: 'Bản sao của {hub}, tính đến {time}, gồm {count} mục nhật ký.',
      other: 'Bản sao của {hub}, tính đến {time}, gồm {count} mục nhật ký.',
    },
    ask: 'Hỏi chính hệ thống gốc',
  },
  ja: {
    title: 'コピー',
    says: {
      one: '{hub} のコピーです（{time}現在、ログ {count} 件）。',
      other: '{hub} のコピーです（{time}現在、ログ {count} 件）。',
    },
    ask: '元のシステムで確認する',
  },
}

/** @param path of this page with its query: the hub has the same one */
export function CopyNotice({
  copy,
  origin,
  path,
  reader,
}: {
  copy: CopyState
  origin: string
  path: string
  reader: Reader
}): JSX.Element {
  const { title, says, ask } = TEXTS[reader.lang]
  return (
    <p class="demo">
      <strong>{title}</strong>{' '}
      {phrase(reader.count(says, copy.size), {
        hub: <bdi>{new URL(origin).host}</bdi>,
        time: <Time at={copy.at} reader={reader} />,
      })}{' '}
      <a href={`${origin}${path}`}>{ask}</a>
    </p>
  )
}
