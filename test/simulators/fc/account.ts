import type { Facilities } from './facilities.ts'
import type { Function3 } from './function3.ts'
import type { Service } from './service.ts'

/** Function Compute of one account in one region: what both APIs share. */
export interface Account extends Facilities {
  functions: Map<string, Function3>
  services: Map<string, Service>
}
