import { mistake } from '../contracts/mistake.ts'
import { name as policyName } from '../contracts/name.ts'
import { nameOfPage } from '../oncall/pages.ts'
import { robotsOf } from './file.ts'
import { noteTwice } from './listed-twice.ts'
import { type Policy, policy } from './policy-schema.ts'
import type { Reader } from './reader.ts'
import type { Path } from './yaml.ts'

/** Whom policies may name. */
export interface Named {
  contacts: string[]
  schedules: string[]
}

/** Reads `policies`; one with a mistake is left out. With `named`, whom its layers page must be among them. */
export function readPolicies(reader: Reader, named: Named | undefined): Record<string, Policy> {
  const policies: Record<string, Policy> = {}
  for (const name of reader.names(policyName, ['policies'])) {
    const path = ['policies', name]
    const read = reader.read(policy, path)
    checkReaches(reader, [...path, 'channels'])
    noteTwice(reader, [...path, 'acknowledgements'])
    for (const layer of layersAt(reader, [...path, 'layers'])) {
      checkReaches(reader, [...layer, 'channels'])
      for (const key of ['page', 'chat']) noteTwice(reader, [...layer, key])
      reader.lookUp([...layer, 'chat'], 'robot', robotsOf(reader.keys(['channels'])))
      if (named) checkPages(reader, [...layer, 'page'], named)
    }
    if (named)
      reader.lookUp([...path, 'acknowledgements'], 'contact or schedule', [...named.contacts, ...named.schedules])
    if (read) checkAcknowledgements(reader, path, read)
    if (read) policies[name] = read
  }
  return policies
}

/** Whoever has to take an incident is asked to: the layers page every role. */
function checkAcknowledgements(reader: Reader, path: Path, { acknowledgements = [], layers }: Policy): void {
  if (typeof acknowledgements === 'number') return
  const named = layers.flatMap(({ page = [] }) => page).map(nameOfPage)
  for (const [index, role] of acknowledgements.entries())
    if (!named.includes(role)) reader.note([...path, 'acknowledgements', index], unpaged(role))
}

const unpaged = (role: string) =>
  mistake('role-not-paged', {
    en: `${role} has to take an incident, and no layer pages it: write it into one`,
    zh: `${role} 须有人认领，却没有一层呼叫它：写进某一层`,
  })

/** `phone`, `sms`, `email` are channels by those names; `chat` needs any robot. */
function checkReaches(reader: Reader, path: Path): void {
  const channels = reader.keys(['channels'])
  const reaches = robotsOf(channels).length > 0 ? [...channels, 'chat'] : channels
  for (const severity of reader.keys(path)) {
    reader.lookUp([...path, severity], 'channel', reaches)
    noteTwice(reader, [...path, severity])
  }
}

/** Where the layers of a policy stand. */
function layersAt(reader: Reader, path: Path): Path[] {
  const layers = reader.get(path)
  return Array.isArray(layers) ? layers.map((_, index) => [...path, index]) : []
}

function checkPages(reader: Reader, path: Path, { contacts, schedules }: Named): void {
  const known = [...contacts, ...schedules, ...schedules.map((schedule) => `${schedule}.next`)]
  reader.lookUp(path, 'contact or schedule', known)
}
