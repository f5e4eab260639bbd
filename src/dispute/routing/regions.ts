/** Groups of countries that share a body for consumers. Data. */

/** Countries with a European Consumer Centre: the 27 of the EU, Norway and Iceland (eccnet.eu). */
export const ECC_COUNTRIES = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT'],
  ...['LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'NO', 'IS'],
] as const

/** Members of ASEAN that the ACCP's complaint function was opened for in 2022 (aseanconsumer.org). */
export const ASEAN_COUNTRIES = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'VN'] as const
