/**
 * The newest admission of each member that this machine has seen: a hub that shows an older one, whose keys may have been
 * stolen since, is found out (docs/threat-model.md).
 */
import type { CaseFolder } from './case-folder.js'

export interface AdmissionMemory {
  /** Log index of the newest admission seen, by member. */
  floor(): Readonly<Record<string, number>>
  /** Notes an admission that was verified; it only ever moves forward. */
  note(member: string, index: number): void
}

export function admissionMemory(folder: Pick<CaseFolder, 'read' | 'update'>): AdmissionMemory {
  return {
    floor: () => folder.read().admissions,
    note(member, index) {
      if ((folder.read().admissions[member] ?? -1) >= index) return
      folder.update(({ admissions }) => {
        admissions[member] = Math.max(admissions[member] ?? -1, index)
      })
    },
  }
}
