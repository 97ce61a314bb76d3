/**
 * The pages' common script: buttons call the control API they name in data attributes, and the live part is read again
 * every two seconds unless someone is selecting text in it. A page without a live part is loaded again after a press.
 */
export const SCRIPT = `
const live = document.getElementById('live');
const said = document.getElementById('said');
const AWAY = 'The simulator does not answer; what is shown may be old.';
let shown = null;
async function refresh() {
  if (!live || document.hidden || String(getSelection()).length > 0) return;
  try {
    const url = new URL(location.href);
    url.searchParams.set('part', 'live');
    const answer = await fetch(url);
    if (!answer.ok) throw new Error('status ' + answer.status);
    const text = await answer.text();
    if (text !== shown) {
      const scrolled = [...live.querySelectorAll('[data-scroll]')].map((one) => [one.dataset.scroll, one.scrollTop, one.scrollLeft]);
      live.innerHTML = shown = text;
      for (const [name, top, left] of scrolled) {
        const box = live.querySelector('[data-scroll="' + name + '"]');
        if (box) { box.scrollTop = top; box.scrollLeft = left; }
      }
    }
    if (said.textContent === AWAY) said.textContent = '';
  } catch {
    said.textContent = AWAY;
  }
}
async function call(method, path, body) {
  const answer = await fetch('/_simulator' + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const told = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok) throw new Error(told?.error ?? 'status ' + answer.status);
  return told;
}
async function press(button, work) {
  button.disabled = true;
  said.textContent = '';
  try {
    await work();
    if (live) await refresh();
    else location.reload();
  } catch (error) {
    said.textContent = error.message;
  } finally {
    button.disabled = false;
  }
}
function chosenForFaults() {
  const chosen = [...document.querySelectorAll('select[id^="fault-"]')].filter(({ value }) => value !== '');
  const asJson = (value) => (/^[0-9]+$/.test(value) ? Number(value) : value);
  return Object.fromEntries(chosen.map(({ id, value }) => [id.slice('fault-'.length), asJson(value)]));
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-path]');
  if (!button) return;
  const body = button.dataset.body === undefined ? undefined : JSON.parse(button.dataset.body);
  const sent = button.dataset.fault === undefined ? body : { ...body, ...chosenForFaults() };
  void press(button, () => call(button.dataset.method, button.dataset.path, sent));
});
setInterval(refresh, 2000);
`;
