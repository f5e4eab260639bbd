/** CSV as spreadsheets read it (RFC 4180), in which nothing that a shop's name holds becomes a formula. */

/** Excel takes a file without it for one in the machine's old code page, and shows no Thai. */
export const BYTE_ORDER_MARK = '\ufeff'

/**
 * What spreadsheets take for a formula, full-width signs included, at the start of a cell. Where the machine's list separator
 * is a semicolon a cell is split there, so a formula behind a separator within a cell counts too.
 */
const FORMULA = /(^|[,;\t\r\n])([\s"]*)(?=[=+\-@＝＋－＠])/g

/** One line with its line end. */
export function formatCsvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`
}

/** A sign that would start a formula gets an apostrophe before it, which spreadsheets take for "this is text". */
function formatCell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value.replace(FORMULA, "$1$2'")
  return /[",;\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
