import type { Mutant } from './mutant.ts'
import type { Killer } from './trial.ts'

const beginning = `# Mutants

Each of them is the code with one guard taken out. \`npm run simulate -- --mutants\` lives through worlds with each until a promise is
broken, at most 2,000 seeds, and shows what became of it; none may survive. What no world shows names the test
that fails with it instead, and why. This list is made by \`--remember\`, and a test holds it to the code: what is named here fits it, compiles
and changes it. "Seed 18 at pace 5" is the world of \`--seed 18 --timing 5\`, and "big" one of \`--big\`; it is tried first the next
time. Of those with regions there are as many in each world.

| mutant | what is taken out | killed by |
|---|---|---|
`

/** The list of mutants for people, as `test/simulation/mutants.md` has it. */
export function documentOf(mutants: readonly Mutant[], killers: Record<string, Killer>): string {
  return `${beginning}${mutants.map((mutant) => `${rowOf(mutant, killers[mutant.name])}\n`).join('')}`
}

function rowOf(mutant: Mutant, killer: Killer | undefined): string {
  return `| ${mutant.name} | ${mutant.what} | ${killedBy(mutant, killer)} |`
}

function killedBy({ regions, unseen }: Mutant, killer: Killer | undefined): string {
  if (unseen !== undefined) return `no world, but \`${unseen.test}\`, which fails with it: ${unseen.why}`
  if (killer === undefined) return 'nothing yet'
  return `${worldText(killer)}${regions === undefined ? '' : `, ${regions} regions`}`
}

/** A world for people. */
export function worldText([seed, timing, draw]: Killer): string {
  return `seed ${seed}${timing > 0 ? ` at pace ${timing}` : ''}${draw === undefined ? '' : `, ${draw}`}`
}
