import type { Watch } from '../observability/watch.js'
import { EHealthError } from '../../errors.js'
import type { RecordedExchange, Recorder } from './types.js'

/**
 * Records an exchange. The call waits for it, which its phase `record` shows; when it fails an event tells, and the call
 * goes on: what the platform has done is not undone by a full disk.
 */
export async function recordExchange(
  recorder: Recorder | undefined,
  watch: Watch,
  exchange: RecordedExchange,
): Promise<void> {
  if (recorder === undefined) return
  try {
    await watch.time('record', () => recorder.record(exchange))
  } catch (error) {
    const code = error instanceof EHealthError ? error.code : 'recording.failed'
    watch.emit({ type: 'recording', state: 'failed', code })
  }
}
