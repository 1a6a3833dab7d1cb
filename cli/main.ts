import { Command } from 'commander'
import { addLocal } from './commands/local.ts'

/** Runs the command line with the arguments after `fenghuo`. Resolves with the exit code. */
export async function main(args: string[]): Promise<number> {
  let code = 0
  const program = new Command('fenghuo').description(
    '烽火: probes near each cloud, and phone calls until a human answers',
  )
  addLocal(program, (result) => {
    code = result
  })
  await program.parseAsync(args, { from: 'user' })
  return code
}
