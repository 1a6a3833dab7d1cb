import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { expect, it, onTestFinished } from 'vitest'
import { addressAnswer, addressQuery } from '../../bench/names.ts'

it('a query is understood, and its answer is one that a resolver takes', async () => {
  const names: string[] = []
  const server = createSocket('udp4', (query, { port, address }) => {
    const { name, answer } = addressAnswer(query, '192.0.2.7')
    names.push(name)
    server.send(answer, port, address)
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${server.address().port}`])
  expect(await resolver.resolve4('Late.example')).toEqual(['192.0.2.7'])
  expect(names).toEqual(['late.example'])
  expect(addressAnswer(addressQuery('prompt.example'), '192.0.2.7').name).toBe('prompt.example')
})
