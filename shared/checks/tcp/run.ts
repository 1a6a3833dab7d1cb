import type { CheckKind, RunResult } from '../kind.ts'
import { Exchange, type Saying } from '../network/answer.ts'
import { connect } from '../network/connection.ts'
import { parseHostPort } from '../network/host-port.ts'
import type { Reach } from '../network/reach.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import type { Limits } from '../run/limits.ts'
import { observe, outcomeByTime } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'

/** A `tcp` check as a probe carries it. `target` and `send` may hold `${NAME}`. */
export interface TcpSpec extends Reach, Saying {
  /** `host:port`. */
  target: string
  down: Limits
  degraded: Limits
}

/** Opens a connection; sends something and waits for a text if that is asked for. */
export const tcp: CheckKind<TcpSpec> = {
  kind: 'tcp',
  run({ spec }, io, deadline): Promise<RunResult> {
    const { expect, ...rest } = spec
    const exchange = new Exchange({ expect })
    const runOnce = async (clock: PhaseClock, scope: AbortSignal): Promise<RunResult> => {
      const { target, send, ...reach } = fromEnvironment(rest, io.env)
      const to = parseHostPort(target)
      if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
      const socket = await connect(to, reach, clock, scope)
      await exchange.over(socket, send, clock)
      return outcomeByTime(spec, clock)
    }
    return observe(io, deadline, runOnce, (limitMs) => exchange.late(limitMs))
  },
}
