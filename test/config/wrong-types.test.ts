import { describe } from 'vitest'
import { itTellsProblems, policy } from './spoilt.ts'

describe('types', () => {
  itTellsProblems([
    [
      'a text for a mapping',
      'projects',
      'projects: ‸pay',
      ['projects', 'must be a mapping of keys to values, not "pay"'],
    ],
    [
      'a URL where the check belongs',
      'projects',
      'projects: { pay: { title: 支付, checks: { web: ‸"https://pay.example.com/" } } }',
      ['projects.pay.checks.web', 'must be a mapping of keys to values'],
    ],
    [
      'a text for a list',
      'defaults',
      'defaults: { chat: ‸wecom }',
      ['defaults.chat', 'must be a list, such as [a, b], not "wecom"'],
    ],
    [
      'a text for a number',
      'policies',
      policy('layers: [{ page: lin, calls: ‸two }]'),
      ['policies.default.layers.0.calls', 'must be a number, not "two"'],
    ],
    [
      'half a call',
      'policies',
      policy('layers: [{ page: lin, calls: ‸1.5 }]'),
      ['policies.default.layers.0.calls', 'must be a whole number, not 1.5'],
    ],
    [
      'too many calls',
      'policies',
      policy('layers: [{ page: lin, calls: ‸9 }]'),
      ['policies.default.layers.0.calls', 'must be at most 5, not 9'],
    ],
    ['no layers', 'policies', policy('layers: ‸[]'), ['policies.default.layers', 'must have at least 1 entry']],
    [
      'a severity that is none',
      'defaults',
      'defaults: { chat: [wecom], severity: ‸critcal }',
      ['defaults.severity', 'must be one of critical, error, warning, info, not "critcal" (did you mean `critical`?)'],
    ],
    [
      'a title that YAML takes for a number',
      'projects',
      'projects: { pay: { title: ‸404 } }',
      ['projects.pay.title', 'YAML reads it as a number: put it in quotes'],
    ],
    [
      'a key without a value',
      'defaults',
      'defaults: { chat: [wecom], ‸interval: }',
      ['defaults.interval', 'is empty: give a text'],
    ],
  ])
})
