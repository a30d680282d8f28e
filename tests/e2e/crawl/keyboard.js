// Follows the focus: window.crawl.stop() after each Tab (false when the page is left), window.crawl.faults() at the end.
(() => {
  const open = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('[inert]')
  const wanted = new Set([...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((e) => open(e) && !e.disabled))
  for (const radio of [...wanted].filter((e) => e.type === 'radio')) { // one stop a group
    const group = [...wanted].filter((e) => e.type === 'radio' && e.name === radio.name && e.form === radio.form)
    for (const other of group.slice(1)) wanted.delete(other)
  }
  const had = new Set(), faults = []
  let last = null
  document.documentElement.style.scrollBehavior = 'auto' // where the focus is, not where it is on its way to
  const name = (e) => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} “${(e.textContent || e.name || '').trim().slice(0, 30)}”`
  const visible = (e) => [e, e.closest('label'), e.parentElement].some((one) => {
    if (!one) return false
    const style = getComputedStyle(one)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none'
  })
  window.crawl = {
    stop() {
      const e = document.activeElement
      if (e && e === last) return true // a date has several stops
      if (!e || e === document.body || had.has(e)) return false
      had.add(last = e)
      const box = e.getBoundingClientRect()
      if (!visible(e)) faults.push(`focus not visible: ${name(e)}`)
      if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.push(`focus out of sight: ${name(e)}`)
      else { // hidden behind something that floats over the page
        const top = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1))
        const cover = top && !e.contains(top) && !top.contains(e) && ['fixed', 'sticky'].includes(getComputedStyle(top).position)
        if (cover) faults.push(`focus covered: ${name(e)}`)
      }
      return true
    },
    faults() { return [...faults, ...[...wanted].filter((e) => !had.has(e)).map((e) => `never reached: ${name(e)}`)].slice(0, 10) },
  }
})()
