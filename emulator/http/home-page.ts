// The plain page at `/`: who is on this WeChat, what they did, live.

/** A page without a framework; the key lets it ask the back doors of the port it came from. */
export function homePage(key: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>微信仿真器 · WeChat emulator</title>
<style>
  :root { color-scheme: light dark; --line: #8883; --soft: #888; --bad: #d23; --good: #07a955 }
  body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 15px/1.6 system-ui, "PingFang SC", "Noto Sans SC", sans-serif }
  h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin-top: 2rem } small, th { color: var(--soft); font-weight: normal }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line) }
  td { font-variant-numeric: tabular-nums } .bad { color: var(--bad) } .good { color: var(--good) }
  ul { columns: 4 11rem; padding-left: 1.2rem }
  details pre { white-space: pre-wrap; word-break: break-all; font-size: 12px }
</style>
<h1>微信仿真器 <small>WeChat emulator</small></h1>
<p><span id="now"></span> <span id="live" class="good">● 实时 live</span></p>
<h2>账号 <small>Accounts</small></h2>
<ul id="accounts"></ul>
<h2>足迹 <small>Hops, newest first</small></h2>
<table><thead><tr><th>#<th>时间 at<th>从 → 到<th>操作 op<th>账号<th>耗时 ms<th>结果</tr></thead><tbody id="hops"></tbody></table>
<p id="empty"><small>还没有足迹。运行 <code>npm run walk</code>，或在小程序里登录。Nothing has happened yet.</small></p>
<script>
const key = ${JSON.stringify(key)}
const $ = (id) => document.getElementById(id)
const ask = async (path) => {
  const response = await fetch('/__emulator/' + path, { headers: { 'x-emulator-key': key } })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}
const cell = (row, text, name) => { const td = row.insertCell(); td.textContent = text; if (name) td.className = name; return td }
let last = 0
const show = (hop) => {
  const row = $('hops').insertRow(0)
  cell(row, hop.seq); cell(row, new Date(hop.at).toLocaleTimeString('zh-CN')); cell(row, hop.from + ' → ' + hop.to)
  const op = cell(row, '')
  const more = document.createElement('details'), summary = document.createElement('summary'), pre = document.createElement('pre')
  summary.textContent = hop.op; pre.textContent = JSON.stringify({ request: hop.request, reply: hop.reply }, null, 1)
  more.append(summary, pre); op.append(more)
  cell(row, hop.account || ''); cell(row, hop.ms.toFixed(1)); cell(row, hop.error || '✓', hop.error ? 'bad' : 'good')
  while ($('hops').rows.length > 300) $('hops').deleteRow(-1)
}
const tick = async () => {
  try {
    const state = await ask('state')
    $('now').textContent = new Date(state.now).toLocaleString('zh-CN')
    $('accounts').replaceChildren(...state.accounts.map((account) => {
      const item = document.createElement('li')
      item.textContent = account.id + ' ' + account.nickname + (account.blocked ? ' · 已拦截 blocked' : '')
      return item
    }))
    for (const hop of await ask('trace?after=' + last)) { show(hop); last = hop.seq }
    $('empty').hidden = last > 0
    $('live').textContent = '● 实时 live'; $('live').className = 'good'
  } catch (error) {
    $('live').textContent = '○ 已断开 disconnected: ' + error.message; $('live').className = 'bad'
  }
  setTimeout(tick, 1000)
}
tick()
</script>
</html>
`
}
