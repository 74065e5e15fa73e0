// What counts as an answer of ours, whichever way it came.
import type { Envelope } from '../../../typings/contract'
import { fieldsOf } from '../core/fields'

export const isEnvelope = (value: unknown): value is Envelope => {
  const envelope = fieldsOf(value)
  return envelope['ok'] === true ? 'data' in envelope : envelope['ok'] === false && 'error' in envelope
}
