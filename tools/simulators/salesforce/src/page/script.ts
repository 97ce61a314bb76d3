/**
 * The page's own script: buttons call the control API they name in data attributes, and the live part is read again
 * every two seconds unless someone is selecting text in it.
 */
export const SCRIPT = `
const live = document.getElementById('live');
const said = document.getElementById('said');
let shown = null;
async function refresh() {
  if (document.hidden || String(getSelection()).length > 0) return;
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
    said.textContent = '';
  } catch {
    said.textContent = 'The simulator does not answer; what is shown may be old.';
  }
}
async function call(method, path, body) {
  const answer = await fetch('/_simulator' + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
}
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-path]');
  if (!button) return;
  const body = button.dataset.body === undefined ? undefined : JSON.parse(button.dataset.body);
  if (button.dataset.fault !== undefined) {
    const value = (id) => document.getElementById(id).value;
    if (value('fault-calls')) body.calls = value('fault-calls');
    body.count = value('fault-count') === 'forever' ? 'forever' : Number(value('fault-count'));
  }
  button.disabled = true;
  try {
    await call(button.dataset.method, button.dataset.path, body);
    await refresh();
  } catch (error) {
    said.textContent = error.message;
  } finally {
    button.disabled = false;
  }
});
setInterval(refresh, 2000);
`;
