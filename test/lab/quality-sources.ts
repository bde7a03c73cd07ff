/** Runs inside the browser: a picture and a sound that are as hard to send as a person's, and the same in each run. */

/** Larger pictures would cost two encoders and two decoders more than two cores have. */
const SIZE = { width: 640, height: 360 }
const FRAMES_PER_SECOND = 24
const TEXTURE = 512
const TILE = 8
/** Syllables a second, and the pitch of a voice. */
const SYLLABLES = 4
const PITCH = 140

/** A picture of much detail that wanders. */
export function livelyPicture(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), SIZE)
  const context = canvas.getContext('2d', { alpha: false })
  const texture = makeTexture()
  const started = performance.now()
  setInterval(() => {
    const seconds = (performance.now() - started) / 1_000
    const x = (1 + Math.sin(seconds * 1.3)) * (TEXTURE - SIZE.width / 2) / 2
    const y = (1 + Math.cos(seconds * 0.9)) * (TEXTURE - SIZE.height / 2) / 2
    context?.drawImage(texture, x, y, SIZE.width / 2, SIZE.height / 2, 0, 0, SIZE.width, SIZE.height)
  }, 1_000 / FRAMES_PER_SECOND)
  return first(canvas.captureStream(FRAMES_PER_SECOND))
}

/** A sound that never stops, so that each gap in it is one. */
export function steadyVoice(): MediaStreamTrack {
  const audio = new AudioContext()
  const voice = new OscillatorNode(audio, { type: 'sawtooth', frequency: PITCH })
  const mouth = new BiquadFilterNode(audio, { type: 'bandpass', frequency: 900, Q: 0.7 })
  const loudness = new GainNode(audio, { gain: 0.4 })
  const syllables = new OscillatorNode(audio, { frequency: SYLLABLES })
  const depth = new GainNode(audio, { gain: 0.2 })
  const out = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 })
  voice.connect(mouth).connect(loudness).connect(out)
  syllables.connect(depth).connect(loudness.gain)
  for (const source of [voice, syllables]) source.start()
  return first(out.stream)
}

function makeTexture(): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: TEXTURE, height: TEXTURE })
  const context = canvas.getContext('2d')
  let state = 1
  for (let y = 0; y < TEXTURE; y += TILE) {
    for (let x = 0; x < TEXTURE; x += TILE) {
      state = Math.imul(state, 48_271) % 0x7fffffff
      if (context !== null) context.fillStyle = `hsl(${Math.abs(state) % 360} 40% ${30 + Math.abs(state >> 9) % 40}%)`
      context?.fillRect(x, y, TILE, TILE)
    }
  }
  return canvas
}

function first(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks()
  if (track === undefined) throw new Error('a stream without a track')
  return track
}
