import type { Network } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import type { FenghuoFile } from './file.ts'
import type { Reader } from './reader.ts'
import { place, placed } from './vantage.ts'

/** Where probes run: short name → `cloud/region`, and of those the networks that they stand in and what signs their reports. */
export type ReadVantages = Pick<FenghuoFile, 'vantages' | 'networks' | 'reportKeys'>

/** The section `vantages`: where each short name is, in which network, and with which keys it posts its reports. Mistakes go to the reader. */
export function readVantages(reader: Reader): ReadVantages {
  const vantages: Record<string, string> = {}
  const networks: Record<string, Network> = {}
  const reportKeys: Record<string, string[]> = {}
  for (const short of reader.names(name, ['vantages'])) {
    const path = ['vantages', short]
    const written = reader.get(path)
    const isPlain = typeof written !== 'object' || written === null
    const read = isPlain ? { at: reader.read(place, path) } : reader.read(placed, path)
    if (read?.at === undefined) continue
    const twin = Object.keys(vantages).find((other) => vantages[other] === read.at)
    if (twin) {
      const words = {
        en: `${read.at} is named \`${twin}\` already: one place, one name`,
        zh: `${read.at} 已经叫 \`${twin}\`：一处只有一个名字`,
      }
      reader.note(path, mistake('named-twice', words))
    }
    vantages[short] = read.at
    if ('vpc' in read && read.vpc !== undefined) networks[read.at] = read.vpc
    if ('reportKeys' in read && read.reportKeys !== undefined) reportKeys[read.at] = read.reportKeys
  }
  return { vantages, networks, reportKeys }
}
