/** Thai, all of it (DESIGN 4.13). */
import type { Texts } from '../en/index.js'
import { th as casePage } from './case.js'
import { th as complaint } from './complaint.js'
import { directory } from './directory.js'
import { eligibility } from './eligibility.js'
import { learn } from './learn.js'
import { record } from './record.js'
import { schemes } from './schemes.js'
import { seal } from './seal.js'
import { th as site } from './site.js'

export const th: Texts = {
  ownName: 'ไทย',
  locale: 'th-TH',
  zone: 'Asia/Bangkok',
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
