/** How a member takes part in the alliance (DESIGN 2). */

/** `described`: facts only, it signs nothing and leads nothing. */
export const PARTICIPATIONS = ['described', 'admitted', 'suspended', 'left'] as const
export type Participation = (typeof PARTICIPATIONS)[number]
