/** Thai texts of the pages that compare schemes and describe members and marks. */
import type { SchemesTexts } from '../en/schemes.js'

export const schemes: SchemesTexts = {
  title: 'เปรียบเทียบเครื่องหมาย',
}
