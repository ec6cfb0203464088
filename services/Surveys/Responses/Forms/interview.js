// The page works without this, one form at a time. With it one interview follows another without a connection: what was
// taken down is kept on the device and sent in order when there is one, each under a key of its own so that it counts
// once, with the time at which it was taken. The page itself is kept too, as long as its link holds, so that it can be
// loaded again (worker.js); whoever was asked goes from there as soon as their answers are sent.
'use strict';
(() => {
  const desk = document.querySelector('[data-interviews]');
  const ANY = { ignoreSearch: true, ignoreVary: true };
  const hasCache = 'caches' in self && 'serviceWorker' in navigator;
  let turn = Promise.resolve();
  // One after another: a list that was asked for before somebody was sent must not come back after it.
  const inTurn = act => {
    if (hasCache) {
      turn = turn.then(async () => act(await caches.open('interviews'))).catch(() => {});
    }
  };

  const keep = () =>
    inTurn(async cache => {
      for (const request of await cache.keys()) {
        const until = (await cache.match(request))?.headers.get('Kept-Until');
        if (until && Date.parse(until) < Date.now()) {
          await cache.delete(request);
        }
      }
      const answer = await fetch(desk.dataset.address, {
        headers: { Accept: 'text/html', 'Accept-Language': document.documentElement.lang },
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.ok && answer.headers.has('Kept-Until')) {
        const parts = [...document.querySelectorAll('link[rel=stylesheet], script[src]')];
        await cache.addAll(parts.map(part => part.href ?? part.src));
        await cache.put(location.pathname, answer);
      } else if (answer.status < 500) {
        await cache.delete(location.pathname, ANY);
      }
    });

  const forget = person =>
    inTurn(async cache => {
      const found = person && (await cache.match(location.pathname, ANY));
      if (!found) {
        return;
      }
      const text = await found.text();
      const [from, to] = [`<li data-person="${person}">`, '</li>'];
      const begin = text.indexOf(from);
      const end = text.indexOf(to, begin);
      const rest = begin < 0 || end < 0 ? text : text.slice(0, begin) + text.slice(end + to.length);
      if (rest.includes(person)) {
        await cache.delete(location.pathname, ANY);
      } else {
        await cache.put(location.pathname, new Response(rest, { headers: found.headers }));
      }
    });

  if (!desk) {
    inTurn(cache => cache.delete(location.pathname, ANY));
    return;
  }
  const [form, people, state, refused, asked, nobody] = [
    'interview', 'people', 'state', 'refused', 'asked', 'nobody',
  ].map(id => document.getElementById(id));
  const kept = name => `interviews.${desk.dataset.interviews}.${name}`;
  const read = (name, otherwise) => JSON.parse(localStorage.getItem(kept(name))) ?? otherwise;
  const write = (name, value) => localStorage.setItem(kept(name), JSON.stringify(value));
  const queue = () => read('queue', []);
  let again = null;
  let name = '';
  let isSending = false;
  let hasSent = false;

  const fieldsOf = submitter => {
    const fields = [...new FormData(form)].filter(([field, value]) => field !== 'key' && value !== '');
    return submitter?.name ? [...fields, [submitter.name, submitter.value]] : fields;
  };

  const fill = fields => {
    for (const field of form.querySelectorAll('[name]')) {
      const given = fields.filter(([other]) => other === field.name).map(([, value]) => value);
      if (field.type === 'radio' || field.type === 'checkbox') {
        field.checked = given.includes(field.value);
      } else if (field.type !== 'submit') {
        field.value = given[0] ?? '';
      }
    }
    for (const details of form.querySelectorAll('details')) {
      details.open = [...details.querySelectorAll('textarea, input')].some(field => field.value);
    }
    form.dispatchEvent(new Event('change', { bubbles: true }));
  };

  const show = isForm => {
    if (form) {
      form.hidden = !isForm;
    }
    people.hidden = isForm || !form;
    render();
  };

  // Whoever is on the list with a contact is reached by it.
  const isKnown = person =>
    person !== '' && Boolean(people.querySelector(`[data-person="${person}"] a.open`)?.dataset.contact);

  const open = (person, whom, fields) => {
    fill(fields);
    form.elements.person.value = person;
    document.getElementById('reach-field').hidden = isKnown(person);
    name = asked.textContent = whom;
    document.getElementById('break').hidden = !person;
    if (!history.state?.isForm) {
      history.pushState({ isForm: true }, '');
    }
    show(true);
    scrollTo(0, 0);
    asked.focus();
  };

  // So that the device's own way back leads to the list, once.
  const close = () => (history.state?.isForm ? history.back() : show(false));

  const button = (text, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'small';
    made.textContent = text;
    made.addEventListener('click', act);
    return made;
  };

  const rowOf = item => {
    const row = document.createElement('li');
    const said = document.createElement('span');
    said.className = 'why';
    said.textContent = `${item.name}: ${item.refused}`;
    row.append(said);
    if (form) {
      row.append(
        button(desk.dataset.open, () => {
          open(item.person, item.name, item.fields);
          again = item.key;
        }),
      );
    }
    row.append(
      button(desk.dataset.remove, () => {
        write('queue', queue().filter(one => one.key !== item.key));
        render();
      }),
    );
    return row;
  };

  const render = () => {
    const all = queue();
    const waiting = all.filter(item => !item.refused).length;
    if (all.length > 0 || hasSent) {
      const [word, count] = waiting ? ['waiting', waiting] : all.length > 0 ? ['refused', all.length] : ['sent', 0];
      state.textContent = desk.dataset[word].replace('{0}', count);
      state.className = word === 'refused' ? 'wrong' : 'done';
      state.hidden = false;
    }
    refused.replaceChildren(...all.filter(item => item.refused).map(rowOf));
    for (const row of people.querySelectorAll('[data-person]')) {
      row.hidden = row.dataset.person !== '' && all.some(item => item.person === row.dataset.person);
    }
    nobody.hidden = people.querySelector('[data-person]:not([hidden])') !== null;
  };

  const send = async () => {
    if (isSending) {
      return;
    }
    isSending = true;
    let hasAnswer = false;
    try {
      for (let item; (item = queue().find(one => !one.refused)); ) {
        const answer = await fetch(desk.dataset.address, {
          method: 'POST',
          headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang },
          body: new URLSearchParams([['key', item.key], ...item.fields]),
        });
        const isOurs = /^application\/(problem\+)?json/.test(answer.headers.get('Content-Type') ?? '');
        if (!isOurs || [408, 425, 429].includes(answer.status) || answer.status >= 500) {
          return;
        }
        hasAnswer = true;
        const why = answer.ok ? null : (await answer.json()).title;
        write('queue', queue().flatMap(one => (one.key !== item.key ? [one] : why ? [{ ...one, refused: why }] : [])));
        if (answer.ok) {
          hasSent = true;
          forget(item.person);
          people.querySelector(`[data-person="${item.person || '-'}"]`)?.remove();
        }
        render();
      }
    } catch {
      // No connection: the next try comes by itself.
    } finally {
      isSending = false;
      if (hasAnswer) {
        keep();
      }
    }
  };

  people.addEventListener('click', event => {
    const link = event.target.closest('a.open');
    if (link) {
      event.preventDefault();
      again = null;
      const { name: customer, contact } = link.dataset;
      const draft = read('draft', null);
      const person = link.closest('li').dataset.person;
      const fields = draft?.person === person ? draft.fields : contact ? [['respondent', contact]] : [];
      open(person, `${customer} ${contact}`.trim(), fields);
    }
  });
  form?.addEventListener('input', () => {
    try {
      write('draft', { person: form.elements.person.value, fields: fieldsOf() });
    } catch {
      // A full device loses no more than the draft.
    }
  });
  form?.addEventListener('submit', event => {
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), one => one.toString(16).padStart(2, '0'));
    const taken = form.elements.takenAt.value || new Date().toISOString();
    const item = {
      key: key.join(''),
      name: name || asked.textContent,
      person: form.elements.person.value,
      fields: [...fieldsOf(event.submitter).filter(([field]) => field !== 'takenAt'), ['takenAt', taken]],
    };
    try {
      write('queue', [...queue().filter(one => one.key !== again), item]);
    } catch {
      state.textContent = desk.dataset.full;
      state.hidden = false;
      return;
    }
    event.preventDefault();
    delete form.dataset.sent;
    localStorage.removeItem(kept('draft'));
    again = null;
    fill([]);
    form.elements.person.value = '';
    close();
    scrollTo(0, 0);
    send();
  });
  document.getElementById('back')?.addEventListener('click', event => {
    event.preventDefault();
    close();
  });
  addEventListener('popstate', () => show(false));
  addEventListener('storage', render);
  addEventListener('online', send);
  setInterval(send, 10_000);
  if (form && !form.hidden) {
    name = asked.textContent;
  }
  if (hasCache) {
    navigator.serviceWorker.register('worker.js').catch(() => {});
    keep();
  }
  render();
  send();
})();
