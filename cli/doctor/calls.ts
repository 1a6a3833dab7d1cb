import { type Found, ok, warning } from '../../shared/channels/finding.ts'
import { callLimits, unsupportedNumbers } from '../call-limits.ts'
import { several } from '../words/counts.ts'
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
          { subject: 'to one number', look: async () => limits(patient) },
          { subject: 'unsupported', look: () => unsupported(patient) },
        ],
}

/** What vendors' limits on calls to one number leave of each policy. */
function limits({ config }: Patient): Found | Found[] {
  const all = callLimits(config)
  if (all.length === 0) return ok('two incidents in an hour stay within what routes take')
  const remedy = 'lower `calls` or `rounds`, or have the limit raised and write it into `perCallee`'
  return all.map(({ policy, told }) => warning(`policy ${policy}: ${told.en}`, remedy))
}

async function unsupported(patient: Patient): Promise<Found | Found[]> {
  const all = unsupportedNumbers(routesOf('phone', patient), await phonesOf(patient))
  if (all.length === 0) return ok("nobody's only route is one whose vendor does not support the call")
  return all.map(({ type, rule, numbers }) =>
    warning(
      `the only route of ${several(numbers.length, 'number', 'en')} is ${type}: ${rule.en}`,
      'put a route of a mainland vendor such as aliyun-ivr before it',
    ),
  )
}
