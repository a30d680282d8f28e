// Every sentence a reader meets: [text, the language it is marked with]. Scripts, code and what is marked as nobody's language are left out.
() => {
  const found = []
  const tongue = (element) => (element.closest('[lang]') || document.documentElement).lang
  const skip = 'script, style, code, pre, kbd, samp, [translate=no], textarea'
  const add = (text, element) => { const said = (text || '').replace(/\s+/g, ' ').trim(); if (said.length > 1 && !element.closest(skip)) found.push([said, tongue(element)]) }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) add(walker.currentNode.data, walker.currentNode.parentElement)
  for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt], input[type=submit][value]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) add(element.getAttribute(name), element)
    if (element.matches('input[type=submit]')) add(element.value, element)
  }
  add(document.title, document.documentElement)
  return found
}
