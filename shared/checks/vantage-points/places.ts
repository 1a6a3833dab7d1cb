import type { Language } from '../../contracts/words.ts'
import type { PlaceNaming } from '../kind.ts'

/** Whose nodes look at something for us, by the first part of a vantage's name. */
const thirdParties = ['globalping', 'speedtest']

type Names = Record<Language, string>

const names = (zh: string, en: string): Names => ({ zh, en })

/** Networks as people call them, by autonomous system (bgp.he.net) and by the names that speed tests use. */
const telecom = names('电信', 'China Telecom')
const unicom = names('联通', 'China Unicom')
const mobile = names('移动', 'China Mobile')
const education = names('教育网', 'CERNET')
const networks = new Map<string, Names>(
  Object.entries({
    AS4134: telecom,
    AS4809: names('电信 CN2', 'China Telecom CN2'),
    AS4837: unicom,
    AS9929: names('联通 A 网', 'China Unicom CUII'),
    AS9808: mobile,
    AS4538: education,
    电信: telecom,
    联通: unicom,
    移动: mobile,
    教育网: education,
    铁通: names('铁通', 'China Tietong'),
    广电: names('广电', 'China Broadnet'),
    多线: names('多线', 'multi-line'),
  }),
)

/** Third parties' nodes, such as `globalping/CN/Guangzhou/AS4134` or `speedtest/江苏宿迁/电信`, as `广州电信`, `日本东京`, `Tokyo, Japan`. */
export const vantagePointsPlaces: PlaceNaming = {
  names: (vantage) => thirdParties.includes(vantage.split('/', 1)[0] ?? '') && vantage.includes('/'),
  nameIn: nodeName,
  carrierOf,
}

/** `{ place: 'globalping/CN/Guangzhou', carrier: 'China Telecom' }`; undefined for one that does not say whose network it is in. */
function carrierOf(vantage: string, language: Language): { place: string; carrier: string } | undefined {
  const slash = vantage.lastIndexOf('/')
  const network = vantage.slice(slash + 1)
  const carrier = networks.get(network)?.[language] ?? (/^AS\d+$/.test(network) ? network : undefined)
  return carrier === undefined || vantage.indexOf('/') === slash
    ? undefined
    : { place: vantage.slice(0, slash), carrier }
}

function nodeName(vantage: string, language: Language, cities: ReadonlyMap<string, Names>): string {
  const [first = '', ...rest] = vantage.split('/').slice(1)
  const word = (part: string) => (cities.get(part) ?? networks.get(part))?.[language] ?? part
  const country = /^[A-Z]{2}$/.test(first) ? countryName(first, language) : undefined
  if (country === undefined) return phrase([first, ...rest].map(word), language)
  const words = rest.map(word)
  const isPlain = (first === 'CN' && rest.some((part) => cities.has(part))) || words.includes(country)
  if (isPlain) return phrase(words, language)
  return phrase(language === 'zh' ? [country, ...words] : [...words, country], language)
}

function countryName(code: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'region', style: 'short' }).of(code) ?? code
}

/** Chinese stands together, but apart from Latin letters. */
function phrase(words: string[], language: Language): string {
  return language === 'zh' ? words.reduce(joined) : words.join(', ')
}

function joined(before: string, next: string): string {
  return /[\w.]$/.test(before) || /^\w/.test(next) ? `${before} ${next}` : before + next
}
