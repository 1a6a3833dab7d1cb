import { describe } from 'vitest'
import { check, itTellsProblems, policy } from './spoilt.ts'

describe('values', () => {
  itTellsProblems([
    [
      'a duration with a strange unit',
      'defaults',
      'defaults: { chat: [wecom], timeout: ‸5sec }',
      ['defaults.timeout', '"5sec" is not a duration: write a number and a unit, such as 800ms'],
    ],
    [
      'a duration without a unit',
      'defaults',
      'defaults: { chat: [wecom], timeout: ‸5 }',
      ['defaults.timeout', '5 has no unit: write 5s, 5m, 5h or 5d'],
    ],
    [
      'a timeout longer than a run',
      'defaults',
      'defaults: { chat: [wecom], timeout: ‸2m }',
      ['defaults.timeout', '2m is out of range: from 100ms to 50s'],
    ],
    [
      'half a minute',
      'defaults',
      'defaults: { chat: [wecom], interval: ‸65s }',
      ['defaults.interval', 'must be a multiple of 10s'],
    ],
    [
      'an ackTimeout too short to answer',
      'policies',
      policy('layers: [{ page: lin, ackTimeout: ‸5s }]'),
      ['policies.default.layers.0.ackTimeout', '5s is out of range: from 30s to 1d'],
    ],
    [
      'more failures than observations',
      'defaults',
      'defaults: { chat: [wecom], confirm: ‸3/2 }',
      ['defaults.confirm', "3/2 can't be: 1 ≤ m ≤ n ≤ 10"],
    ],
    [
      'confirm in words',
      'defaults',
      'defaults: { chat: [wecom], confirm: ‸twice }',
      ['defaults.confirm', '"twice" is not m/n: write 2/3'],
    ],
    [
      'a group by what no label is named',
      'defaults',
      'defaults: { chat: [wecom], groupBy: [‸a b] }',
      ['defaults.groupBy.0', '"a b" is no name of a field or label: letters'],
    ],
    [
      'a URL without a scheme',
      'projects',
      check('http: ‸pay.example.com'),
      ['projects.pay.checks.web.http', '"pay.example.com" is not an http or https URL'],
    ],
    [
      'a port that no host has',
      'projects',
      check('http: ‸"https://pay.example.com:99999/"'),
      ['projects.pay.checks.web.http', '99999 is not a port: they go from 1 to 65535'],
    ],
    [
      'a base URL without a scheme',
      'head',
      'baseUrl: ‸oncall.example.com',
      ['baseUrl', '"oncall.example.com" is not a URL'],
    ],
    [
      'a console below a path',
      'head',
      `console: { url: ‸"https://example.com/oncall/", access: [{ role: viewer, tokens: ['\${TOKEN}'] }] }`,
      ['console.url', 'has a path: the console answers at the root of its host, write https://example.com'],
    ],
    [
      'a console without a scheme',
      'head',
      `console: { url: ‸oncall.example.com, access: [{ role: viewer, tokens: ['\${TOKEN}'] }] }`,
      ['console.url', '"oncall.example.com" is not an address such as https://login.example.com'],
    ],
    [
      'a role for people who cannot sign in',
      'head',
      'console: { access: ‸[{ role: viewer, who: [lin@example.com] }] }',
      ['console.access', 'has no effect for people without `oidc`, `wecom`, `dingtalk`, `feishu` or `link`'],
    ],
    [
      'a role for somebody who is nobody',
      'head',
      'console: { oidc: { issuer: https://login.example.com, clientId: a }, access: [{ role: viewer, who: [‸lin] }] }',
      ['console.access.0.who.0', '"lin" is nobody: write lin@example.com'],
    ],
    ['a zone that is none', 'head', 'timezone: ‸Asia/Peking', ['timezone', '"Asia/Peking" is not an IANA time zone']],
    ['an offset for a zone', 'head', 'timezone: ‸"+08:00"', ['timezone', '"+08:00" is not an IANA time zone']],
    [
      'a vantage without its cloud',
      'vantages',
      'vantages: { sg: ‸ap-southeast-1 }',
      ['vantages.sg', '"ap-southeast-1" is not cloud/region'],
    ],
    [
      'a cloud that is none',
      'vantages',
      'vantages: { sg: ‸azure/eastasia }',
      ['vantages.sg', 'clouds are aws, tencent, aliyun'],
    ],
    [
      'two names for one place',
      'vantages',
      'vantages: { sg: aws/ap-southeast-1, sin: ‸aws/ap-southeast-1 }',
      ['vantages.sin', 'is named `sg` already'],
    ],
    [
      'a runbook with a strange placeholder',
      'defaults',
      'defaults: { chat: [wecom], runbook: ‸"https://wiki.example.com/{name}" }',
      ['defaults.runbook', '{name} stands for nothing here: {project} and {check} do'],
    ],
    [
      'a title above 12 characters',
      'projects',
      'projects: { pay: { title: ‸a long winded title } }',
      ['projects.pay.title', 'at most 12 characters, no dot'],
    ],
    [
      'a title with a dot',
      'projects',
      'projects: { pay: { title: ‸pay.com } }',
      ['projects.pay.title', 'at most 12 characters, no dot'],
    ],
  ])
})
