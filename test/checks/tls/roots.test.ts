import { readFileSync } from 'node:fs'
import type { SecureContext } from 'node:tls'
import { expect, it, vi } from 'vitest'
import { secureContext } from '../../../shared/checks/network/identity.ts'
import { trusting } from '../../../shared/checks/network/trusting.ts'
import { Fault, fact } from '../../../shared/checks/run/fault.ts'
import { MORE_ROOTS, sources } from '../network/node-roots.ts'
import { seenBy } from '../records.ts'
import { chainPem, httpsTarget, shows, showsChain, tlsTarget } from '../targets.ts'

const extra = vi.hoisted(() => ({ moreRoots: [] as string[] }))
vi.mock('../../../shared/checks/network/more-roots.ts', () => extra)
extra.moreRoots.push(chainPem('root').replaceAll(/-----.*-----|\s/g, ''))

it('the roots that not every Node has are those of the Nodes of today; if not, run `npx node test/checks/network/node-roots.ts`', () => {
  expect(readFileSync(MORE_ROOTS, 'utf8')).toContain(sources())
})

it('a target whose root only other Nodes have is up, by each kind', async () => {
  const target = await tlsTarget(showsChain())
  expect(await seenBy({ tls: target })).toMatchObject({ outcome: 'up', fault: { code: 'certificate-expires' } })
  const url = await httpsTarget(showsChain(), (_request, response) => void response.end('ok'))
  expect(await seenBy({ http: url.replace('127.0.0.1', 'localhost') })).toMatchObject({ outcome: 'up' })
})

it('one that was found to be so is connected to once the next time', async () => {
  let tries = 0
  const connect = async (context: SecureContext) => {
    tries++
    if (context === secureContext({}, {})) throw new Fault(fact('certificate-untrusted', { why: 'issuer-unknown' }))
  }
  await trusting({}, {}, 'shop.example', connect)
  expect(tries).toBe(2)
  await trusting({}, {}, 'shop.example', connect)
  expect(tries).toBe(3)
})

it('one that no Node knows is down, as is one that is not of the authority that a check names', async () => {
  const unknown = fact('certificate-untrusted', { why: 'chain-incomplete' })
  expect(await seenBy({ tls: await tlsTarget(shows('good')) })).toMatchObject({ outcome: 'down', fault: unknown })
  const other = await seenBy({ tls: await tlsTarget(showsChain()), ca: chainPem('client') })
  expect(other).toMatchObject({ outcome: 'down', fault: { code: 'certificate-untrusted' } })
})
