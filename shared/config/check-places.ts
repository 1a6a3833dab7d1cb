import { mistake } from '../contracts/mistake.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { FenghuoFile } from './file.ts'
import type { Reader } from './reader.ts'
import type { Path } from './yaml.ts'

/**
 * Notes a place where nothing would be deployed: what a channel or route wants beside probes says where by its `at`, and stands with those
 * of a vantage.
 */
export function checkPlaces(reader: Reader, { vantages }: Pick<FenghuoFile, 'vantages'>): void {
  const places = Object.values(vantages)
  const look = (path: Path) => {
    for (const key of reader.keys(path)) {
      const at = reader.get([...path, key, 'at'])
      if (typeof at === 'string' && !places.includes(at)) reader.note([...path, key, 'at'], noVantage(at, places))
    }
  }
  for (const name of reader.keys(['channels'])) {
    const routes = reader.get(['channels', name])
    if (Array.isArray(routes)) for (const index of routes.keys()) look(['channels', name, index])
    else look(['channels', name])
  }
}

function noVantage(at: string, places: string[]) {
  const guess = didYouMean(at, places)
  return mistake('no-vantage-there', {
    en: `no vantage is at ${at}, so that nothing would be deployed there${guess.en}: name it under \`vantages\``,
    zh: `${at} 没有观测点，不会在那里部署${guess.zh}：请在 \`vantages\` 里写上它`,
  })
}
