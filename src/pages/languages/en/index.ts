/** English, all of it: what every language has to say (DESIGN 4.13). */
import type { Catalogued } from '../plural.js'
import { en as casePage } from './case.js'
import { en as complaint } from './complaint.js'
import { directory } from './directory.js'
import { eligibility } from './eligibility.js'
import { learn } from './learn.js'
import { record } from './record.js'
import { schemes } from './schemes.js'
import { seal } from './seal.js'
import { en as site } from './site.js'

export const en = {
  /** What the language calls itself. */
  ownName: 'English',
  /** For `Intl`. */
  locale: 'en-GB',
  /** Where most of its readers live, for their clocks. */
  zone: 'UTC',
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

export type Texts = Catalogued<typeof en>
