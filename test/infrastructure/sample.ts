import { type Packaged, packageService } from './packaged.ts'

const fenghuoYml = `
vantages:
  gz: tencent/ap-guangzhou
  sg: aws/ap-southeast-1
channels:
  phone:
    - { to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
policies:
  default:
    layers: [{ page: lin, ackTimeout: 5m }]
    channels: { critical: [phone, chat] }
defaults: { policy: default, chat: [wecom], from: [gz, sg] }
projects:
  pay:
    title: 支付
    checks:
      web: { title: 收银台, http: https://pay.example.com/healthz }
      inside: { title: 内网, http: http://pay.internal/, from: [gz] }
`

/** Packages the service with a small configuration whose variables are all set. Rejects if that goes wrong. */
export async function packageSample(): Promise<Packaged> {
  const packaged = await packageService(fenghuoYml, {
    CONNECT_INSTANCE_ID: '11111111-2222-3333-4444-555555555555',
    WECOM_KEY: 'a-robot',
  })
  if (packaged.code !== 0) throw new Error(packaged.output)
  return packaged
}
