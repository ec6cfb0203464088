// A department's own system. SCHEMAS is the folder of the published schemas, or the gateway's address. Usage:
//   node feed.mjs queue ADDRESS QUEUE COUNT SCHEMAS    reads so many events, validates each, prints a JSON line each, acknowledges them
//   node feed.mjs stream ADDRESS STREAM COUNT SCHEMAS  the same from the beginning of the stream
//   node feed.mjs try ADDRESS QUEUE                    tries what the account may not do and prints what came of each, one line each
import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import amqp from 'amqplib';

const exchange = 'customer-service.events';
const [mode, address, source, count, schemas] = process.argv.slice(2);

const ajv = addFormats(new Ajv2020({ strict: false }));
const validators = new Map();
const validatorOf = name => {
  if (!validators.has(name)) {
    // The promise, not what comes of it: two events of one name come at once.
    validators.set(name, (async () => {
      const schema = schemas.startsWith('http')
        ? await (await fetch(`${schemas}/events/${name}.schema.json`)).json()
        : JSON.parse(await readFile(`${schemas}/${name}.schema.json`, 'utf8'));
      return ajv.compile(schema);
    })());
  }
  return validators.get(name);
};

if (mode === 'try') {
  const attempts = {
    'bind its queue to more': channel => channel.bindQueue(source, exchange, '#'),
    'declare a queue': channel => channel.assertQueue('department.mine'),
    'read another queue': channel => channel.get('department.finance'),
    'read the stream': async channel => {
      await channel.prefetch(1);
      await channel.consume('customer-service.events.stream', () => {}, { arguments: { 'x-stream-offset': 'first' } });
    },
    'publish an event': async channel => {
      channel.publish(exchange, 'complaints.complaint.closed.v1', Buffer.from('{}'));
      await channel.waitForConfirms();
    },
    'read its own queue': channel => channel.get(source),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const connection = await amqp.connect(address);
    connection.on('error', () => {});
    const channel = await connection.createConfirmChannel();
    // What is refused after the fact comes as an error of the channel.
    const refused = new Promise((_, reject) => channel.on('error', reject));
    refused.catch(() => {});
    const outcome = await Promise.race([attempt(channel).then(() => 'done'), refused]).catch(error => error.code ?? error.message);
    console.log(`${what}: ${outcome}`);
    await connection.close().catch(() => {});
  }
} else {
  const connection = await amqp.connect(address);
  const channel = await connection.createChannel();
  let left = Number(count);
  let work = Promise.resolve();
  const take = async message => {
    if (left <= 0) return;
    const name = message.fields.routingKey;
    const body = JSON.parse(message.content.toString('utf8'));
    const validate = await validatorOf(name);
    const errors = validate(body) ? [] : validate.errors;
    console.log(JSON.stringify({ name, id: message.properties.headers['cloudEvents:id'] ?? message.properties.messageId, errors, body }));
    channel.ack(message);
    if (--left === 0) {
      await channel.close();
      await connection.close();
    }
  };
  await channel.prefetch(10);
  await channel.consume(
    source,
    // One after the other, in their order.
    message => { work = work.then(() => take(message)); },
    mode === 'stream' ? { arguments: { 'x-stream-offset': 'first' } } : {},
  );
}
