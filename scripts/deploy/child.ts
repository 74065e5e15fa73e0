// The process in which miniprogram-ci delivers: it forks workers, prints, and leaves timers, so it is never ours.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { MiniprogramCi } from './ci'
import { deliver } from './deliver'
import type { Done, Order } from './order'

const tell = (done: Done | { end: true }) => new Promise<void>((resolve) => process.send?.(done, () => resolve()))

process.once('message', (order: Order) => {
  const load = createRequire(join(order.tools, 'package.json'))
  const ci = load('miniprogram-ci') as MiniprogramCi
  void deliver(ci, order, (done) => void tell(done))
    .then(() => tell({ end: true }))
    .then(() => process.exit(0))
})
