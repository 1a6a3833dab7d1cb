import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { peopleOfRegions } from '../../../shared/clouds/aws/region-people.ts'

it('each region is asked where it is, by a signature of its own, for the table of our name', async () => {
  const asked: string[] = []
  const listen = async (place: string) => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]
      asked.push(`${place} ${scope} ${JSON.parse(Buffer.concat(chunks).toString()).TableName}`)
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const env = {
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: await listen('here'),
    FENGHUO_REGIONS_URL: await listen('elsewhere'),
    CONTACTS_TABLE: 'fenghuo-prod-contacts',
  }
  const regions = { order: ['ap-northeast-1', 'ap-southeast-1'], guardMs: 60_000 }
  const people = peopleOfRegions(env, { regions })
  for (const { contacts } of people) expect(await contacts.read('pay')).toBeUndefined()

  expect(people.map(({ region }) => region)).toEqual(regions.order)
  expect(asked).toEqual(['elsewhere ap-northeast-1 fenghuo-prod-contacts', 'here ap-southeast-1 fenghuo-prod-contacts'])
  expect(peopleOfRegions(env, {}).map(({ region }) => region)).toEqual(['ap-southeast-1'])
})
