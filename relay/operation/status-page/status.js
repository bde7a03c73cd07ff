/** The status page: asks for /status.json every few seconds while somebody looks, and shows it. */

const EVERY_MS = 5_000
const SVG = 'http://www.w3.org/2000/svg'
const MINUTE_MS = 60_000

const integer = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })

/** Each tile: its title, its value and detail as text, and the line's values, one per sample. */
const TILES = [
  {
    title: 'Connections',
    value: ({ numbers }) => integer.format(total(numbers.connections.by)),
    detail: ({ numbers }) => `${of(numbers.connections.limit)}, ${integer.format(total(numbers.connections.by.filter(({ kind }) => kind === 'relay')))} to relays`,
    line: (history) => history.map(({ connections }) => connections)
  },
  {
    title: 'Reservations',
    value: ({ numbers }) => integer.format(numbers.reservations.used),
    detail: ({ numbers }) => of(numbers.reservations.limit),
    line: (history) => history.map(({ reservations }) => reservations)
  },
  {
    title: 'Rooms followed',
    value: ({ numbers }) => integer.format(numbers.topics.used),
    detail: ({ numbers }) => of(numbers.topics.limit),
    line: (history) => history.map(({ topics }) => topics)
  },
  {
    title: 'Room messages',
    value: ({ history }) => `${short.format(last(rates(history, 'messages')))}/s`,
    detail: ({ numbers }) => `${integer.format(numbers.pubsub.messages)} in all`,
    line: (history) => rates(history, 'messages')
  },
  {
    title: 'Relayed connections',
    value: ({ numbers }) => integer.format(numbers.circuits.open),
    detail: ({ numbers }) => `${bytes(numbers.circuits.bytes)} over ${integer.format(numbers.circuits.opened)} in all`,
    line: (history) => rates(history, 'circuitBytes')
  },
  {
    title: 'TURN',
    value: ({ numbers, history }) => numbers.turn === undefined ? 'off' : bits(last(rates(history, 'turnBytes')) * 8),
    detail: ({ numbers: { turn } }) => turn === undefined ? '' : `${integer.format(turn.allocations.live)} of ${integer.format(turn.limit)} allocations, ${bytes(turn.bytes.toPeers + turn.bytes.toClients)} in all`,
    line: (history) => rates(history, 'turnBytes')
  },
  {
    title: 'Refused',
    value: ({ history }) => `${short.format(last(rates(history, 'refusals')) * 60)}/min`,
    detail: ({ numbers }) => `${integer.format(total(numbers.refusals))} in all`,
    line: (history) => rates(history, 'refusals')
  },
  {
    title: 'Memory and load',
    value: ({ history }) => bytes(history.at(-1)?.memory ?? 0),
    detail: ({ history }) => `event loop ${percent.format(history.at(-1)?.busy ?? 0)} busy`,
    line: (history) => history.map(({ busy }) => busy)
  }
]

const FACTS = [
  ['Version', ({ version, node }) => [`${version}, Node.js ${node}`]],
  ['Network', ({ network }) => [network]],
  ['Peer id', ({ peerId }) => [peerId]],
  ['Addresses', ({ addresses }) => addresses],
  ['Neighbours', ({ neighbours }) => neighbours.length === 0 ? ['none'] : neighbours]
]

let timer

document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void refresh() })
void refresh()

async function refresh() {
  clearTimeout(timer)
  // Nobody looks; the event above starts again.
  if (document.visibilityState === 'hidden') return
  try {
    const response = await fetch('/status.json', { cache: 'no-store' })
    if (!response.ok) throw new Error(`status ${response.status}`)
    show(await response.json())
  } catch {
    // The relay is stopping or gone, which is what the page then says.
    document.body.dataset.stale = ''
    tell('gone', 'No answer')
  }
  clearTimeout(timer)
  timer = setTimeout(refresh, EVERY_MS)
}

function show(status) {
  delete document.body.dataset.stale
  tell(...status.numbers.draining ? ['draining', 'Draining'] : ['up', 'Running'])
  document.querySelector('#since').textContent = `up ${duration(status.at - status.startedAt)}, since ${new Date(status.startedAt).toLocaleString()}`
  document.querySelector('#tiles').replaceChildren(...TILES.map((tile) => tileOf(tile, status)))
  const refusals = [...status.numbers.refusals].sort((a, b) => b.count - a.count)
  document.querySelector('#refusals').hidden = refusals.length === 0
  document.querySelector('#refusals tbody').replaceChildren(...refusals.map(({ part, cause, count }) => {
    const row = element('tr')
    row.append(element('td', part), element('td', cause), element('td', integer.format(count)))
    return row
  }))
  document.querySelector('#facts').replaceChildren(...FACTS.flatMap(([name, read]) => {
    const lines = element('dd')
    lines.append(...read(status).map((line) => element('code', line)))
    return [element('dt', name), lines]
  }))
}

function tell(state, text) {
  const shown = document.querySelector('#state')
  if (shown.textContent === text) return
  shown.dataset.state = state
  shown.textContent = text
}

function tileOf({ title, value, detail, line }, status) {
  const tile = element('article')
  tile.className = 'tile'
  const shown = element('p', value(status))
  shown.className = 'value'
  const more = element('p', detail(status))
  more.className = 'detail'
  tile.append(element('h2', title), shown, more, sparkline(line(status.history)))
  return tile
}

/** A line from zero to the greatest value, with the area below it. */
function sparkline(values) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 100 30')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('aria-hidden', 'true')
  const top = Math.max(...values, Number.MIN_VALUE)
  const points = values.map((value, index) => `${(index / Math.max(values.length - 1, 1) * 100).toFixed(2)},${(29 - value / top * 28).toFixed(2)}`)
  if (points.length < 2) return svg
  const area = document.createElementNS(SVG, 'polygon')
  area.setAttribute('points', ['0,30', ...points, '100,30'].join(' '))
  const line = document.createElementNS(SVG, 'polyline')
  line.setAttribute('points', points.join(' '))
  svg.append(area, line)
  return svg
}

function element(name, text = '') {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** What a counter grew by each second, between each two samples. */
function rates(history, name) {
  return history.slice(1).map((sample, index) => {
    const before = history[index]
    return (sample[name] - before[name]) / ((sample.at - before.at) / 1_000)
  })
}

function total(list) {
  return list.reduce((sum, { count }) => sum + count, 0)
}

function last(values) {
  return values.at(-1) ?? 0
}

function of(limit) {
  return `of ${integer.format(limit)}`
}

function bytes(count) {
  return scaled(count, ['B', 'kB', 'MB', 'GB', 'TB'])
}

function bits(perSecond) {
  return scaled(perSecond, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'])
}

function scaled(count, units) {
  const step = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1)
  return `${short.format(count / 1_000 ** step)} ${units[step]}`
}

function duration(ms) {
  const minutes = Math.floor(ms / MINUTE_MS)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24]
  if (days > 0) return `${days} d ${hours} h`
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}
