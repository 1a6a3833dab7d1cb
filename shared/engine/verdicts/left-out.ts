import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { LeftOut } from '../../evaluation/history.ts'
import { checkKey } from '../../evaluation/record.ts'
import { placeId, type VantageState } from '../../evaluation/vantage.ts'
import { whenDown } from '../../incidents/pause/when-down.ts'

/**
 * Says which checks of a probe function maintenance lay over at a time: what is down then is no want of availability. What reads
 * windows is loaded where there are any.
 */
export async function leftOutOf({
  checks,
  maintenance = {},
}: Pick<CompiledConfig, 'checks' | 'maintenance'>): Promise<(state: VantageState) => LeftOut> {
  if (Object.keys(maintenance).length === 0) return () => () => new Set()
  const [{ activeWindows }, { compileMatchers }] = await Promise.all([
    import('../../incidents/pause/windows.ts'),
    import('../../incidents/pause/matcher.ts'),
  ])
  return ({ vantage, places = {} }) => {
    const keysByWindow = () => {
      const own = checks.filter(({ from }) => from.includes(vantage))
      return new Map(
        Object.entries(maintenance).map(([window, { match }]) => {
          const fits = compileMatchers(match)
          return [window, own.filter((check) => fits(whenDown(check))).flatMap(({ id }) => keysOf(id, places[id]))]
        }),
      )
    }
    // Only once an hour are there runs to be asked about.
    let known: ReturnType<typeof keysByWindow> | undefined
    return (at) => {
      known ??= keysByWindow()
      return new Set(activeWindows(maintenance, at).flatMap(({ window }) => known?.get(window) ?? []))
    }
  }
}

function keysOf(id: string, places: string[] = []): number[] {
  return [checkKey(id), ...places.map((place) => checkKey(placeId(id, place)))]
}
