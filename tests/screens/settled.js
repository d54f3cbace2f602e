// Resolves when all charts and tables are drawn and the page has kept its shape for a quarter of a second; gives up after twenty seconds.
() => new Promise((resolve) => {
  const shape = () => {
    const parts = [...document.querySelectorAll('[data-testid="stPlotlyChart"], [data-testid="stDataFrame"]')];
    const seen = parts.filter((part) => !part.closest("details:not([open])") && part.getClientRects().length); // folded away: not drawn
    const waiting = document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]');
    const drawn = !waiting && seen.every((part) => part.querySelector(".main-svg, canvas"));
    const main = document.querySelector('[data-testid="stMain"]');
    const sizes = [...document.querySelectorAll(".main-svg, .card, canvas")].map((one) => Math.round(one.getBoundingClientRect().width));
    return drawn ? `${main.scrollHeight}/${main.scrollWidth}/${sizes.join(",")}` : null;
  };
  const begun = performance.now();
  let last = shape();
  let since = begun;
  const look = () => {
    const now = performance.now();
    const current = shape();
    if (current !== last) { last = current; since = now; }
    if ((last !== null && now - since > 250) || now - begun > 20000) resolve();
    else setTimeout(look, 50);
  };
  setTimeout(look, 50);
})
