/** Names of the alliance's entity configuration (OpenID Federation 1.0 sections 3 and 9), for who signs it and who reads it. */

export const ENTITY_STATEMENT_TYP = 'entity-statement+jwt'
/** Our entity type: what OpenID Federation has no place for. */
export const ALLIANCE_ENTITY_TYPE = 'trustmark_alliance'
