import { contactFlow } from '../services/acknowledge/contact-flow.ts'
import type { CompiledRoute } from '../shared/contracts/compiled-config.ts'
import { type ConnectSimulator, speakingTime, startConnectSimulator } from '../test/simulators/connect/connect.ts'
import { connectInstanceArn, contactFlowId, lambdaArn, localCredentials } from './resources.ts'
import type { SandboxOptions } from './sandboxes.ts'

/** Rings phones in the browser. It runs the contact flow that is deployed, with the same function behind it. */
export async function startConnect(routes: CompiledRoute[], options: SandboxOptions): Promise<ConnectSimulator> {
  const { region, journal, now } = options
  const settings = routes.map((route) => route.settings as { instance: string; caller: string })
  const instanceId = instanceIdOf(settings[0]?.instance ?? '')
  return startConnectSimulator({
    instanceId,
    instanceArn: connectInstanceArn(region, instanceId),
    flows: { [contactFlowId]: contactFlow(lambdaArn(region, 'acknowledge')) },
    sourceNumbers: settings.map(({ caller }) => caller),
    ...localCredentials,
    invokeLambda: options.invokeLambda,
    emit: options.emit,
    now,
    ...(options.speaking && { speakingMs: speakingTime }),
    onEvent: (event) => journal.tell({ type: 'call', at: now(), event }),
  })
}

/** The id in an ARN, or the id as it is. */
export function instanceIdOf(instance: string): string {
  return instance.split('/').at(-1) ?? instance
}
