/** Thai texts that teach how to judge a shop abroad. */
import type { LearnTexts } from '../en/learn.js'

export const learn: LearnTexts = {
  title: 'วิธีพิจารณาร้านค้าต่างประเทศ',
}
