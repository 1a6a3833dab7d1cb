import type { Simulator } from '../test/simulators/sandbox.ts'

/** Finds the simulator of a type of channel or voice route; undefined when there is none. */
export type FindSimulator = (type: string) => Promise<Simulator | undefined>

/** Looks for `test/simulators/<type>.ts`. */
export const simulatorOf: FindSimulator = async (type) => {
  try {
    const { simulator } = (await import(`../test/simulators/${type}.ts`)) as { simulator?: Simulator }
    return simulator
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}
