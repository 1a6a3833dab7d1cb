import { name as policyName } from '../contracts/name.ts'
import type { Directory } from '../oncall/plan.ts'
import { robotsOf } from './file.ts'
import { type Policy, policy } from './policy-schema.ts'
import type { Reader } from './reader.ts'
import type { Path } from './yaml.ts'

/** Reads `policies`; one with a mistake is left out. With `people`, whom its layers page must be among them. */
export function readPolicies(reader: Reader, people: Directory | undefined): Record<string, Policy> {
  const policies: Record<string, Policy> = {}
  for (const name of reader.names(policyName, ['policies'])) {
    const path = ['policies', name]
    const read = reader.read(policy, path)
    checkReaches(reader, [...path, 'channels'])
    for (const layer of layersAt(reader, [...path, 'layers'])) {
      checkReaches(reader, [...layer, 'channels'])
      reader.lookUp([...layer, 'chat'], 'robot', robotsOf(reader.keys(['channels'])))
      if (people) checkPages(reader, [...layer, 'page'], people)
    }
    if (read) policies[name] = read
  }
  return policies
}

/** `phone`, `sms`, `email` are channels by those names; `chat` needs any robot. */
function checkReaches(reader: Reader, path: Path): void {
  const channels = reader.keys(['channels'])
  const reaches = robotsOf(channels).length > 0 ? [...channels, 'chat'] : channels
  for (const severity of reader.keys(path)) reader.lookUp([...path, severity], 'channel', reaches)
}

/** Where the layers of a policy stand. */
function layersAt(reader: Reader, path: Path): Path[] {
  const layers = reader.get(path)
  return Array.isArray(layers) ? layers.map((_, index) => [...path, index]) : []
}

function checkPages(reader: Reader, path: Path, people: Directory): void {
  const schedules = Object.keys(people.schedules)
  const known = [...Object.keys(people.contacts), ...schedules, ...schedules.map((schedule) => `${schedule}.next`)]
  reader.lookUp(path, 'contact or schedule', known)
}
