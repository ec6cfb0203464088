'use strict';
const read = {
  fixed: JSON.parse,
  moment: value => new Date(value).toISOString(),
  lines: value => value.split('\n').map(line => line.trim()).filter(line => line),
};
const wordsOf = async answer => {
  const problem = await answer.json();
  const members = Object.values(problem.errors ?? {}).flat().map(error => `${error.field}: ${error.message}`);
  return [problem.title, ...members].filter(word => word).join(' ');
};
for (const form of document.forms) {
  const [wrong, button] = [form.querySelector('.wrong'), form.querySelector('button')];
  let tries = 0;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const body = {};
    for (const { name, value, dataset } of form.elements) {
      if (name && value !== '') {
        Object.assign(body, dataset.kind === 'members' ? JSON.parse(value) : { [name]: (read[dataset.kind] ?? String)(value) });
      }
    }
    [wrong.hidden, button.disabled] = [true, true];
    try {
      const answer = await fetch(`${location.pathname.replace(/\/$/, '')}/${form.dataset.to}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Accept-Language': document.documentElement.lang,
          'Idempotency-Key': `${form.dataset.key}-${tries}`,
        },
        body: JSON.stringify(body),
        referrerPolicy: 'no-referrer',
      });
      if (answer.ok && form.dataset.on) {
        location.reload();
        return;
      }
      if (answer.ok) {
        const said = Object.assign(document.createElement('p'), { className: 'sent' });
        said.textContent = `${document.body.dataset.sent} ${(await answer.json()).number ?? ''}`;
        said.setAttribute('role', 'status');
        form.replaceWith(said);
        [...document.forms].forEach(other => other.remove());
        return;
      }
      // Refused: what is sent next is another request. After a lost answer it is the same one.
      tries += 1;
      wrong.textContent = await wordsOf(answer);
    } catch {
      wrong.textContent = document.body.dataset.failed;
    }
    [wrong.hidden, button.disabled] = [false, false];
  });
}
