import { expect, test } from 'vitest'
import { cloudName, shortVantageNames, vantageName } from '../../../shared/messages/places.ts'

test.each([
  ['globalping/CN/Guangzhou/AS4134', '广州电信', 'Guangzhou, China Telecom', 'a city of the mainland needs no country'],
  ['globalping/CN/AS4837', '中国联通', 'China Unicom, China', 'a carrier anywhere in the country'],
  [
    'globalping/CN/Guiyang/AS9808',
    '中国 Guiyang 移动',
    'Guiyang, China Mobile, China',
    'a city without a Chinese name here',
  ],
  [
    'globalping/CN/Shanghai/China Telecom',
    '上海 China Telecom',
    'Shanghai, China Telecom',
    'a network by its own name',
  ],
  ['globalping/SG', '新加坡', 'Singapore', 'a country'],
  ['globalping/SG/Singapore', '新加坡', 'Singapore', 'a city that is its country'],
  ['globalping/HK/AS4760', '香港 AS4760', 'AS4760, Hong Kong', 'a network without a name here'],
  ['globalping/JP/Tokyo', '日本东京', 'Tokyo, Japan', 'a city abroad'],
  ['globalping/CA/London', '加拿大伦敦', 'London, Canada', 'a city that is better known elsewhere'],
  ['globalping/US/CA/Los Angeles', '美国 CA 洛杉矶', 'CA, Los Angeles, US', 'a state is not taken for a country'],
  ['globalping/AS4134', '电信', 'China Telecom', 'a network alone'],
  ['globalping/SG/eyeball-network', '新加坡 eyeball-network', 'eyeball-network, Singapore', 'a tag'],
  ['globalping/XX', 'XX', 'XX', 'no such country'],
  ['speedtest/江苏宿迁/电信', '江苏宿迁电信', '江苏宿迁, China Telecom', 'as the speed test has it'],
  ['speedtest/河南新乡/多线', '河南新乡多线', '河南新乡, multi-line', 'several carriers'],
  ['speedtest/贵州贵阳/长城宽带', '贵州贵阳长城宽带', '贵州贵阳, 长城宽带', 'an ISP without an English name here'],
  ['globalping', 'globalping', 'globalping', 'no node at all'],
])('%s is %s, %s: %s', (vantage, zh, en) => {
  expect([vantageName(vantage, 'zh'), vantageName(vantage, 'en')]).toEqual([zh, en])
})

test('a node is named whole where clouds are named', () => {
  expect(cloudName('speedtest/江苏宿迁/电信', 'zh')).toBe('江苏宿迁电信')
})

test('nodes stand beside clouds', () => {
  expect(shortVantageNames(['tencent/ap-guangzhou', 'globalping/CN/Guangzhou/AS4134'], 'zh')).toEqual([
    '腾讯云广州',
    '广州电信',
  ])
})
