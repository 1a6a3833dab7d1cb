import { expect, it } from 'vitest'
import { reasonIn } from '../../../cli/deploy/deploy-one.ts'

it.each<[lines: string[], reason: string | undefined, why: string]>([
  [
    ['✖ Stack fenghuo-prod failed to deploy (0s)', 'Error:', 'Not deployed:', 'A is not set', 'B is not set', ''],
    'Not deployed: A is not set; B is not set',
    'a list of what is missing is told whole',
  ],
  [
    ['Error:', '没有部署：', '没有设置 A', '没有设置 B'],
    '没有部署：没有设置 A; 没有设置 B',
    'as it is in Chinese, whose colon has its own space',
  ],
  [
    ['Error:', 'It can not be validated. (ListFunctions: AuthFailure, request 1)', '  Check the key.'],
    'It can not be validated. (ListFunctions: AuthFailure, request 1) Check the key.',
    "a vendor's words keep their code and request",
  ],
  [['packaging', 'Killed', ''], 'Killed', 'without the heading the last line is all there is'],
  [[''], undefined, 'nor that'],
])('of %j it tells: %s', (lines, reason) => {
  expect(reasonIn(lines)).toBe(reason)
})
