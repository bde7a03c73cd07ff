/** The gallery: every scene of a group, light and dark, at every width that is worth it. Frames load as they come into view. */
import { html, render, type TemplateResult } from 'lit'
import { SIZES, type Scene } from './play.ts'
import { GROUPS } from './scenes.ts'

const SCHEMES = ['light', 'dark'] as const

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || !(target instanceof HTMLIFrameElement)) continue
    observer.unobserve(target)
    target.src = target.dataset['src'] ?? ''
  }
})

function show(): void {
  const group = location.hash.slice(1) in GROUPS ? location.hash.slice(1) : Object.keys(GROUPS)[0] ?? ''
  document.body.replaceChildren()
  render(html`
    <nav><h1>Parley: every state</h1>${Object.keys(GROUPS).map((name) => html`<a href="#${name}" aria-current=${name === group ? 'page' : 'false'}>${name}</a>`)}</nav>
    ${Object.entries(GROUPS[group] ?? {}).map(([name, scene]) => pictures(name, scene))}
  `, document.body.appendChild(document.createElement('div')))
  for (const frame of document.querySelectorAll('iframe')) observer.observe(frame)
}

function pictures(name: string, { title, sizes = ['wide', 'phone'] }: Scene): TemplateResult {
  const frames = sizes.flatMap((size) => SCHEMES.map((scheme) => ({ ...SIZES[size], scheme })))
  return html`
    <h2>${title} <a href="./frame.html?scene=${name}" target="_blank">${name}</a></h2>
    <section>${frames.map(({ width, height, scheme }) => html`<iframe width=${width} height=${height}
      title="${title}, ${scheme}, ${width} × ${height}" data-src="./frame.html?scene=${name}&scheme=${scheme}"></iframe>`)}</section>`
}

window.addEventListener('hashchange', show)
show()
