import { type Found, fault, ok } from '../../shared/channels/finding.ts'
import type { Network } from '../../shared/contracts/compiled-config.ts'
import { several } from '../words/counts.ts'
import { deployedProbes } from './deployed-probes.ts'
import type { Patient } from './patient.ts'

/** Whether a vantage's functions stand in the network that the configuration gives them. */
export async function networkOf(
  vantage: string,
  wanted: Network,
  deploy: string,
  patient: Patient,
): Promise<Found | Found[]> {
  const probes = await deployedProbes(vantage, patient)
  if (probes.length === 0) return fault({ en: 'nothing is deployed there', zh: '那里没有部署任何东西' }, deploy)
  const others = probes.filter(
    ({ network }) => network === undefined || shown(network, wanted) !== shown(wanted, wanted),
  )
  if (others.length === 0)
    return ok({
      en: `${several(probes.length, 'function', 'en')} in ${shown(wanted, wanted)}`,
      zh: `${several(probes.length, 'function', 'zh')}在 ${shown(wanted, wanted)}`,
    })
  return others.map(({ name, network }) => {
    const where = network === undefined ? 'no network' : shown(network, wanted)
    return fault(`${name} stands in ${where}, and is to stand in ${shown(wanted, wanted)}`, deploy)
  })
}

/** In one order. The VPC is named where the configuration names it. */
function shown({ id = '', subnets, securityGroups }: Network, wanted: Network): string {
  const parts = [...(wanted.id === undefined ? [] : [id]), ...subnets.toSorted(), ...securityGroups.toSorted()]
  return parts.join(', ')
}
