import { name as policyName } from '../contracts/name.ts'
import type { Directory } from '../oncall/plan.ts'
import { robotsOf } from './file.ts'
import { type Policy, policy } from './policy-schema.ts'
import type { Reader } from './reader.ts'

/** Reads `policies`; one with a mistake is left out. With `people`, whom its layers page must be among them. */
export function readPolicies(reader: Reader, people: Directory | undefined): Record<string, Policy> {
  const policies: Record<string, Policy> = {}
  for (const name of reader.names(policyName, ['policies'])) {
    const path = ['policies', name]
    const read = reader.read(policy, path)
    checkReaches(reader, [...path, 'channels'])
    if (people) checkPages(reader, [...path, 'layers'], people)
    if (read) policies[name] = read
  }
  return policies
}

/** `phone`, `sms`, `email` are channels by those names; `chat` needs any robot. */
function checkReaches(reader: Reader, path: string[]): void {
  const channels = reader.keys(['channels'])
  const reaches = robotsOf(channels).length > 0 ? [...channels, 'chat'] : channels
  for (const severity of reader.keys(path)) reader.lookUp([...path, severity], 'channel', reaches)
}

function checkPages(reader: Reader, path: string[], people: Directory): void {
  const schedules = Object.keys(people.schedules)
  const known = [...Object.keys(people.contacts), ...schedules, ...schedules.map((schedule) => `${schedule}.next`)]
  const layers = reader.get(path)
  if (!Array.isArray(layers)) return
  for (const layer of layers.keys()) reader.lookUp([...path, layer, 'page'], 'contact or schedule', known)
}
