/** Japanese texts that teach how to judge a shop abroad. */
import type { LearnTexts } from '../en/learn.js'

export const learn: LearnTexts = {
  title: '海外ショップの見分け方',
}
