// Opens an interviewer's page without a connection. The page keeps its list and forgets who was asked (interview.js); this
// only hands it out while the server does not answer. What is sent never passes here.
'use strict';
const PATIENCE = 8_000;
const ANY = { ignoreSearch: true, ignoreVary: true };

const kept = async request => {
  const cache = await caches.open('interviews');
  const found = await cache.match(request.url, ANY);
  const until = found?.headers.get('Kept-Until');
  if (until && Date.parse(until) < Date.now()) {
    await cache.delete(request.url, ANY);
    return undefined;
  }
  return found;
};

const answerTo = async request => {
  const asked = fetch(request);
  let answer;
  try {
    answer = await Promise.race([asked, new Promise(done => setTimeout(done, PATIENCE))]);
    if (answer && answer.status < 500) {
      return answer;
    }
  } catch {
    // No connection.
  }
  return (await kept(request)) ?? answer ?? asked;
};

addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => {
  if (event.request.method === 'GET') {
    event.respondWith(answerTo(event.request));
  }
});
