import type { Wanted } from '../../../../shared/checks/kafka-lag/source.ts'
import type { GroupOffsets } from '../../../../shared/evaluation/kafka-sample.ts'
import type { Failure } from '../../../simulators/failures.ts'
import type { FakeCluster } from '../../../simulators/kafka/apis.ts'
import type { VendorServer } from '../../../simulators/server.ts'

/** What signs a call. */
export interface Key {
  id: string
  secret: string
  token?: string
}

export const KEY: Key = { id: 'AKIDtest', secret: 'test-secret' }

/** Who asks for what; all of it has a default. */
export interface Asked extends Partial<Wanted> {
  /** A group of the cluster by default. */
  group?: string
  /** What the function's environment holds in place of a key. */
  env?: Record<string, string>
  /** The cluster's own settings: its key, another instance. */
  own?: Record<string, string>
  /** Where the vendor is; its simulator by default. */
  url?: string
}

/** The simulator of a vendor's API for one instance. */
export interface Vendor extends VendorServer, FakeCluster {
  /** The actions asked for, in order. */
  actions: string[]
}

/** A vendor whose API tells of consumer groups, as the contract asks for it. */
export interface KafkaVendor {
  source: 'alikafka' | 'ckafka'
  start(cluster: FakeCluster, key?: Key): Promise<Vendor>
  read(vendor: VendorServer, asked?: Asked): Promise<GroupOffsets[]>
  /** The settings of a cluster that has its own key. */
  ownKey(key: Key): Record<string, string>
  /** What the vendor puts into the environment of a function that has a role. */
  roleEnv(key: Key): Record<string, string>
  /** The action that lists groups, and how many it shows at a time. */
  list: { action: string; page: number }
  /** The action that fails for one group alone, and the code for a group that is not there. */
  group: { action: string; missing: string }
  /** What goes wrong and passes, all of it in other words. */
  passing: [Failure, Failure]
  /** What goes wrong for good: a request so long as it is answered so, and the fault that the check tells. */
  refusals: { what: string; failures: Failure[]; asked?: Asked; fault: object }[]
}

/** The name of a group that wants care in a URL. */
export const ORDERS = 'GID orders/1'

/** Two topics, and a group of two members that has read most of them. */
export function shop(): FakeCluster {
  return {
    topics: { paid: { ends: [100, 200, 300] }, refund: { ends: [10] } },
    groups: {
      [ORDERS]: {
        state: 'Stable',
        members: { a: { paid: [0, 1] }, b: { refund: [0] } },
        commits: { paid: { 0: 90, 1: 200, 2: 250 }, refund: { 0: 10 } },
      },
    },
  }
}
