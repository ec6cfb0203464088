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
const send = (to, key, body) =>
  fetch(`${location.pathname.replace(/\/$/, '')}/${to}`, {
    method: 'POST',
    headers: {
      ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
      'Accept-Language': document.documentElement.lang,
      'Idempotency-Key': key,
    },
    body: body instanceof FormData ? body : JSON.stringify(body),
    referrerPolicy: 'no-referrer',
  });
const formOf = file => {
  const form = new FormData();
  form.append('file', file);
  return form;
};
// Who does not say where they are can go on all the same.
const place = () =>
  new Promise(done => {
    if (!navigator.geolocation) {
      done({});
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ latitude: coords.latitude, longitude: coords.longitude }),
      () => done({}),
      { timeout: 5000, maximumAge: 60000 },
    );
  });

for (const form of document.forms) {
  const [wrong, button] = [form.querySelector('.wrong'), form.querySelector('button')];
  const sent = new Map();
  let tries = 0;
  const refused = async answer => {
    // Refused: what is sent next is another request. After a lost answer it is the same one.
    tries += 1;
    wrong.textContent = await wordsOf(answer);
  };
  const sendAll = async () => {
    let body = {};
    for (const { name, value, dataset, files, checked } of form.elements) {
      const key = `${form.dataset.key}-${name}-${tries}`;
      if (dataset.kind === 'place') {
        Object.assign(body, await place());
      } else if (dataset.kind === 'picture') {
        if (files.length === 0) {
          continue;
        }
        if (!dataset.upload) {
          body = formOf(files[0]);
          continue;
        }
        if (!sent.has(files[0])) {
          const answer = await send(dataset.upload, key, formOf(files[0]));
          if (!answer.ok) {
            return answer;
          }
          sent.set(files[0], (await answer.json()).id);
        }
        body[name] = sent.get(files[0]);
      } else if (dataset.kind === 'ticks') {
        body[name] = [...(body[name] ?? []), ...(checked ? [JSON.parse(value)] : [])];
      } else if (name && value !== '') {
        Object.assign(body, dataset.kind === 'members' ? JSON.parse(value) : { [name]: (read[dataset.kind] ?? String)(value) });
      }
    }
    return send(form.dataset.to, `${form.dataset.key}-${tries}`, body);
  };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    [wrong.hidden, button.disabled] = [true, true];
    try {
      const answer = await sendAll();
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
      await refused(answer);
    } catch {
      wrong.textContent = document.body.dataset.failed;
    }
    [wrong.hidden, button.disabled] = [false, false];
  });
}
