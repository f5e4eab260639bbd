/** Japanese, all of it (DESIGN 4.13). */
import type { Texts } from '../en/index.js'
import { ja as casePage } from './case.js'
import { ja as complaint } from './complaint.js'
import { directory } from './directory.js'
import { eligibility } from './eligibility.js'
import { learn } from './learn.js'
import { record } from './record.js'
import { schemes } from './schemes.js'
import { seal } from './seal.js'
import { ja as site } from './site.js'

export const ja: Texts = {
  ownName: '日本語',
  locale: 'ja-JP',
  zone: 'Asia/Tokyo',
  site,
  record,
  seal,
  directory,
  schemes,
  eligibility,
  learn,
  complaint,
  case: casePage,
}
