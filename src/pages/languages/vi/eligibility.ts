/** Vietnamese texts of the questionnaire on which mark a shop can get. */
import type { EligibilityTexts } from '../en/eligibility.js'

export const eligibility: EligibilityTexts = {
  title: 'Cửa hàng của tôi có thể xin nhãn nào?',
}
