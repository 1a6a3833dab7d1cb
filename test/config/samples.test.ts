import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { references } from '../../shared/contracts/references.ts'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

it('the sample configuration is whole, together with its contacts', () => {
  const oncall = loadOnCall(read('oncall.yml'), 'oncall.yml')
  expect(oncall.problems).toEqual([])
  const { config, problems } = loadConfig(read('fenghuo.yml'), 'fenghuo.yml', oncall.directory)
  expect(problems).toEqual([])
  expect(config?.policies.default?.layers.map(({ page }) => page)).toEqual([['sre'], ['sre.next'], ['chen']])
  expect(config?.checks).toMatchObject([{ name: 'web', tellsEachChange: true }])
  expect(references(config)).toEqual([
    'ALIBABA_CLOUD_ACCESS_KEY_ID',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    'CONNECT_INSTANCE_ID',
    'DEMO_URL',
    'DINGTALK_SECRET',
    'DINGTALK_TOKEN',
    'TENCENTCLOUD_SECRET_ID',
    'TENCENTCLOUD_SECRET_KEY',
    'WECOM_KEY',
  ])
})

it.each([
  ['fenghuo.example.yml', 'oncall.example.yml', 6, 19],
  ['docs/samples/aws-only.yml', 'docs/samples/english-oncall.yml', 2, 2],
  ['docs/samples/english.yml', 'docs/samples/english-oncall.yml', 2, 1],
])('%s is whole, together with %s', (watched, people, projects, checks) => {
  const oncall = loadOnCall(read(people), people)
  const { config, problems } = loadConfig(read(watched), watched, oncall.directory)
  expect(problems).toEqual([])
  expect(Object.keys(config?.projects ?? {})).toHaveLength(projects)
  expect(config?.checks).toHaveLength(checks)
})

it('a deployment on AWS alone waits for no probe of another cloud', () => {
  const { config } = loadConfig(read('docs/samples/aws-only.yml'), 'aws-only.yml')
  expect(Object.values(config?.vantages ?? {})).toEqual(['aws/ap-southeast-1', 'aws/ap-northeast-1'])
})

it('the example of everything oncall.yml can hold is whole', () => {
  const { directory, problems } = loadOnCall(read('oncall.example.yml'), 'oncall.example.yml')
  expect(problems).toEqual([])
  expect(Object.keys(directory?.schedules ?? {})).toEqual(['sre', 'night', 'support'])
  expect(directory?.overrides).toHaveLength(6)
})

it.each([
  'docs/guides/rotations.md',
  'docs/guides/rotations.zh-CN.md',
])('what %s shows may stand in a file', (guide) => {
  const blocks = [...read(guide).matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml)
  const names = ['lin', 'wang', 'zhao', 'chen']
  const contacts = names.map((name) => `  ${name}: { name: ${name}, email: ${name}@example.com }\n`)
  const shown = blocks.filter((block) => block.startsWith('contacts:\n'))
  const schedules = blocks.filter((block) => block.startsWith('schedules:\n'))
  const rest = blocks.filter((block) => !shown.includes(block) && !schedules.includes(block))
  const listed = schedules.map((block) => block.replace('schedules:\n', ''))
  const text = [...shown, ...contacts, 'schedules:\n', ...listed, ...rest].join('')
  const { directory, problems } = loadOnCall(text, guide)
  expect(problems).toEqual([])
  expect([Object.keys(directory?.schedules ?? {}), directory?.overrides.length]).toEqual([
    ['sre', 'support', 'oncall'],
    5,
  ])
})
