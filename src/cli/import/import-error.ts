/** The refusal of a whole file or mapping, and of single rows, by `trustmark import` (DESIGN 5, "Command line"). */

/** Why a whole file or mapping is refused. Stable: scripts switch on it. */
export type ImportErrorCode =
  | 'bad-mapping'
  | 'file-too-large'
  | 'not-a-table'
  | 'encoding-ambiguous'
  | 'encoding-wrong'
  | 'text-damaged'
  | 'delimiter-ambiguous'
  | 'delimiter-wrong'
  | 'header-missing'
  | 'header-twice'
  | 'column-missing'
  | 'column-unmapped'
  | 'bad-quotes'
  | 'too-many-rows'
  | 'personal-number'

/** Nothing of the file could be read. The message names the rule, the value and the remedy; `faults` lists each finding. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly code: ImportErrorCode
  readonly faults: readonly string[]

  constructor(code: ImportErrorCode, message: string, faults: readonly string[] = []) {
    super(faults.length > 0 ? `${message}\n${faults.map((fault) => `  - ${fault}`).join('\n')}` : message)
    this.code = code
    this.faults = faults
  }
}
