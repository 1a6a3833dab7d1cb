import type { Network } from '../contracts/compiled-config.ts'
import { name } from '../contracts/name.ts'
import type { Reader } from './reader.ts'
import { place, placed } from './vantage.ts'

/** Where probes run: short name → `cloud/region`, and `cloud/region` → the network that its functions stand in. */
export interface ReadVantages {
  vantages: Record<string, string>
  networks: Record<string, Network>
}

export function readVantages(reader: Reader): ReadVantages {
  const vantages: Record<string, string> = {}
  const networks: Record<string, Network> = {}
  for (const short of reader.names(name, ['vantages'])) {
    const path = ['vantages', short]
    const written = reader.get(path)
    const isPlain = typeof written !== 'object' || written === null
    const read = isPlain ? { at: reader.read(place, path) } : reader.read(placed, path)
    if (read?.at === undefined) continue
    const twin = Object.keys(vantages).find((other) => vantages[other] === read.at)
    if (twin) reader.note(path, `${read.at} is named \`${twin}\` already: one place, one name`)
    vantages[short] = read.at
    if ('vpc' in read && read.vpc !== undefined) networks[read.at] = read.vpc
  }
  return { vantages, networks }
}
