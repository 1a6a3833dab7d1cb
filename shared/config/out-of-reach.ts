import { type PrivateHost, privateHost } from '../checks/network/private-host.ts'
import { checkKindConfigs } from '../checks/registered/configs.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { type Mistake, mistake } from '../contracts/mistake.ts'
import { references } from '../contracts/references.ts'
import type { Bilingual } from '../contracts/words.ts'
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

const reasons: Record<PrivateHost, Bilingual> = {
  loopback: { en: 'is the function itself, where nothing listens', zh: '是函数自己，那里什么也没有监听' },
  private: {
    en: 'can be reached from within its network only, and the vantage has no `vpc`',
    zh: '只能从它所在的网络访问，而这个观测点没有 `vpc`',
  },
}

/** A line for each check and host, with all vantages that don't reach it. */
export function toldOutOfReach(config: CompiledConfig): { check: string; mistake: Mistake }[] {
  const shorts = new Map(Object.entries(config.vantages).map(([short, vantage]) => [vantage, short]))
  const groups = Map.groupBy(outOfReach(config), ({ check, host, because }) => JSON.stringify([check, host, because]))
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const from = all.map(({ vantage }) => shorts.get(vantage) ?? vantage).join(', ')
    const { en, zh } = reasons[first.because]
    const words = {
      en: `can't be looked at from ${from}: ${first.host} ${en}`,
      zh: `从 ${from} 看不到：${first.host} ${zh}`,
    }
    return [{ check: first.check, mistake: mistake('out-of-reach', words) }]
  })
}
