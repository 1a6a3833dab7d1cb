import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { channels, itTellsProblems, valid } from './spoilt.ts'

describe('traps of YAML', () => {
  itTellsProblems([
    [
      'an unquoted number loses its +',
      'channels',
      valid.channels.replace('caller: "+6531580000"', 'caller: ‸+6531580000'),
      ['channels.phone.0.caller', 'drops the +: write "+6531580000" in quotes'],
    ],
    [
      'an unquoted prefix loses its +',
      'channels',
      valid.channels.replace('to: "+86"', 'to: ‸+86'),
      ['channels.sms.0.to', 'drops the +: write "+86" in quotes'],
    ],
    [
      'an unquoted number loses its leading 0',
      'channels',
      valid.channels.replace('app: "1400006666"', 'app: ‸0140000666'),
      ['channels.sms.0.app', 'drops the leading 0: write "0140000666" in quotes'],
    ],
    [
      'an id is a text',
      'channels',
      valid.channels.replace('app: "1400006666"', 'app: ‸1400006666'),
      ['channels.sms.0.app', 'YAML reads it as a number: put it in quotes'],
    ],
    [
      'a bare reference inside { }',
      'channels',
      channels(`ops: { type: wecom-robot, key: ‸\${WECOM_KEY} }`),
      ['channels.ops.key', `inside { } and [ ] a reference needs quotes: write "\${WECOM_KEY}"`],
    ],
    [
      'bare references hide no other mistake of the file',
      'channels',
      `${channels(`ops: { type: wecom-robot, key: ‸\${WECOM_KEY} }`)}\n  dingtalk: { token: ‸\${TOKEN}, ‸secrt: x }`,
      ['channels.ops.key', 'inside { } and [ ] a reference needs quotes'],
      ['channels.dingtalk.token', 'inside { } and [ ] a reference needs quotes'],
      ['channels.dingtalk.secrt', '(did you mean `secret`?)'],
    ],
    [
      'a reference with a name that no environment has',
      'channels',
      channels(`ops: { type: wecom-robot, key: ‸"\${wecom-key}" }`),
      ['channels.ops.key', `\${wecom-key} is no reference`],
    ],
    [
      'a reference that is not closed',
      'channels',
      channels(`ops: { type: wecom-robot, key: ‸"\${WECOM" }`),
      ['channels.ops.key', `\${WECOM is no reference`],
    ],
    ['a tab', 'defaults', 'defaults:\n‸\tchat: [wecom]', ['', 'a tab in the indentation: YAML wants spaces']],
    [
      'a second colon',
      'projects',
      'projects: { pay: { title: 支付 } }\nnote: ‸a: b',
      ['note.a', 'put a value that holds one in quotes'],
    ],
    ['a reserved character', 'defaults', 'defaults:\n  policy: ‸@quiet', ['defaults.policy', 'needs quotes']],
    [
      'a wrong indentation',
      'vantages',
      'vantages:\n    sg: aws/ap-southeast-1\n‸  tk: aws/ap-northeast-1',
      ['vantages', 'the same number of spaces'],
    ],
    ['an alias without its anchor', 'defaults', 'defaults: { chat: ‸*robots }', ['defaults.chat', '`*robots` has no']],
    [
      'an alias inside itself',
      'defaults',
      'defaults: { chat: &a [‸*a] }',
      ['defaults.chat.0', 'stands inside what it'],
    ],
    ['a second document', 'projects', `${valid.projects}\n‸---\na: 1`, ['projects.pay', 'one file holds one']],
  ])

  it('tells everything in the sections before a break, and guesses nothing from there on', () => {
    const text = `timezon: UTC
channels: { wecom: { kay: x } }
policies:
  default: { layers: [{ page: lin }] }
  other: { layers: [{ page: lin, calls: "2 }] }
defaults: { polcy: other }`
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems.map(({ line, key }) => [line, key])).toEqual([
      [1, 'timezon'],
      [2, 'channels.wecom'],
      [6, 'policies.other.layers.0.calls'],
    ])
  })

  it.each([
    ['an empty file', '', 'is empty: give a mapping of keys to values'],
    ['a list', '- a\n- b', 'must be a mapping of keys to values, not a list'],
    ['a text', 'hello', 'must be a mapping of keys to values, not "hello"'],
  ])('%s is no configuration', (_, text, message) => {
    const { config, problems } = loadConfig(text, 'fenghuo.yml')
    expect(config).toBeUndefined()
    expect(problems).toMatchObject([{ file: 'fenghuo.yml', line: 1, column: 1, key: '', message }])
  })
})
