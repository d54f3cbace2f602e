// Everything a careful eye would call broken on the page as it is drawn now: a list of sentences, empty when all is well.
() => {
  const SLACK = 2; // pixels that rounding and fonts may take
  const found = [];
  const main = document.querySelector('[data-testid="stMain"]');
  const short = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);

  const seen = (element) => {
    const style = getComputedStyle(element);
    return style.visibility !== "hidden" && parseFloat(style.opacity) > 0 && parseFloat(style.fontSize) > 0 &&
      !style.fontFamily.includes("Material") && !element.closest('[aria-hidden="true"], details:not([open]) > :not(summary)');
  };
  const textsIn = (root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent || parent.closest("style, script, canvas, code") || !seen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      // The box of a slanted axis label says nothing about where its letters are.
      if (parent.closest('[transform*="rotate("]:not([transform*="rotate(0"])')) continue;
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      if (boxes.length) texts.push({ node, parent, boxes });
    }
    return texts;
  };

  for (const element of [document.scrollingElement, main]) {
    if (element.scrollWidth > element.clientWidth + SLACK) {
      found.push(`the page is ${element.scrollWidth} wide in ${element.clientWidth}`);
    }
  }

  const texts = textsIn(main);
  const right = main.getBoundingClientRect().right;
  for (const { node, parent, boxes } of texts) {
    const scrolled = parent.closest('[role="tablist"], .stTabs [data-baseweb="tab-list"]');
    if (!scrolled && boxes.some((box) => box.right > right + SLACK)) found.push(`past the right edge: ${short(node.data)}`);
  }

  for (const { node, parent, boxes } of texts) {
    const drawing = parent.closest("svg.main-svg")?.getBoundingClientRect();
    if (drawing && boxes.some((one) => one.left < drawing.left - SLACK || one.right > drawing.right + SLACK)) {
      found.push(`cut off by its drawing: ${short(node.data)}`);
    }
  }

  for (const card of main.querySelectorAll(".card")) {
    const box = card.getBoundingClientRect();
    for (const { node, boxes } of textsIn(card)) {
      if (boxes.some((one) => one.right > box.right + SLACK || one.bottom > box.bottom + SLACK)) {
        found.push(`out of its card: ${short(node.data)}`);
      }
    }
  }

  // Two texts of different elements that lie on each other. Axis labels are compared within their own drawing only.
  const lines = [];
  for (const { node, parent, boxes } of texts) {
    for (const box of boxes) lines.push({ text: node.data, parent, box });
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  for (let i = 0; i < lines.length; i++) {
    const a = lines[i];
    for (let j = i + 1; j < lines.length && lines[j].box.top < a.box.bottom; j++) {
      const b = lines[j];
      if (a.parent === b.parent || a.parent.contains(b.parent) || b.parent.contains(a.parent)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
      const lower = Math.min(a.box.height, b.box.height);
      if (across > SLACK && down > 0.45 * lower) found.push(`on each other: ${short(a.text)} | ${short(b.text)}`);
    }
  }
  return [...new Set(found)];
}
