import { references } from '../../contracts/references.ts'
import { didYouMean } from '../../contracts/suggest.ts'
import type { Linked } from '../kind.ts'
import type { GlobalpingLocation, Node, SpeedTestNode, VantagePointsSpec } from './spec.ts'
import { readTarget } from './target.ts'
import type { WrittenCheck, WrittenNode, WrittenSpeedTest } from './written.ts'

type Found<N extends Node> = { node: N } | { message: string }
type Problem = { path: (string | number)[]; message: string }

const MOST_CHARACTERS = 100

/**
 * The nodes of a check with their names and limits. `speedTests` holds the file's entries, an entry with mistakes of
 * its own as `undefined`.
 */
export function link(check: WrittenCheck, speedTests: Record<string, unknown>): Linked<VantagePointsSpec> {
  if (check.via === 'globalping') return viaGlobalping(check)
  if (!Object.hasOwn(speedTests, check.via)) {
    const known = ['globalping', ...Object.keys(speedTests)]
    const meant = didYouMean(check.via, known)
    const message = `no speed test is named \`${check.via}\`${meant}; there are: ${known.join(', ')}`
    return { problems: [{ path: ['via'], message }] }
  }
  const entry = speedTests[check.via] as WrittenSpeedTest | undefined
  return entry === undefined ? { problems: [] } : viaSpeedTest(check, entry)
}

function viaGlobalping({ target, token, nodes = [], ...limits }: WrittenCheck): Linked<VantagePointsSpec> {
  if (nodes.length === 0) {
    const message = 'is missing: where Globalping looks from, such as [SG, JP/Tokyo, CN/Guangzhou/AS4134]'
    return { problems: [{ path: ['nodes'], message }] }
  }
  const { found, problems } = lookUp(nodes, limits, (node) => {
    const location = locationOf(node)
    if ('message' in location) return location
    return { node: { vantage: vantageOf(location), location, probes: node.probes ?? 1 } }
  })
  if (problems.length > 0) return { problems }
  return { spec: { via: 'globalping', target, ...(token === undefined ? {} : { token }), nodes: found } }
}

function viaSpeedTest(check: WrittenCheck, { nodes: known, ...service }: WrittenSpeedTest): Linked<VantagePointsSpec> {
  const { target, via, token, nodes, ...limits } = check
  const problems: Problem[] = []
  if (token !== undefined) problems.push({ path: ['token'], message: `is Globalping's; ${via} takes none` })
  if (references(target).length === 0 && readTarget(target)?.measure !== 'http') {
    problems.push({ path: ['vantage-points'], message: `${via} fetches: write a URL such as https://${target}/` })
  }
  const places = placesOf(known)
  const names = [...places.keys()]
  const wanted = nodes ?? names.map((name): WrittenNode => ({ name, location: {} }))
  const looked = lookUp(wanted, limits, ({ name, location, probes }): Found<SpeedTestNode> => {
    if (name === undefined || Object.keys(location).length > 0 || probes !== undefined) {
      return { message: `a node of ${via} is given by its city/isp: ${names.join(', ')}` }
    }
    const node = places.get(name)
    return node
      ? { node }
      : { message: `${via} has no node \`${name}\`${didYouMean(name, names)}; there are: ${names.join(', ')}` }
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
    const message = 'message' in result ? result.message : objection(result.node, found)
    if (message !== undefined) problems.push({ path: ['nodes', index], message })
    if ('message' in result) continue
    const { degraded = result.node.degraded ?? ofCheck.degraded, down = result.node.down ?? ofCheck.down } = one
    const node = { ...result.node, ...(degraded && { degraded }), ...(down && { down }) }
    if (degraded?.latency !== undefined && down?.latency !== undefined && degraded.latency >= down.latency) {
      const isOwn = one.degraded !== undefined || one.down !== undefined
      const path = isOwn ? ['nodes', index] : ['degraded']
      const late = `degraded at ${degraded.latency}ms is no sooner than down at ${down.latency}ms`
      if (isOwn || !problems.some((problem) => problem.message === late)) problems.push({ path, message: late })
    }
    found.push(node)
  }
  return { found, problems }
}

function objection({ vantage }: Node, others: Node[]): string | undefined {
  if (vantage.length > MOST_CHARACTERS) return `its name is over ${MOST_CHARACTERS} characters: ${vantage}`
  return others.some((other) => other.vantage === vantage) ? `${vantage} is there twice` : undefined
}

const shape =
  /^(?:(?<country>[A-Z]{2})(?:\/(?!AS\d+$)(?<city>[^/]+))?(?:\/(?:AS(?<asn>\d+)|(?<network>[^/]+)))?|AS(?<alone>\d+))$/

/** `SG`, `JP/Tokyo`, `CN/AS4134`, `CN/Guangzhou/AS4134`, `CN/Guangzhou/China Telecom` or `AS4134`. */
function locationOf({ name, location }: WrittenNode): GlobalpingLocation | { message: string } {
  if (name === undefined) {
    if (Object.keys(location).length > 0) return location
    return { message: 'says no place: give a country, city, asn or network' }
  }
  if (Object.keys(location).length > 0) return { message: 'has a name and a place: give one of them' }
  const { country, city, asn, network, alone } = shape.exec(name)?.groups ?? {}
  const number = asn ?? alone
  if (country === undefined && number === undefined) {
    return { message: `"${name}" is no node of Globalping: write SG, JP/Tokyo, CN/Guangzhou/AS4134 or AS4134` }
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
