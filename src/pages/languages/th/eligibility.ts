/** Thai texts of the questionnaire on which mark a shop can get. */
import type { EligibilityTexts } from '../en/eligibility.js'

export const eligibility: EligibilityTexts = {
  title: 'ร้านของฉันขอเครื่องหมายใดได้บ้าง',
}
