import type { Found } from '../../shared/channels/diagnoses/finding.ts'
import type { Network } from '../../shared/contracts/compiled-config.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { found } from '../words/findings/network.ts'
import { deployedProbes } from './deployed-probes.ts'
import type { Patient } from './patient.ts'

/** Whether a vantage's functions stand in the network that the configuration gives them. */
export async function networkOf(
  vantage: string,
  wanted: Network,
  deploy: Bilingual,
  patient: Patient,
): Promise<Found | Found[]> {
  const probes = await deployedProbes(vantage, patient)
  if (probes.length === 0) return found('not-deployed', deploy)
  const others = probes.filter(
    ({ network }) => network === undefined || shown(network, wanted) !== shown(wanted, wanted),
  )
  if (others.length === 0) return found('as-configured', probes.length, shown(wanted, wanted))
  return others.map(({ name, network }) =>
    found('other', name, network && shown(network, wanted), shown(wanted, wanted), deploy),
  )
}

/** In one order. The VPC is named where the configuration names it. */
function shown({ id = '', subnets, securityGroups }: Network, wanted: Network): string {
  const parts = [...(wanted.id === undefined ? [] : [id]), ...subnets.toSorted(), ...securityGroups.toSorted()]
  return parts.join(', ')
}
