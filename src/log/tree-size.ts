/** Guards for tree sizes and indices, which arrive as untrusted query parameters and proof fields. */
import { LogError, quote } from './error.js'

/**
 * A tree has 0 to 2^53 - 1 entries: beyond, JavaScript numbers skip some.
 *
 * @throws LogError `tree-size-invalid`
 */
export function assertTreeSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new LogError('tree-size-invalid', `${quote(size)} is not a number of entries`)
  }
}

/** @throws LogError `index-out-of-range`, `tree-size-invalid` */
export function assertIndex(index: number, size: number): void {
  assertTreeSize(size)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LogError(
      'index-out-of-range',
      `a tree of ${size} entries has no index ${quote(index)}; they start at 0`,
    )
  }
}

/** @throws LogError `tree-size-invalid` */
export function assertSizeOrder(from: number, to: number): void {
  assertTreeSize(from)
  assertTreeSize(to)
  if (from > to) {
    throw new LogError(
      'tree-size-invalid',
      `a tree of ${to} entries does not begin with one of ${from}; swap them`,
    )
  }
}
