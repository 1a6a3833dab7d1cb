import { type Mistake, mistake } from '../../contracts/mistake.ts'
import { references } from '../../contracts/references.ts'
import { didYouMean } from '../../contracts/suggest.ts'
import type { Linked } from '../kind.ts'
import type { GlobalpingLocation, Node, SpeedTestNode, VantagePointsSpec } from './spec.ts'
import { readTarget } from './target.ts'
import type { WrittenCheck, WrittenNode, WrittenSpeedTest } from './written.ts'

type Found<N extends Node> = { node: N } | { mistake: Mistake }
type Problem = { path: (string | number)[]; mistake: Mistake }

const MOST_CHARACTERS = 100

/**
 * The nodes of a check with their names and limits. `speedTests` holds the file's entries, an entry with mistakes of
 * its own as `undefined`.
 */
export function link(check: WrittenCheck, speedTests: Record<string, unknown>): Linked<VantagePointsSpec> {
  if (check.via === 'globalping') return viaGlobalping(check)
  if (!Object.hasOwn(speedTests, check.via)) {
    const known = ['globalping', ...Object.keys(speedTests)]
    const guess = didYouMean(check.via, known)
    const words = {
      en: `no speed test is named \`${check.via}\`${guess.en}; there are: ${known.join(', ')}`,
      zh: `没有名为 \`${check.via}\` 的测速服务${guess.zh}；有：${known.join('、')}`,
    }
    return { problems: [{ path: ['via'], mistake: mistake('not-named', words) }] }
  }
  const entry = speedTests[check.via] as WrittenSpeedTest | undefined
  return entry === undefined ? { problems: [] } : viaSpeedTest(check, entry)
}

function viaGlobalping({ target, token, nodes = [], ...limits }: WrittenCheck): Linked<VantagePointsSpec> {
  if (nodes.length === 0) {
    const words = {
      en: 'is missing: where Globalping looks from, such as [SG, JP/Tokyo, CN/Guangzhou/AS4134]',
      zh: '没有写：Globalping 从哪里看，如 [SG, JP/Tokyo, CN/Guangzhou/AS4134]',
    }
    return { problems: [{ path: ['nodes'], mistake: mistake('missing', words) }] }
  }
  const { found, problems } = lookUp(nodes, limits, (node) => {
    const location = locationOf(node)
    if ('mistake' in location) return location
    return { node: { vantage: vantageOf(location), location, probes: node.probes ?? 1 } }
  })
  if (problems.length > 0) return { problems }
  return { spec: { via: 'globalping', target, ...(token === undefined ? {} : { token }), nodes: found } }
}

function viaSpeedTest(check: WrittenCheck, { nodes: known, ...service }: WrittenSpeedTest): Linked<VantagePointsSpec> {
  const { target, via, token, nodes, ...limits } = check
  const problems: Problem[] = []
  if (token !== undefined) {
    const words = { en: `is Globalping's; ${via} takes none`, zh: `是 Globalping 的；${via} 不用令牌` }
    problems.push({ path: ['token'], mistake: mistake('no-effect', words) })
  }
  if (references(target).length === 0 && readTarget(target)?.measure !== 'http') {
    const words = {
      en: `${via} fetches: write a URL such as https://${target}/`,
      zh: `${via} 做的是请求：写 https://${target}/ 这样的 URL`,
    }
    problems.push({ path: ['vantage-points'], mistake: mistake('no-url', words) })
  }
  const places = placesOf(known)
  const names = [...places.keys()]
  const wanted = nodes ?? names.map((name): WrittenNode => ({ name, location: {} }))
  const looked = lookUp(wanted, limits, ({ name, location, probes }): Found<SpeedTestNode> => {
    if (name === undefined || Object.keys(location).length > 0 || probes !== undefined) {
      const words = {
        en: `a node of ${via} is given by its city/isp: ${names.join(', ')}`,
        zh: `${via} 的节点写 城市/运营商：${names.join('、')}`,
      }
      return { mistake: mistake('no-node', words) }
    }
    const node = places.get(name)
    if (node) return { node }
    const guess = didYouMean(name, names)
    const words = {
      en: `${via} has no node \`${name}\`${guess.en}; there are: ${names.join(', ')}`,
      zh: `${via} 没有节点 \`${name}\`${guess.zh}；有：${names.join('、')}`,
    }
    return { mistake: mistake('not-named', words) }
  })
  problems.push(...looked.problems)
  return problems.length > 0 ? { problems } : { spec: { via: 'speed-test', target, service, nodes: looked.found } }
}

/** The nodes of a speed test by `city/isp`. */
function placesOf(nodes: WrittenSpeedTest['nodes']): Map<string, SpeedTestNode> {
  const places = new Map<string, SpeedTestNode>()
  for (const { id, city, isp, ...limits } of nodes) {
    const name = `${city}/${isp}`
    const before = places.get(name)
    places.set(name, { vantage: `speedtest/${name}`, ...before, ...limits, ids: [...(before?.ids ?? []), id] })
  }
  return places
}

/** Each node as it is found, with the nearest limits: its own in the check, those of the place, those of the check. */
function lookUp<N extends Node>(
  written: WrittenNode[],
  ofCheck: Pick<WrittenCheck, 'degraded' | 'down'>,
  find: (node: WrittenNode) => Found<N>,
): { found: N[]; problems: Problem[] } {
  const found: N[] = []
  const problems: Problem[] = []
  for (const [index, one] of written.entries()) {
    const result = find(one)
    const wrong = 'mistake' in result ? result.mistake : objection(result.node, found)
    if (wrong !== undefined) problems.push({ path: ['nodes', index], mistake: wrong })
    if ('mistake' in result) continue
    const { degraded = result.node.degraded ?? ofCheck.degraded, down = result.node.down ?? ofCheck.down } = one
    const node = { ...result.node, ...(degraded && { degraded }), ...(down && { down }) }
    if (degraded?.latency !== undefined && down?.latency !== undefined && degraded.latency >= down.latency) {
      const isOwn = one.degraded !== undefined || one.down !== undefined
      const path = isOwn ? ['nodes', index] : ['degraded']
      const words = {
        en: `degraded at ${degraded.latency}ms is no sooner than down at ${down.latency}ms`,
        zh: `degraded 的 ${degraded.latency}ms 不早于 down 的 ${down.latency}ms`,
      }
      const isTold = problems.some(({ mistake: { words: other } }) => other.en === words.en)
      if (isOwn || !isTold) problems.push({ path, mistake: mistake('warning-too-late', words) })
    }
    found.push(node)
  }
  return { found, problems }
}

function objection({ vantage }: Node, others: Node[]): Mistake | undefined {
  if (vantage.length > MOST_CHARACTERS)
    return mistake('too-big', {
      en: `its name is over ${MOST_CHARACTERS} characters: ${vantage}`,
      zh: `名称超过 ${MOST_CHARACTERS} 个字符：${vantage}`,
    })
  if (!others.some((other) => other.vantage === vantage)) return undefined
  return mistake('given-twice', { en: `${vantage} is there twice`, zh: `${vantage} 写了两次` })
}

const shape =
  /^(?:(?<country>[A-Z]{2})(?:\/(?!AS\d+$)(?<city>[^/]+))?(?:\/(?:AS(?<asn>\d+)|(?<network>[^/]+)))?|AS(?<alone>\d+))$/

/** `SG`, `JP/Tokyo`, `CN/AS4134`, `CN/Guangzhou/AS4134`, `CN/Guangzhou/China Telecom` or `AS4134`. */
function locationOf({ name, location }: WrittenNode): GlobalpingLocation | { mistake: Mistake } {
  if (name === undefined) {
    if (Object.keys(location).length > 0) return location
    return {
      mistake: mistake('no-place', {
        en: 'says no place: give a country, city, asn or network',
        zh: '没有说在哪里：写 country、city、asn 或 network',
      }),
    }
  }
  if (Object.keys(location).length > 0) {
    const words = { en: 'has a name and a place: give one of them', zh: '既有名称又有地点：只写一样' }
    return { mistake: mistake('two-places', words) }
  }
  const { country, city, asn, network, alone } = shape.exec(name)?.groups ?? {}
  const number = asn ?? alone
  if (country === undefined && number === undefined) {
    const words = {
      en: `"${name}" is no node of Globalping: write SG, JP/Tokyo, CN/Guangzhou/AS4134 or AS4134`,
      zh: `“${name}”不是 Globalping 的节点：写 SG、JP/Tokyo、CN/Guangzhou/AS4134 或 AS4134`,
    }
    return { mistake: mistake('no-node', words) }
  }
  return {
    ...(country === undefined ? {} : { country }),
    ...(city === undefined ? {} : { city }),
    ...(number === undefined ? {} : { asn: Number(number) }),
    ...(network === undefined ? {} : { network }),
  }
}

function vantageOf({ country, state, city, asn, network, tags }: GlobalpingLocation): string {
  const parts = [country, state, city, asn && `AS${asn}`, network?.replaceAll('/', '-'), tags?.join('+')]
  return ['globalping', ...parts.filter((part) => part)].join('/')
}
