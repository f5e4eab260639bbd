/** Vietnamese, all of it (DESIGN 4.13). */
import type { Texts } from '../en/index.js'
import { vi as casePage } from './case.js'
import { vi as complaint } from './complaint.js'
import { directory } from './directory.js'
import { eligibility } from './eligibility.js'
import { learn } from './learn.js'
import { record } from './record.js'
import { schemes } from './schemes.js'
import { seal } from './seal.js'
import { vi as site } from './site.js'

export const vi: Texts = {
  ownName: 'Tiếng Việt',
  locale: 'vi-VN',
  zone: 'Asia/Ho_Chi_Minh',
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
