/** Vietnamese texts of the page about one record, where a seal leads. */
import type { RecordTexts } from '../en/record.js'

export const record: RecordTexts = {
  title: 'Chứng nhận',
}
