import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StartError } from '../../local/start-error.ts'
import { fenghuo, folder, service, start, stopsAfterEach } from './stack-of.ts'

stopsAfterEach()

describe('what stops it from starting', () => {
  it('another one that runs with the same data', async () => {
    const { addresses } = await start()
    await expect(start()).rejects.toThrow(`a local stack runs already at ${addresses.console}`)
  })

  it('a file of another one that cannot be read', async () => {
    await mkdir(join(folder, 'data'))
    await writeFile(join(folder, 'data/stack.json'), '{"pid": 1')
    const starting = start()
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(/stack\.json can't be read .*remove the file$/)
  })

  it('a port that is taken; nothing else is left running', async () => {
    const { url } = await service()
    const port = Number(new URL(url).port)
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await start()
  })

  it('a store whose place is taken; the other one is not left running, which has its data to itself', async () => {
    await mkdir(join(folder, 'data'))
    await writeFile(join(folder, 'data/sqs'), 'what a backup left')
    await expect(start()).rejects.toMatchObject({ code: 'EEXIST' })
    await rm(join(folder, 'data/sqs'))
    await start()
  })

  it.each([
    { url: 'localhost:8080', error: '--check localhost:8080: is not a URL to watch' },
    { url: 'ftp://localhost/', error: '--check ftp://localhost/: is not a URL to watch' },
    { url: 'http://169.254.169.254/', error: "is a cloud's metadata service" },
  ])('--check $url', async ({ url, error }) => {
    await expect(start({ url })).rejects.toThrow(error)
  })

  it('a configuration with mistakes, all of them told', async () => {
    const broken = fenghuo('ftp://x').replace('calls: 1', 'calls: 99')
    await expect(start({ fenghuo: broken })).rejects.toThrow(/fenghuo\.yml:10:[\s\S]*fenghuo\.yml:16:/)
  })

  it('starts without what a check needs, and names all of it', async () => {
    const stack = await start({ fenghuo: fenghuo('http://127.0.0.1:9/${SHOP_PATH}?key=${SHOP_KEY}') })
    expect(stack.unset).toEqual(['SHOP_KEY', 'SHOP_PATH'])
  })

  it('no vantage that this machine could play', async () => {
    const elsewhere = fenghuo('http://127.0.0.1:9/').replace('aws/ap-southeast-1', 'tencent/ap-guangzhou')
    await expect(start({ fenghuo: elsewhere })).rejects.toThrow('add a line such as sg: aws/ap-southeast-1')
  })
})
