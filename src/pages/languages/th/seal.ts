/** Thai texts on the seal, and of the page that gives it to a shop. */
import type { SealTexts } from '../en/seal.js'

export const seal: SealTexts = {
  title: 'แสดงตรา',
}
