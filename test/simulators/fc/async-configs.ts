import { Fault } from './fault.ts'
import type { AsyncConfig } from './rules.ts'
import { timestamp } from './words.ts'

export interface KeptAsyncConfig extends AsyncConfig {
  qualifier: string
  createdTime: string
  lastModifiedTime: string
}

/** How a function is invoked asynchronously, by qualifier. */
export class AsyncConfigs {
  readonly all = new Map<string, KeptAsyncConfig>()

  /** Replaces what was there. */
  put(qualifier: string, config: AsyncConfig, now: number): KeptAsyncConfig {
    const at = timestamp(now)
    const createdTime = this.all.get(qualifier)?.createdTime ?? at
    const kept = { ...config, qualifier, createdTime, lastModifiedTime: at }
    this.all.set(qualifier, kept)
    return kept
  }

  get(qualifier: string): KeptAsyncConfig {
    const kept = this.all.get(qualifier)
    if (kept) return kept
    throw new Fault(404, 'AsyncConfigNotExists', `the async config of qualifier '${qualifier}' does not exist`)
  }

  delete(qualifier: string): void {
    this.get(qualifier)
    this.all.delete(qualifier)
  }
}
