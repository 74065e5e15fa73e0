// Database steps for the fixture function `database`, performed by the real wx-server-sdk.
import type { CloudRooms } from './cloud-rooms'

export type Step = [name: string, details?: Record<string, unknown>]
export type Told = { value: unknown } | { errCode: number; errMsg: string }

/** What each step gave, in order; a refusal is told, not thrown. */
export const ask = async (rooms: Pick<CloudRooms, 'functions'>, steps: Step[], on = 'things'): Promise<Told[]> => {
  const told = await rooms.functions.invoke('database', { do: steps, on }, { account: 'v1' })
  return told as Told[]
}

/** One step. */
export const askOne = async (rooms: Pick<CloudRooms, 'functions'>, ...step: Step): Promise<Told> => {
  const [told] = await ask(rooms, [step])
  if (told === undefined) throw new Error('the function told nothing')
  return told
}
