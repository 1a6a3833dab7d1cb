import { readFile } from 'node:fs/promises'
import { beforeAll, expect } from 'vitest'
import { type Packaged, packageService, templateOf } from './packaged.ts'
import { ofType, type Template } from './template.ts'

/** What `sls package` made of the service, and the template in it. */
export let packaged: Packaged
export let template: Template

/** A check that the primary region's probe does not run, of the configuration's last project. */
const elsewhere = '      inside: { title: 内网, http: http://pay.internal/, from: [gz] }\n'

/** What the same project wants to hear of AWS. */
const reported = `    inbound:
      aws:
        events: [emr, ec2, { source: [aws.glue], detail-type: [Glue Job State Change] }]
`

/** A bot that is in two regions. */
const failover = `
failover:
  orders:
    regions:
      - lex: arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST
      - lex: arn:aws:lex:us-west-2:123456789012:bot-alias/BCDEFGHIJK/LMNOPQRSTU
`

/**
 * Packages the service before the tests of a file: with the configuration that comes with the project, as somebody does who has
 * only just cloned it, set up Connect and WeCom, and not yet DingTalk.
 */
export function packagesOnce(): void {
  beforeAll(async () => {
    const own = await readFile(new URL('../../fenghuo.yml', import.meta.url), 'utf8')
    packaged = await packageService(own + elsewhere + reported + failover, {
      CONNECT_INSTANCE_ID: '11111111-2222-3333-4444-555555555555',
      WECOM_KEY: 'a-robot',
    })
    if (packaged.code !== 0) throw new Error(packaged.output)
    template = templateOf(packaged)
  }, 180_000)
}

export function properties(id: string): Record<string, unknown> {
  return template.Resources[id]?.Properties ?? expect.unreachable(`${id} is in the template`)
}

export function functions() {
  return ofType(template, 'AWS::Lambda::Function')
}
