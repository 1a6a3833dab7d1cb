/** Somebody of the rehearsal: alone in a layer, with a part to play on the phone. */
export interface Player {
  layer: number
  /** Key in oncall.yml. */
  contact: string
  name: string
  phone: string
  email: string
  part: 'lets it ring' | 'answers, presses nothing' | 'presses 1'
}

/** Who is called in a rehearsal on this machine. Nothing leaves it: no such number is dialled. */
export const cast: Player[] = [
  player(1, 'lin', 'Lin Yue', 'lets it ring'),
  player(2, 'wang', 'Wang Lei', 'answers, presses nothing'),
  player(3, 'chen', 'Chen Tao', 'presses 1'),
]

function player(layer: number, contact: string, name: string, part: Player['part']): Player {
  return { layer, contact, name, part, phone: `+861380000000${layer}`, email: `${contact}@example.com` }
}
