// Joins the route picker to the charts, and draws them again when the theme or the width changes.
{
  const elements = [...document.querySelectorAll('.chart')];
  let drawn = [];

  const drawAll = () => {
    const route = document.querySelector('input[name=route]:checked').value;
    for (const remove of drawn) remove();
    for (const heading of document.querySelectorAll('.chosen')) heading.textContent = route;
    drawn = elements.map((element) => charts.draw(element, route));
  };

  document.querySelector('.picker').addEventListener('change', drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    drawAll();
  });
  drawAll();
}
