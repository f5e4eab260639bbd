/** What the members of the published schemas mean, where their names and types do not say it. Data. */

/** By component name, then by member; a test holds it to the members that exist. */
export const MEMBER_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RecordClaims: {
    iss: 'Entity identifier of the member that certifies.',
    sub: 'Canonical address of the main presence.',
    trust_mark_type: 'Address of the mark’s level, `<origin>/marks/<member>/<mark>/<level>`.',
    iat: 'When it was signed. Rises with each statement about the record.',
    exp: 'When the certificate ends.',
    ref: 'The record’s page on the hub.',
    logo_uri: 'The mark’s own picture, served by its owner.',
    delegation: 'Trust mark delegation, where another entity owns the mark.',
  },
  TrustmarkClaim: {
    presences: 'The first is the main one.',
    principles: 'As the criteria of this version give it.',
    criteriaVersion: 'Version of the scheme’s criteria that were applied.',
    evidence: 'Public documents the certificate rests on.',
  },
  Holder: {
    kind: 'A natural person’s legal number is published nowhere, not even hashed.',
    identifiers: 'Registers the holder stands in; empty for a natural person.',
    contact: 'As the holder publishes them to its customers.',
    languages: 'Languages in which customers are served.',
    shipsTo: 'Countries it delivers to; absent means not stated.',
  },
  Presence: {
    keys: 'Canonical names of this one presence, by which it is looked up; a shop may have several.',
    url: 'Canonical address.',
    scope: 'host covers this host only; domain covers its subdomains too.',
    confirmedAt: 'When the member last saw that the holder runs it.',
  },
  SealData: {
    record: 'Empty where what was asked for can be no record’s id.',
    verdict: 'unavailable: the hub, or a copy of it, can’t tell at the moment.',
    inForce: 'Only then there is something that a page could wrongly claim.',
    covers: 'A page anywhere else is not the shop’s.',
    says: 'For a seal on a page that is covered, and for a lost mark on any page.',
    saysElsewhere: 'For a seal on a page that is not covered.',
    asOf: 'Size of the log and moment for which it holds, by the minute; null: unavailable.',
  },
  StatusClaims: {
    iss: 'Entity identifier of the member that issued the record.',
    aud: '`<origin>/alliance`, which bars replay at another hub.',
  },
  RegisterClaims: { aud: '`<origin>/alliance`, which bars replay at another hub.' },
  AdmissionClaims: {
    iss: '`<origin>/alliance`',
    aud: '`<origin>/alliance`, which bars replay at another hub.',
  },
  StandingClaims: {
    iss: '`<origin>/alliance`',
    aud: '`<origin>/alliance`, which bars replay at another hub.',
  },
  ApplicationClaims: { iss: 'The entity identifier that the member will have.' },
  PossessionClaims: { iss: 'The entity identifier that the member will have.' },
  Level: {
    rank: 'Rises with what is asked; compares levels of one mark only.',
    presenceKinds: 'Kinds of presence the level can cover.',
    validity: 'Longest validity; null: not stated in any source read.',
    presupposes: 'Marks of the same member that the holder must have in force.',
  },
  Mark: {
    kind: 'quality: the shop meets criteria. identity: the holder exists. registration: the state was told.',
    says: 'What the mark says to a shopper, and what it does not.',
    status: 'Whether the scheme runs, as judged on a day.',
    applyAt: 'Where a shop applies; null: not stated.',
  },
  MemberDefinition: {
    $schema: 'For editors; not read.',
    publishes: 'How often the member promises to publish its register; null: not stated.',
    complaints: 'For which complaints it is competent; null: for none that a source names.',
    duties: 'Who must and who need not register; past rules stay as history.',
    unknown: 'What no source read says, so that a gap is not taken for a no.',
  },
  Source: { dated: 'Date the document bears; null: none.', read: 'When it was read for this definition.' },
  Verdict: {
    verdict: 'The headline: the first in order of precedence that any record has.',
    query: 'The question, with the canonical keys as which it was understood.',
    records: 'Every record that covers what was asked about, the best first.',
    complaints:
      'Bodies that can help: of the asker’s country, of the merchant’s, and the issuers themselves.',
    searched:
      'For not-found: which schemes were searched, and whether the merchant’s country publishes here at all.',
    advice: 'For unresolvable-link: what to do instead.',
    demo: 'Present on a demo: the named agencies take no part in it.',
  },
  VerdictRecord: {
    matched: 'The presence that matched the question.',
    status: 'The last change of status, with its signed statement.',
    principles: 'Coverage of each principle, and the scheme’s own criteria behind it.',
    monitoring: 'What the scheme does to keep the five true; beside them, never one of them.',
    recognition: 'The member’s admission, on which recognition rests; bodies: those of the asker’s country.',
    index: 'Log index of the record’s statement.',
    statement: 'The signed record itself.',
  },
  AsOf: {
    size: 'The answer rests on entries 0 to size-1.',
    checkpoint: 'Signed note over that size (C2SP tlog-checkpoint).',
    members: 'Each member in the answer with its last signed register; null: it never published one.',
  },
  Head: {
    size: 'The answer rests on entries 0 to size-1.',
    checkpoint: 'Signed note over that size (C2SP tlog-checkpoint).',
  },
  Snapshot: {
    size: 'The parts together hold entries 0 to size-1.',
    checkpoint: 'Signed note over that size (C2SP tlog-checkpoint): the tree of all lines is its digest.',
    edition: 'Changes with each erasure; parts of an older edition answer 410.',
    parts: 'In log order. Each holds entries from to to-1; its url is relative to the manifest’s.',
  },
  InclusionProof: {
    size: 'Of the tree in which the entry is proven.',
    hashes: 'Standard base64, from the leaf’s sibling upwards.',
  },
  ConsistencyProof: {
    from: 'Size of the earlier tree.',
    to: 'Size of the later tree.',
    hashes: 'Standard base64; none where the two sizes are equal, or the first is 0.',
  },
  RegisterAsOf: {
    count: 'Records in force, as the member says.',
    agrees: 'The hub counted as many; null once a record of the member was erased since.',
  },
  FoundMark: {
    genuine: 'The signature is the issuer’s, over exactly these claims.',
    index: 'It was published here, at that log index.',
    current: 'It is the newest statement of its record.',
    problem: 'Why it is not genuine.',
  },
  MemberSummary: { records: 'Records in force now.', register: 'null: never published.' },
  MemberPage: {
    definition: 'As logged with the admission.',
    definitionSigned: 'Whether the member itself signed it; else its rules only warn.',
    keys: 'null: a described organisation, which signs nothing.',
    earlierAdmissions:
      'Those that named other `auth` keys, oldest first: what was signed with these in a case can still be checked.',
  },
  Problem: {
    type: 'An address that can be opened.',
    code: 'Stable: decide by this.',
    detail: 'Which rule, and what to do about it.',
    value: 'The offending value as received, or its beginning.',
    at: 'Where it stands: a claim path, or the name of a parameter.',
    source: 'Where a scheme’s rule comes from.',
  },
}
