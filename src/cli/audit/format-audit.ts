/** An audit's report for people: each check in a line, then what is odd, with its log index. */
import type { AuditCheck, AuditCheckName, AuditFinding, AuditReport } from '../../hub/audit/report.js'

const ABOUT: Record<AuditCheckName, string> = {
  log: 'every entry, signature and authority, under the signed root',
  rules: 'what was accepted keeps the rules',
  withheld: 'nothing missing but what its member erased',
  checkpoints: 'the log goes on from every checkpoint seen before',
  registers: 'what members signed of their registers is in the log',
  proofs: 'proofs of inclusion, of entries and of statements',
  tiles: 'hash tiles of all levels',
  bundles: 'entry bundles',
  snapshot: 'the snapshot, line by line',
  feed: 'the feed, whole and filtered',
  'look-ups': 'the verdict on every record, by id, address and number',
  verdicts: 'single look-ups, as JSON and signed',
  records: 'pages, histories and proofs of records',
  members: 'members, marks and principles',
}

const WIDTH = 13

export function formatAudit(
  report: AuditReport,
  { origin, log, size, at }: { origin: string; log: string; size: number; at: string },
): string[] {
  return [
    `${origin}: the log ${log} of ${size} entries, as of ${at}`,
    ...report.checks.map(formatCheck),
    ...(report.findings.length > 0 ? ['', 'Odd:', ...report.findings.flatMap(formatFinding)] : []),
    ...(report.omitted > 0 ? [`  and ${report.omitted} more`] : []),
    '',
    report.stopped
      ? 'The log does not verify, so nothing further was judged. Keep the memory file and tell the other members.'
      : report.ok
        ? 'All well: everything compared is what the log gives.'
        : `${report.findings.length + report.omitted} oddities. Each is named in docs/audit.md, with what to do.`,
  ]
}

function formatCheck({ check, ok, looked, of }: AuditCheck): string {
  const numbers = Object.entries(looked).map(
    ([name, number]) => `${number}${of?.[name] === undefined ? '' : ` of ${of[name]}`} ${name}`,
  )
  return `  ${ok ? 'ok ' : 'ODD'}  ${check.padEnd(WIDTH)}${ABOUT[check]} (${numbers.join(', ') || 'none'})`
}

export function formatFinding({ code, index, record, member, rule, asked, detail }: AuditFinding): string[] {
  const where = index === null ? 'at no entry' : `at entry ${index}`
  const about = [record, member, rule && `rule ${rule}`].filter(Boolean).join(', ')
  return [
    `  ${code} ${where}${about ? `, ${about}` : ''}`,
    `    ${detail.replaceAll('\n', '\n    ')}${asked ? `\n    asked: ${asked}` : ''}`,
  ]
}
