import type { Examination, Found } from '../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Patient } from './patient.ts'

/** One line of the answer. */
export interface Finding extends Found {
  area: AreaName
  subject: Bilingual
}

/** The areas, in the order in which they are told: what others rest on comes first. */
export const areaNames = [
  'credentials',
  'clocks',
  'functions',
  'queues',
  'regions',
  'probes',
  'people',
  'phone',
  'calls',
  'sms',
  'robots',
  'mail',
  'last-resort',
  'copies',
] as const
export type AreaName = (typeof areaNames)[number]

/** A part of a deployment that is looked at: one file each. */
export interface Area {
  name: AreaName
  examinations(patient: Patient): Examination[] | Promise<Examination[]>
}
