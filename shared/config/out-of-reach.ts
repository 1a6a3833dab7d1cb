import { type PrivateHost, privateHost } from '../checks/network/private-host.ts'
import { checkKindConfigs } from '../checks/registry.config.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { references } from '../contracts/references.ts'
import { specAt } from './compile-for.ts'

/** A check's target that a vantage's functions, as they are configured, can't reach. */
interface OutOfReach {
  /** The check's id. */
  check: string
  /** `cloud/region`. */
  vantage: string
  host: string
  because: PrivateHost
}

/**
 * What the configuration alone tells to be out of reach once it is deployed: private addresses from vantages without a `vpc`,
 * and loopback from all. A target that refers to the environment is not known here.
 */
function outOfReach({ checks, networks = {} }: CompiledConfig): OutOfReach[] {
  return checks.flatMap((check) => {
    const { hosts } = checkKindConfigs.find(({ kind }) => kind === check.kind) ?? {}
    return check.from.flatMap((vantage) =>
      (hosts?.(specAt(check, vantage)) ?? []).flatMap((host): OutOfReach[] => {
        const because = host === '' || references(host).length > 0 ? undefined : privateHost(host)
        const isReached = because === 'private' && Object.hasOwn(networks, vantage)
        return because === undefined || isReached ? [] : [{ check: check.id, vantage, host, because }]
      }),
    )
  })
}

const reasons: Record<PrivateHost, string> = {
  loopback: 'is the function itself, where nothing listens',
  private: 'can be reached from within its network only, and the vantage has no `vpc`',
}

/** A line for each check and host, with all vantages that don't reach it. */
export function toldOutOfReach(config: CompiledConfig): { check: string; message: string }[] {
  const shorts = new Map(Object.entries(config.vantages).map(([short, vantage]) => [vantage, short]))
  const groups = Map.groupBy(outOfReach(config), ({ check, host, because }) => JSON.stringify([check, host, because]))
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const from = all.map(({ vantage }) => shorts.get(vantage) ?? vantage).join(', ')
    return [{ check: first.check, message: `can't be looked at from ${from}: ${first.host} ${reasons[first.because]}` }]
  })
}
