import type { Found } from '../../shared/channels/diagnoses/finding.ts'
import { callLimits, unsupportedNumbers } from '../call-limits.ts'
import { found } from '../words/findings/calls.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf } from './patient.ts'
import { phonesOf } from './people.ts'

/** Whether the calls that policies want are among those that vendors take. */
export const calls: Area = {
  name: 'calls',
  examinations: (patient) =>
    routesOf('phone', patient).length === 0
      ? []
      : [
          { subject: { en: 'to one number', zh: '打给同一号码' }, ask: async () => limits(patient) },
          { subject: { en: 'unsupported', zh: '不支持的号码' }, ask: () => unsupported(patient) },
        ],
}

/** What vendors' limits on calls to one number leave of each policy. */
function limits({ config }: Patient): Found | Found[] {
  const all = callLimits(config)
  if (all.length === 0) return found('within-limits')
  return all.map(({ policy, words }) => found('over-limit', policy, words))
}

async function unsupported(patient: Patient): Promise<Found | Found[]> {
  const all = unsupportedNumbers(routesOf('phone', patient), await phonesOf(patient))
  if (all.length === 0) return found('all-supported')
  return all.map((one) => found('unsupported', one))
}
