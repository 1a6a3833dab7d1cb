import { afterEach, expect, test } from 'vitest'
import { fenghuoYml, type Terminal, terminal } from '../terminal.ts'

let here: Terminal
afterEach(() => here.remove())

const PLACES = '{ sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, sh: tencent/ap-shanghai, hz: aliyun/cn-hangzhou }'

test('a plan says in a line what keeps deployments from being carried out, those that lack the same together', async () => {
  here = terminal()
  here.write('fenghuo.yml', fenghuoYml.replace('vantages:\n  sg: aws/ap-southeast-1', `vantages: ${PLACES}`))
  const { code, out, err } = await here.run('deploy', '--stage', 'prod', '--plan')
  expect(code).toBe(0)
  expect(out.split('\n')).toHaveLength(5)
  expect(err.split('\n')).toEqual([
    "warning: aws/ap-southeast-1 can't be deployed: CONNECT_INSTANCE_ID is not set",
    "warning: tencent/ap-guangzhou, tencent/ap-shanghai, aliyun/cn-hangzhou can't be deployed: " +
      'PAY_URL, FENGHUO_SENDER_KEY_ID, FENGHUO_SENDER_KEY_SECRET are not set',
  ])
})

test('a program reads what each lacks', async () => {
  here = terminal({ env: { CONNECT_INSTANCE_ID: 'i' } })
  here.write(
    'fenghuo.yml',
    fenghuoYml.replace('sg: aws/ap-southeast-1', 'sg: aws/ap-southeast-1\n  gz: tencent/ap-guangzhou'),
  )
  const { out, err } = await here.run('deploy', '--stage', 'prod', '--plan', '--json')
  const [, gz] = JSON.parse(out)
  expect(gz.lacks).toEqual(['PAY_URL, FENGHUO_SENDER_KEY_ID, FENGHUO_SENDER_KEY_SECRET are not set'])
  expect(err).toContain("tencent/ap-guangzhou can't be deployed")
})
