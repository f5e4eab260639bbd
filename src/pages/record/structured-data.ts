/**
 * A record in words that search engines read: schema.org `Certification`. It is this site's word only; the evidence is the signed
 * record, to which it points (facts on seals, "it is a self-claim").
 */
import { pickText } from '../../alliance/text.js'
import { certificateOf } from '../../record/record.js'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { markTitle } from '../frame/mark-title.js'
import { plain } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import { showPresence } from '../frame/subject.js'

/** The holder with its places of trade and this one certification, active only while its mark is in force. */
export function structuredData(record: VerdictRecord, origin: string, { lang }: Reader): object {
  const { holder, member, mark, validity } = record
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  const page = `${origin}${recordPath(record.id)}`
  const addresses = record.presences.flatMap((presence) => showPresence(presence).href ?? [])
  return {
    '@context': 'https://schema.org',
    '@type': holder.kind === 'natural' ? 'Person' : 'Organization',
    name: plain(pickText(holder.name, lang).text),
    ...(addresses.length > 0 && { url: addresses }),
    hasCertification: {
      '@type': 'Certification',
      '@id': page,
      name: plain(markTitle(mark, lang)),
      certificationIdentification: certificateOf(record.id),
      certificationStatus: `https://schema.org/${inForce ? 'CertificationActive' : 'CertificationInactive'}`,
      issuedBy: {
        '@type': 'Organization',
        name: plain(pickText(member.name, lang).text),
        ...(URL.canParse(member.entity) && { '@id': member.entity }),
      },
      validFrom: validity.from,
      expires: validity.until,
      url: page,
      ...(addresses.length > 0 && {
        about: addresses.map((url) => ({ '@type': 'WebSite', url })),
      }),
    },
  }
}
