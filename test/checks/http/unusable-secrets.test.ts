import { fact } from '../../../shared/checks/run/fault.ts'
import { httpTarget } from '../targets.ts'
import { itHasItsOwnWords, unasked } from './bad-target.ts'

itHasItsOwnWords([
  {
    reason: 'a secret that is not set',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `Bearer \${PAY_TOKEN} \${PAY_USER}` } },
    outcome: 'unknown',
    fault: fact('variables-not-set', { names: ['PAY_TOKEN', 'PAY_USER'] }),
  },
  {
    reason: 'a secret that no header can carry, which is not told',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `\${PAY_TOKEN}` } },
    env: { PAY_TOKEN: 'two\nlines' },
    outcome: 'unknown',
    fault: fact('header-unusable', { why: 'character' }),
  },
])
