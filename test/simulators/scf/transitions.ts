import { Refused } from './refused.ts'
import type { Cloud, Region, ScfFunction, Status, Version } from './state.ts'

/** States in which the vendor works on a version. */
const BUSY: Status[] = ['Creating', 'Updating', 'Publishing', 'Deleting']

/** Refuses with `code` unless $LATEST may change: not while something is under way, never after a failed creation. */
export function mustBeSettled({ latest }: ScfFunction, code: string): void {
  if (!BUSY.includes(latest.status) && latest.status !== 'CreateFailed') return
  throw new Refused(code, `The function is ${latest.status}; try again when its state is normal.`)
}

/** Refuses with `code` while the vendor works on the function. */
export function mustRest({ latest }: ScfFunction, code: string): void {
  if (BUSY.includes(latest.status)) throw new Refused(code, `The function is ${latest.status}.`)
}

export interface Outcome {
  during: Status
  failed: Status
  /** What has come true when it ends well. */
  succeed(): void
}

/**
 * Begins what `action` asked for of `versions`. It ends after the cloud's time for it: in `failed`, with its reason, when
 * a failure is planned for the action, else with `succeed`, which sets the state that follows.
 */
export function begin(action: string, versions: Version[], cloud: Cloud, { during, failed, succeed }: Outcome): void {
  const { now, transitionMs } = cloud.settings
  const planned = cloud.failures.findIndex((failure) => failure.action === action)
  const failure = planned < 0 ? undefined : cloud.failures.splice(planned, 1)[0]
  const set = (status: Status, reasons: Version['reasons']) => {
    for (const version of versions) Object.assign(version, { status, reasons })
  }
  set(during, [])
  const end = () => {
    if (failure) set(failed, [{ ErrorCode: failure.code, ErrorMessage: failure.message }])
    else succeed()
  }
  for (const version of versions) version.modTime = now()
  const [first] = versions
  if (first) first.transition = { at: now() + transitionMs, end }
}

/** Ends what is due by now, in all the functions of a region. */
export function settle(region: Region, now: number): void {
  for (const { latest } of region.values()) {
    // One end may begin the next: an update with Publish.
    while (latest.transition && latest.transition.at <= now) {
      const { end } = latest.transition
      delete latest.transition
      end()
    }
  }
}
