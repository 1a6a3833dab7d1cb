/** Somebody of the rehearsal: alone in a layer, with a part to play on the phone. */
export interface Player {
  layer: number
  /** Key in oncall.yml. */
  contact: string
  name: string
  phone: string
  email: string
  part: 'lets it ring' | 'answers, presses nothing' | 'takes it'
}

/** Who plays: one to a layer, and who is on call for another project. */
export interface Company {
  cast: Player[]
  onCall: Player
}

/** Who is called in a rehearsal on this machine. Nothing leaves it: no such number is dialled. */
export const cast: Player[] = [
  player(1, 1, 'lin', 'Lin Yue', 'lets it ring'),
  player(2, 2, 'wang', 'Wang Lei', 'answers, presses nothing'),
  player(3, 3, 'chen', 'Chen Tao', 'takes it'),
]

/** On call for the project whose page must not wait for another's storm. */
export const onCall: Player = player(1, 4, 'zhao', 'Zhao Min', 'takes it')

function player(layer: number, number: number, contact: string, name: string, part: Player['part']): Player {
  return { layer, contact, name, part, phone: `+861380000000${number}`, email: `${contact}@example.com` }
}
