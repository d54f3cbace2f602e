// Resolves when all charts are drawn and the page has kept its shape for a quarter of a second; gives up after ten seconds.
() => new Promise((resolve) => {
  const shape = () => {
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    const drawn = charts.every((chart) => chart.querySelector(".main-svg"));
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
    if ((last !== null && now - since > 250) || now - begun > 10000) resolve();
    else setTimeout(look, 50);
  };
  setTimeout(look, 50);
})
