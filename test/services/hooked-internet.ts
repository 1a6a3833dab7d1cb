import type { PublicHook } from '../simulators/public-hook.ts'

/** Whom names lead to, and whose requests arrive there; each test hands in its own. */
export const internet: { hook?: PublicHook } = {}

/** `node:dns/promises`, whose resolvers know the hook's names alone. */
export function dnsOf(actual: object): object {
  return {
    ...actual,
    Resolver: class {
      resolve4 = (host: string) => internet.hook?.resolve(host, 4)
      resolve6 = (host: string) => internet.hook?.resolve(host, 6)
    },
  }
}

/** `node:https`, whose requests go to the hook. */
export function httpsOf(actual: typeof import('node:https')): object {
  type Sent = [URL, import('node:https').RequestOptions, Parameters<typeof actual.request>[2]]
  return { ...actual, request: (...sent: Sent) => internet.hook?.request(actual.request, ...sent) }
}
