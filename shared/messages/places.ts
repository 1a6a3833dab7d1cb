import { placeNamings } from '../checks/registered/place-namings.ts'
import type { Language } from '../contracts/words.ts'
import { citiesByName, type Names, names, regionCities } from './cities.ts'

const clouds: Record<string, Names> = {
  tencent: names('腾讯云', 'Tencent'),
  aliyun: names('阿里云', 'Alibaba'),
  aws: names('AWS', 'AWS'),
  azure: names('Azure', 'Azure'),
  gcp: names('谷歌云', 'Google Cloud'),
}

/** Whether a vantage is a place of a third party, which is no region of a cloud. */
export function isPlace(vantage: string): boolean {
  return placeNamings.some((naming) => naming.names(vantage))
}

function placeName(vantage: string, language: Language): string | undefined {
  return placeNamings.find((naming) => naming.names(vantage))?.nameIn(vantage, language, citiesByName)
}

/** A third party's node as the place and the carrier that it stands for; undefined for any other vantage. */
export function placeAndCarrier(vantage: string, language: Language): { place: string; carrier: string } | undefined {
  const naming = placeNamings.find((one) => one.names(vantage))
  const parts = naming?.carrierOf(vantage, language)
  if (naming === undefined || parts === undefined) return undefined
  return { place: naming.nameIn(parts.place, language, citiesByName), carrier: parts.carrier }
}

/** The cloud of `cloud/region` in words; the raw name for one that is not known. A third party's node is named whole. */
export function cloudName(vantage: string, language: Language): string {
  const place = placeName(vantage, language)
  if (place !== undefined) return place
  const cloud = vantage.split('/')[0] ?? vantage
  return clouds[cloud]?.[language] ?? cloud
}

/** The city of `cloud/region` in words; the raw region for one that is not known. */
const cityName = (vantage: string, language: Language): string =>
  regionCities[vantage]?.[language] ?? vantage.split('/').slice(1).join('/')

/** `腾讯云广州`, `AWS 新加坡`, `Tencent Guangzhou`, `广州电信`; a vantage of an unknown cloud keeps its raw name. */
export function vantageName(vantage: string, language: Language): string {
  const place = placeName(vantage, language)
  if (place !== undefined) return place
  const cloud = cloudName(vantage, language)
  const city = cityName(vantage, language)
  if (!clouds[vantage.split('/')[0] ?? ''] || !city) return vantage
  const joined = language === 'zh' && !/\w$/.test(cloud) && !/^\w/.test(city)
  return joined ? cloud + city : `${cloud} ${city}`
}

/** Shorter names where they still tell the vantages apart: cities, else clouds with cities. */
export function shortVantageNames(vantages: string[], language: Language): string[] {
  const known = vantages.map((vantage) => regionCities[vantage]?.[language])
  const distinct = new Set(known).size === vantages.length && !known.includes(undefined)
  return vantages.map((vantage, index) => (distinct && known[index]) || vantageName(vantage, language))
}
