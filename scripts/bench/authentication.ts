// Authentication around an empty handler, against one bare read by id; both warm, both in one worker.
import { createHash } from 'node:crypto'
import type { Emulator } from '../../emulator/types'
import { alternate, median, type Row, timed } from './measure'

const PAIRS = 15
const CALLS_PER_TURN = 20

export const measureAuthentication = async (emulator: Emulator): Promise<Row> => {
  const code = emulator.weixin.loginCode('v1')
  const login = await emulator.functions.invoke('auth', { v: 1, call: 'login', data: {}, code }, { account: 'v1' })
  const { token } = (login as { session: { token: string } }).session
  const id = createHash('sha256').update(token).digest('hex')

  const ask = async (name: string, event: object): Promise<void> => {
    const reply = await emulator.functions.invoke(name, event, { account: 'v1' })
    const good = name === 'guarded' ? (reply as { ok: boolean }).ok : (reply as { data: unknown }).data !== null
    if (!good) throw new Error(`${name} did not do its work: ${JSON.stringify(reply)}`)
  }
  const turn = (name: string, event: object) => async () => {
    const each: number[] = []
    for (let call = 0; call < CALLS_PER_TURN; call += 1) each.push(await timed(() => ask(name, event)))
    return median(each)
  }
  const guarded = turn('guarded', { v: 1, call: 'empty', data: {}, token })
  const bare = turn('bare-read', { id })
  await guarded()
  await bare()
  const { ours, theirs, ratio } = await alternate(PAIRS, guarded, bare)
  return {
    what: 'authentication around an empty handler',
    figure: `${ratio.toFixed(2)} × one doc().get() (${ours.toFixed(2)} / ${theirs.toFixed(2)} ms)`,
    aim: '≤ 1.3',
  }
}
