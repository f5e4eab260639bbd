/** Kinds of places that a rule refers to; the referrals of a kind are chosen by the countries of both sides. */
export const REFERRAL_SETS = [
  /** The consumer's own authority or hotline. */
  'home',
  /** Where the consumer's country takes complaints of traders abroad. */
  'home_abroad',
  /** A body in the merchant's country that foreign consumers can ask. */
  'merchant',
  /** A network that both countries belong to. */
  'region',
  'abroad',
  'payment',
  'platform',
  'police',
  'host',
  'safety',
  'court',
  /** Whoever is dealing with the dispute already. */
  'proceedings',
  'business',
  'trader',
] as const
export type ReferralSet = (typeof REFERRAL_SETS)[number]
