import { describe, expect, it } from 'vitest'
import { ivrKeys } from '../../shared/channels/aliyun-ivr/keys.ts'
import { templateFaults } from '../../shared/channels/aliyun-voice/template-rules.ts'
import { menuTemplates, noticeTemplates, variablesOf, voiceSlots } from '../../shared/messages/voice-templates.ts'
import { reviewFault } from '../simulators/aliyun-voice/rules.ts'
import { at, opened } from './notices.ts'

const menus = menuTemplates(ivrKeys)
const templates = { zh: { ...menus.zh, ...noticeTemplates.zh }, en: { ...menus.en, ...noticeTemplates.en } }
const languages = ['zh', 'en'] as const
const all = languages.flatMap((language) =>
  Object.entries(templates[language]).map(([name, text]) => [language, name, text] as const),
)

describe('a template', () => {
  it.each(all)('%s %s would be approved, by our rules and by the simulator’s', (_, __, text) => {
    expect(templateFaults(text)).toEqual([])
    expect(reviewFault(text)).toBeUndefined()
  })

  it.each([
    ['', 'length'],
    ['字'.repeat(1001), 'length'],
    ['值班告警：#1', 'character'],
    ['请看 https', 'character'],
    ['主机10.0.0.1不可用', 'address'],
    ['编号${id}的告警', 'name'],
    ['编号${1st}的告警', 'name'],
    ['${title}不可用，${title}', 'twice'],
    ['告警${title}，${state}。', 'touching'],
    ['告警${title}${state}。', 'touching'],
    ['${title}。', 'only-variables'],
  ])('%# would not: %s', (text, fault) => {
    expect(templateFaults(text).map((found) => found.fault)).toContain(fault)
    expect(reviewFault(text)).toBeDefined()
  })
})

it.each(languages)('a notice in %s has the two variables that a shared number takes', (language) => {
  expect(Object.values(noticeTemplates[language]).map((text) => variablesOf(text).length)).toEqual([2, 2])
})

describe('the variables of a call', () => {
  it.each(languages)('are there for every template in %s, and never empty', (language) => {
    const slots = voiceSlots([{ ...opened, sightings: [] }], language, at('02:14'))
    const used = Object.values(templates[language]).flatMap(variablesOf)
    expect(used.filter((name) => !(slots as Record<string, string>)[name])).toEqual([])
  })

  it('of several incidents are those of the worst, their number, and of how many projects', () => {
    const slow = { ...opened, number: 1, state: 'degraded' as const, project: 'shop' }
    expect(voiceSlots([slow, opened], 'zh', at('02:14'))).toMatchObject({
      number: String(opened.number),
      project: '支付等2个',
      count: '2',
    })
    expect(voiceSlots([opened], 'en', at('02:13')).lasted).toBe('less than a minute')
  })
})
