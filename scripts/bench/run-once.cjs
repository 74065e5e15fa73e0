// Runs one invocation in a fresh process, as a cold start does; says "replied" and its peak memory, then exits.
const { entry, event, context } = JSON.parse(process.env.BENCH_INVOCATION)
delete process.env.BENCH_INVOCATION

require(entry)
  .main(JSON.parse(event), context)
  .then((reply) => {
    const good = reply !== null && typeof reply === 'object' && reply.ok !== false
    process.stdout.write(`${JSON.stringify({ good, peakKb: process.resourceUsage().maxRSS, reply })}\n`, () =>
      process.exit(0),
    )
  })
