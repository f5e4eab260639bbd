/** Ingest: signed records over HTTP into a file database, against verifying their signatures alone. */
import type { Child } from './child.js'
import { median, printFigure, round } from './figure.js'
import { BATCH, type Publisher, signShops } from './shops.js'

/** Requests in flight: while one is written to the database, the next is verified on the other cores. */
const IN_FLIGHT = 4
const PER_ROUND = 4 * BATCH
const ROUNDS = 7

/**
 * Pushes statements as NDJSON, `BATCH` to a request, and waits until all are in the log.
 * @returns milliseconds
 * @throws Error when one was not accepted
 */
export async function push(
  port: number,
  statements: readonly string[],
  inFlight = IN_FLIGHT,
): Promise<number> {
  const bodies: string[] = []
  for (let from = 0; from < statements.length; from += BATCH)
    bodies.push(statements.slice(from, from + BATCH).join('\n'))
  const started = performance.now()
  const answers: string[] = []
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const response = await fetch(`http://127.0.0.1:${port}/v1/statements`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-ndjson' },
          body,
        })
        answers.push(await response.text())
      }
    }),
  )
  const ms = performance.now() - started
  const accepted = answers.join('').match(/"outcome":"accepted"/g)?.length ?? 0
  if (accepted !== statements.length)
    throw new Error(`${accepted} of ${statements.length} accepted: ${answers[0]?.slice(0, 600)}`)
  return ms
}

/** Signs and pushes the shops `start` to `end`; not measured. */
export async function fill(port: number, publisher: Publisher, start: number, end: number): Promise<void> {
  const step = 4 * BATCH
  let signing = signShops(publisher, start, Math.min(step, end - start))
  for (let from = start; from < end; from += step) {
    const statements = await signing
    signing = signShops(publisher, from + step, Math.max(0, Math.min(step, end - from - step)))
    await push(port, statements)
  }
}

/** @returns the number of the next shop that is not published yet */
export async function measureIngest(
  hub: { port: number; child: Child },
  verifier: Child,
  publisher: Publisher,
  start: number,
): Promise<number> {
  const jwk = publisher.member.keys.issue[0]
  const rounds: { hub: number; raw: number; cpu: number; rawCpu: number }[] = []
  const serial: number[] = []
  let bytes = 0
  let next = start
  for (let round = 0; round <= ROUNDS; round += 1) {
    const statements = await signShops(publisher, next, PER_ROUND)
    next += PER_ROUND
    bytes = statements[0]?.length ?? 0
    const cpuBefore = await hub.child.cpu()
    const hubMs = await push(hub.port, statements)
    const cpu = (await hub.child.cpu()) - cpuBefore
    const rawBefore = await verifier.cpu()
    const { ms } = await verifier.ask<{ ms: number }>({ statements, jwk })
    const rawCpu = (await verifier.cpu()) - rawBefore
    // The first round warms both up.
    if (round > 0)
      rounds.push({
        hub: (PER_ROUND / hubMs) * 1000,
        raw: (PER_ROUND / ms) * 1000,
        cpu: cpu / PER_ROUND,
        rawCpu: rawCpu / PER_ROUND,
      })
  }
  for (let round = 0; round < 3; round += 1) {
    const statements = await signShops(publisher, next, 2 * BATCH)
    next += statements.length
    serial.push((statements.length / (await push(hub.port, statements, 1))) * 1000)
  }
  const perSecond = median(rounds.map((r) => r.hub))
  const raw = median(rounds.map((r) => r.raw))
  const detail = {
    statementBytes: bytes,
    perRequest: BATCH,
    inFlight: IN_FLIGHT,
    records: `${start} to ${next}`,
    cpuUsEach: round3(rounds.map((r) => r.cpu)),
    rawCpuUsEach: round3(rounds.map((r) => r.rawCpu)),
    cpuRatio: round3(rounds.map((r) => r.rawCpu / r.cpu)),
    ratios: rounds.map((r) => round(r.hub / r.raw)),
  }
  printFigure({
    figure: 'ingest.ratio',
    value: median(rounds.map((r) => r.hub / r.raw)),
    unit: 'of raw verification',
    detail,
  })
  printFigure({
    figure: 'ingest.per_second',
    value: perSecond,
    unit: 'statements/s',
    detail: { oneRequestAtATime: round3(serial) },
  })
  printFigure({
    figure: 'ingest.raw_verify_per_second',
    value: raw,
    unit: 'signatures/s',
    detail: { alg: 'ES256', api: 'crypto.subtle, in parallel' },
  })
  return next
}

function round3(values: readonly number[]): number {
  return round(median(values))
}
