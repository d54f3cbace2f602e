// Every text a reader sees on the page, the cells of drawn tables included; material icons and code are no words.
() => {
  const HIDDEN = 'style, script, noscript, code, details:not([open]) > :not(summary)';
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest(HIDDEN)) continue;
    const style = getComputedStyle(parent);
    if (style.fontFamily.includes("Material")) continue;
    const drawn = parent.closest("canvas") || (parent.getClientRects().length && style.visibility !== "hidden" && parseFloat(style.fontSize) > 0);
    if (drawn && node.data.trim()) words.push(node.data.trim());
  }
  for (const field of document.querySelectorAll("input[placeholder], textarea[placeholder]")) {
    if (!field.value && field.getClientRects().length) words.push(field.placeholder);
  }
  return words;
}
