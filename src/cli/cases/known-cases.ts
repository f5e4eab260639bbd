/** Keeping the local index of cases: where each stands, and how much of its chain this machine has verified. */
import type { CaseView } from '../../dispute/case-view.js'
import type { KnownCase } from './case-folder.js'
import type { CaseDesk } from './open-desk.js'

/** What the index takes from a view, or from a line of the inbox. */
export type Seen = Pick<CaseView, 'case' | 'role' | 'state' | 'owner' | 'due' | 'meta' | 'parked'>

/** Notes how a case stands; a head only ever moves forward.  */
export function remember(
  desk: Pick<CaseDesk, 'folder'>,
  seen: Seen,
  head?: KnownCase['head'],
  over: Partial<Pick<KnownCase, 'receipted' | 'problem'>> = {},
): void {
  const { role } = seen
  if (role === 'consumer' || role === 'secretariat') return
  desk.folder.update(({ cases }) => {
    const known = cases[seen.case]
    const older = known?.head ?? null
    cases[seen.case] = {
      role,
      state: seen.state,
      owner: seen.owner,
      due: seen.due,
      kind: seen.meta.kind,
      claimType: seen.meta.claimType,
      parked: seen.parked,
      head: head && (!older || head.seq > older.seq) ? head : older,
      receipted: known?.receipted ?? null,
      problem: known?.problem ?? null,
      ...over,
    }
  })
}

/** Forgets a case that this agency handed on: it may know nothing more of it. */
export function forget({ folder }: Pick<CaseDesk, 'folder'>, ref: string): void {
  folder.update(({ cases }) => {
    delete cases[ref]
  })
}
