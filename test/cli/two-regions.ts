import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checksOf } from '../../cli/engine.ts'
import { findTarget, type Target } from '../../cli/target.ts'
import type { Report, Sending } from '../../shared/contracts/report.ts'
import { vantageMachine, vantageShape } from '../../shared/evaluation/vantage.ts'
import { vantageKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml, startOfTest, type Terminal } from './terminal.ts'

export const [FIRST, SECOND] = ['ap-southeast-1', 'ap-northeast-1'] as const
type Region = typeof FIRST | typeof SECOND

/** A deployment in two regions of AWS, which a request reaches by the region that it is signed for. */
export interface TwoRegions {
  terminal: Terminal
  in: Record<Region, TestStack & { target: Target }>
  /** Nothing of a region is to be reached, until `heals`. */
  cut(region: Region): void
  heal(region: Region): void
  /** Has an API of AWS answered by another server in each region. */
  serve(variable: string, addresses: Record<Region, string>): Promise<void>
  stop(): Promise<void>
}

export async function startTwoRegions(): Promise<TwoRegions> {
  const [first, second] = await Promise.all([FIRST, SECOND].map((region) => startTestStack('prod', {}, region)))
  if (first === undefined || second === undefined) throw new Error('two were started')
  const stacks = { [FIRST]: first, [SECOND]: second }
  const isCut = new Set<string>()
  const variables = ['AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_DYNAMODB'] as const
  const routers: Server[] = []
  const serve = async (variable: string, addresses: Record<Region, string>) => {
    const router = createServer((asked, answer) =>
      route(asked, answer, (region) => (isCut.has(region) ? undefined : addresses[region as Region])),
    )
    await new Promise<void>((done) => router.listen(0, '127.0.0.1', done))
    routers.push(router)
    first.terminal.io.env[variable] = `http://127.0.0.1:${(router.address() as AddressInfo).port}`
  }
  for (const variable of variables) {
    const addressIn = (region: Region) => stacks[region].terminal.io.env[variable] ?? ''
    await serve(variable, { [FIRST]: addressIn(FIRST), [SECOND]: addressIn(SECOND) })
  }
  const { terminal } = first
  terminal.write('fenghuo.yml', `regions: [${FIRST}, ${SECOND}]\n${fenghuoYml}`)
  terminal.write('oncall.yml', oncallYml)
  const at = (region: Region, stack: TestStack) => ({
    ...stack,
    target: findTarget({ stage: 'prod', region }, terminal.io),
  })
  return {
    terminal,
    in: { [FIRST]: at(FIRST, first), [SECOND]: at(SECOND, second) },
    cut: (region) => void isCut.add(region),
    heal: (region) => void isCut.delete(region),
    serve,
    async stop() {
      for (const router of routers) {
        router.closeAllConnections()
        router.close()
      }
      await Promise.all([first.stop(), second.stop()])
    },
  }
}

/** A report of the probe here that says what became of its last one, taken by a region half a minute ago. */
export async function tellSends({ in: stacks }: TwoRegions, region: Region, sends: Sending[]): Promise<void> {
  const sentAt = startOfTest - 30_000
  const run = { function: 'probe', run: 'r', version: '1', startedAt: sentAt, finishedAt: sentAt, coldStart: false }
  const report: Report = { v: 1, kind: 'report', vantage: `aws/${FIRST}`, runner: { ...run, sends }, observations: [] }
  const event = { type: 'report', report, sentAt, staleAfterMs: () => 155_000 } as const
  const { state } = vantageMachine.transition(undefined, event, sentAt)
  const key = vantageKey(report.vantage, run.function)
  await checksOf(stacks[region].target).put([{ ...key, ...(state && held(state, vantageShape)), version: 1 }])
}

/** Hands a request on to the server of its region, by the scope of its signature; what is cut off breaks the connection. */
function route(
  asked: IncomingMessage,
  answer: ServerResponse,
  addressOf: (region: string) => string | undefined,
): void {
  const region = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\//.exec(asked.headers.authorization ?? '')?.[1]
  const address = addressOf(region ?? '')
  if (address === undefined) return void asked.socket.destroy()
  const { method, headers } = asked
  const onward = request(new URL(asked.url ?? '/', address), { method: method ?? 'POST', headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
  })
  onward.on('error', () => asked.socket.destroy())
  asked.pipe(onward)
}
