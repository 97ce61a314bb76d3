/**
 * The page's own script: buttons call the control API they name in data attributes, the form submits a lead, and the
 * live part is read again every two seconds unless someone is selecting text in it.
 */
export const SCRIPT = `
const live = document.getElementById('live');
const said = document.getElementById('said');
let shown = null;
async function refresh() {
  if (!live || document.hidden || String(getSelection()).length > 0) return;
  try {
    const answer = await fetch('/?part=live');
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
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
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
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-path]');
  if (!button) return;
  const body = button.dataset.body === undefined ? undefined : JSON.parse(button.dataset.body);
  void press(button, () => call(button.dataset.method, button.dataset.path, body));
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const { to, ...typed } = Object.fromEntries(new FormData(form));
  const fields = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const [flow, source] = String(to).split('/');
  void press(form.querySelector('button'), async () => {
    const told = await call('POST', '/submit', { fields, flow, source });
    said.textContent = told.outcome + (told.reason ? ': ' + told.reason : '');
  });
});
setInterval(refresh, 2000);
`;
