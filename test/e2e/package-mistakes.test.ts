import { expect, test } from 'vitest'
import { packageService } from '../infrastructure/packaged.ts'

const yml = `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robt, key: a-key } }
policies: { default: { layers: [{ page: lin, ackTimeout: soon }], channels: { critical: [chat] } } }
projects: { pay: { title: 支付, chat: [wecom], checks: { web: { htp: https://pay.example.com/ } } } }
`

test('sls package stops at mistakes in the configuration, and tells all of them with file, line and column', async () => {
  const { code, output } = await packageService(yml)
  expect(code).toBe(1)
  expect(output).toMatch(/^fenghuo\.yml:3:\d+ channels\.wecom\.type: /m)
  expect(output).toMatch(/^fenghuo\.yml:4:\d+ policies\.default\.layers\.0\.ackTimeout: /m)
  expect(output).toMatch(/^fenghuo\.yml:5:\d+ projects\.pay\.checks\.web/m)
  expect(output).not.toContain('Service packaged')
}, 60_000)
