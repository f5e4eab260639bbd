/**
 * Lets the scripts run in in-app browsers of old telephones (Safari 14, Chromium 87) and under a policy without `eval`;
 * every entry imports it before anything else.
 */
import * as z from 'zod'

// zod would try out `new Function` once, which the policy of our pages forbids and reports.
z.config({ jitless: true })

/** Adds what a browser lacks, as the standard has it: not enumerable, and only where it is missing. */
function mend(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

// Safari 15.4, Chromium 93.
mend(Object, 'hasOwn', (object: object, key: PropertyKey) => Object.hasOwn(object, key))

// Safari 15.4, Chromium 92.
function at(this: { length: number; [index: number]: unknown }, index: number): unknown {
  const whole = Math.trunc(index) || 0
  return this[whole < 0 ? this.length + whole : whole]
}
mend(Array.prototype, 'at', at)
mend(Object.getPrototypeOf(Uint8Array.prototype), 'at', at)
mend(String.prototype, 'at', function (this: string, index: number) {
  return at.call(Array.from({ length: this.length }, (_, i) => this.charAt(i)) as never, index)
})

// Safari 15.4, Chromium 92: 122 random bits as RFC 9562 writes them.
mend(crypto, 'randomUUID', () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
})

// Safari 15.4, Chromium 98. Only plain data is cloned here.
mend(globalThis, 'structuredClone', (value: unknown) => JSON.parse(JSON.stringify(value)))
