// What is wrong with how a page lies on the screen. Given the tolerance in pixels; returns sentences.
(slack) => {
  const faults = []
  const say = (what, element, more = '') => faults.push(`${what}: ${path(element)} ${more}`.trim())
  const path = (element) => {
    const own = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + [...e.classList].slice(0, 2).map((c) => '.' + c).join('')
    return `${element.parentElement ? own(element.parentElement) + ' > ' : ''}${own(element)} “${(element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`
  }
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true })
  const unseen = (element) => { const style = getComputedStyle(element); return style.position === 'absolute' && (style.clipPath.startsWith('inset') || style.clip !== 'auto' || element.getBoundingClientRect().right < 0) }
  const forEarsOnly = new Set()
  const hiddenOnPurpose = (element) => {
    if (forEarsOnly.has(element.parentElement) || element.matches('.skip-link, .visually-hidden') || unseen(element)) forEarsOnly.add(element)
    return forEarsOnly.has(element)
  }
  const scrolls = (element) => { // inside something that scrolls sideways by itself
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth) return true
    return false
  }
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth > width + slack) {
    faults.push(`wider than ${width}: ${document.documentElement.scrollWidth}`)
  }
  const all = [...document.body.querySelectorAll('*')].filter((e) => !['SCRIPT', 'STYLE', 'OPTION', 'BR'].includes(e.tagName) && !e.closest('svg') && shown(e) && !hiddenOnPurpose(e))
  for (const element of all) {
    const box = element.getBoundingClientRect()
    if (box.width && (box.right > width + slack || box.left < -slack) && !scrolls(element)) { say('sticks out', element, `${Math.round(box.left)}–${Math.round(box.right)} of ${width}`); break }
  }
  for (const element of all) {
    const style = getComputedStyle(element)
    const cuts = (axis) => ['hidden', 'clip'].includes(axis)
    if (['INPUT', 'TEXTAREA', 'SELECT', 'IFRAME', 'CANVAS'].includes(element.tagName)) continue
    if (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + slack && element.clientWidth) {
      if (!(style.textOverflow === 'ellipsis' && element.title)) say('cut off', element)
    } else if (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + slack + 1 && element.clientHeight) say('cut off below', element)
  }
  const controls = all.filter((e) => e.matches('a[href], button, input:not([type=hidden]), select, textarea, summary') && !fixed(e)).slice(0, 600)
  function fixed(element) { for (let e = element; e; e = e.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(e).position)) return true; return false }
  // a panel that lies over the page on purpose: what is in it is compared with itself only
  const panel = (element) => { for (let e = element; e && e !== document.body; e = e.parentElement) if (e.parentElement?.matches('details[open]') && getComputedStyle(e).position === 'absolute') return e; return null }
  const panels = controls.map(panel)
  const boxes = controls.map((e) => [...e.getClientRects()].filter((r) => r.width > 1 && r.height > 1))
  for (let i = 0; i < controls.length; i++) {
    for (let j = i + 1; j < Math.min(controls.length, i + 40); j++) {
      if (panels[i] !== panels[j]) continue
      if (controls[i].contains(controls[j]) || controls[j].contains(controls[i])) continue
      if (boxes[i].some((a) => boxes[j].some((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3))) say('overlaps', controls[i], `with ${path(controls[j])}`)
    }
  }
  for (const element of document.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) say('tab order forced', element)
  const ids = new Map()
  for (const element of document.querySelectorAll('[id]')) { if (ids.has(element.id)) say('id twice', element); ids.set(element.id, element) }
  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) faults.push(`${headings} h1`)
  if (!document.title.split('–')[0].trim()) faults.push('no title')
  if (!document.documentElement.lang) faults.push('no lang')
  return faults.slice(0, 12)
}
